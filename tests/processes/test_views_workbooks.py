"""The pages on which a workbook of participants is fetched, sent, looked at and taken over."""

import io
import uuid
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from comity.office.models import WAITS_FOR, WaitingWorkbook
from comity.office.waiting import forget_expired
from comity.processes.models import Participation
from comity.store.models import StoredFile
from comity.store.services import path_of
from tests.factories.processes import ParticipationFactory
from tests.office.filled import Rows, upload
from tests.processes.conftest import sent


@pytest.fixture
def secretariat(client, people):
    client.force_login(people["secretariat"])
    return client


@pytest.fixture
def fetch(secretariat, page):
    """Return a function that fetches the workbook and gives it back as ``edit`` leaves it."""

    def fetched(edit=lambda _rows: None):
        response = secretariat.get(page("participants_fetch"))
        file = openpyxl.load_workbook(io.BytesIO(response.content))
        edit(Rows(file.worksheets[0]))
        out = io.BytesIO()
        file.save(out)
        return out.getvalue()

    return fetched


def add_note(rows):
    rows.put(2, Note="Joined by letter")


def send(client, page, content, name="filled.xlsx"):
    return client.post(page("participants_send"), {"workbook": upload(content, name)})


def test_workbook_is_fetched_sent_looked_at_and_taken_over(secretariat, page, fetch, process):
    fetched = secretariat.get(page("participants_fetch"))
    sending = send(secretariat, page, fetch(add_note))
    waiting = WaitingWorkbook.objects.get()
    stored = path_of(waiting.file)
    shown = secretariat.get(sending["Location"])
    before = Participation.objects.exclude(note="").count()
    with_grounds = {"grounds": "Letter of 3 May"}
    done = secretariat.post(sending["Location"], with_grounds)

    today = timezone.localdate().isoformat()
    disposition = f'attachment; filename="{process.slug}-participants-{today}.xlsx"'
    assert fetched["Content-Disposition"] == disposition
    assert {each["Cache-Control"] for each in (fetched, shown)} == {"private, no-store"}
    assert sending["Location"] == page("participants_confirm", waiting.token)
    assert ("Joined by letter" in shown.content.decode(), before) == (True, 0)
    assert sent(done) == (
        302,
        page("participants"),
        ["The workbook is taken over: 0 added, 1 changed, 0 ended."],
    )
    assert list(Participation.objects.exclude(note="").values_list("note", "version")) == [
        ("Joined by letter", 2)
    ]
    assert (WaitingWorkbook.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert stored.name == waiting.file.sha256


def test_everything_wrong_stands_on_the_page_and_nothing_is_kept(secretariat, page, fetch):
    def edit(rows):
        rows.put(2, Status="guest")
        rows.put(3, From="31 February")

    answer = send(secretariat, page, fetch(edit))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This could not be done, for 2 reasons. Nothing was changed." in html
    assert "“guest” is not one of the list." in html
    assert (WaitingWorkbook.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "filled.xlsx", "The submitted file is empty."),
        (b"no workbook", "filled.xlsx", "filled.xlsx"),
        (b"no workbook", "filled.exe", "is not of a type taken here: xlsx."),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(secretariat, page, content, name, words):
    answer = send(secretariat, page, content, name)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert WaitingWorkbook.objects.count() == 0


def test_file_larger_than_the_store_takes_is_refused_with_a_sentence(secretariat, page):
    answer = send(secretariat, page, bytes(51 * 1024 * 1024))

    assert (answer.status_code, "at most 50 MB are taken" in answer.content.decode()) == (422, True)


def test_page_without_a_file_says_that_one_is_needed(secretariat, page):
    shown = secretariat.get(page("participants_send"))
    answer = secretariat.post(page("participants_send"))

    assert (shown.status_code, answer.status_code) == (200, 422)
    assert "This field is required." in answer.content.decode()


def test_row_that_somebody_changes_before_it_is_confirmed_stops_all(secretariat, page, fetch):
    to = send(secretariat, page, fetch(add_note))["Location"]
    Participation.objects.filter(pk=Participation.objects.order_by("order", "pk")[0].pk).update(
        version=2
    )

    done = secretariat.post(to, {"grounds": ""})
    words = "Somebody has changed this since the workbook was made. Fetch a new one."

    assert (done.status_code, words in done.content.decode()) == (422, True)
    assert Participation.objects.exclude(note="").count() == 0
    assert secretariat.get(to).status_code == 404


def test_workbook_that_is_confirmed_twice_is_taken_over_once(secretariat, page, fetch, monkeypatch):
    to = send(secretariat, page, fetch(add_note))["Location"]
    found = WaitingWorkbook.objects.get()
    secretariat.post(to, {"grounds": ""})

    # The second click was under way when the first had done its work.
    monkeypatch.setattr(
        "comity.processes.views.workbooks.get_object_or_404", lambda *_rows, **_key: found
    )
    again = secretariat.post(to, {"grounds": ""})
    monkeypatch.undo()

    assert (again.status_code, again["Location"]) == (302, page("participants"))
    assert secretariat.get(to).status_code == 404
    assert Participation.objects.exclude(note="").count() == 1


def test_row_that_somebody_changed_is_told_when_the_page_is_opened_again(secretariat, page, fetch):
    to = send(secretariat, page, fetch(add_note))["Location"]
    Participation.objects.update(version=2)

    shown = secretariat.get(to).content.decode()

    assert "Somebody has changed this since the workbook was made. Fetch a new one." in shown
    assert WaitingWorkbook.objects.count() == 0


def test_source_that_is_too_long_is_told_and_the_workbook_waits(secretariat, page, fetch):
    to = send(secretariat, page, fetch(add_note))["Location"]

    answer = secretariat.post(to, {"grounds": "x" * 301})

    assert (answer.status_code, WaitingWorkbook.objects.count()) == (422, 1)


def test_workbook_is_discarded(secretariat, page, fetch):
    to = send(secretariat, page, fetch(add_note))["Location"]

    gone = secretariat.post(to, {"discard": "1"})

    words = ["The workbook is discarded. Nothing was changed."]
    assert sent(gone) == (302, page("participants_send"), words)
    assert (StoredFile.objects.count(), Participation.objects.exclude(note="").count()) == (0, 0)


def test_waiting_workbook_is_its_senders_alone_and_for_two_hours(
    secretariat, client, page, fetch, people, process
):
    to = send(secretariat, page, fetch(add_note))["Location"]
    assert secretariat.get(page("participants_confirm", uuid.uuid4())).status_code == 404
    client.force_login(people["outsider"])
    assert client.get(to).status_code == 404
    client.force_login(people["secretariat"])
    WaitingWorkbook.objects.update(sent_at=timezone.now() - WAITS_FOR)
    assert client.get(to).status_code == 404

    assert forget_expired(timezone.now() - timedelta(seconds=60)) == 0
    assert forget_expired(timezone.now()) == 1
    assert (WaitingWorkbook.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_content_that_something_else_needs_stays(secretariat, page, fetch, people):
    content = fetch(add_note)
    first = send(secretariat, page, content)["Location"]
    second = send(secretariat, page, content)["Location"]

    secretariat.post(first, {"discard": "1"})

    assert (StoredFile.objects.count(), secretariat.get(second).status_code) == (1, 200)


def test_workbook_of_people_is_not_confirmed_as_one_of_participants(
    secretariat, page, fetch, people
):
    to = send(secretariat, page, fetch(add_note))["Location"]
    WaitingWorkbook.objects.update(subject="people:meridian")

    assert secretariat.get(to).status_code == 404


def test_workbook_that_changes_nothing_says_so(secretariat, page, fetch, process):
    for _each in range(30):
        ParticipationFactory(process=process)

    answer = send(secretariat, page, fetch())

    assert "Nothing would change" in secretariat.get(answer["Location"]).content.decode()
