import io
from zipfile import ZipFile

import docx
import pytest
from django.core.exceptions import ValidationError

from comity.accounts.authority import SYSTEM
from comity.office.services import keep_template
from comity.office.word import check_template, fill, fill_template
from comity.store.services import keep_file

PARTIES = [{"name": "Peru & Chile"}, {"name": "<b>Bolivia</b>"}]


def word(*paragraphs, table=()):
    """Return a Word file with these paragraphs, and a table of one column."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        rows = document.add_table(rows=len(table), cols=1).rows
        for row, text in zip(rows, table, strict=True):
            row.cells[0].text = text
    buffer = io.BytesIO()
    document.save(buffer)
    buffer.seek(0)
    return buffer


def with_part(name, content="x"):
    """Return a Word file that holds one more part."""
    buffer = word("Dear {{ name }}")
    with ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    buffer.seek(0)
    return buffer


def read(content):
    """Return the paragraphs and the cells of a Word file."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs], cells


def refusal(stream):
    with pytest.raises(ValidationError) as caught:
        check_template(stream)
    return caught.value.code, caught.value.messages


def test_template_is_filled_with_text_as_it_is():
    content = fill(word("Dear {{ name }},", "Yours"), {"name": "A & B <i> “C”"})

    assert read(content) == (["Dear A & B <i> “C”,", "Yours"], [])


def test_template_repeats_rows_of_a_table():
    table = ["{%tr for each in parties %}", "{{ each.name }}", "{%tr endfor %}"]

    content = fill(word("Parties", table=table), {"parties": PARTIES})

    assert read(content) == (["Parties"], ["Peru & Chile", "<b>Bolivia</b>"])


def test_template_repeats_words_in_a_sentence():
    text = "{% for each in parties %}{{ each.name }}{% if not loop.last %}; {% endif %}{% endfor %}"

    assert read(fill(word(text), {"parties": PARTIES})) == (["Peru & Chile; <b>Bolivia</b>"], [])


def test_value_that_looks_like_a_tag_is_not_run():
    assert read(fill(word("{{ name }}"), {"name": "{{ 7 * 7 }}"})) == (["{{ 7 * 7 }}"], [])


def test_good_template_is_taken():
    check_template(word("Dear {{ name }}", "{% for each in parties %}{{ each }}{% endfor %}"))


@pytest.mark.parametrize(
    ("paragraphs", "sentence"),
    [
        (
            ["Dear", "{{ name"],
            "A tag is wrong in paragraph 2, “{{ name”: unexpected '/'.",
        ),
        (
            ["Dear", "x" * 99 + "{{ a|nope }}"],
            f"A tag is wrong in paragraph 2, “{'x' * 59}…”: No filter named 'nope'.",
        ),
        (
            ["Dear A & B", "{% endfor %}"],
            "A tag is wrong in paragraph 2, “{% endfor %}”: Encountered unknown tag 'endfor'.",
        ),
        (
            ["Dear", "A < B {{ a|nope }}"],
            "A tag is wrong in paragraph 2, “A < B {{ a|nope }}”: No filter named 'nope'.",
        ),
    ],
)
def test_template_with_a_bad_tag_is_refused_with_its_paragraph(paragraphs, sentence):
    assert refusal(word(*paragraphs)) == ("template", [sentence])


def test_template_with_a_loop_without_an_end_is_refused():
    code, (message,) = refusal(word("{% for each in parties %}", "{{ each }}"))

    assert (code, message.partition(": ")[2][:44]) == (
        "template",
        "Unexpected end of template. Jinja was lookin",
    )


