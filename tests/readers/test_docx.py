"""DOCX as a reader sees it: text in order, tables with their spans, notes beside what they belong to."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pv_extract.findings import Code
from pv_extract.model import Document, Grid, Line
from pv_extract.readers.docx import read_docx

W = nsdecls("w")


def written(build: Callable[[WordDocument], None], parts: dict[str, str] | None = None) -> Document:
    word, out = docx.Document(), io.BytesIO()
    build(word)
    word.save(out)
    return read_docx(_with_parts(out.getvalue(), parts or {}), "answer.docx", "0")


def _with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    """The file with parts that python-docx does not write (footnotes), related to the document."""
    if not parts:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            for kind in parts:
                relation = (
                    f'<Relationship Id="rIdX{kind}" Target="{kind}.xml" '
                    f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
                )
                override = (
                    f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-officedocument'
                    f'.wordprocessingml.{kind}+xml"/></Types>'
                )
                if name == "word/_rels/document.xml.rels":
                    content = content.replace("</Relationships>", relation)
                if name == "[Content_Types].xml":
                    content = content.replace("</Types>", override)
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
        for kind, xml in parts.items():
            new.writestr(f"word/{kind}.xml", xml)
    return out.getvalue()


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line) and not block.furniture]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def paragraph(xml: str) -> Callable[[WordDocument], None]:
    def build(word: WordDocument) -> None:
        word.element.body.insert(0, parse_xml(f"<w:p {W}>{xml}</w:p>"))

    return build


RUNS = {
    "a raised figure is a mark": (
        '<w:r><w:t>226</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>',
        "226¹",
    ),
    "a raised letter is a mark": (
        '<w:r><w:t>226</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>a</w:t></w:r>',
        "226ᵃ",
    ),
    "a raised letter in brackets is a mark": (
        '<w:r><w:t>Bouw</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>(a)</w:t></w:r>',
        "Bouw⁽ᵃ⁾",
    ),
    "a lowered figure is none": (
        '<w:r><w:t>CO</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r>',
        "CO2",
    ),
    "capitals as shown": ("<w:r><w:rPr><w:caps/></w:rPr><w:t>Antwoord</w:t></w:r>", "ANTWOORD"),
    "capitals turned off": ('<w:r><w:rPr><w:caps w:val="0"/></w:rPr><w:t>Antwoord</w:t></w:r>', "Antwoord"),
    "a hyphen that does not break": (
        "<w:r><w:t>West</w:t><w:noBreakHyphen/><w:t>Vlaanderen</w:t></w:r>",
        "West-Vlaanderen",
    ),
    "a tab": ("<w:r><w:t>a)</w:t><w:tab/><w:t>Ja</w:t></w:r>", "a) Ja"),
    "a link": ("<w:hyperlink><w:r><w:t>hier</w:t></w:r></w:hyperlink>", "hier"),
    "a field": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 9</w:instrText></w:r><w:r><w:t>3</w:t></w:r>',
        "3",
    ),
    "an insertion": ('<w:r><w:t>1</w:t></w:r><w:ins w:id="1" w:author="x"><w:r><w:t>2</w:t></w:r></w:ins>', "12"),
    "a deletion": (
        '<w:r><w:t>1</w:t></w:r><w:del w:id="1" w:author="x"><w:r><w:delText>2</w:delText></w:r></w:del>',
        "1",
    ),
    "hidden text": ("<w:r><w:t>1</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>2</w:t></w:r>", "1"),
    "a content control": ("<w:sdt><w:sdtContent><w:r><w:t>12</w:t></w:r></w:sdtContent></w:sdt>", "12"),
    "a symbol": ('<w:r><w:sym w:font="Symbol" w:char="F02A"/></w:r>', "*"),
}


@pytest.mark.parametrize(("xml", "shown"), RUNS.values(), ids=RUNS.keys())
def test_a_paragraph_reads_as_it_is_shown(xml, shown):
    assert lines(written(paragraph(xml))) == [shown]


@pytest.mark.parametrize(
    ("case", "said"), [("a deletion", "1 tracked deletions"), ("hidden text", "1 pieces of hidden text")]
)
def test_what_is_left_out_is_said(case, said):
    (remark,) = written(paragraph(RUNS[case][0])).remarks
    assert remark.code == Code.CONTENT_HIDDEN
    assert said in remark.message


def test_line_breaks_make_lines_and_paragraphs_make_gaps():
    def build(word):
        word.add_paragraph("een\ntwee")
        word.add_paragraph("drie")

    assert [(b.text, b.gap) for b in written(build).blocks if isinstance(b, Line)] == [
        ("een", True),
        ("twee", False),
        ("drie", True),
    ]


def test_merged_cells_keep_their_spans_and_paragraphs_of_a_cell_are_joined():
    def build(word):
        table = word.add_table(3, 3)
        table.cell(0, 1).merge(table.cell(0, 2)).text = "2022"
        table.cell(0, 0).merge(table.cell(1, 0)).text = "Sector"
        table.cell(1, 1).text, table.cell(1, 2).text = "aantal", "aandeel"
        label, year = table.cell(2, 0), table.cell(2, 1)
        label.text = "Papier- en"
        label.add_paragraph("kartonbewerkende sector")
        year.text = "2019-"
        year.add_paragraph("2020")

    (grid,) = grids(written(build))
    spans = {c.text: (c.row, c.column, c.row_span, c.column_span) for c in grid.cells if c.text}
    assert spans == {
        "Sector": (0, 0, 2, 1),
        "2022": (0, 1, 1, 2),
        "aantal": (1, 1, 1, 1),
        "aandeel": (1, 2, 1, 1),
        "Papier- en kartonbewerkende sector": (2, 0, 1, 1),
        "2019-2020": (2, 1, 1, 1),
    }
    assert grid.how == "docx"
    assert grid.header_rows is None


def test_rows_marked_as_header_are_the_header():
    def build(word):
        table = word.add_table(2, 2)
        table.cell(0, 0).text = table.cell(1, 0).text = "x"
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))

    assert grids(written(build))[0].header_rows == 1


def test_a_table_inside_a_cell_is_a_table_of_its_own():
    def build(word):
        outer = word.add_table(2, 2)
        outer.cell(0, 0).text, outer.cell(1, 0).text, outer.cell(1, 1).text = "buiten", "ook", "7"
        inner = outer.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "binnen", "12"

    outer, inner = grids(written(build))
    assert [c.text for c in outer.cells] == ["buiten", "", "ook", "7"]
    assert [c.text for c in inner.cells] == ["binnen", "12"]
    assert inner.remarks[0].code == Code.TABLE_AMBIGUOUS


def test_a_frame_around_text_is_text():
    def build(word):
        frame = word.add_table(1, 1).cell(0, 0)
        frame.text = "in een kader"
        table = frame.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Bouw", "12"

    found = written(build)
    assert lines(found) == ["in een kader"]
    assert [c.text for c in grids(found)[0].cells] == ["Bouw", "12"]


def test_a_table_that_sets_tables_beside_each_other_is_none_itself():
    def build(word):
        layout = word.add_table(2, 2)
        for column, (caption, value) in enumerate((("Tabel 1. Links", "1"), ("Tabel 2. Rechts", "2"))):
            layout.cell(0, column).text = caption
            inner = layout.cell(1, column).add_table(2, 2)
            for cell, text in zip(inner._cells, ("Stad", "n", "Gent", value), strict=True):
                cell.text = text

    blocks = [b for b in written(build).blocks if isinstance(b, Grid) or b.text]
    shown = [b.text if isinstance(b, Line) else [c.text for c in b.cells] for b in blocks]
    left, right = ["Stad", "n", "Gent", "1"], ["Stad", "n", "Gent", "2"]
    assert shown == ["Tabel 1. Links", left, "Tabel 2. Rechts", right]
    assert all(not b.remarks for b in blocks if isinstance(b, Grid))


SENTENCE = "Deze zin is lang genoeg om lopende tekst te zijn en staat in een van twee kolommen."


@pytest.mark.parametrize(
    "rows",
    [
        [["Kabinet van de minister", "Brussel, 3 mei 2024"]],
        [["TITRE II", "TITEL II"], [f"Fr. {SENTENCE}", f"Nl. {SENTENCE}"], [f"Fr. {SENTENCE}", f"Nl. {SENTENCE}"]],
    ],
    ids=["a letterhead", "two languages"],
)
def test_text_set_in_a_table_is_text(rows):
    found = written(lambda word: table_of(word, rows))
    assert grids(found) == []
    assert lines(found) == [row[column] for column in (0, 1) for row in rows]


@pytest.mark.parametrize(
    "rows",
    [
        [["Gent", "12"]],
        [["Maatregel", "Toelichting"], ["Fiets", SENTENCE], ["Trein", SENTENCE]],
        [["Vraag nr.", "908"], ["Van", "An Peeters"]],
        [["Naam", "Functie"], ["An", "lid"]],
    ],
    ids=["a figure", "labels and sentences", "a heading", "words"],
)
def test_other_tables_stay_tables(rows):
    (grid,) = grids(written(lambda word: table_of(word, rows)))
    assert [c.text for c in grid.cells] == [text for row in rows for text in row]


def table_of(word: WordDocument, rows: list[list[str]]) -> None:
    made = word.add_table(len(rows), len(rows[0]))
    for cell, text in zip(made._cells, [text for row in rows for text in row], strict=True):
        cell.text = text


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([("Benutting", 0), ("1", 6)], "Benutting¹"),
        ([("226", 0), ("2", 8)], "226²"),
        ([("1", 6), (" voorlopig", 0)], "¹ voorlopig"),
        ([("226", 6)], "226"),  # all of a cell, moved up a little
        ([("CO", 0), ("2", -4)], "CO2"),
        ([("226", 0), ("2", 2)], "2262"),  # hardly off its line
    ],
)
def test_what_is_set_above_its_line_is_raised(runs, text):
    def build(word):
        paragraph = word.add_paragraph()
        for part, height in runs:
            run = paragraph.add_run(part)
            run._r.get_or_add_rPr().append(parse_xml(f'<w:position {W} w:val="{height}"/>'))

    assert lines(written(build)) == [text]


def test_a_deleted_row_is_left_out_and_said():
    def build(word):
        table = word.add_table(2, 2)
        table.cell(0, 0).text, table.cell(1, 0).text = "weg", "blijft"
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="1" w:author="x"/>'))

    (grid,) = grids(written(build))
    assert [c.text for c in grid.cells] == ["blijft", ""]
    assert grid.remarks[0].code == Code.CONTENT_HIDDEN


def test_a_deleted_row_of_a_letterhead_is_left_out_and_said():
    def build(word):
        table = word.add_table(2, 1)
        table.cell(0, 0).text, table.cell(1, 0).text = "weg", "Kabinet"
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="1" w:author="x"/>'))
        table.cell(1, 0).add_table(1, 1).cell(0, 0).text = "binnen"

    found = written(build)
    said = [*found.remarks, *(r for g in grids(found) for r in g.remarks)]
    shown = [*lines(found), *(c.text for g in grids(found) for c in g.cells)]
    assert "weg" not in shown
    assert "Kabinet" in shown
    assert Code.CONTENT_HIDDEN in [remark.code for remark in said]


def test_running_headers_and_footers_are_furniture_once():
    def build(word):
        word.add_paragraph("tekst")
        word.sections[0].header.paragraphs[0].text = "Vlaams Parlement"
        word.sections[0].footer.paragraphs[0].text = "pagina 3"

    found = written(build)
    furniture = [block.text for block in found.blocks if isinstance(block, Line) and block.furniture]
    assert furniture == ["Vlaams Parlement", "pagina 3"]
    assert found.blocks[0] == Line("Vlaams Parlement", gap=True, furniture=True)


def test_the_text_of_a_box_is_not_lost():
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    assert lines(written(paragraph(f"<w:r><w:t>tekst</w:t></w:r>{box.format('12 in een kader')}"))) == [
        "tekst",
        "12 in een kader",
    ]


def test_list_labels_are_counted_as_word_shows_them():
    numbering = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
        <w:lvl w:ilvl="2"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%3"/></w:lvl>
        <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/>
        <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
        </w:numbering>"""

    def build(word):
        word.part.numbering_part._element = parse_xml(numbering)
        for num, level, text in [
            (1, 0, "een"),
            (1, 1, "a"),
            (1, 1, "b"),
            (1, 2, "x"),
            (1, 3, "y"),
            (1, 0, "twee"),
            (1, 1, "a"),
            (2, 0, "z"),
        ]:
            p = word.add_paragraph(text)._p
            p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')
            )

    assert lines(written(build)) == ["1. een", "1.a) a", "1.b) b", "IV x", "- y", "2. twee", "2.a) a", "7. z"]


