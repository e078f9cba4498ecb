"""Reminders leave at most twice by themselves, with one mail a day, and betray nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.queries import history_of
from comity.audit.services import EditConflict
from comity.calls.models import MailDay, Reminder, ReminderPlan, ReminderRound, Reply
from comity.calls.models.calls import discreet_kinds
from comity.calls.reminders.planning import plan_of
from comity.calls.reminders.queries import reminders_of, rounds_waiting
from comity.calls.reminders.services import (
    PlanFacts,
    drop_round,
    let_leave,
    remind_by_hand,
    send_daily_mail,
    set_plan,
)
from comity.calls.services import extend_reply, send_reply
from comity.outbox.models import Message
from comity.processes.models import Participation, Status
from tests.calls.conftest import SAID, versions
from tests.calls.reminding import DUE, FIRST, MONDAY, SECOND, at, run, sent_to
from tests.conftest import PERSONAS
from tests.factories.calls import CallFactory, ReplyFactory
from tests.factories.processes import ParticipationFactory, ProcessFactory

LAST = date(2026, 11, 27)


@pytest.fixture
def call(process):
    return CallFactory(process=process, opened_at=MONDAY, due_at=DUE)


@pytest.fixture
def address(focal_point):
    return focal_point.email


def waiting_round():
    return ReminderRound.objects.get(state="waiting")


def test_two_reminders_leave_by_themselves_and_then_none(reply, address):
    left = run(MONDAY.date(), LAST)

    assert left == {FIRST: 1, SECOND: 1}
    assert list(reply.reminders.values_list("number", "left_on")) == [(1, FIRST), (2, SECOND)]
    first, second = sent_to(address)
    assert "is due on 16 November 2026" in first
    assert "was due on 16 November 2026. It is still welcome." in second
    assert "At most two reminders of an answer leave by themselves." in first


def test_day_has_one_mail_however_often_the_clock_runs(reply, address):
    first, again = send_daily_mail(now=at(FIRST)), send_daily_mail(now=at(FIRST))

    assert (first, again, MailDay.objects.get().mails) == (1, 0, 1)
    assert len(sent_to(address)) == 1
    assert ReminderRound.objects.get().state == "left"


def test_mail_of_a_day_that_is_interrupted_leaves_nothing_behind(reply, address, monkeypatch):
    def fails(**_mail):
        raise OSError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr("comity.calls.reminders.mails.post_message", fails)
        with pytest.raises(OSError, match="full"):
            send_daily_mail(now=at(FIRST))
    assert (MailDay.objects.count(), Reminder.objects.count()) == (0, 0)

    assert send_daily_mail(now=at(FIRST)) == len(sent_to(address)) == 1


def test_one_mail_says_all_that_is_due_in_all_processes(reply, affiliations, focal_point):
    party = affiliations["focal_point"].party
    other = ProcessFactory(slug="delta", short_name={"en": "Delta"}, name={"en": "Delta"})
    ParticipationFactory(process=other, party=party, status=Status.MEMBER, confirmed_at=MONDAY)
    there = CallFactory(process=other, subject={"en": "Visas"}, opened_at=MONDAY, due_at=DUE)
    ReplyFactory(call=there, party=party)

    assert send_daily_mail(now=at(FIRST)) == 1
    (text,) = sent_to(focal_point.email)
    assert Message.objects.get().subject.endswith(": 2 matters")
    assert [words in text for words in ("“Readmission”", "“Visas”", "Delta")] == [True] * 3


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "A reminder of"), ("es", "16 de noviembre de 2026"), ("fr", "16 novembre 2026")],
)
def test_mail_is_in_the_language_of_its_reader(reply, focal_point, language, words):
    focal_point.language = language
    focal_point.save()

    send_daily_mail(now=at(FIRST))

    mail = Message.objects.get()
    assert (mail.language, words in mail.text) == (language, True)


def test_reminder_betrays_no_draft(draft, address, settings):
    settings.SITE_ADDRESS = "https://comity.example"

    send_daily_mail(now=at(FIRST))

    mail = Message.objects.get(to=address)
    assert SAID not in mail.text
    assert "https://comity.example/" in mail.text
    assert "draft" not in f"{mail.subject}{mail.text}".lower()


def test_who_has_answered_is_not_reminded(draft, focal_point, address):
    send_reply(reply=draft, seen=versions(draft), by=focal_point)

    assert run(MONDAY.date(), LAST) == {}
    assert sent_to(address) == []


def test_more_time_puts_the_reminder_off(reply, focal_point, secretariat):
    later = DUE + timedelta(days=30)
    extend_reply(reply=reply, due_at=later, by=secretariat, now=MONDAY)
    Reply.objects.get(pk=reply.pk).notices.update(told_on=MONDAY.date())

    assert run(FIRST, LAST) == {}
    assert list(run(FIRST + timedelta(29), SECOND + timedelta(31))) == [
        FIRST + timedelta(30),
        SECOND + timedelta(30),
    ]


def test_call_opened_late_is_left_alone_for_three_days(process, affiliations, focal_point):
    call = CallFactory(process=process, opened_at=at(date(2026, 11, 14)), due_at=DUE)
    ReplyFactory(call=call, party=affiliations["focal_point"].party)

    assert list(run(date(2026, 11, 14), LAST)) == [date(2026, 11, 17), date(2026, 11, 20)]


def test_process_without_reminders_sends_none(reply, process, secretariat):
    set_plan(process=process, facts=PlanFacts(None, second_days=None), version=0, by=secretariat)

    assert run(MONDAY.date(), LAST) == {}


def test_plan_is_changed_by_the_secretariat_alone(process, people, secretariat):
    assert (plan_of(process).pk, plan_of(process).offsets) == (None, [-7, 3])
    for name in sorted({*PERSONAS} - {"secretariat"}):
        with pytest.raises(PermissionDenied):
            set_plan(process=process, facts=PlanFacts(), version=0, by=people[name])

    set_plan(process=process, facts=PlanFacts(10), version=0, by=secretariat)
    plan = set_plan(process=process, facts=PlanFacts(5), version=1, by=secretariat)

    assert (plan_of(process).offsets, plan.version) == ([-5, 3], 2)
    assert [each.action for each in history_of(plan)] == ["reminders.planned"] * 2
    with pytest.raises(EditConflict):
        set_plan(process=process, facts=PlanFacts(5), version=1, by=secretariat)


@pytest.mark.parametrize(
    "facts", [PlanFacts(3, second_days=9, second_when="before"), PlanFacts(None), PlanFacts(400)]
)
def test_plan_that_cannot_be_is_refused(process, secretariat, facts):
    with pytest.raises(ValidationError):
        set_plan(process=process, facts=facts, version=0, by=secretariat)
    assert not ReminderPlan.objects.exists()


@pytest.fixture
def chair_first(process, reply, focal_point, secretariat):
    set_plan(process=process, facts=PlanFacts(chair_first=True), version=0, by=secretariat)
    send_daily_mail(now=at(FIRST))
    return waiting_round()


def test_reminder_that_the_chair_sees_first_waits(chair_first, people, address, process):
    assert run(FIRST, LAST) == {}
    assert sent_to(address) == []
    for name in ("chair", "secretariat"):
        (text,) = sent_to(people[name].email)
        assert "A reminder of “Readmission” to one participant waits for your word." in text
    seeing = {n for n, p in people.items() if rounds_waiting(process, p, FIRST).exists()}
    assert seeing == {"chair", "secretariat"}


@pytest.mark.parametrize("name", ["chair", "secretariat"])
def test_reminder_leaves_when_the_chair_or_the_secretariat_lets_it(
    chair_first, people, address, name
):
    let_leave(row=chair_first, version=1, by=people[name])
    assert sent_to(address) == []

    send_daily_mail(now=at(FIRST + timedelta(days=1)))

    assert len(sent_to(address)) == 1
    with pytest.raises(ValidationError, match="does not wait"):
        drop_round(row=chair_first, version=3, by=people[name])
    assert history_of(chair_first).first().action == "reminders.let_leave"


def test_reminder_that_is_dropped_counts_as_one_of_the_two(chair_first, people, reply):
    drop_round(row=chair_first, version=1, by=people["chair"])

    run(FIRST + timedelta(days=1), LAST)

    assert list(reply.reminders.values_list("number", "left_on")) == [(1, None), (2, None)]
    assert waiting_round().number == 2


def test_nobody_else_decides_on_a_reminder(chair_first, people):
    for name in sorted({*PERSONAS} - {"secretariat", "chair"}):
        for decide in (let_leave, drop_round):
            with pytest.raises(PermissionDenied):
                decide(row=chair_first, version=1, by=people[name])


def test_reminder_leaves_without_a_word_only_where_the_process_says_so(
    chair_first, process, secretariat, address
):
    facts = PlanFacts(chair_first=True, leaves_after_days=4)
    set_plan(process=process, facts=facts, version=1, by=secretariat)

    run(FIRST + timedelta(days=1), FIRST + timedelta(days=3))
    assert sent_to(address) == []

    run(FIRST + timedelta(days=4), FIRST + timedelta(days=5))
    assert len(sent_to(address)) == 1


def test_who_answered_while_the_chair_was_asked_is_not_reminded(chair_first, draft, people):
    focal_point = people["focal_point"]
    send_reply(reply=draft, seen=versions(draft), by=focal_point)
    let_leave(row=chair_first, version=1, by=people["chair"])

    assert run(FIRST + timedelta(days=1), LAST) == {}
    assert ReminderRound.objects.get().state == "left"


def test_officer_reminds_by_hand_once_a_day(reply, call, secretariat, address):
    row = remind_by_hand(call=call, by=secretariat, now=MONDAY)

    assert (row.state, row.left_on, row.number) == ("left", MONDAY.date(), None)
    assert (len(sent_to(address)), Message.objects.get().cause) == (1, "reminders.sent_by_hand")
    with pytest.raises(ValidationError, match="Nobody is left to remind today"):
        remind_by_hand(call=call, by=secretariat, now=MONDAY)
    (shown,) = reminders_of(call, MONDAY.date())
    assert (shown.by_hand, shown.by_itself, shown.is_awaited) == ([MONDAY.date()], [], True)
    assert history_of(call).first().action == "reminders.sent_by_hand"


def test_reminder_by_hand_puts_off_those_that_leave_by_themselves(
    reply, call, focal_point, secretariat
):
    remind_by_hand(call=call, by=secretariat, now=at(FIRST - timedelta(days=1)))

    assert list(run(FIRST, LAST)) == [FIRST + timedelta(days=2), SECOND]


def test_reminder_by_hand_takes_the_place_of_one_that_was_just_let_go(
    chair_first, reply, call, people, address
):
    let_leave(row=chair_first, version=1, by=people["chair"])
    remind_by_hand(call=call, by=people["secretariat"], now=at(FIRST))

    send_daily_mail(now=at(FIRST + timedelta(days=1)))

    assert len(sent_to(address)) == 1


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"secretariat"}))
def test_nobody_else_reminds_by_hand(call, reply, people, name):
    with pytest.raises(PermissionDenied):
        remind_by_hand(call=call, by=people[name])


def test_closed_call_is_not_reminded_of(call, reply, secretariat):
    call.state = "closed"
    call.save()

    assert run(MONDAY.date(), LAST) == {}
    with pytest.raises(ValidationError, match="not open"):
        remind_by_hand(call=call, by=secretariat, now=MONDAY)


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.WITHDRAWN])
def test_who_is_barred_is_never_reminded(reply, call, affiliations, secretariat, status):
    party = affiliations["focal_point"].party
    Participation.objects.filter(party=party).update(status=status)

    assert run(MONDAY.date(), LAST) == {}
    with pytest.raises(ValidationError, match="Nobody"):
        remind_by_hand(call=call, by=secretariat, now=MONDAY)


def test_reminders_are_listed_in_protocol_order_and_at_one_cost(
    call, affiliations, django_assert_num_queries
):
    for name in ("partner", "chair", "focal_point", "observer"):
        party = affiliations[name].party
        ReplyFactory(call=call, party=party)
    order = ["chair", "observer", "focal_point", "partner"]
    for place, name in enumerate(order, start=1):
        Participation.objects.filter(party=affiliations[name].party).update(order=place)

    with django_assert_num_queries(4):
        found = reminders_of(call, MONDAY.date())

    by_code = sorted(order, key=lambda name: affiliations[name].party.code)
    assert [row.reply.party for row in found] == [affiliations[n].party for n in by_code]


def test_nobody_is_reminded_where_silence_is_an_answer(reply, call, focal_point, secretariat):
    call.kind = next(iter(discreet_kinds))
    call.save()

    assert run(MONDAY.date(), LAST) == {}
    with pytest.raises(ValidationError, match="Nobody"):
        remind_by_hand(call=call, by=secretariat, now=MONDAY)