@pytest.mark.parametrize("place", ["header", "footer"])
def test_bad_tag_in_the_margin_is_refused_too(place):
    document = docx.Document()
    getattr(document.sections[0], place).paragraphs[0].text = "{{ name"
    buffer = io.BytesIO()
    document.save(buffer)
    buffer.seek(0)

    sentence = "A tag is wrong in paragraph 1, “{{ name”: unexpected '/'."
    assert refusal(buffer) == ("template", [sentence])


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/vbaData.xml", "word/embeddings/a.bin", "word/ActiveX/a"]
)
def test_template_with_macros_or_objects_is_refused(name):
    assert refusal(with_part(name)) == (
        "macros",
        ["The template holds macros or embedded objects. Save it without them."],
    )


def test_template_that_declares_entities_is_refused():
    footnotes = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'

    assert refusal(with_part("word/footnotes.xml", footnotes)) == (
        "entities",
        ["The template holds what no word processor writes. Save it anew."],
    )


@pytest.mark.parametrize("name", ["word/footnotes.xml", "word/media/a.svg"])
@pytest.mark.parametrize(
    "text", ["<!DOCTYPE w><w/>", "<w><!--" + "x" * (2 << 20) + "--></w>"], ids=["type", "comment"]
)
def test_no_part_of_a_template_grows_in_memory(name, text):
    assert refusal(with_part(name, text))[0] == "entities"


def test_part_that_is_no_xml_is_refused():
    assert refusal(with_part("word/footnotes.xml", "<w><a></w>"))[0] == "damaged"


def test_locked_part_is_refused():
    locked = bytearray(with_part("word/footnotes.xml", "<w/>").getvalue())
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1  # the last entry of the list needs a password

    assert refusal(io.BytesIO(locked))[0] == "damaged"


def test_picture_in_a_template_is_no_declaration():
    check_template(with_part("word/media/a.png", b"\x89PNG\r\n\x1a\n"))


@pytest.mark.parametrize("content", [b"", b"Dear", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_no_word_file_is_refused(content):
    assert refusal(io.BytesIO(content)) == (
        "damaged",
        ["The file cannot be read as a Word document."],
    )


def test_archive_that_is_no_word_file_is_refused():
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    buffer.seek(0)

    assert refusal(buffer) == ("damaged", ["The file cannot be read as a Word document."])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "{{ ''.__class__.__mro__ }}",
            "The template cannot be filled: access to attribute '__class__'",
        ),
        ("{{ 1 / 0 }}", "The template cannot be filled: division by zero."),
        ("{{ name + 1 }}", "The template cannot be filled: can only concatenate str"),
        ("{{ parties.append(1) }}", "The template cannot be filled: access to attribute 'append'"),
        ("{% for n in range(10 ** 9) %}{% endfor %}", "The template cannot be filled: Range too"),
        ("{% include 'word/document.xml' %}", "The template cannot be filled: no loader for this"),
        ("{{ name", "A tag is wrong in paragraph 1, “{{ name”: unexpected '/'."),
    ],
)
def test_template_that_fails_or_reaches_out_is_refused_when_filled(text, reason):
    with pytest.raises(ValidationError) as caught:
        fill(word(text), {"name": "A", "parties": [1]})

    assert caught.value.code == "template"
    assert caught.value.messages[0][: len(reason)] == reason


def test_owner_fills_its_own_template_and_others_the_built_in_one(
    db, template_kinds, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    template_kinds.add("letter", lambda: docx.Document(word("Dear {{ name }}")))
    file = keep_file(stream=word("Excellency {{ name }}"), name="letter.docx", by=SYSTEM)
    keep_template(
        kind="letter", owner="process:meridian", language="en", file=file, version=0, by=SYSTEM
    )

    texts = [
        read(fill_template("letter", owner, language, {"name": "Ana"}))[0]
        for owner, language in [
            ("process:meridian", "en"),
            ("process:meridian", "fr"),
            ("process:lagoon", "en"),
        ]
    ]

    assert texts == [["Excellency Ana"], ["Dear Ana"], ["Dear Ana"]]


def test_undeclared_kind_of_template_is_an_error(db, template_kinds):
    with pytest.raises(LookupError, match="No app declares the kind of template 'letter'"):
        fill_template("letter", "process:meridian", "en", {})
