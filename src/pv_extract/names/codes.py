"""Codes of names: what is well-formed, and how labels print one (`PC 124`, `BE-VAN`)."""

import re
from collections.abc import Mapping
from functools import cache
from typing import cast

from pydantic import BaseModel, ConfigDict, ValidationError

from pv_extract.declared import parse_yaml
from pv_extract.findings import ConfigurationError
from pv_extract.shipped import schemas_folder
from pv_extract.text import fold

_MAY_HOLD_A_CODE = re.compile(r"[\d-]")


class Scheme(BaseModel):
    """One scheme of `schemas/names/codes.yaml`; patterns are regular expressions, `bare` one for a code without prefix."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: str
    example: str
    remedy: str
    printed: str = ""
    bare: str = ""

    def well_formed(self, code: str) -> bool:
        """Whether the whole text is such a code."""
        return re.fullmatch(self.pattern, code) is not None


@cache
def schemes() -> Mapping[str, Scheme]:
    """The shipped schemes by name.

    Raises:
        ConfigurationError: where the file does not hold what it should.
    """
    path = schemas_folder() / "names" / "codes.yaml"
    try:
        raw = cast(dict[str, object], parse_yaml(path.read_text(encoding="utf-8")))
        return {name: Scheme.model_validate(declared) for name, declared in raw.items()}
    except (OSError, ValidationError, AttributeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error


def take_codes(label: str, scheme: str) -> tuple[str, tuple[str, ...]]:
    """The label without the codes of this scheme that are printed as such, and the codes in capitals."""
    return _take(label, schemes()[scheme].printed)


def take_bare_codes(label: str, scheme: str) -> tuple[str, tuple[str, ...]]:
    """The same for codes without a prefix, which only their agreement with the words around them confirms."""
    return _take(label, schemes()[scheme].bare)


def _take(label: str, pattern: str) -> tuple[str, tuple[str, ...]]:
    if not pattern or not _MAY_HOLD_A_CODE.search(label):
        return label, ()
    folded = fold(label)
    # folding may change the length (a ligature): then places in it are no places in the label
    text = label if len(folded) == len(label) else folded
    found = list(re.finditer(pattern, folded))
    for match in reversed(found):
        text = text[: match.start()] + " " + text[match.end() :]
    codes = tuple(m["code"].upper() for m in found)
    if not codes:
        return label, ()
    return re.sub(r"\(\s*[,;/+&]*\s*\)|\[\s*\]", " ", text).strip(" ,;:-–—/()[]"), codes
