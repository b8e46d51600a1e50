"""Four rules of the house, held against the source: who touches files, makes findings, catches broadly, prints and exits."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src" / "pv_extract"
MODULES = sorted(ROOT.rglob("*.py"))

FILES = ("readers/", "outputs/", "topics/", "names/", "batch/", "languages.py", "shipped.py", "cli")
FINDINGS = ("checks/", "findings.py", "outputs/stored.py")  # stored findings are read back, not made
# the libraries of Office files raise whatever the damage of a file leads to; a worker answers for its document alone
BROAD = ("pipeline.py", "readers/docx_package.py", "readers/xlsx.py", "batch/")
TALK = ("cli", "__main__.py", "outputs/terminal", "topics/schema.py", "batch/isolation.py")  # a worker ends itself

_FILE_CALLS = {"read_bytes", "read_text", "write_bytes", "write_text", "unlink", "mkdir"}


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _calls(tree: ast.AST):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            yield node.lineno, function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _breaks(rule: str, tree: ast.AST):
    if rule == "files":
        return [line for line, name in _calls(tree) if name in _FILE_CALLS or name == "open"]
    if rule == "findings":
        return [line for line, name in _calls(tree) if name == "Finding"]
    if rule == "talk":
        named = {"print", "exit", "_exit"}
        return [line for line, name in _calls(tree) if name in named]
    handlers = (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))
    return [h.lineno for h in handlers if h.type is None or getattr(h.type, "id", "") in ("Exception", "BaseException")]


@pytest.mark.parametrize(
    ("rule", "allowed"), [("files", FILES), ("findings", FINDINGS), ("broad", BROAD), ("talk", TALK)]
)
def test_only_the_rooms_that_may_do_it(rule, allowed):
    wrong = [
        f"{_place(path)}:{line}"
        for path in MODULES
        if not _place(path).startswith(allowed)
        for line in _breaks(rule, ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not wrong, f"{rule}: {wrong}"


def test_the_model_knows_nothing_of_the_package():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "model").glob("*.py")]
    imported = [node.module or "" for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [m for m in imported if m.startswith("pv_extract") and not m.startswith("pv_extract.model.")]


def test_modules_stay_readable():
    long = {_place(path): n for path in MODULES if (n := len(path.read_text(encoding="utf-8").splitlines())) > 340}
    assert not long, long
