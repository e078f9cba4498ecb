from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from comity.calls.models import Reply, Submission
from comity.calls.services import accept_reply, save_entries, withdraw_reply
from tests.calls.conftest import SAID
from tests.factories.calls import QuestionFactory
from tests.store.samples import PDF

END_OF_MAY = datetime(2030, 5, 31, 23, 59, tzinfo=UTC)
DRAFTED = "What nobody outside may read."


@pytest.fixture
def office(client, secretariat):
    client.force_login(secretariat)
    return client


@pytest.fixture
def accepted(sent, secretariat):
    accept_reply(submission=sent, by=secretariat)
    sent.refresh_from_db()
    return sent


def page(name, reply, *args):
    return reverse(f"calls:{name}", args=[reply.call_id, reply.party.code, *args])


def stands(reply):
    return Reply.objects.get(pk=reply.pk)


def text_of(response):
    return " ".join(response.content.decode().split())


def test_page_of_a_reply_shows_what_was_sent_and_by_whom(office, reply, sent, focal_point, keys):
    response = office.get(page("reply", reply))

    (shown,) = response.context["sent"]
    assert [(each.label, each.words) for each in shown.said] == [
        ("What has been done?", SAID),
        ("What has been done?", ""),
    ]
    assert (shown.sent_by, shown.decided_by) == (str(focal_point.person), "")
    assert [entry.what for entry in response.context["entries"]] == ["cleared and sent the answer"]
    assert (response.context["may_record"], response.context["handed_in"]) == (False, [])


def test_page_of_a_reply_leads_to_all_ways_in_which_an_answer_may_come(office, reply):
    shown = text_of(office.get(page("reply", reply)))

    ways = [
        reverse("calls:handed_in_send", args=[reply.call_id, reply.party.code, way])
        for way in ("mail", "note")
    ]
    assert [way in shown for way in (page("reply_record", reply), *ways)] == [True, True, True]


def test_page_of_a_reply_betrays_no_draft(office, reply, keys, focal_point):
    before = text_of(office.get(page("reply", reply)))

    save_entries(reply=reply, values={keys[0]: DRAFTED}, seen={}, by=focal_point)

    after = text_of(office.get(page("reply", reply)))
    assert reply.entries.count() == 1
    assert without_token(after) == without_token(before)
    assert "Nothing has been sent." in after


def without_token(text):
    """Return a page without the tokens of its forms, which are others each time."""
    return [part for part in text.split("<") if "csrfmiddlewaretoken" not in part]


def test_answer_taken_back_is_read_by_nobody(office, reply, sent, focal_point):
    withdraw_reply(reply=reply, by=focal_point)

    response = office.get(page("reply", reply))

    assert response.context["sent"] == []
    assert office.post(page("reply_accept", reply, sent.number)).status_code == 404


def test_answer_is_accepted(office, reply, sent):
    response = office.post(page("reply_accept", reply, sent.number))

    assert (response.url, stands(reply).state) == (page("reply", reply), "accepted")
    again = office.post(page("reply_accept", reply, sent.number))
    assert again.status_code == 422
    assert "This does not wait for a decision any more" in text_of(again)


def test_answer_is_returned_with_what_is_missing_and_more_time(office, reply, sent):
    silent = office.post(page("reply_return", reply, sent.number), {"due_at": ""})
    typed = {"reason": "The second question.", "due_at": "2030-05-31"}

    response = office.post(page("reply_return", reply, sent.number), typed)

    found = stands(reply)
    assert (silent.status_code, response.url) == (422, page("reply", reply))
    assert (found.state, found.due_at) == ("returned", END_OF_MAY)
    assert Submission.objects.get().reason == "The second question."


def test_accepted_answer_is_asked_for_again(office, reply, accepted):
    response = office.post(page("reply_reopen", reply), {"reason": "A new law."})

    assert (response.url, stands(reply).state) == (page("reply", reply), "returned")
    assert Submission.objects.get().state == "accepted"
    history = office.get(page("reply", reply)).context["entries"]
    assert (history[0].what, history[0].reason) == ("asked for the answer again", "A new law.")


def test_answer_that_is_not_accepted_is_not_asked_for_again(office, reply, sent):
    response = office.post(page("reply_reopen", reply), {"reason": "A new law."})

    assert (response.status_code, stands(reply).state) == (422, "sent")


