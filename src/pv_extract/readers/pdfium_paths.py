"""Drawn objects of a PDFium page: thin ones are rules, wide ones filled areas; forms are followed inside."""

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from pv_extract.model import Box
from pv_extract.readers.pdfium_calls import ADDRESS, Room, argument, handle, quick

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# a rule is drawn with a pen or as a sliver; anything thicker is an area
THICKEST_RULE = 3.0
MOST_OBJECTS = 30_000
MOST_SEGMENTS = 4_000
DEEPEST_FORM = 6
_NOTHING = 0.02  # points that nobody sees


_TYPE = quick(pdfium_c.FPDFPageObj_GetType, ctypes.c_int)
_OBJECTS = quick(pdfium_c.FPDFPage_CountObjects, ctypes.c_int), quick(pdfium_c.FPDFPage_GetObject, ADDRESS)
_OF_FORM = quick(pdfium_c.FPDFFormObj_CountObjects, ctypes.c_int), quick(pdfium_c.FPDFFormObj_GetObject, ADDRESS)
_MATRIX = quick(pdfium_c.FPDFPageObj_GetMatrix, ctypes.c_int)
_BOUNDS = quick(pdfium_c.FPDFPageObj_GetBounds, ctypes.c_int)
_FILL_COLOR = quick(pdfium_c.FPDFPageObj_GetFillColor, ctypes.c_int)
_STROKE_COLOR = quick(pdfium_c.FPDFPageObj_GetStrokeColor, ctypes.c_int)
_STROKE_WIDTH = quick(pdfium_c.FPDFPageObj_GetStrokeWidth)
_DRAW_MODE = quick(pdfium_c.FPDFPath_GetDrawMode)
_SEGMENTS = quick(pdfium_c.FPDFPath_CountSegments, ctypes.c_int)
_SEGMENT = quick(pdfium_c.FPDFPath_GetPathSegment, ADDRESS)
_KIND, _POINT = quick(pdfium_c.FPDFPathSegment_GetType, ctypes.c_int), quick(pdfium_c.FPDFPathSegment_GetPoint)
_CLOSES = quick(pdfium_c.FPDFPathSegment_GetClose, ctypes.c_int)


class _Answers:
    """What PDFium says of a drawn object."""

    def __init__(self) -> None:
        self.mode, self.color, self.sides = Room("ii"), Room("IIII"), Room("ffff")
        self.matrix, self.point, self.width = Room("ffffff"), Room("ff"), Room("f")


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page, in user space (y up): rules, coloured areas, counts of paths and images."""

    rules: list[Box] = field(default_factory=list)
    fills: list[tuple[Box, str]] = field(default_factory=list)
    painted: list[int] = field(default_factory=list)  # number of the path that paints each fill
    art: list[Box] = field(default_factory=list)
    images: int = 0
    paths: int = 0
    path_at: list[int] = field(default_factory=list)  # address of each path
    before: dict[int, int] = field(default_factory=dict)  # by address of a text object, the paths drawn before it
    truncated: bool = False
    answers: _Answers = field(default_factory=_Answers, repr=False, compare=False)


def drawn(page: Any) -> Drawing:  # Any: a ctypes handle of PDFium
    """Rules and fills of the page and of the forms on it, in drawing order."""
    drawing = Drawing()
    _objects(handle(page), _OBJECTS, IDENTITY, drawing, 0)
    return drawing


def _objects(holder: Any, of: tuple[Any, Any], matrix: Matrix, drawing: Drawing, depth: int) -> None:
    """The objects of a page or a form: how many it has and each of them, `of` tells."""
    count, get = of
    for index in range(count(holder)):
        if drawing.paths > MOST_OBJECTS:
            drawing.truncated = True
            return
        address = get(holder, index)
        thing = argument(address)
        kind = _TYPE(thing)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            drawing.before[address] = drawing.paths
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            drawing.paths += 1
            drawing.path_at.append(address)
            _path(thing, matrix, drawing)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            _image(thing, matrix, drawing)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
            inner = _times(_matrix(thing, drawing.answers), matrix)
            _objects(thing, _OF_FORM, inner, drawing, depth + 1)


def _image(thing: Any, matrix: Matrix, drawing: Drawing) -> None:
    """Some producers draw rules as images of one pixel's height."""
    drawing.images += 1
    box = _bounds(thing, matrix, drawing.answers)
    if box is None:
        return
    if min(box.width, box.height) <= THICKEST_RULE < 12 <= max(box.width, box.height):
        drawing.rules.append(box)
    else:
        drawing.art.append(box)


