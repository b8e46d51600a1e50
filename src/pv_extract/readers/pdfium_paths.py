"""Drawn objects of a PDFium page: thin ones are rules, wide ones filled areas; forms are followed inside."""

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c

from pv_extract.model import Box

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# a rule is drawn with a pen or as a sliver; anything thicker is an area
THICKEST_RULE = 3.0
MOST_OBJECTS = 30_000
MOST_SEGMENTS = 4_000
DEEPEST_FORM = 6


class _Answers:
    """Room for what PDFium writes about a drawn object; made once a page, since making it costs more than asking."""

    def __init__(self) -> None:
        self.color = tuple(ctypes.c_uint() for _ in range(4))
        self.to_color = tuple(ctypes.byref(part) for part in self.color)
        self.sides = tuple(ctypes.c_float() for _ in range(4))
        self.to_sides = tuple(ctypes.byref(side) for side in self.sides)
        self.filled, self.stroked = ctypes.c_int(), ctypes.c_int()
        self.to_mode = ctypes.byref(self.filled), ctypes.byref(self.stroked)


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page, in user space (y up): rules, coloured areas, counts of paths and images."""

    rules: list[Box] = field(default_factory=list)
    fills: list[tuple[Box, str]] = field(default_factory=list)
    painted: list[int] = field(default_factory=list)  # number of the path that paints each fill
    art: list[Box] = field(default_factory=list)
    images: int = 0
    paths: int = 0
    truncated: bool = False
    answers: _Answers = field(default_factory=_Answers, repr=False, compare=False)


def drawn(page: Any) -> Drawing:  # Any: a ctypes handle of PDFium
    """Rules and fills of the page and of the forms on it, in drawing order."""
    drawing = Drawing()
    count = pdfium_c.FPDFPage_CountObjects(page)
    for index in range(count):
        if drawing.paths > MOST_OBJECTS:
            drawing.truncated = True
            break
        _object(pdfium_c.FPDFPage_GetObject(page, index), IDENTITY, drawing, 0)
    return drawing


def _object(thing: Any, matrix: Matrix, drawing: Drawing, depth: int) -> None:
    kind = pdfium_c.FPDFPageObj_GetType(thing)
    if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
        drawing.paths += 1
        _path(thing, matrix, drawing)
    elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
        _image(thing, matrix, drawing)
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
        inner = _times(_matrix(thing), matrix)
        for index in range(pdfium_c.FPDFFormObj_CountObjects(thing)):
            if drawing.paths > MOST_OBJECTS:
                drawing.truncated = True
                return
            _object(pdfium_c.FPDFFormObj_GetObject(thing, index), inner, drawing, depth + 1)


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
    pdfium_c.FPDFPath_GetDrawMode(thing, *answers.to_mode)
    filled, stroked = answers.filled.value, answers.stroked.value
    segments = pdfium_c.FPDFPath_CountSegments(thing)
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
    subpaths, slanted = _subpaths(thing, min(segments, MOST_SEGMENTS), _times(_matrix(thing), matrix))
    drawing.truncated |= bool(stroked) and segments > MOST_SEGMENTS and not slanted  # a map has no rules to lose
    if slanted and (box := _bounds(thing, matrix, answers)) is not None:
        drawing.art.append(box)
    if filled:
        for points in subpaths:
            if (box := _rectangle(points)) is not None:
                _area(box, color, drawing)
    if stroked:
        _strokes(thing, subpaths, drawing)


def _area(box: Box, color: str, drawing: Drawing) -> None:
    thin, long = sorted((box.width, box.height))
    if thin <= THICKEST_RULE and long > 1.5 * thin:
        if _visible(box, color, drawing):
            drawing.rules.append(box)
    elif thin > THICKEST_RULE:
        drawing.fills.append((box, color))
        drawing.painted.append(drawing.paths)


def _visible(box: Box, color: str, drawing: Drawing) -> bool:
    """A rule shows where its colour is not that of the area well around it; the page is white."""
    x, y = box.middle
    ground = "ffffff"
    for area, filled in reversed(drawing.fills):
        if area.x0 <= x <= area.x1 and area.top <= y <= area.bottom:
            edge = min(y - area.top, area.bottom - y) if box.width >= box.height else min(x - area.x0, area.x1 - x)
            ground = filled if edge > 2.0 or color == "ffffff" else ground
            break
    return color != ground


def _strokes(thing: Any, subpaths: list[list[tuple[float, float]]], drawing: Drawing) -> None:
    width = ctypes.c_float()
    pdfium_c.FPDFPageObj_GetStrokeWidth(thing, ctypes.byref(width))
    half = min(max(width.value, 0.1), THICKEST_RULE) / 2
    color = _paint(thing, drawing.answers, stroked=True)
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


def _subpaths(thing: Any, segments: int, matrix: Matrix) -> tuple[list[list[tuple[float, float]]], bool]:
    """Corner points of each subpath, without those with a curve in them; and whether any line is curved or slanted."""
    out: list[list[tuple[float, float]]] = []
    curved: set[int] = set()
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(segments):
        segment = pdfium_c.FPDFPath_GetPathSegment(thing, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _move((x.value, y.value), matrix)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO or not out:
            out.append([point])
        else:
            out[-1].append(point)
            if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
                curved.add(len(out) - 1)
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            out[-1].append(out[-1][0])
    straight = [points for number, points in enumerate(out) if number not in curved]
    slanted = any(min(abs(a[0] - b[0]), abs(a[1] - b[1])) > 2.0 for p in straight for a, b in pairwise(p))
    return straight, bool(curved) or slanted


def _rectangle(points: list[tuple[float, float]]) -> Box | None:
    if not 4 <= len(points) <= 6:
        return None
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    corner = all(
        min(abs(x - box.x0), abs(x - box.x1)) < 0.5 and min(abs(y - box.top), abs(y - box.bottom)) < 0.5
        for x, y in points
    )
    return box if corner else None


def _paint(thing: Any, answers: _Answers, *, stroked: bool) -> str | None:
    """Colour as six hexadecimal digits; None where it is fully transparent."""
    read = pdfium_c.FPDFPageObj_GetStrokeColor if stroked else pdfium_c.FPDFPageObj_GetFillColor
    if not read(thing, *answers.to_color):
        return "pattern"
    red, green, blue, alpha = (part.value for part in answers.color)
    if alpha == 0:
        return None
    if min(red, green, blue) >= 250:
        return "ffffff"
    return f"{red << 16 | green << 8 | blue:06x}"


def _bounds(thing: Any, matrix: Matrix, answers: _Answers) -> Box | None:
    if not pdfium_c.FPDFPageObj_GetBounds(thing, *answers.to_sides):
        return None
    left, low, right, high = (side.value for side in answers.sides)
    if matrix is IDENTITY:
        return Box(left, low, right, high)
    corners = [_move((x, y), matrix) for x in (left, right) for y in (low, high)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _matrix(thing: Any) -> Matrix:
    read = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(thing, ctypes.byref(read)):
        return IDENTITY
    return (read.a, read.b, read.c, read.d, read.e, read.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _move(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f
