import re
from pathlib import Path

import pytest

from pv_extract.findings import Code

PAGE = (Path(__file__).parents[2] / "docs" / "findings.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_every_code_is_explained_and_every_explanation_is_of_a_code():
    assert set(SECTIONS) == {code.value for code in Code}


@pytest.mark.parametrize("code", sorted(SECTIONS))
def test_an_explanation_says_what_to_do(code):
    assert "Do: " in SECTIONS[code]
    assert len(SECTIONS[code].split()) > 10
