"""Findings as one HTML page without scripts or links to elsewhere."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from pv_extract.report.view import Reported, counted

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid #ddd; padding: .35rem .6rem; text-align: left; vertical-align: top }
.error { color: #a40000 } .warning { color: #8a5a00 } .note { color: #444 }
"""
_HEADERS = ("level", "code", "table", "row", "column", "page", "message", "id")


def html(reported: Sequence[Reported]) -> str:
    """A section for each input, a table row for each finding."""
    root = ET.Element("html", lang="en")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "title").text = "Checked figures"
    ET.SubElement(head, "style").text = _STYLE
    body = ET.SubElement(root, "body")
    ET.SubElement(body, "h1").text = "Checked figures"
    for each in reported:
        _section(body, each)
    return "<!DOCTYPE html>\n" + ET.tostring(root, encoding="unicode", method="html") + "\n"


def _section(body: ET.Element, each: Reported) -> None:
    ET.SubElement(body, "h2").text = each.checked.path
    ET.SubElement(body, "p").text = counted(each)
    if not each.checked.findings:
        return
    table = ET.SubElement(body, "table")
    header = ET.SubElement(ET.SubElement(table, "thead"), "tr")
    for name in _HEADERS:
        ET.SubElement(header, "th").text = name
    rows = ET.SubElement(table, "tbody")
    for f in each.checked.findings:
        row = ET.SubElement(rows, "tr", {"class": f.level.value})
        cells = (f.level.value, f.code.value, f.table, f.row, f.column, f.page, f.message, each.checked.id_of(f))
        for cell in cells:
            ET.SubElement(row, "td").text = "" if cell is None else str(cell)