def _path(thing: Any, matrix: Matrix, drawing: Drawing) -> None:
    answers = drawing.answers
    _DRAW_MODE(thing, *answers.mode.to)
    filled, stroked = answers.mode.read()
    segments = _SEGMENTS(thing)
    if not (filled or stroked) or segments < 2:
        return
    color = _paint(thing, answers, stroked=bool(stroked and not filled))
    if color is None:
        return
    if filled and not stroked and segments <= 5:
        box = _bounds(thing, matrix, answers)
        if box is not None:
            _area(box, color, drawing)
            return
    placed = _matrix(thing, answers)
    if matrix is not IDENTITY:
        placed = _times(placed, matrix)
    subpaths, slanted = _subpaths(thing, min(segments, MOST_SEGMENTS), placed, answers)
    drawing.truncated |= bool(stroked) and segments > MOST_SEGMENTS and not slanted  # a map has no rules to lose
    if slanted and (box := _bounds(thing, matrix, answers)) is not None:
        drawing.art.append(box)
    if filled:
        boxes = [box for points in subpaths if (box := _rectangle(points)) is not None]
        for box in _rings(boxes) if filled == pdfium_c.FPDF_FILLMODE_ALTERNATE else boxes:
            _area(box, color, drawing)
    if stroked:
        _strokes(thing, subpaths, _paint(thing, answers, stroked=True) if filled else color, drawing)


def _area(box: Box, color: str, drawing: Drawing) -> None:
    x0, top, x1, bottom = box
    thin, long = x1 - x0, bottom - top
    if thin > long:
        thin, long = long, thin
    if thin <= THICKEST_RULE and long > 1.5 * thin:
        if _visible(box, color, drawing):
            drawing.rules.append(box)
    elif thin > THICKEST_RULE:
        drawing.fills.append((box, color))
        drawing.painted.append(drawing.paths)


def _visible(box: Box, color: str, drawing: Drawing) -> bool:
    """A rule shows where its colour is not that of the area well around it; the page is white."""
    if not drawing.fills:
        return color != "ffffff"
    x, y = box.middle
    ground = "ffffff"
    for (x0, top, x1, bottom), filled in reversed(drawing.fills):
        if x0 <= x <= x1 and top <= y <= bottom:
            edge = min(y - top, bottom - y) if box.width >= box.height else min(x - x0, x1 - x)
            ground = filled if edge > 2.0 or color == "ffffff" else ground
            break
    return color != ground


def _strokes(thing: Any, subpaths: list[list[Point]], color: str | None, drawing: Drawing) -> None:
    answers = drawing.answers
    _STROKE_WIDTH(thing, *answers.width.to)
    half = min(max(answers.width.read()[0], 0.1), THICKEST_RULE) / 2
    for points in subpaths:
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ax - bx) <= 0.5 < abs(ay - by):
                box = Box((ax + bx) / 2 - half, min(ay, by), (ax + bx) / 2 + half, max(ay, by))
            elif abs(ay - by) <= 0.5 < abs(ax - bx):
                box = Box(min(ax, bx), (ay + by) / 2 - half, max(ax, bx), (ay + by) / 2 + half)
            else:
                continue
            if _visible(box, color or "", drawing):
                drawing.rules.append(box)