def test_a_note_of_a_table_follows_the_table_and_one_of_the_text_ends_the_document():
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>van de tabel</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="3"><w:p><w:r><w:t>van de tekst</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )

    def build(word):
        cell = word.add_table(1, 2).cell(0, 0)
        cell.text = "226"
        cell.paragraphs[0]._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
        after = word.add_paragraph("Daarna")
        after._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="3"/></w:r>'))

    found = written(build, {"footnotes": notes})
    assert grids(found)[0].cells[0].text == "226¹"
    assert lines(found) == ["¹ van de tabel", "Daarna²", "² van de tekst"]


def test_indents_and_bold_of_cells_are_kept():
    def build(word):
        cell = word.add_table(2, 2).cell(0, 0)
        cell.paragraphs[0].add_run("waarvan").bold = True
        cell.paragraphs[0]._p.get_or_add_pPr().append(parse_xml(f'<w:ind {W} w:left="240"/>'))

    first = grids(written(build))[0].cells[0]
    assert (first.bold, first.indent) == (True, 12.0)


def test_rows_inside_a_content_control_are_rows():
    def build(word):
        table = word.add_table(2, 2)
        table.cell(1, 0).text = "in een veld"
        row = table.rows[1]._tr
        control = parse_xml(f"<w:sdt {W}><w:sdtContent/></w:sdt>")
        row.addprevious(control)
        control.find(qn("w:sdtContent")).append(row)

    assert "in een veld" in [c.text for c in grids(written(build))[0].cells]
