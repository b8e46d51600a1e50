import re
from pathlib import Path

from pv_extract import outputs, tidy

ROOT = Path(__file__).resolve().parents[2]


def test_every_column_of_the_tidy_frame_is_documented_in_its_order():
    rows = [
        line.split("|")[1]
        for line in (ROOT / "docs" / "figures.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(tidy.COLUMNS)


def test_the_readme_lists_every_format():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in readme for name in outputs.FORMATS)
