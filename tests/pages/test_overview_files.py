"""The overview as Word and PDF: headings, tags, languages, notes that are found."""

import io
import re
from zipfile import ZipFile

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from tests.pages.test_overview import LANGUAGES, made_up_process, overview_in, words

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def table_of(content):
    """Return the document in a Word file, and the cells of its table row by row."""
    document = docx.Document(io.BytesIO(content))
    (table,) = document.tables
    return document, [[cell.text for cell in row.cells] for row in table.rows]


def text_of_pdf(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_file_holds_the_table_under_headings(paper, client, language):
    response = client.get(f"/overview.docx?on=2003-11-10&language={language}")
    document, rows = table_of(response.content)
    overview = overview_in(language)

    assert response["Content-Type"] == WORD
    assert response["Content-Disposition"] == (
        f'attachment; filename="overview-2003-11-10-{language}.docx"'
    )
    assert [row[0].split("\n")[0].rstrip(", ") for row in rows[1:]] == [
        words(row.process)[0] for row in overview.rows
    ]
    assert rows[0] == overview.heads
    assert [len(row) for row in rows] == [5] * 14
    styles = [p.style.name for p in document.paragraphs if p.style.name != "Normal"]
    assert styles[:3] == ["Title", "Subtitle", "Heading 1"]
    assert styles.count("Heading 1") == 5
    assert styles.count("List Number") == len(overview.notes)


def test_word_file_repeats_its_head_and_names_its_language(paper, client):
    content = client.get("/overview.docx?on=2003-11-10&language=fr").content
    document, _rows = table_of(content)

    (table,) = document.tables
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True] + [False] * 13
    section = document.sections[0]
    assert section.page_width > section.page_height
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-FR"}
    about = document.core_properties
    assert (about.language, about.title.endswith(", 2003-11-10")) == ("fr-FR", True)
    footer = section.footer._element.xml
    assert "PAGE" in footer
    assert "NUMPAGES" in footer


def test_each_reference_of_the_word_file_leads_to_a_note(paper, client):
    content = client.get("/overview.docx?on=2003-11-10&language=en").content
    xml = ZipFile(io.BytesIO(content)).read("word/document.xml").decode()

    notes = re.findall(r'w:name="_Note(\d+)"', xml)
    referred = re.findall(r"REF _Note(\d+) ", xml)
    assert len(notes) == len(set(notes)) == len(overview_in("en").notes)
    assert set(referred) == set(notes)


def test_words_with_signs_stand_in_the_files_as_they_are(paper, client):
    made_up_process()
    query = "?on=2007-01-01&language=en&record=made-up"

    _document, rows = table_of(client.get(f"/overview.docx{query}").content)
    _reader, text = text_of_pdf(client.get(f"/overview.pdf{query}").content)

    assert rows[1][0].split("\n")[0] == "The delta & <dialogue>"
    assert "The delta & <dialogue>" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_tagged_and_holds_what_the_overview_says(paper, client, language):
    response = client.get(f"/overview.pdf?on=2003-11-10&language={language}")
    reader, text = text_of_pdf(response.content)
    overview = overview_in(language)

    root = reader.trailer["/Root"]
    assert response["Content-Type"] == "application/pdf"
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert reader.metadata.title == f"{overview.title}, 2003-11-10"
    for row in overview.rows:
        assert words(row.process)[0].replace("-", "") in text.replace("- ", "").replace("-", "")
    assert text.count(overview.heads[-1]) >= 3
    assert " ".join(overview.notes[-1].words.split()) in " ".join(text.split())
    assert f"1 / {len(reader.pages)}" in text
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height


def test_each_reference_of_the_pdf_leads_to_a_note(paper, client):
    content = client.get("/overview.pdf?on=2003-11-10&language=en").content
    reader = pypdf.PdfReader(io.BytesIO(content))

    names = set(reader.named_destinations)
    assert {f"note-{note.number}" for note in overview_in("en").notes} <= names


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_same_day_gives_the_same_file(paper, client, form):
    address = f"/overview.{form}?on=2003-03-01&language=es"

    assert client.get(address).content == client.get(address).content
