import subprocess
import sys

import pytest

import pv_extract


@pytest.mark.parametrize("name", pv_extract.__all__)
def test_every_public_name_is_there(name):
    assert getattr(pv_extract, name) is not None
    assert name in dir(pv_extract)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        pv_extract.nothing  # noqa: B018


@pytest.mark.parametrize("module", ["pv_extract.readers", "pv_extract.cli"])
def test_reading_and_the_command_line_start_without_pandas(module):
    code = f"import sys, {module}; sys.exit('pandas' in sys.modules or 'pandera' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
