"""Word files of others: numbers, headings and notes as they print; what is dangerous is refused."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError

from comity.texts import word_package
from comity.texts.word_numbers import typed_number
from comity.texts.word_reading import read_word
from tests.texts.word_files import TYPES, W, packed, paragraph, word_file

STYLES = (
    f'<w:styles {W}><w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="List"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:styleId="Lost"><w:basedOn w:val="Nowhere"/></w:style></w:styles>'
)


def level(depth, shape, words, start=1):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{shape}"/>'
        f'<w:lvlText w:val="{words}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}'
    f"{level(1, 'lowerLetter', '(%2)')}{level(2, 'lowerRoman', '(%3)')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "•")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "upperRoman", "%1.", 4)}'
    f"{level(1, 'decimal', '%1.%2')}{level(2, 'decimal', '%9')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="10"/></w:lvlOverride></w:num></w:numbering>'
)


def style(name):
    return f'<w:pStyle w:val="{name}"/>'


def listed(key, depth=0):
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{key}"/></w:numPr>'


def read(body, **parts):
    return read_word(word_file(body, **parts), "draft.docx", "es")


def shown(text):
    return [
        (str(each.facts.kind), each.facts.level, each.facts.number, each.words["es"])
        for each in text.incoming
    ]


def test_numbers_that_word_counts_are_resolved():
    body = (
        paragraph("Declaración", style("T"))
        + paragraph("Los miembros,")
        + paragraph("Medidas", style("H2"))
        + paragraph("Uno", style("List"))
        + paragraph("Letra", listed(1, 1))
        + paragraph("Otra", listed(1, 1))
        + paragraph("Romano", listed(1, 2))
        + paragraph("Dos", listed(1))
        + paragraph("Letra", listed(1, 1))
        + paragraph("Punto", listed(2))
        + paragraph("Cuatro", listed(3))
        + paragraph("Cuatro uno", listed(3, 1))
        + paragraph("Sin cifra", listed(3, 2))
        + paragraph("Diez", listed(4))
        + paragraph("Fuera", style("List") + listed(0))
        + paragraph("", style("List"))
        + paragraph("Perdido", style("Lost"))
    )

    text = read(body, numbering=NUMBERING, styles=STYLES)

    assert shown(text) == [
        ("title", 0, "", "Declaración"),
        ("preamble", 0, "", "Los miembros,"),
        ("heading", 1, "", "Medidas"),
        ("operative", 0, "1", "Uno"),
        ("operative", 1, "1 (a)", "Letra"),
        ("operative", 1, "1 (b)", "Otra"),
        ("operative", 2, "1 (b) (i)", "Romano"),
        ("operative", 0, "2", "Dos"),
        ("operative", 1, "2 (a)", "Letra"),
        ("operative", 0, "", "Punto"),
        ("operative", 0, "IV", "Cuatro"),
        ("operative", 1, "IV.1", "Cuatro uno"),
        ("operative", 2, "IV.1", "Sin cifra"),
        ("operative", 0, "10", "Diez"),
        ("operative", 0, "", "Fuera"),
        ("operative", 0, "", "Perdido"),
    ]
    assert text.remarks == []


def test_typed_numbers_are_read():
    lines = ["Título", "Los miembros,", "1. Uno", "(a) Letra", "b) Otra", "(i) Romano", "2) Dos"]

    assert shown(read("".join(paragraph(each) for each in lines))) == [
        ("title", 0, "", "Título"),
        ("preamble", 0, "", "Los miembros,"),
        ("operative", 0, "1", "Uno"),
        ("operative", 1, "1 (a)", "Letra"),
        ("operative", 1, "1 (b)", "Otra"),
        ("operative", 2, "1 (b) (i)", "Romano"),
        ("operative", 0, "2", "Dos"),
    ]


@pytest.mark.parametrize(
    ("words", "last", "found"),
    [
        ("1.2 Dos", ("1", 0), None),
        ("1.2. Dos", ("1", 0), ("1.2", 0, "Dos")),
        ("12\tDoce", ("", 0), ("12", 0, "Doce")),
        ("IV. Cuatro", ("3", 0), ("IV", 0, "Cuatro")),
        ("(i) Novena", ("4 (h)", 1), ("4 (i)", 1, "Novena")),
        ("(ii) Dos", ("4 (a) (i)", 2), ("4 (a) (ii)", 2, "Dos")),
        ("(a) Sola", ("", 0), ("(a)", 1, "Sola")),
        ("(3) Tres", ("", 0), ("(3)", 0, "Tres")),
        ("2026 fue", ("", 0), None),
        ("y. o", ("", 0), ("(y)", 1, "o")),
        ("y o", ("", 0), None),
        ("Nada", ("", 0), None),
    ],
)
def test_typed_number_is_told_from_words(words, last, found):
    assert typed_number(words, last) == found


def test_file_without_numbers_is_taken_with_a_word_about_it():
    text = read(paragraph("Título") + paragraph("Los Estados informarán."))

    assert shown(text) == [
        ("title", 0, "", "Título"),
        ("preamble", 0, "", "Los Estados informarán."),
    ]
    assert text.remarks == [
        "No paragraph of the file has a number. Number them here once all is in its place."
    ]


def test_footnotes_are_kept_behind_their_paragraph():
    body = (
        "<w:p><w:r><w:t>1. Uno</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="2"/><w:footnoteReference w:id="9"/></w:r></w:p>'
        + paragraph("2. Dos")
    )
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="0"/><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/>'
        "<w:t> Véase.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )

    assert shown(read(body, footnotes=notes)) == [
        ("operative", 0, "1", "Uno¹²"),
        ("note", 0, "¹", "Véase."),
        ("operative", 0, "2", "Dos"),
    ]
    assert shown(read(body))[1][0] == "operative"


def test_what_is_read_otherwise_than_it_looks_is_said():
    body = (
        "<w:p><w:ins w:author='A'><w:r><w:t>1. Uno</w:t></w:r></w:ins>"
        "<w:del w:author='A'><w:r><w:delText>, no</w:delText></w:r></w:del></w:p>"
        f"<w:tbl><w:tr><w:tc>{paragraph('2. Dos')}</w:tc></w:tr></w:tbl>"
        '<w:p><w:r><w:endnoteReference w:id="2"/></w:r></w:p>'
        f"<w:p><w:r><w:drawing>{paragraph('oculto')}</w:drawing></w:r></w:p>"
    )

    text = read(body, endnotes=f"<w:endnotes {W}/>")

    assert [words for *_rest, words in shown(text)] == ["Uno", "Dos"]
    assert text.remarks == [
        "The file has tracked changes: the words were taken as if all were accepted.",
        "Words in tables were taken one cell after another.",
        "Notes at the end of the file were left out.",
    ]


def deep(content):
    return "<w:sdt><w:sdtContent>" * 80 + content + "</w:sdtContent></w:sdt>" * 80


def bomb():
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", b" " * (30 * 1024 * 1024))
    return out.getvalue()


ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
GOOD = {"[Content_Types].xml": TYPES, "word/document.xml": "<a/>"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "cannot be read as a Word file"),
        (b"%PDF-1.7", "cannot be read as a Word file"),
        (packed({"a.txt": "a"}), "cannot be read as a Word file"),
        (packed(GOOD | {"word/document.xml": "<a>"}), "cannot be read as a Word file"),
        (packed(GOOD | {"word/vbaProject.bin": "x"}), "carries macros"),
        (packed(GOOD | {"../outside": "x"}), "outside its own folder"),
        (packed(GOOD | {"word/document.xml": f"{ENTITY}<a>&x;</a>"}), "declares a document type"),
        (packed(GOOD | {"word/styles.xml": f"{ENTITY}<a/>"}), "declares a document type"),
        (bomb(), "would grow too large"),
        (packed(GOOD), "holds no words"),
        (word_file(deep(paragraph("Uno"))), "holds no words"),
        (word_file(paragraph("Uno") * 5_001), "too many paragraphs"),
    ],
)
def test_what_is_dangerous_or_no_word_file_is_refused(content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        read_word(content, "draft.docx", "es")


def test_what_is_too_large_is_refused(monkeypatch):
    content = word_file(paragraph("Uno"))
    monkeypatch.setattr(word_package, "MOST_PART_BYTES", 10)
    with pytest.raises(ValidationError, match="would grow too large"):
        read_word(content, "draft.docx", "es")
    monkeypatch.setattr(word_package, "MOST_BYTES", 10)
    with pytest.raises(ValidationError, match="is too large: at most 0 megabytes"):
        read_word(content, "draft.docx", "es")
