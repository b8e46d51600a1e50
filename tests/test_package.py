import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIXTURE = ROOT / "fixtures" / "answer-757" / "answer-757.txt"


def run(*command, cwd, codes=(0,)):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV_", "VIRTUAL_ENV"))}
    done = subprocess.run([str(c) for c in command], cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode in codes, (
        f"{command}: exit code {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    )
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (made,) = out.glob("*.whl")
    return made


@pytest.mark.slow
def test_the_wheel_holds_the_schemas_the_types_and_the_licence(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {str(p.relative_to(ROOT)) for p in (ROOT / "schemas").rglob("*") if p.is_file()}
    assert {f"pv_extract/data/{name}" for name in shipped} <= set(names)
    assert {"pv_extract/py.typed", "pv_extract/data/schemas/extraction.schema.json"} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "fixtures/"))]


@pytest.mark.slow
def test_the_wheel_installs_and_runs_where_nothing_else_is(wheel, tmp_path):
    run(sys.executable, "-m", "venv", "env", cwd=tmp_path)
    bin_folder = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    run(bin_folder / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    command = bin_folder / "pv-extract"
    assert run(command, "--version", cwd=tmp_path).startswith("pv-extract ")
    said = json.loads(run(command, "extract", FIXTURE, "--format", "json", cwd=tmp_path))
    assert [table["item"] for table in said["tables"]] == ["1a", "1b", "2a", "2b", "3"]
    assert said["topic"] == "duaal_leren"
    assert all(row["match"] for table in said["tables"] for row in table["rows"] if row["role"] == "part")


def test_the_two_lines_of_the_readme_name_what_is_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for line in readme.splitlines() if line.startswith("python3 -m venv")]
    assert len(lines) == 2
    assert (ROOT / lines[0].split()[-1]).is_file()
    assert lines[1].endswith(".venv/bin/pytest -n 2 --cov")
