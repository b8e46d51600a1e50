"""Where the shipped schemas live: inside the installed package, or beside `src/` in a checkout."""

from importlib.resources import files
from pathlib import Path


def schemas_folder() -> Path:
    """The folder with languages, names and topics that comes with the package."""
    package = Path(str(files("pv_extract")))
    installed = package / "data" / "schemas"
    return installed if installed.is_dir() else package.parents[1] / "schemas"
