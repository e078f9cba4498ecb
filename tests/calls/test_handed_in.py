"""The secretariat hands in the workbook of a party that only uses mail."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comity.accounts.authority import SYSTEM
from comity.calls.models import Submission, Way
from comity.calls.services import close_call
from comity.store.services import open_file
from tests.calls.answers import address, values
from tests.calls.conftest import SAID, state_of
from tests.calls.test_workbooks import fill, problems, rows_of
from tests.factories.calls import QuestionFactory


@pytest.fixture
def handing(client, secretariat):
    client.force_login(secretariat)
    return client


def page(reply, name, *more):
    return reverse(f"calls:handed_in_{name}", args=[reply.call_id, reply.party.code, *more])


def fetched(client, reply, language="en"):
    response = client.get(page(reply, "fetch", language))
    return openpyxl.load_workbook(io.BytesIO(response.content))


def content_of(file):
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def handed_in(client, reply, content, way="mail"):
    upload = SimpleUploadedFile("from-arvenia.xlsx", content)
    return client.post(page(reply, "send", way), {"workbook": upload})


def test_empty_workbook_never_holds_the_draft(handing, draft, keys):
    file = fetched(handing, draft)

    assert SAID not in str([list(row) for row in file.worksheets[0].values])
    assert [file.worksheets[0].cell(row, 2).value for row in rows_of(file).values()] == [0, 0]


def test_empty_workbook_is_in_the_language_of_the_party(handing, call, reply):
    call.questions.update(words={"en": "What?", "fr": "Quoi ?"}, shape="yes_no")
    lists = fetched(handing, reply, "fr")["_lists"]
    unknown = handing.get(page(reply, "fetch", "xx"))

    assert [cell.value for cell in next(lists.columns)] == ["oui", "non"]
    assert unknown.status_code == 404


@pytest.mark.parametrize("way", [Way.MAIL, Way.NOTE])
def test_what_came_is_recorded_with_its_file_and_its_grounds(
    handing, secretariat, draft, keys, way
):
    content = content_of(fill(fetched(handing, draft), {keys[0]: "By mail."}))
    came = handed_in(handing, draft, content, way)
    shown = handing.get(came["Location"])
    unrecorded = Submission.objects.count()
    taken = handing.post(came["Location"], {"grounds": "Note 45/2026"})

    assert [(one.label, one.after) for one in shown.context["plan"].steps[0].shown] == [
        ("What has been done?", "By mail.")
    ]
    sent = Submission.objects.get()
    assert (unrecorded, sent.values[keys[0]], sent.way, sent.note, sent.sent_by) == (
        0,
        "By mail.",
        way,
        "Note 45/2026",
        secretariat,
    )
    with open_file(sent.scan) as stream:
        assert stream.read() == content
    assert taken["Location"] == reverse("calls:reply", args=[draft.call_id, draft.party.code])
    assert (state_of(draft), values(draft)) == ("accepted", {keys[0]: SAID})


def test_party_finds_what_was_handed_in_and_confirms_it(handing, focal_point, reply, keys):
    content = content_of(fill(fetched(handing, reply), {keys[0]: "By mail."}))
    handing.post(handed_in(handing, reply, content)["Location"])
    handing.force_login(focal_point)

    found = handing.get(address(reply)).context["answer"].to_confirm
    assert [(each.row.way, each.said[0].words) for each in found] == [("mail", "By mail.")]


def test_everything_wrong_is_said_at_once(handing, reply, keys):
    number = f"q{QuestionFactory(call=reply.call, shape='number').pk}"
    day = f"q{QuestionFactory(call=reply.call, shape='day').pk}"
    file = fill(fetched(handing, reply), {keys[1]: "a\u202eb", number: "many", day: "2026"})
    response = handed_in(handing, reply, content_of(file))

    found = problems(response)
    assert [(row, column) for row, column, _reason in found] == [
        (2, "Answer"),
        (3, "Answer"),
        (4, "Answer"),
        (5, "Answer"),
    ]
    assert [found[0][2], found[2][2], found[3][2]] == [
        "This must be answered.",
        "“many” is no number.",
        "Write a day.",
    ]
    assert not Submission.objects.exists()


def test_workbook_without_an_answer_is_refused(handing, call, reply, keys):
    call.questions.update(is_required=False)
    response = handed_in(handing, reply, content_of(fetched(handing, reply)))

    assert problems(response) == [(0, "", "Nothing is filled in.")]


def test_answer_of_the_party_that_waits_is_never_passed(handing, sent, keys):
    content = content_of(fill(fetched(handing, sent.reply), {keys[0]: "By mail."}))
    response = handed_in(handing, sent.reply, content)

    assert problems(response) == [
        (2, "", "The party has sent an answer of its own: accept or return that first.")
    ]


def test_nothing_is_handed_in_after_the_close(handing, call, reply, keys):
    content = content_of(fill(fetched(handing, reply), {keys[0]: "By mail."}))
    close_call(call=call, version=call.version, by=SYSTEM)

    assert [reason for *_place, reason in problems(handed_in(handing, reply, content))] == [
        "This call is closed. Ask the secretariat for more time if you still want to answer."
    ]


def test_party_s_own_workbook_is_not_taken_for_the_empty_one(
    handing, focal_point, secretariat, draft
):
    handing.force_login(focal_point)
    content = handing.get(address(draft, "answer_fetch")).content
    handing.force_login(secretariat)
    response = handed_in(handing, draft, content)

    assert problems(response) == [
        (2, "", "Somebody has changed this since the workbook was made. Fetch a new one.")
    ]
    assert not Submission.objects.exists()


@pytest.mark.parametrize("way", ["telephone", "room", "online", "owl"])
def test_workbook_comes_by_mail_or_with_a_note_alone(handing, reply, way):
    assert handing.get(page(reply, "send", way)).status_code == 404