def _subpaths(thing: Any, segments: int, matrix: Matrix, answers: _Answers) -> tuple[list[list[Point]], bool]:
    """Corner points of each subpath, without those with a curve in them; and whether any line is curved or slanted."""
    out: list[list[Point]] = []
    curved: set[int] = set()
    slanted = False
    a, b, c, d, e, f = matrix
    points: list[Point] = []
    to, read = answers.point.to, answers.point.read
    for index in range(segments):
        segment = argument(_SEGMENT(thing, index))
        _POINT(segment, *to)
        x, y = read()
        point = a * x + c * y + e, b * x + d * y + f
        if not out or (kind := _KIND(segment)) == pdfium_c.FPDF_SEGMENT_MOVETO:
            points = [point]
            out.append(points)
        else:
            slanted = slanted or _aslant(points[-1], point)
            points.append(point)
            if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
                curved.add(len(out) - 1)
        if _CLOSES(segment):
            slanted = slanted or _aslant(point, points[0])
            points.append(points[0])
    if curved:
        return [points for number, points in enumerate(out) if number not in curved], True
    return out, slanted


def _aslant(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) > 2.0 and abs(one[1] - other[1]) > 2.0


def _rectangle(points: list[Point]) -> Box | None:
    if not 4 <= len(points) <= 6:
        return None
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    corner = all(
        min(abs(x - box.x0), abs(x - box.x1)) < 0.5 and min(abs(y - box.top), abs(y - box.bottom)) < 0.5
        for x, y in points
    )
    return box if corner else None


def _rings(boxes: list[Box]) -> list[Box]:
    """What a path paints of its rectangles where it leaves out one inside another: the border of a cell or of a paragraph."""
    out: list[Box] = []
    for box in boxes:
        if out and _holds(out[-1], box):
            out[-1:] = _sides(out[-1], box)
        elif out and _holds(box, out[-1]):
            out[-1:] = _sides(box, out[-1])
        else:
            out.append(box)
    return out


def _holds(outer: Box, inner: Box) -> bool:
    level = outer.x0 - _NOTHING <= inner.x0 and inner.x1 <= outer.x1 + _NOTHING
    return level and outer.top - _NOTHING <= inner.top and inner.bottom <= outer.bottom + _NOTHING


def _sides(outer: Box, inner: Box) -> list[Box]:
    """The rest of a rectangle around another, side by side."""
    sides = (
        Box(outer.x0, outer.top, outer.x1, inner.top),
        Box(outer.x0, inner.bottom, outer.x1, outer.bottom),
        Box(outer.x0, outer.top, inner.x0, outer.bottom),
        Box(inner.x1, outer.top, outer.x1, outer.bottom),
    )
    return [side for side in sides if side.width > _NOTHING < side.height]


def _paint(thing: Any, answers: _Answers, *, stroked: bool) -> str | None:
    """Colour as six hexadecimal digits; None where it is fully transparent."""
    if not (_STROKE_COLOR if stroked else _FILL_COLOR)(thing, *answers.color.to):
        return "pattern"
    red, green, blue, alpha = answers.color.read()
    if alpha == 0:
        return None
    if red >= 250 and green >= 250 and blue >= 250:
        return "ffffff"
    return f"{red << 16 | green << 8 | blue:06x}"


def _bounds(thing: Any, matrix: Matrix, answers: _Answers) -> Box | None:
    if not _BOUNDS(thing, *answers.sides.to):
        return None
    left, low, right, high = sides = answers.sides.read()
    if matrix is IDENTITY:
        return Box._make(sides)
    corners = [_move((x, y), matrix) for x in (left, right) for y in (low, high)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _matrix(thing: Any, answers: _Answers) -> Matrix:
    if not _MATRIX(thing, answers.matrix.to[0]):
        return IDENTITY
    made: Matrix = answers.matrix.read()
    return made


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _move(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
