"""An answer goes out as a workbook and comes back: looked at first, whole or not at all."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from comity.accounts.authority import SYSTEM
from comity.calls.models import Submission, Way
from comity.calls.services import close_call, extend_reply, save_entries
from comity.office.models import WaitingWorkbook
from comity.processes.models import Status
from tests.calls.answers import address, values
from tests.calls.conftest import SAID
from tests.factories.calls import CallFactory, QuestionFactory, ReplyFactory
from tests.factories.parties import AffiliationFactory, MinistryFactory, PostFactory
from tests.factories.processes import ParticipationFactory

WORDS = ({"en": "Law", "es": "Ley"}, {"en": "Decree", "es": "Decreto"})
OPTIONS = [{"code": f"c{n}", "words": words} for n, words in enumerate(WORDS, start=1)]
SHAPES = ("line", "number", "day", "yes_no", "choice", "choices")


@pytest.fixture
def writing(client, focal_point):
    client.force_login(focal_point)
    return client


@pytest.fixture
def shapes(call, reply):
    """The key of a question of every shape, by shape; the first two are those of the call."""
    made = {
        shape: QuestionFactory(
            call=call, shape=shape, options=OPTIONS if shape.startswith("choice") else []
        )
        for shape in SHAPES
    }
    return {shape: f"q{question.pk}" for shape, question in made.items()}


def fetched(client, reply, language="en"):
    """Return the workbook of a reply as a person opens it."""
    client.cookies["django_language"] = language
    response = client.get(address(reply, "answer_fetch"))
    return openpyxl.load_workbook(io.BytesIO(response.content))


def rows_of(file):
    """Return the row of each key."""
    page = file.worksheets[0]
    return {page.cell(row, 1).value: row for row in range(2, page.max_row + 1)}


def fill(file, answers):
    """Write an answer beside each key."""
    page, rows = file.worksheets[0], rows_of(file)
    for key, value in answers.items():
        page.cell(rows[key], 5).value = value
    return file


def sent_back(client, reply, file, page="answer_send"):
    buffer = io.BytesIO()
    file.save(buffer)
    upload = SimpleUploadedFile("filled.xlsx", buffer.getvalue())
    return client.post(address(reply, page), {"workbook": upload})


def problems(response):
    return [(each.row, each.column, each.reason) for each in response.context["problems"]]


def test_workbook_holds_the_draft_and_lists_to_choose_from(writing, draft, keys, shapes):
    file = fetched(writing, draft)
    page, rows = file.worksheets[0], rows_of(file)

    assert page.cell(rows[keys[0]], 5).value == SAID
    assert page.cell(rows[keys[0]], 3).value == "1. What has been done?"
    lists = {str(rule.sqref): rule.type for rule in page.data_validations.dataValidation}
    keyed = (shapes["yes_no"], shapes["choice"], f"{shapes['choices']}:c1")
    assert {f"E{rows[key]}" for key in keyed} <= set(lists)
    assert set(lists.values()) == {"list"}


def test_filled_workbook_is_shown_and_then_written_into_the_draft(
    writing, affiliations, reply, keys, shapes
):
    own = affiliations["focal_point"]
    ministry = MinistryFactory(party=own.party)
    own.post, own.may_speak = PostFactory(party=own.party, ministry=ministry), True
    own.save()
    file = fill(
        fetched(writing, reply, "es"),
        {
            keys[0]: SAID,
            shapes["line"]: "Ana",
            shapes["number"]: 2.5,
            shapes["day"]: "2026-05-28",
            shapes["yes_no"]: "sí",
            shapes["choice"]: "Decreto",
            f"{shapes['choices']}:c1": "no",
            f"{shapes['choices']}:c2": "sí",
        },
    )
    writing.cookies["django_language"] = "en"
    came = sent_back(writing, reply, file)
    shown = writing.get(came["Location"])
    unwritten = values(reply)
    taken = writing.post(came["Location"])

    assert [step.shown[0].after for step in shown.context["plan"].steps] == [
        SAID, "Ana", "2.5", "28 May 2026", "yes", "Decree", "Decree",
    ]  # fmt: skip
    assert unwritten == {}
    assert values(reply) == {
        keys[0]: SAID,
        shapes["line"]: "Ana",
        shapes["number"]: 2.5,
        shapes["day"]: "2026-05-28",
        shapes["yes_no"]: True,
        shapes["choice"]: "c2",
        shapes["choices"]: ["c2"],
    }
    assert {entry.ministry for entry in reply.entries.all()} == {ministry}
    assert taken["Location"] == f"{address(reply, 'answer_clear')}?way=workbook"
    assert not WaitingWorkbook.objects.exists()


def test_what_came_by_workbook_is_cleared_as_such(writing, reply, keys):
    file = fill(fetched(writing, reply), {keys[0]: SAID})
    came = sent_back(writing, reply, file)
    summary = writing.post(came["Location"], follow=True)
    form = summary.context["form"]
    writing.post(address(reply, "answer_clear"), form.initial)

    assert (Submission.objects.get().way, Submission.objects.get().values[keys[0]]) == (
        Way.WORKBOOK,
        SAID,
    )


def test_delegate_is_led_back_to_the_draft(client, delegate, reply, keys):
    client.force_login(delegate)
    came = sent_back(client, reply, fill(fetched(client, reply), {keys[0]: SAID}))

    assert client.post(came["Location"])["Location"] == address(reply)


def test_unchanged_workbook_changes_nothing(writing, draft, shapes, keys):
    key = shapes["choices"]
    save_entries(reply=draft, values={key: ["c2"]}, seen={}, by=_colleague(draft))
    came = sent_back(writing, draft, fetched(writing, draft))
    shown = writing.get(came["Location"])

    assert shown.context["plan"].steps == []
    assert "the workbook says what stands already" in shown.content.decode()
    writing.post(came["Location"], {"discard": "1"})
    assert values(draft) == {keys[0]: SAID, key: ["c2"]}


def test_everything_wrong_is_said_at_once_by_sheet_row_and_column(writing, reply, keys, shapes):
    file = fill(
        fetched(writing, reply),
        {
            keys[0]: "=1+1",
            keys[1]: "turned\u202eround",
            shapes["line"]: "x" * 401,
            shapes["number"]: "many",
            shapes["day"]: "2026-05",
            shapes["yes_no"]: "perhaps",
            shapes["choice"]: "Custom",
            f"{shapes['choices']}:c1": "maybe",
        },
    )
    response = sent_back(writing, reply, file)

    assert response.status_code == 422
    assert {each.sheet for each in response.context["problems"]} == {"Answer"}
    found = problems(response)
    assert [(row, column) for row, column, _reason in found] == [
        (row, "Answer") for row in range(2, 10)
    ]
    reasons = [reason for _row, _column, reason in found]
    assert reasons[0] == "The cell holds a formula. Write its result."
    assert "\u202e" not in reasons[1]
    assert reasons[2:] == [
        "This has 401 characters; at most 400 can be taken.",
        "“many” is no number.",
        "Write a day.",
        "Choose one from the list: yes, no.",
        "“Custom” is not one of the list.",
        "Choose one from the list: yes, no.",
    ]
    assert values(reply) == {}
    assert not WaitingWorkbook.objects.exists()


def test_control_characters_are_refused(writing, reply, keys):
    response = sent_back(writing, reply, fill(fetched(writing, reply), {keys[1]: "a\u200bb"}))

    assert (response.status_code, [row for row, *_rest in problems(response)]) == (422, [3])
    assert values(reply) == {}


def test_workbook_of_another_call_or_another_state_is_refused(
    writing, affiliations, process, reply, keys
):
    other_call = ReplyFactory(call=CallFactory(process=process), party=reply.party)
    QuestionFactory(call=other_call.call)
    other_state = ReplyFactory(call=reply.call, party=affiliations["other_focal_point"].party)
    files = [fetched(writing, other_call)]
    writing.force_login(affiliations["other_focal_point"].person.user)
    files.append(fetched(writing, other_state))
    writing.force_login(affiliations["focal_point"].person.user)

    for file in files:
        response = sent_back(writing, reply, file)
        assert (response.status_code, problems(response)) == (
            422,
            [(0, "", "This workbook is about something else.")],
        )


def test_file_that_is_no_workbook_is_refused(writing, reply):
    upload = SimpleUploadedFile("filled.xlsx", b"MZ\x90\x00 a program")
    response = writing.post(address(reply, "answer_send"), {"workbook": upload})
    none = writing.post(address(reply, "answer_send"), {})

    assert (response.status_code, none.status_code) == (422, 422)
    assert list(response.context["form"].errors) == ["workbook"]


def test_workbook_that_comes_after_the_close_is_refused_once(writing, call, reply, keys, shapes):
    file = fill(fetched(writing, reply), {keys[0]: SAID, shapes["line"]: "Ana"})
    close_call(call=call, version=call.version, by=SYSTEM)
    response = sent_back(writing, reply, file)
    extend_reply(reply=reply, due_at=timezone.now() + timedelta(days=2), by=SYSTEM)

    assert problems(response) == [
        (
            0,
            "",
            "This call is closed. Ask the secretariat for more time if you still want to answer.",
        )
    ]
    assert sent_back(writing, reply, file).status_code == 302


def test_field_that_a_colleague_wrote_since_is_named_and_nothing_taken(
    writing, reply, keys, shapes
):
    file = fill(fetched(writing, reply), {keys[0]: "Mine.", keys[1]: "Mine too."})
    save_entries(reply=reply, values={keys[0]: "Theirs."}, seen={}, by=_colleague(reply))
    response = sent_back(writing, reply, file)

    assert problems(response) == [
        (2, "", "Somebody has changed this since the workbook was made. Fetch a new one.")
    ]
    assert values(reply) == {keys[0]: "Theirs."}


def test_field_that_a_colleague_writes_before_it_is_taken_over_stops_all_of_it(
    writing, reply, keys
):
    came = sent_back(writing, reply, fill(fetched(writing, reply), dict.fromkeys(keys, "Mine.")))
    save_entries(reply=reply, values={keys[0]: "Theirs."}, seen={}, by=_colleague(reply))
    response = writing.post(came["Location"])

    assert (response.status_code, values(reply)) == (422, {keys[0]: "Theirs."})


def test_suspended_party_sends_no_workbook(writing, process, reply, keys):
    file = fill(fetched(writing, reply), {keys[0]: SAID})
    ParticipationFactory(
        process=process, party=reply.party, status=Status.SUSPENDED, begins="2021-01-01"
    )

    assert sent_back(writing, reply, file).status_code == 403
    assert values(reply) == {}


def test_row_that_was_deleted_or_added_is_named(writing, reply, keys):
    file = fetched(writing, reply)
    page = file.worksheets[0]
    page.delete_rows(3)
    page.cell(9, 5).value = "More"
    response = sent_back(writing, reply, file)

    assert problems(response) == [
        (0, "", "The row “What has been done?” has been deleted. Leave it in."),
        (9, "", "Rows cannot be added to this sheet."),
    ]


def test_waiting_workbook_is_taken_over_by_its_sender_alone(writing, client, reply, keys):
    came = sent_back(writing, reply, fill(fetched(writing, reply), {keys[0]: SAID}))
    client.force_login(_colleague(reply))

    assert client.get(came["Location"]).status_code == 404
    assert client.post(came["Location"]).status_code == 404
    assert values(reply) == {}


def test_workbook_is_fetched_in_the_reader_s_language(writing, reply, shapes):
    file = fetched(writing, reply, "es")
    lists = [cell.value for column in file["_lists"].columns for cell in column]

    with translation.override("es"):
        assert {"Ley", "Decreto", "sí", "no"} <= set(lists)


def _colleague(reply):
    return AffiliationFactory(party=reply.party, may_speak=True).person.user
