"""The pages of the register and of circular notes."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comity.correspondence.models import Circular, Note
from comity.outbox.models import Message
from comity.parties.models import Affiliation
from tests.factories.correspondence import CircularFactory, NoteFactory

ADDRESS = "/processes/meridian/correspondence/"


@pytest.fixture
def office(client, people):
    client.force_login(people["secretariat"])
    return client


def page(client, name, *args):
    return client.get(reverse(f"correspondence:{name}", args=["meridian", *args]))


def post(client, name, *args, **data):
    return client.post(reverse(f"correspondence:{name}", args=["meridian", *args]), data)


def test_note_is_entered_with_a_suggested_number_and_its_scan(office, process, party):
    year = date.today().year  # noqa: DTZ011 -- the number is of the year that it is here
    suggested = page(office, "note_add", "in").context["form"].initial["number"]
    scan = SimpleUploadedFile("note.pdf.txt", b"Text", content_type="text/plain")
    sent = {
        "number": suggested,
        "dated": "2026-10",
        "parties": party.code,
        "subject": "Figures",
        "audience": "secretariat",
    }

    refused = post(office, "note_add", "in", **sent, scan=scan)
    answer = post(office, "note_add", "in", **sent, scan=SimpleUploadedFile("note.png", PICTURE))

    assert (suggested, refused.status_code) == (f"IN/{year}/1", 422)
    assert "is not of a type taken here" in refused.content.decode()
    row = Note.objects.get()
    assert answer.url == f"{ADDRESS}#row-{row.pk}"
    assert (row.scan_name, list(row.parties.all())) == ("note.png", [party])
    download = page(office, "note_scan", row.pk)
    assert b"".join(download.streaming_content) == PICTURE
    assert "attachment" in download["Content-Disposition"]


PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


def test_note_that_answers_is_entered_beside_the_one_it_answers(office, process, note, party):
    shown = page(office, "note_add", "out").content.decode()
    sent = {
        "number": "OUT/2026/1",
        "dated": "2026-10-09",
        "parties": party.code,
        "subject": "Thank you",
        "audience": "secretariat",
    }
    refused = post(office, "note_add", "out", **sent, answers="IN/2000/1")
    post(office, "note_add", "out", **sent, answers=note.number)

    assert "Enter a note sent" in shown
    assert "No note of this number went the other way." in refused.content.decode()
    answer = Note.objects.get(number="OUT/2026/1")
    assert answer.answers == note
    html = page(office, "note", note.pk).content.decode()
    assert "Exchange of notes" in html
    assert "OUT/2026/1" in html


def test_note_is_changed_with_its_version(office, process, note, party):
    shown = page(office, "note_change", note.pk).context["form"]
    sent = {name: shown[name].value() or "" for name in shown.fields if name != "scan"}
    sent |= {"subject": "Returns", "version": 1, "is_settled": "", "parties": party.code}

    answer = post(office, "note_change", note.pk, **sent)
    again = post(office, "note_change", note.pk, **sent)

    note.refresh_from_db()
    assert (answer.status_code, again.status_code, note.subject) == (302, 422, "Returns")
    assert "changed this" in again.content.decode()


def test_register_is_filtered_by_its_address_and_handed_out_so(office, process, party):
    NoteFactory(process=process, number="1", subject="Visas", parties=[party])
    NoteFactory(process=process, number="2", dated="2025", direction="out")
    query = {"q": "visas", "direction": "in", "party": party.code, "year": "2026"}

    shown = office.get(ADDRESS, query)
    csv = office.get(f"{ADDRESS}register.csv", query)
    other = office.get(f"{ADDRESS}register.odt", query)

    assert [line.note.number for line in shown.context["lines"]] == ["1"]
    lines = b"".join(csv.streaming_content).decode("utf-8-sig").splitlines()
    assert (len(lines), "Visas" in lines[1], other.status_code) == (2, True, 404)
    assert "register.csv?q=visas" in shown.content.decode()


def test_register_with_a_filter_that_cannot_be_shows_all(office, process, note):
    shown = office.get(ADDRESS, {"year": "never", "party": "nobody"})

    assert [line.note for line in shown.context["lines"]] == [note]


@pytest.mark.parametrize("count", [1, 5])
def test_register_asks_the_same_at_any_length(
    office, process, party, count, django_assert_num_queries
):
    for _each in range(count):
        NoteFactory(process=process, parties=[party])

    with django_assert_num_queries(12):
        assert len(office.get(ADDRESS).context["lines"]) == count


def test_party_sees_its_own_notes_without_history_or_ways_to_change_them(
    client, people, process, note
):
    NoteFactory(process=process, subject="Of another")
    client.force_login(people["focal_point"])

    listed, shown = page(client, "register"), page(client, "note", note.pk)

    assert [line.note for line in listed.context["lines"]] == [note]
    html = listed.content.decode() + shown.content.decode()
    hidden = ("Of another", "History", f"{ADDRESS}{note.pk}/change/", f"{ADDRESS}add/")
    assert [words in html for words in hidden] == [False] * 4


def test_direction_that_there_is_not_is_not_found(office, process):
    assert page(office, "note_add", "up").status_code == 404


def test_scan_of_a_note_without_one_is_not_found(office, note):
    assert page(office, "note_scan", note.pk).status_code == 404


def test_series_are_set_by_the_page(office, process):
    series = {"received": "R", "sent": "S", "circular": "C"}
    first = post(office, "numbers", **series)
    second = post(office, "numbers", **series, version=1)

    assert (first.status_code, second.status_code) == (302, 302)
    assert page(office, "note_add", "in").context["form"].initial["number"].startswith("R/")


def test_circular_is_written_seen_and_sent_by_the_page(office, process, affiliations, people):
    Affiliation.objects.filter(pk=affiliations["focal_point"].pk).update(may_speak=True)
    post(
        office,
        "circular_add",
        number="CIRC/2026/1",
        dated="2026-10-05",
        subject_en="Budget",
        text_en="The budget is here.",
        signatory="A. Head",
        asked_statuses=["member"],
    )
    row = Circular.objects.get()
    file = SimpleUploadedFile("table.csv", b"a,b\n")
    post(office, "circular_enclose", row.pk, file=file)
    shown = page(office, "circular", row.pk)
    assert sorted(people_ for _name, people_ in shown.context["parties"]) == [0, 0, 0, 1]
    assert "table.csv" in shown.content.decode()

    answer = post(office, "circular_send", row.pk, version=1)

    assert (answer.status_code, answer.url) == (302, row.get_absolute_url())
    assert Message.objects.get().to == people["focal_point"].email
    client_page = page(office, "circular", row.pk).content.decode()
    assert "Send the note" not in client_page
    office.force_login(people["focal_point"])
    note_page = page(office, "note", row.__class__.objects.get().note_id).content.decode()
    assert "CIRC-2026-1-en.pdf" in note_page
    paper = Circular.objects.get().enclosures.first()
    handed_out = page(office, "enclosure_file", paper.pk)
    assert b"".join(handed_out.streaming_content).startswith(b"%PDF")


def test_circular_page_refuses_a_file_that_is_none_and_shows_why(office, process):
    row = CircularFactory(process=process)

    answer = post(office, "circular_enclose", row.pk, file=SimpleUploadedFile("a.exe", b"MZ"))
    nothing = post(office, "circular_enclose", row.pk)

    assert (answer.status_code, nothing.status_code) == (422, 422)
    assert "a.exe" in answer.content.decode()


def test_circular_is_changed_taken_out_and_discarded_by_the_page(office, process, secretariat):
    row = CircularFactory(process=process)
    file = SimpleUploadedFile("table.csv", b"a,b\n")
    post(office, "circular_enclose", row.pk, file=file)
    post(office, "circular_take_out", row.pk, row.enclosures.get().pk, version=1)
    shown = page(office, "circular_change", row.pk)
    changed = post(
        office,
        "circular_change",
        row.pk,
        version=1,
        number=row.number,
        dated="2026-10-06",
        subject_en="Budget",
        text_en="The budget.",
        signatory="A. Head",
        asked_statuses=["member"],
    )
    discarded = post(office, "circular_discard", row.pk, version=2)

    statuses = [each.status_code for each in (shown, changed, discarded)]
    assert statuses == [200, 302, 302]
    assert discarded.url == f"{ADDRESS}circulars/"
    assert not Circular.objects.exists()


def test_circular_is_handed_out_in_its_languages_alone(office, process):
    row = CircularFactory(process=process)

    word, pdf = (page(office, "circular_file", row.pk, "es", form) for form in ("docx", "pdf"))
    other = page(office, "circular_file", row.pk, "fr", "pdf").status_code
    unknown = page(office, "circular_file", row.pk, "es", "odt").status_code

    assert (word.content[:2], pdf.content[:5], other, unknown) == (b"PK", b"%PDF-", 404, 404)
    assert 'filename="CIRC-' in word["Content-Disposition"]


def own_template(words="Our own paper: {{ number }}"):
    """Return a Word file as a secretariat sends it."""
    import docx  # noqa: PLC0415 -- heavy

    own, stream = docx.Document(), BytesIO()
    own.add_paragraph(words)
    own.save(stream)
    return SimpleUploadedFile("own.docx", stream.getvalue())


def test_template_is_kept_replaced_and_used_by_the_page(office, process):
    sent = {"language": "en", "version": 0}
    first = post(office, "templates", **sent, file=own_template("Old"))
    wrong = post(office, "templates", **sent | {"version": 1}, file=own_template("{{ number"))
    stale = post(office, "templates", **sent, file=own_template())
    second = post(office, "templates", **sent | {"version": 1}, file=own_template())

    statuses = [each.status_code for each in (first, wrong, stale, second)]
    assert statuses == [302, 422, 422, 302]
    assert "Your template" in page(office, "templates").content.decode()
    kept = b"".join(page(office, "template_file", "en").streaming_content)
    assert kept.startswith(b"PK")
    nowhere = [page(office, "template_file", code).status_code for code in ("es", "xx")]
    assert nowhere == [404, 404]


def test_circular_in_a_language_that_the_interface_does_not_speak_is_shown_and_made(
    office, process
):
    row = CircularFactory(process=process, subject={"zh": "会议"}, text={"zh": "请来。"})
    NoteFactory(process=process, number="zh", language="zh")

    shown = page(office, "circular", row.pk).content.decode()
    pdf, word = (page(office, "circular_file", row.pk, "zh", form) for form in ("pdf", "docx"))
    note_page = page(office, "note", Note.objects.get().pk)

    assert ("中文" in shown, pdf.status_code, word.status_code) == (True, 200, 200)
    assert "中文" in note_page.content.decode()
