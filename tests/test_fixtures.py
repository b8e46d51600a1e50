import re
import runpy
from pathlib import Path

import pytest
import yaml

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "answer-757"
SOURCE = FIXTURE.parents[2] / "shared" / "source" / "answer-757.txt"
FORMS = (".txt", ".docx", ".pdf")


def test_the_committed_forms_are_those_that_the_script_makes(tmp_path):
    runpy.run_path(str(FIXTURE / "make.py"))["main"](tmp_path)
    for form in FORMS:
        made, committed = tmp_path / f"answer-757{form}", FIXTURE / f"answer-757{form}"
        assert made.read_bytes() == committed.read_bytes(), f"{committed.name} is stale: run {FIXTURE.name}/make.py"


@pytest.mark.skipif(not SOURCE.is_file(), reason="the source document is not beside this checkout")
def test_no_sentence_of_the_source_stands_in_the_fixture():
    said = yaml.safe_load((FIXTURE / "answer.yaml").read_text(encoding="utf-8"))
    sentences = [*said["introduction"], *said["questions"], *said["background"], *said["notes"].values()]
    sentences += [item["text"] for item in said["items"]]
    theirs = runs_of_words(SOURCE.read_text(encoding="utf-8"))
    assert {run for text in sentences for run in runs_of_words(text)} & theirs == set()


def runs_of_words(text, length=7):
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}
