"""A revision as a Word file, and its way back."""

import io

import docx
import pytest
from django.utils.translation import override

from comity.audit.models import Event
from comity.texts.models import Paragraph, Passage
from comity.texts.queries import read_rows
from comity.texts.services import (
    PassageFacts,
    Taken,
    change_passage,
    change_wording,
    insert_passage,
    move_passage,
    remove_passage,
    take_passages,
)
from comity.texts.word_package import open_word
from comity.texts.word_paragraphs import paragraphs_in
from comity.texts.word_reading import read_word
from comity.texts.word_writing import write_word
from tests.texts.conftest import passage_at, version_of, words_of
from tests.texts.word_files import changed


def take(draft, content, by, language="es"):
    text = read_word(content, "draft.docx", language)
    assert text.remarks == []
    return take_passages(revision=draft, incoming=text.incoming, version=version_of(draft), by=by)[
        1
    ]


def named_in_spanish(revision):
    with override("es"):
        return str(revision)


@pytest.fixture
def rich(draft, secretariat):
    """A draft with lines, tabs, signs of markup, levels and no number."""
    change_passage(
        passage=passage_at(draft, 2),
        facts=PassageFacts("operative", 2, "1 (a) (i)"),
        version=1,
        by=secretariat,
    )
    words = "Una línea;\n<otra> & “más”\tcon tabulador.  Fin"
    insert_passage(
        revision=draft,
        after=None,
        facts=PassageFacts("signature"),
        words={"es": words},
        version=1,
        by=secretariat,
    )
    return draft


@pytest.mark.parametrize("languages", [["es"], ["en"], ["es", "en"]])
def test_what_was_exported_and_comes_back_unchanged_changes_nothing(rich, secretariat, languages):
    rows, events = read_rows(rich), Event.objects.count()

    taken = take(rich, write_word(rich, languages), secretariat, languages[0])

    lacking = 0 if "es" in languages else 1
    assert taken == Taken(removed=lacking)
    if not lacking:
        assert (read_rows(rich), Event.objects.count()) == (rows, events)


def test_file_opens_in_a_word_processor(rich):
    opened = docx.Document(io.BytesIO(write_word(rich, ["es"])))

    assert [each.style.name for each in opened.paragraphs] == [
        "Text signature",
        "Text title",
        "Text operative",
        "Text operative",
    ]
    assert opened.paragraphs[2].text == "1\tInformar sin demora."
    assert opened.core_properties.title == f"{rich.text.document} – {named_in_spanish(rich)}"
    table = docx.Document(io.BytesIO(write_word(rich, ["es", "en"]))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows][:3] == [
        ["Español", "English"],
        ["\tUna línea;\n<otra> & “más”\tcon tabulador.  Fin", ""],
        ["Declaración", "Declaration"],
    ]


def test_same_revision_makes_the_same_file(draft):
    assert write_word(draft, ["es"]) == write_word(draft, ["es"])


def test_words_edited_in_word_are_taken(draft, secretariat):
    content = changed(
        write_word(draft, ["es"]),
        lambda xml: xml.replace("Informar sin demora.", "Informar en 72 horas."),
    )

    assert take(draft, content, secretariat) == Taken(changed=1)
    assert words_of(draft)[1] == ("1", "Informar en 72 horas.")
    assert passage_at(draft, 1).wordings.get(language="en").is_behind


def test_changes_between_revisions_are_tracked(draft, first, secretariat):
    change_wording(
        passage=passage_at(draft, 1),
        language="es",
        words="Informar en 72 horas.",
        version=1,
        by=secretariat,
    )
    insert_passage(
        revision=draft,
        after=passage_at(draft, 1),
        facts=PassageFacts(number="2"),
        words={"es": "Nuevo.", "en": "New."},
        version=1,
        by=secretariat,
    )
    remove_passage(passage=passage_at(draft, 3), version=2, by=secretariat)
    move_passage(passage=passage_at(draft, 0), after=None, version=3, by=secretariat)

    read = paragraphs_in(open_word(write_word(draft, ["es"], since=first), "draft.docx"))
    assert [(each.before, each.after, each.is_mark_put, each.is_mark_taken) for each in read] == [
        ("Declaración", "Declaración", False, False),
        ("1\tInformar sin demora.", "1\tInformar en 72 horas.", False, False),
        ("2\tCompartir cifras. Protegerlas.", "", False, True),
        ("", "2\tNuevo.", True, False),
    ]
    assert {author for each in read for author in each.authors} == {named_in_spanish(draft)}
    both = paragraphs_in(open_word(write_word(draft, ["es", "en"], since=first), "draft.docx"))
    assert [each.after for each in both if each.in_table][4:6] == [
        "1\tInformar en 72 horas.",
        "1\tInform without delay.",
    ]


def test_tracked_moves_and_numbers_read_as_both_revisions(draft, first, secretariat):
    move_passage(passage=passage_at(draft, 2), after=None, version=1, by=secretariat)
    change_passage(
        passage=passage_at(draft, 2), facts=PassageFacts(number="7"), version=1, by=secretariat
    )

    content = write_word(draft, ["es"], since=first)

    read = paragraphs_in(open_word(content, "draft.docx"))
    assert [each.before for each in read if each.before] == [
        "Declaración",
        "1\tInformar sin demora.",
        "2\tCompartir cifras. Protegerlas.",
    ]
    assert [each.after for each in read if each.after] == [
        "2\tCompartir cifras. Protegerlas.",
        "Declaración",
        "7\tInformar sin demora.",
    ]


def test_paragraph_of_another_text_in_a_file_is_new(draft, secretariat):
    key = passage_at(draft, 1).paragraph_id
    content = changed(
        write_word(draft, ["es"]), lambda xml: xml.replace(f"_p{key}_", f"_p{key + 9999}_")
    )

    assert take(draft, content, secretariat) == Taken(inserted=1, removed=1)
    assert Paragraph.objects.count() == 4
    assert Passage.objects.filter(revision=draft).count() == 3
