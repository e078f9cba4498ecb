"""Who speaks for a party reads the whole answer, clears it and sends it; later it may change it."""

import pytest

from comity.accounts.authority import SYSTEM
from comity.calls.models import Submission, Way
from comity.calls.services import (
    accept_reply,
    close_call,
    record_answer,
    reopen_reply,
    save_entries,
)
from tests.calls.answers import address, typed
from tests.calls.conftest import SAID, state_of, versions
from tests.calls.scans import kept_scan
from tests.factories.parties import AffiliationFactory


@pytest.fixture
def clearing(client, focal_point):
    client.force_login(focal_point)
    return client


def shown(client, reply, **more):
    """Return what the browser sends from the summary as it was opened."""
    form = client.get(address(reply, "answer_clear"), more).context["form"]
    return {"note": "", **{name: form.initial[name] for name in ("seen", "way")}}


def test_saving_leads_to_the_summary_and_clearing_sends_what_was_read(
    clearing, focal_point, reply, keys
):
    saved = clearing.post(address(reply), typed(clearing, reply, {keys[0]: SAID}, clear="1"))
    summary = clearing.get(saved["Location"]).content.decode()
    opened = shown(clearing, reply) | {"note": "Two pages follow."}
    response = clearing.post(address(reply, "answer_clear"), opened, follow=True)

    sent = Submission.objects.get()
    assert saved["Location"] == address(reply, "answer_clear")
    assert SAID in summary
    assert (sent.values, sent.way, sent.note, sent.sent_by) == (
        {keys[0]: SAID, keys[1]: None},
        Way.ONLINE,
        "Two pages follow.",
        focal_point,
    )
    assert f"The answer of {reply.party.code} is sent." in response.content.decode()
    assert state_of(reply) == "sent"


def test_summary_says_what_is_missing_and_sends_nothing(clearing, reply, keys):
    opened = shown(clearing, reply)
    page = clearing.get(address(reply, "answer_clear"))
    response = clearing.post(address(reply, "answer_clear"), opened)

    assert page.context["missing"] == {keys[0]: ["This must be answered."]}
    assert "Clear and send" not in page.content.decode()
    assert (response.status_code, Submission.objects.count()) == (422, 0)


def test_what_a_colleague_wrote_since_is_marked_and_not_sent_unread(clearing, draft, keys):
    opened = shown(clearing, draft)
    colleague = AffiliationFactory(party=draft.party).person.user
    save_entries(reply=draft, values={keys[1]: "New."}, seen={}, by=colleague)

    typed_in = {"note": "Mine.", "way": "workbook"}
    refused = clearing.post(address(draft, "answer_clear"), opened | typed_in)
    unsent = Submission.objects.count()
    again = refused.context["form"].initial
    clearing.post(address(draft, "answer_clear"), {**again})

    assert (refused.status_code, refused.context["changed"], unsent) == (422, [keys[1]], 0)
    assert "new since you read it" in refused.content.decode()
    sent = Submission.objects.get()
    assert sent.values == {keys[0]: SAID, keys[1]: "New."}
    assert (sent.note, sent.way) == ("Mine.", Way.WORKBOOK)


@pytest.mark.parametrize("seen", ["", "q=", "=&=1", "x" * 20_001])
def test_versions_that_nobody_was_shown_clear_nothing(clearing, draft, seen):
    response = clearing.post(address(draft, "answer_clear"), {"seen": seen, "way": "online"})

    assert (response.status_code, Submission.objects.count()) == (422, 0)


@pytest.mark.parametrize("way", ["mail", "room", "", "owl"])
def test_party_sends_on_the_site_or_by_workbook_and_in_no_other_way(clearing, draft, way):
    opened = shown(clearing, draft) | {"way": way}
    response = clearing.post(address(draft, "answer_clear"), opened)

    assert (response.status_code, Submission.objects.count()) == (422, 0)


