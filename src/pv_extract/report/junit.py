"""Findings as JUnit XML, for the test tabs of CI servers: valid by the schema of Jenkins and by that of Ant."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from pv_extract.findings import Finding
from pv_extract.report.view import Reported, place

_EPOCH = "1970-01-01T00:00:00"  # the same input gives the same bytes


def junit(reported: Sequence[Reported]) -> str:
    """A suite for each input: a case for each verdict on a total and each finding; what fails the run is a failure."""
    root = ET.Element("testsuites")
    for number, each in enumerate(reported):
        _suite(root, number, each)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, number: int, each: Reported) -> None:
    suite = ET.SubElement(root, "testsuite")
    name = _clean(each.checked.path)
    ET.SubElement(suite, "properties")
    for table, result in each.totals():
        if result.verdict in ("exact", "explained"):
            _case(suite, name, f"total {table} {result.total} {result.column}: {result.verdict}")
    for finding in each.checked.findings:
        case = _case(suite, name, f"{finding.code.value} {place(finding)}".strip())
        if each.fails(finding):
            failure = ET.SubElement(case, "failure", type=finding.code.value, message=_clean(finding.message))
            failure.text = _body(each, finding)
    if len(suite) == 1:
        _case(suite, name, "no finding")
    ET.SubElement(suite, "system-out").text = "\n".join(
        _body(each, f) for f in each.checked.findings if not each.fails(f)
    )
    ET.SubElement(suite, "system-err").text = ""
    failures = len(suite.findall("testcase/failure"))
    suite.attrib.update(
        id=str(number), name=name, package="pv_extract", hostname="localhost", timestamp=_EPOCH, time="0.0",
        tests=str(len(suite.findall("testcase"))), failures=str(failures), errors="0",
    )  # fmt: skip


def _case(suite: ET.Element, classname: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", name=_clean(name), classname=classname, time="0.0")


def _body(each: Reported, finding: Finding) -> str:
    where = place(finding)
    return _clean(
        f"{finding.level.value} {each.checked.id_of(finding)}{f' at {where}' if where else ''}: {finding.message}"
    )


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 32)
