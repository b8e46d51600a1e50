from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
BIGGEST = 200_000  # bytes, plots included


@pytest.mark.slow
@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom_and_says_what_it_said(path, update_golden):
    committed = nbformat.read(path, as_version=4)
    ran = nbformat.read(path, as_version=4)
    NotebookClient(ran, timeout=120, kernel_name="python3", resources={"metadata": {"path": path.parent}}).execute()
    without_clock(ran)
    if update_golden:
        nbformat.write(ran, path)
        committed = ran
    assert printed(ran) == printed(committed)


def without_clock(notebook):
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata["language_info"] = {"name": "python"}


def printed(notebook):
    """What each cell prints; how frames and plots are drawn depends on the versions of their libraries."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return [output.text for output in outputs if output.output_type == "stream"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_small_and_uses_the_public_interface_only(path):
    assert path.stat().st_size < BIGGEST
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    imports = [line for source in sources for line in source.splitlines() if "pv_extract" in line and "import" in line]
    assert imports == ["from pv_extract import extract"]