def test_one_party_is_given_more_time(office, reply):
    shown = office.get(page("reply_extend", reply)).context["form"]["due_at"].value()

    response = office.post(
        page("reply_extend", reply), {"due_at": "2030-05-31", "reason": "Elections."}
    )

    assert shown == timezone.localdate(reply.call.due_at)
    assert (response.url, stands(reply).due_at) == (page("reply", reply), END_OF_MAY)


def test_answer_of_every_shape_is_recorded_with_its_scan(office, call, reply, keys, secretariat):
    options = [{"code": f"c{n}", "words": {"en": word}} for n, word in enumerate("AB", start=1)]
    shapes = ("line", "number", "day", "yes_no", "choice", "choices")
    rows = {
        shape: QuestionFactory(call=call, shape=shape, options=options if "ch" in shape else [])
        for shape in shapes
    }
    given = {
        "line": "One line",
        "number": "1 204,5",
        "day": "2026-03-01",
        "yes_no": "no",
        "choice": "c2",
        "choices": ["c2", "c1"],
    }
    typed = {
        keys[0]: "Said by telephone.",
        **{f"q{rows[shape].pk}": value for shape, value in given.items()},
        "way": "note",
        "note": "Note 12",
        "scan": SimpleUploadedFile("note.pdf", PDF),
    }

    response = office.post(page("reply_record", reply), typed)

    recorded = Submission.objects.get()
    assert response.url == page("reply", reply)
    assert (recorded.state, recorded.way, recorded.note, recorded.sent_by) == (
        "accepted",
        "note",
        "Note 12",
        secretariat,
    )
    assert list(recorded.values.values()) == [
        "Said by telephone.",
        None,
        "One line",
        1204.5,
        "2026-03-01",
        False,
        "c2",
        ["c1", "c2"],
    ]
    served = office.get(page("reply_scan", reply, recorded.number))
    content = BytesIO(b"".join(served.streaming_content)).getvalue()
    assert (content, served["Content-Type"]) == (PDF, "application/pdf")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"way": "online"}, "way"),
        ({"scan": SimpleUploadedFile("note.pdf", b"MZ not a PDF")}, "scan"),
        ({"scan": SimpleUploadedFile("note.exe", b"MZ")}, "scan"),
        ({"number": "many"}, "number"),
        ({"number": "1.204"}, "number"),
        ({"yes_no": "perhaps"}, "yes_no"),
    ],
)
def test_answer_that_cannot_be_is_not_recorded(office, call, reply, keys, typed, field):
    keyed = {
        shape: f"q{QuestionFactory(call=call, shape=shape).pk}" for shape in ("number", "yes_no")
    }
    sent = {keyed.get(name, name): value for name, value in typed.items()}

    response = office.post(page("reply_record", reply), {"way": "note", keys[0]: "Said.", **sent})

    assert (response.status_code, Submission.objects.count()) == (422, 0)
    assert list(response.context["form"].errors) == [keyed.get(field, field)]


def test_nothing_is_recorded_over_what_waits(office, reply, sent, keys):
    response = office.post(page("reply_record", reply), {"way": "mail", keys[0]: "Said."})

    assert (response.status_code, Submission.objects.count()) == (422, 1)


def test_answer_without_a_scan_has_none_to_hand_out(office, reply, sent):
    assert office.get(page("reply_scan", reply, sent.number)).status_code == 404


def test_reply_of_a_party_that_is_not_asked_has_no_page(office, call, reply, affiliations):
    other = affiliations["observer"].party.code

    assert office.get(reverse("calls:reply", args=[call.pk, other])).status_code == 404


def test_page_of_a_reply_asks_as_much_with_many_answers(
    office, reply, focal_point, django_assert_max_num_queries
):
    def send(count):
        for number in range(count):
            Submission.objects.create(
                reply=reply,
                number=reply.submissions.count() + 1,
                values={},
                way="online",
                sent_by=focal_point,
                sent_at=timezone.now(),
                state="replaced",
                reason=str(number),
            )

    send(1)
    office.get(page("reply", reply))
    with django_assert_max_num_queries(100) as few:
        office.get(page("reply", reply))
    send(20)
    with django_assert_max_num_queries(100) as many:
        office.get(page("reply", reply))

    assert len(many) == len(few)
