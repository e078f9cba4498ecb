"""The pages of texts: read, compared, written, taken from Word and handed out."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comity.texts.margins import MarginNote, TextLink, margins, text_links
from comity.texts.models import Revision, RevisionState, Text
from comity.texts.services import change_wording
from comity.texts.word_writing import write_word
from tests.factories.documents import DocumentFactory
from tests.factories.texts import PassageFactory, WordingFactory
from tests.texts.conftest import passage_at, version_of, words_of
from tests.texts.word_files import changed, paragraph, word_file

ADDRESS = "/documents/draft/text/"


@pytest.fixture
def writer(client, secretariat):
    client.force_login(secretariat)
    return client


@pytest.fixture
def behind(draft, secretariat):
    """The draft, with new Spanish words in its first paragraph."""
    change_wording(
        passage=passage_at(draft, 1),
        language="es",
        words="Informar en 72 horas.",
        version=1,
        by=secretariat,
    )
    return draft


def shown(response):
    return [
        [column.said.words if column.said else None for column in line.columns]
        for line in response.context["screen"].lines
    ]


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_reader_sees_the_latest_that_is_out(client, people, behind):
    client.force_login(people["focal_point"])

    page = client.get(ADDRESS)

    assert page.context["revision"].number == 1
    assert shown(page)[1] == ["Informar sin demora.", "Inform without delay."]
    assert (page.context["can_edit"], page.context["can_write"]) == (False, False)
    assert client.get(f"{ADDRESS}2/").status_code == 404
    assert client.get(f"{ADDRESS}1/changes/?since=2").status_code == 404
    assert client.get(f"{ADDRESS}1.docx?since=2").status_code == 404
    assert b"72 horas" not in client.get(f"{ADDRESS}1.txt?language=es").content


def test_languages_are_shown_as_chosen(writer, first):
    assert shown(writer.get(f"{ADDRESS}?language=en"))[1] == ["Inform without delay."]
    both = writer.get(f"{ADDRESS}?language=en&language=es&language=xx")
    assert shown(both)[1] == ["Informar sin demora.", "Inform without delay."]
    assert [(each.label, each.is_chosen) for each in both.context["screen"].choices] == [
        ("Español", False),
        ("English", False),
        ("Español + English", True),
    ]


def test_what_is_behind_is_said_and_confirmed(writer, behind):
    page = writer.get(ADDRESS)
    assert [(each.language, each.count) for each in page.context["screen"].behind] == [("en", 1)]
    assert "English is behind in 1 paragraph" in page.content.decode()

    key = passage_at(behind, 1).paragraph_id
    done = writer.post(f"{ADDRESS}2/p{key}/en/confirm/", {"version": 2}, follow=True)

    assert said(done) == ["This is saved."]
    assert done.context["screen"].behind == []
    assert done.redirect_chain == [(f"{ADDRESS}2/#p{key}", 302)]
    again = writer.post(f"{ADDRESS}2/p{key}/en/confirm/", {"version": 2}, follow=True)
    assert "changed this on" in said(again)[0]
    assert writer.post(f"{ADDRESS}2/p{key}/fr/confirm/", {"version": 2}).status_code == 404


def test_page_costs_the_same_at_any_length(writer, first):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert writer.get(f"{ADDRESS}1/").status_code == 200
        return len(found)

    writer.get(f"{ADDRESS}1/")
    few = queries()
    for place in range(10, 15):
        passage = PassageFactory(revision=first, order=place)
        WordingFactory(passage=passage)

    assert queries() == few


def test_words_are_written_in_place(writer, draft):
    key = passage_at(draft, 1).paragraph_id
    address = f"{ADDRESS}2/p{key}/"
    assert "Informar sin demora." in writer.get(address).content.decode()

    sent = {"language": "es", "es-version": 1, "es-words": "Una.\r\nDos."}
    done = writer.post(address, sent)

    assert (done.status_code, done["Location"]) == (302, f"{ADDRESS}2/#p{key}")
    assert words_of(draft)[1] == ("1", "Una.\nDos.")
    conflict = writer.post(address, sent | {"es-words": "Tres."})
    assert (conflict.status_code, conflict.context["forms"][0]["version"].value()) == (422, "2")
    assert writer.post(address, {"language": "es", "es-version": 2}).status_code == 422
    assert writer.post(address, {"language": "fr"}).status_code == 404
    english = {
        "language": "en",
        "en-version": 2,
        "en-words": "One.\nTwo.",
        "en-standing": "official",
    }
    assert writer.post(address, english).status_code == 302
    assert words_of(draft, "en")[1] == ("1", "One.\nTwo.")


def test_refused_words_are_shown_with_the_reason(writer, first):
    key = passage_at(first, 1).paragraph_id
    sent = {"language": "es", "es-version": 1, "es-words": "Otra."}

    refused = writer.post(f"{ADDRESS}1/p{key}/", sent)

    assert refused.status_code == 422
    assert "words no longer change" in refused.content.decode()
    assert words_of(first)[1] == ("1", "Informar sin demora.")


def test_paragraphs_are_inserted_moved_split_joined_and_removed(writer, draft):
    keys = [each.paragraph_id for each in draft.passages.order_by("order")]
    sent = {"version": 1, "kind": "operative", "level": 0, "number": "9"}
    inserted = writer.post(f"{ADDRESS}2/add/?after={keys[0]}", sent | {"words_es": "Nuevo."})
    assert inserted.status_code == 302
    new = passage_at(draft, 1).paragraph_id
    facts = {"version": 1, "kind": "preamble", "level": 1, "number": ""}
    assert writer.post(f"{ADDRESS}2/p{new}/kind/", facts).status_code == 302

    def do(key, step, **data):
        data = {"version": version_of(draft)} | data
        return said(writer.post(f"{ADDRESS}2/p{key}/{step}/", data, follow=True))[-1:]

    assert do(new, "move", to="up") == ["This is saved."]
    assert words_of(draft)[0] == ("", "Nuevo.")
    assert do(new, "move", to="down") == ["This is saved."]
    assert do(new, "move", to="down") == ["This is saved."]
    assert words_of(draft)[2] == ("", "Nuevo.")
    assert do(keys[2], "split", **{"tail-es": "Protegerlas.", "tail-en": ""}) == ["This is saved."]
    assert [words for _n, words in words_of(draft)][3:] == ["Compartir cifras.", "Protegerlas."]
    assert do(keys[2], "join") == ["This is saved."]
    assert do(new, "remove") == ["This is saved."]
    assert [words for _n, words in words_of(draft)] == [
        "Declaración",
        "Informar sin demora.",
        "Compartir cifras. Protegerlas.",
    ]
    assert "after you opened it" in do(keys[1], "remove", version=1)[0]


def test_text_is_started_and_goes_out(writer, process):
    document = DocumentFactory(process=process, slug="new", published_at="2026-01-01T00:00Z")
    address = "/documents/new/text/"
    assert writer.get(address).status_code == 404
    wrong = writer.post(f"{address}start/", {"languages": ["es"], "original": "en"})
    assert (wrong.status_code, Text.objects.count()) == (422, 0)

    started = writer.post(f"{address}start/", {"languages": ["es", "en"], "original": "es"})

    assert (started.status_code, started["Location"]) == (302, f"{address}1/")
    revision = Revision.objects.get()
    upload = SimpleUploadedFile("draft.docx", word_file(paragraph("Título") + paragraph("Dos")))
    sent = {"version": 1, "language": "es", "file": upload}
    taken = writer.post(f"{address}1/word/", sent, follow=True)
    assert said(taken)[:2] == [
        "The file changed 2 paragraphs.",
        "No paragraph of the file has a number. Number them here once all is in its place.",
    ]
    for step, version in (("renumber", 2), ("circulate", 2), ("finish", 3)):
        done = writer.post(f"{address}1/{step}/", {"version": version}, follow=True)
        assert said(done) == ["This is saved."]
    assert Revision.objects.get().state == RevisionState.FINAL
    again = writer.post(f"{address}1/finish/", {"version": 4}, follow=True)
    assert said(again) == ["This revision is final already."]
    assert writer.post(f"{address}add/")["Location"] == f"{address}2/"
    second = writer.post(f"{address}add/", follow=True)
    assert said(second) == ["A draft of this text is being written. Circulate it first."]
    label = {"version": 1, "label_en": "Draft of 3 May"}
    assert writer.post(f"{address}2/label/", label).status_code == 302
    assert str(Revision.objects.get(number=2)) == "Draft of 3 May"
    assert (document.text, revision.text) == (Text.objects.get(), Text.objects.get())


def test_text_without_revision_is_its_writers(writer, client, text, people):
    assert "has no revision yet" in writer.get(ADDRESS).content.decode()
    client.force_login(people["chair"])
    assert client.get(ADDRESS).status_code == 404


def test_file_that_comes_back(writer, draft):
    def send(content):
        upload = SimpleUploadedFile("draft.docx", content)
        sent = {"version": version_of(draft), "language": "es", "file": upload}
        return writer.post(f"{ADDRESS}2/word/", sent, follow=True)

    content = write_word(draft, ["es"])
    assert said(send(content))[0] == "The file changes nothing."
    key = passage_at(draft, 1).paragraph_id
    writer.post(f"{ADDRESS}2/p{key}/move/", {"version": 1, "to": "up"}, follow=True)
    assert said(send(content))[0] == "The file changed the order of the paragraphs."
    new = changed(content, lambda xml: xml.replace("sin demora", "ya"))
    assert said(send(new))[0] == "The file changed 1 paragraph."
    refused = send(b"no Word")
    assert refused.status_code == 422
    assert "cannot be read as a Word file" in refused.content.decode()


def test_changes_are_shown_word_by_word(writer, behind):
    page = writer.get(f"{ADDRESS}2/changes/")

    words = page.content.decode()
    assert page.context["changed"] == 1
    assert "Informar <del>sin demora</del>." in words
    assert "Informar <ins>en 72 horas</ins>." in words
    english = writer.get(f"{ADDRESS}2/changes/?since=1&language=en")
    assert english.context["changed"] == 0
    assert writer.get(f"{ADDRESS}1/changes/").status_code == 404


def test_files_are_handed_out(writer, client, behind, people):
    text = writer.get(f"{ADDRESS}2.txt?language=es&language=en")
    assert text.content.decode() == (
        "Español\n\nDeclaración\n===========\n\n1\tInformar en 72 horas.\n\n"
        "2\tCompartir cifras. Protegerlas.\n\n\n"
        "English\n\nDeclaration\n===========\n\n1\tInform without delay.\n\n"
        "2\tShare figures. Protect them.\n"
    )
    word = writer.get(f"{ADDRESS}2.docx?language=es&since=1")
    assert word["Content-Disposition"] == 'attachment; filename="draft-2-es-changes.docx"'
    assert word.content == write_word(behind, ["es"], since=Revision.objects.get(number=1))
    assert writer.get(f"{ADDRESS}2.odt").status_code == 404
    for query, words in (("language=es", "1. Informar en 72 horas."), ("", "Informar en 72")):
        answer = writer.get(f"{ADDRESS}2.pdf?{query}")
        found = pypdf.PdfReader(io.BytesIO(answer.content))
        assert words in found.pages[0].extract_text()
        assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_higher_apps_stand_in_the_margin(writer, first):
    key = passage_at(first, 1).paragraph_id
    note = MarginNote("Arvenia", "proposal", "Sooner.", "/proposals/1/")
    margins.add("a", lambda _actor, _revision: {key: [note]})
    text_links.add("a", lambda _actor, _revision: [TextLink("Consultation", "/consultation/")])

    page = writer.get(ADDRESS)

    assert [line.notes for line in page.context["screen"].lines] == [(), [note], ()]
    assert page.context["screen"].links == [TextLink("Consultation", "/consultation/")]
    assert "Sooner." in page.content.decode()


def test_paper_leads_to_its_text(writer, client, first, document, people):
    assert f'href="{ADDRESS}"' in writer.get("/documents/draft/").content.decode()