def test_way_of_the_workbook_is_kept(clearing, draft):
    clearing.post(address(draft, "answer_clear"), shown(clearing, draft, way="workbook"))

    assert Submission.objects.get().way == Way.WORKBOOK


def test_call_that_was_closed_meanwhile_refuses_with_its_sentence(clearing, call, draft):
    opened = shown(clearing, draft)
    close_call(call=call, version=call.version, by=SYSTEM)
    response = clearing.post(address(draft, "answer_clear"), opened)

    assert (response.status_code, Submission.objects.count()) == (422, 0)
    assert response.context["problems"] == [
        "This call is closed. Ask the secretariat for more time if you still want to answer."
    ]


def test_what_waits_can_be_taken_back_once(clearing, sent):
    page = clearing.get(address(sent.reply)).content.decode()
    first = clearing.post(address(sent.reply, "answer_withdraw"), follow=True)
    second = clearing.post(address(sent.reply, "answer_withdraw"))

    assert "Take back what waits" in page
    assert "The answer is taken back." in first.content.decode()
    assert state_of(sent.reply) == "awaited"
    assert (second.status_code, second.context["problems"]) == (
        422,
        ["Nothing that you sent waits for a decision."],
    )


def test_correction_replaces_what_waits_and_each_says_what_became_of_it(clearing, sent, keys):
    reply = sent.reply
    clearing.post(address(reply), typed(clearing, reply, {keys[0]: "Three agreements."}))
    clearing.post(address(reply, "answer_clear"), shown(clearing, reply))
    accept_reply(submission=Submission.objects.get(state="sent"), by=SYSTEM)

    listed = clearing.get(address(reply)).context["answer"].sent
    assert [(each.row.number, each.row.state, each.said[0].words) for each in listed] == [
        (2, "accepted", "Three agreements."),
        (1, "replaced", SAID),
    ]


def test_accepted_answer_that_is_asked_again_says_why(clearing, sent):
    accept_reply(submission=sent, by=SYSTEM)
    reopen_reply(reply=sent.reply, reason="The law has changed.", by=SYSTEM)

    assert clearing.get(address(sent.reply)).context["answer"].asked_again == "The law has changed."


def test_recorded_answer_is_confirmed_once_by_who_speaks(clearing, delegate, reply, keys):
    scan = kept_scan(SYSTEM)
    sent = record_answer(
        reply=reply, values={keys[0]: SAID}, way=Way.NOTE, note="Note 7", scan=scan, by=SYSTEM
    )
    page = clearing.get(address(reply)).content.decode()
    file = clearing.get(address(reply, "answer_scan", sent.number))
    content = b"".join(file.streaming_content)
    first = clearing.post(address(reply, "answer_confirm", sent.number))
    second = clearing.post(address(reply, "answer_confirm", sent.number))

    assert page.index("Is this what you answered?") < page.index("first-facts")
    assert (content[:5], file["Content-Disposition"]) == (
        b"%PDF-",
        f'attachment; filename="{reply.party.code}-{reply.call_id}-1.pdf"',
    )
    sent.refresh_from_db()
    assert (first.status_code, sent.confirmed_by) == (302, delegate)
    assert (second.status_code, second.context["problems"]) == (
        422,
        ["There is nothing here to confirm."],
    )


def test_answer_without_a_file_or_of_another_number_has_none_to_fetch(clearing, sent):
    assert clearing.get(address(sent.reply, "answer_scan", 1)).status_code == 404
    assert clearing.get(address(sent.reply, "answer_scan", 2)).status_code == 404


def test_delegate_neither_takes_back_nor_confirms(client, delegate, affiliations, sent, keys):
    affiliations["focal_point"].may_speak = False
    affiliations["focal_point"].save()
    client.force_login(delegate)

    assert client.post(address(sent.reply, "answer_withdraw")).status_code == 403
    assert client.post(address(sent.reply, "answer_confirm", 1)).status_code == 403
    assert state_of(sent.reply) == "sent"
    assert versions(sent.reply) == {keys[0]: 1}
