"""How many columns of a grid are labels."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from pv_extract.languages import languages, names_codes
from pv_extract.layout.lines import is_figure
from pv_extract.model import GridCell
from pv_extract.periods import read_period
from pv_extract.text import split_marks

Matrix = Mapping[tuple[int, int], GridCell]
_NUMBERED = re.compile(r"^(?:[A-Z]{0,3}\d{1,6}[A-Z]?|[A-Z](?:[-–][A-Z])?|\d\d(?:[-–.]\d{1,2})*)$")
_CODED = re.compile(r"[A-Za-z\d]+(?:[./–-][A-Za-z\d]+)*")
_DAY = re.compile(r"^\d{1,2}[./-]\d{1,2}[./-](?:\d\d)?\d\d$")
_DIGITS, _WORD = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?$")
# digits in groups that are no thousands, or a zero before them
_CODE = re.compile(r"^(?!\d{1,3}(?:\.\d{3})+$)(?:\d{1,4}(?:\.\d{1,4}){2,}|0\d{1,5})$")


def stub_width(matrix: Matrix, header: list[int], body: list[int], columns: list[int]) -> int:
    """Number of label columns: the first, and those after it that print text and no figures.

    Years, ages and the like beside labels that stand for several rows are labels too: only together do they name a row.
    """
    width = 1
    before = [matrix.get((r, columns[0])) for r in body]
    for c, after in pairwise(columns[1:]):
        here = [matrix.get((r, c)) for r in body]
        texts = [cell.text for cell in here if cell is not None and cell.text]
        if _shared(before, here) and (_years(matrix, header, c, texts) or _recurring(before, here)):
            if _from_to(matrix, body, c, after):
                break
            width += 1
            before = here
            continue
        if not texts or (any(map(is_figure, texts)) and not _codes(matrix, header, c, texts)):
            break
        if not _again(matrix, body, columns[:width]) and (
            all(map(is_period, texts)) or (_identifies(matrix, header, c, texts) and _named(matrix, body, columns[0]))
        ):
            break  # when something begins, or the number of what the labels name
        width += 1
        before = here
    width += _behind_codes(matrix, body, columns[width:-1])
    if width == 1 or any(is_figure(text) for c in columns[width:] for text in _printed(matrix, body, c)):
        return width
    return 2 if _counted(matrix, body, columns[0]) else 1


def _years(matrix: Matrix, header: list[int], column: int, texts: Sequence[str]) -> bool:
    """Whether a column prints nothing but years, ages and the like, and its header names none."""
    periods = bool(texts) and all(map(is_period, texts))
    return periods and not any(is_period(_text(matrix, r, column)) for r in header)


def _again(matrix: Matrix, body: list[int], columns: Sequence[int]) -> bool:
    """Whether rows print the same labels, so that they do not name a row by themselves."""
    labels = [tuple(_text(matrix, r, c) for c in columns) for r in body]
    return len(set(labels)) < len(labels)


def _named(matrix: Matrix, body: list[int], column: int) -> bool:
    """Whether each row prints a label in words in this column, and no code or number."""
    texts = [_text(matrix, r, column) for r in body]
    return all(texts) and not any(_NUMBERED.match(t) or is_figure(t) for t in texts)


def _identifies(matrix: Matrix, header: list[int], column: int, texts: Sequence[str]) -> bool:
    """Whether each row prints one word with digits, another in each, which its header does not call a code: 75-07-0, EP-2211."""
    single = all(" " not in text and any(c.isdigit() for c in text) for text in texts)
    return single and len(set(texts)) == len(texts) and not any(names_codes(_text(matrix, r, column)) for r in header)


def _codes(matrix: Matrix, header: list[int], column: int, texts: Sequence[str]) -> bool:
    """Whether a header says that codes stand below it, and they are: each another, without signs or spaces (`60/61`, `649.1`)."""
    coded = any(names_codes(_text(matrix, r, column)) for r in header) and all(map(_CODED.fullmatch, texts))
    return coded and len(set(texts)) == len(texts)


def _behind_codes(matrix: Matrix, body: list[int], columns: Sequence[int]) -> int:
    """Number of columns of codes (`43.00.22`) and of the text that they stand before; 0 where no text follows them."""
    for k, column in enumerate(columns):
        texts = _printed(matrix, body, column)
        if k and texts and not any(map(is_figure, texts)):
            return k + 1
        if not texts or not all(map(_CODE.match, texts)):
            break
    return 0


def _counted(matrix: Matrix, body: list[int], column: int) -> bool:
    """Whether a column numbers the rows (1, 2, 3): the text beside it names them."""
    texts = [text.rstrip(".") for text in _printed(matrix, body, column)]
    return len(texts) > 1 and texts == [str(k) for k in range(1, len(texts) + 1)]


def _printed(matrix: Matrix, body: list[int], column: int) -> list[str]:
    """What these rows print in a column, each text in the row where it begins."""
    cells = [(r, matrix.get((r, column))) for r in body]
    return [cell.text for r, cell in cells if cell is not None and cell.text and cell.row == r]


def _recurring(heads: Sequence[GridCell | None], cells: Sequence[GridCell | None]) -> bool:
    """Whether a column names the rows within each group: filled in every row, once in a group, mostly again in the next."""
    groups: list[list[str]] = []
    before: GridCell | None = None
    for head, cell in zip(heads, cells, strict=True):
        if head is not None and head.text and head is not before:
            groups.append([])
            before = head
        if not groups or cell is None or not cell.text:
            return False
        groups[-1].append(cell.text)
    if len(groups) < 2 or any(len(set(texts)) < len(texts) for texts in groups):
        return False
    texts = [t for texts in groups for t in texts]
    return len(set(texts)) <= 0.75 * len(texts) and len({t for t in texts if is_figure(t) and t.isdigit()}) < len(
        set(texts)
    )


def _shared(labels: Sequence[GridCell | None], cells: Sequence[GridCell | None]) -> bool:
    """Whether labels are printed once for several of these rows: by cells over them, or by blanks below."""
    rows = zip(labels, cells, strict=True)
    named = [label for label, cell in rows if cell is not None and cell.text]
    return any(label is None or not label.text or label.row_span > 1 for label in named)


def _from_to(matrix: Matrix, body: list[int], column: int, after: int) -> bool:
    """Whether two columns print dates, or years, in one form: they say from when to when, and neither names a row."""
    first, second = _printed(matrix, body, column), _printed(matrix, body, after)
    forms = {_WORD.sub("a", _DIGITS.sub("0", text)) for text in (*first, *second)}
    return bool(first and second) and len(forms) == 1 and all(_DAY.match(t) or is_period(t) for t in (*first, *second))


def _text(matrix: Matrix, row: int, column: int) -> str:
    cell = matrix.get((row, column))
    return cell.text if cell is not None else ""


@lru_cache(maxsize=4096)  # headers and labels are asked about several times
def is_period(text: str) -> bool:
    """Whether a header text names a year or another stretch of time, in any language."""
    plain = split_marks(text)[0].strip("()")
    if _YEAR.match(plain):
        return True
    return not _bare_number(plain) and any(read_period(plain, language) for language in languages())


def _bare_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,\s]+", text)) and not _YEAR.match(text)
