"""The Word template of the overview that serves where nobody keeps one of their own.

A template of one's own may use the same tags: ``title``, ``day``, ``summary``, ``heads``,
``rows`` with ``process``, ``since``, ``participants``, ``offices`` and ``areas``, each a list of
lines, ``notes``, ``remarks``, ``sources``, ``disclaimer`` and ``made``.
"""

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

FONT: Final = "Arial"
COLUMNS: Final = (
    ("process", 42),
    ("since", 17),
    ("participants", 96),
    ("offices", 45),
    ("areas", 71),
)
# Word checks spelling by country, and has no language without one.
COUNTRIES: Final = {"en": "en-GB", "es": "es-ES", "fr": "fr-FR"}
WIDTH: Final = sum(width for _name, width in COLUMNS)
INK: Final = "16404D"
RULE: Final = "9FB3B5"
SHADE: Final = "E4ECEC"


def overview_template() -> "Document":
    """Build the template: A4 on its side, headings, a table whose head is on every page."""
    # ruff: noqa: PLC0415 -- heavy, and few pages make Word files
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = docx.Document()
    _set_styles(document)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(13)
    section.top_margin, section.bottom_margin = Mm(13), Mm(14)
    section.footer_distance = Mm(7)
    _set_footer(section.footer.paragraphs[0])
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{{ day }}", style="Subtitle")
    document.add_paragraph("{{ summary }}")
    document.add_heading(_("Processes"), 1)
    _add_table(document)
    document.add_paragraph("{%p if notes %}")
    document.add_heading(_("Notes"), 1)
    _add_each(document, "notes", "{{r line }}", "List Number")
    document.add_paragraph("{%p endif %}")
    document.add_heading(_("What to know of this overview"), 1)
    _add_each(document, "remarks")
    document.add_heading(_("Sources"), 1)
    _add_each(document, "sources")
    document.add_heading(_("Names and designations"), 1)
    document.add_paragraph("{{ disclaimer }}")
    document.add_paragraph("{{ made }}")
    return document


def _set_styles(document: "Document") -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    styles: Any = document.styles  # Any: python-docx has no exact types of its styles
    language = COUNTRIES.get(get_language() or "", "en-GB")
    for each in styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), language)
    for name, size, before, after in (
        ("Normal", 8.5, 0, 2),
        ("Title", 18, 0, 2),
        ("Subtitle", 12, 0, 4),
        ("Heading 1", 12, 8, 3),
        ("List Bullet", 8.5, 0, 2),
        ("List Number", 8, 0, 1),
        ("Footer", 8, 0, 0),
    ):
        style = styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            if key.endswith("Theme"):
                del fonts.attrib[key]
        for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(key), FONT)
        if name in {"Title", "Subtitle", "Heading 1"}:
            style.font.color.rgb, style.font.italic = RGBColor.from_string(INK), False
            style.paragraph_format.keep_with_next = True
    # A line under the title, letters set wide, and tabs where an upright page would have them.
    for name, mark in (
        ("Title", "w:pBdr"),
        ("Title", "w:rPr/w:spacing"),
        ("Subtitle", "w:rPr/w:spacing"),
        ("Footer", "w:pPr/w:tabs"),
    ):
        for line in styles[name].element.xpath(f".//{mark}"):
            line.getparent().remove(line)


def _set_footer(paragraph: "Paragraph") -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run("{{ title }} – {{ day }}\t")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: "Paragraph", name: str) -> None:
    field = _element("w:fldSimple", {"w:instr": f" {name} "})
    field.append(paragraph.add_run("1")._r)  # noqa: SLF001 -- python-docx has no fields
    paragraph._p.append(field)  # noqa: SLF001 -- as above


def _add_table(document: "Document") -> None:
    from docx.shared import Mm, RGBColor

    # The rows in between begin and end the repetition; they are gone once it is filled.
    table = document.add_table(rows=4, cols=len(COLUMNS))
    table.autofit = False
    properties: Any = table._tbl.tblPr  # noqa: SLF001 -- python-docx names no table
    _set_rules(properties)
    properties.append(_element("w:tblCaption", {"w:val": "{{ title }}"}))
    properties.append(_element("w:tblDescription", {"w:val": "{{ summary }}"}))
    head, begin, each, end = table.rows
    for position, (name, width) in enumerate(COLUMNS):
        table.columns[position].width = Mm(width)
        for row in table.rows:
            row.cells[position].width = Mm(width)
        cell = head.cells[position]
        cell._tc.get_or_add_tcPr().append(  # noqa: SLF001 -- as above
            _element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": SHADE})
        )
        words = cell.paragraphs[0].add_run(f"{{{{ heads[{position}] }}}}")
        words.bold, words.font.color.rgb = True, RGBColor.from_string(INK)
        first = each.cells[position].paragraphs[0]
        first.text = f"{{%p for line in row.{name} %}}"
        each.cells[position].add_paragraph("{{r line }}")
        each.cells[position].add_paragraph("{%p endfor %}")
    begin.cells[0].text = "{%tr for row in rows %}"
    end.cells[0].text = "{%tr endfor %}"
    head._tr.get_or_add_trPr().append(_element("w:tblHeader", {}))  # noqa: SLF001 -- as above
    for row in (head, each):
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", {}))  # noqa: SLF001 -- as above


def _set_rules(properties: Any) -> None:  # noqa: ANN401 -- python-docx's own
    """Draw thin lines between the rows, and none between the columns."""
    from docx.oxml.ns import qn

    rules = _element("w:tblBorders", {})
    for side, colour in (("top", INK), ("bottom", INK), ("insideH", RULE)):
        line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": colour}
        rules.append(_element(f"w:{side}", line))
    margins = _element("w:tblCellMar", {})
    for side, width in (("top", "40"), ("left", "85"), ("bottom", "20"), ("right", "85")):
        margins.append(_element(f"w:{side}", {"w:w": width, "w:type": "dxa"}))
    for each in (_element("w:tblInd", {"w:w": "0", "w:type": "dxa"}), rules):
        properties.find(qn("w:tblLayout")).addprevious(each)
    properties.find(qn("w:tblLayout")).addnext(margins)


def _add_each(
    document: "Document", name: str, tag: str = "{{ line }}", style: str = "List Bullet"
) -> None:
    document.add_paragraph(f"{{%p for line in {name} %}}")
    document.add_paragraph(tag, style=style)
    document.add_paragraph("{%p endfor %}")


def _element(name: str, attributes: dict[str, str]) -> Any:  # noqa: ANN401 -- python-docx's own
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    found: Any = OxmlElement(name)
    for key, value in attributes.items():
        found.set(qn(key), value)
    return found
