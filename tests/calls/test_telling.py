"""Openings are told at once; what happens to a call later, with the mail of the day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comity.calls.models import Notice, Reply
from comity.calls.reminders.mails import daily_sources
from comity.calls.reminders.recipients import (
    people_asked,
    people_of_secretariats,
    people_presiding,
)
from comity.calls.reminders.services import DAILY, send_daily_mail
from comity.calls.services import (
    accept_reply,
    ask_more,
    extend_call,
    extend_reply,
    open_call,
    reopen_call,
    reopen_reply,
    return_reply,
    withdraw_call,
)
from comity.jobs.clock import clock, run_entry
from comity.jobs.services import run_due_jobs
from comity.outbox.causes import cause_words
from comity.outbox.models import Message
from comity.parties.models import Affiliation, Person
from comity.processes.models import Participation, Status
from tests.calls.reminding import DUE, MONDAY, at, sent_to
from tests.factories.calls import CallFactory, QuestionFactory, ReplyFactory
from tests.factories.parties import AffiliationFactory, PostFactory
from tests.factories.processes import ParticipationFactory

TUESDAY = MONDAY + timedelta(days=1)
TODAY = MONDAY.date()
LATER = DUE + timedelta(days=30)


@pytest.fixture
def call(process):
    return CallFactory(process=process, opened_at=MONDAY, due_at=DUE)


@pytest.fixture
def opened(process, secretariat, focal_point):
    call = CallFactory(process=process, state="prepared", opened_at=None)
    QuestionFactory(call=call)
    return open_call(call=call, version=1, by=secretariat, now=MONDAY)


def run_jobs():
    return run_due_jobs(timezone.now())


def addresses():
    return sorted(Message.objects.values_list("to", flat=True))


def test_opening_is_told_at_once_to_who_speaks_and_to_nobody_else(opened, focal_point):
    assert run_jobs() == 1

    (mail,) = Message.objects.all()
    assert (mail.to, mail.cause, mail.about) == (focal_point.email, "call.opened", opened)
    assert "is asked to answer by 31 January 2030" in mail.text
    assert mail.subject.endswith(": Readmission")


def test_who_is_asked_later_is_told_and_the_others_not_again(
    opened, affiliations, people, focal_point, secretariat
):
    run_jobs()
    observer = affiliations["observer"]
    Affiliation.objects.filter(pk=observer.pk).update(may_speak=True)

    ask_more(call=opened, parties=[observer.party], by=secretariat)
    ask_more(call=opened, parties=[observer.party], by=secretariat)
    run_jobs()

    assert addresses() == sorted([focal_point.email, people["observer"].email])


def test_opening_of_a_call_that_is_withdrawn_meanwhile_is_not_told(opened, secretariat):
    withdraw_call(call=opened, reason="A mistake.", version=opened.version, by=secretariat)

    run_jobs()

    assert addresses() == []


def test_call_whose_day_is_over_is_not_told_as_opened(opened):
    Reply.objects.update(due_at=MONDAY)

    run_jobs()

    assert addresses() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda call, _reply, by: extend_call(
                call=call, due_at=LATER, version=1, by=by, now=MONDAY
            ),
            "may now answer until 16 December 2026",
        ),
        (
            lambda _call, reply, by: extend_reply(reply=reply, due_at=LATER, by=by, now=MONDAY),
            "may now answer until 16 December 2026",
        ),
        (
            lambda call, _reply, by: withdraw_call(call=call, reason="Enough.", version=1, by=by),
            "nothing is asked of",
        ),
    ],
)
def test_change_of_a_call_is_told_once_with_the_mail_of_the_day(
    call, reply, focal_point, secretariat, change, words
):
    change(call, reply, secretariat)
    assert addresses() == []

    assert (send_daily_mail(now=MONDAY), send_daily_mail(now=TUESDAY)) == (1, 0)
    (text,) = sent_to(focal_point.email)
    assert words in text
    assert "Enough" not in text


def test_closed_call_that_is_open_again_is_told(call, reply, focal_point, secretariat):
    call.state, call.closed_at = "closed", MONDAY
    call.save()
    reopen_call(call=call, due_at=LATER, version=1, by=secretariat, now=MONDAY)

    send_daily_mail(now=MONDAY)

    assert "is open again" in sent_to(focal_point.email)[0]


def test_return_is_told_without_its_reason(call, sent, reply, focal_point, secretariat):
    return_reply(submission=sent, reason="Two figures differ.", by=secretariat, now=MONDAY)

    send_daily_mail(now=MONDAY)

    (text,) = sent_to(focal_point.email)
    assert "has returned the answer" in text
    assert "figures" not in text


def test_answer_asked_for_again_is_told(sent, reply, focal_point, secretariat):
    accept_reply(submission=sent, by=secretariat)
    reopen_reply(reply=reply, reason="The year is over.", by=secretariat, now=MONDAY)

    send_daily_mail(now=MONDAY)

    assert "has returned the answer" in sent_to(focal_point.email)[0]


def test_who_has_answered_is_not_told_of_more_time(call, sent, focal_point, secretariat):
    extend_call(call=call, due_at=LATER, version=1, by=secretariat, now=MONDAY)

    assert send_daily_mail(now=MONDAY) == 0
    assert Notice.objects.get().told_on == TODAY


def test_news_that_came_twice_is_told_once(call, reply, focal_point, secretariat):
    extend_reply(reply=reply, due_at=LATER - timedelta(days=9), by=secretariat, now=MONDAY)
    extend_reply(reply=reply, due_at=LATER, by=secretariat, now=MONDAY)

    send_daily_mail(now=MONDAY)

    assert sent_to(focal_point.email)[0].count("may now answer") == 1


def pairs(process, *affiliations):
    return {(process.pk, each.party_id) for each in affiliations}


def reached(process, *affiliations):
    found = people_asked(pairs(process, *affiliations), TODAY)
    return sorted(one.address for people in found.values() for one in people)


def test_focal_points_and_their_alternates_are_told_and_other_staff_are_not(process, affiliations):
    party = affiliations["focal_point"].party
    focal, listed = PostFactory(party=party, is_focal_point=True), PostFactory(party=party)
    there = {
        place: AffiliationFactory(party=party, post=focal, place=place)
        for place in ("holder", "alternate", "staff")
    }
    AffiliationFactory(party=party, post=listed)

    assert reached(process, affiliations["focal_point"]) == sorted(
        there[place].person.user.email for place in ("holder", "alternate")
    )


def test_who_has_left_was_erased_or_may_not_sign_in_is_not_told(process, affiliations):
    party = affiliations["focal_point"].party
    left, erased, shut = (AffiliationFactory(party=party, may_speak=True) for _each in range(3))
    Affiliation.objects.filter(pk=left.pk).update(ends="2025", ends_latest="2025-12-31")
    Affiliation.objects.filter(pk=left.pk).update(ends_earliest="2025-01-01")
    Person.objects.filter(pk=erased.person_id).update(erased_on=TODAY)
    shut.person.user.is_active = False
    shut.person.user.save()

    assert reached(process, affiliations["focal_point"]) == []


def test_party_that_works_by_mail_is_told_at_its_known_address(process):
    by_mail = AffiliationFactory(person__user=None, person__email="desk@isaura.example")
    by_mail.may_speak = True
    by_mail.save()
    AffiliationFactory(person__user=None, party=by_mail.party, may_speak=True)
    ParticipationFactory(process=process, party=by_mail.party, status=Status.MEMBER)
    call = CallFactory(process=process, opened_at=MONDAY - timedelta(days=9), due_at=DUE)
    reply = ReplyFactory(call=call, party=by_mail.party)

    send_daily_mail(now=at(DUE.date() - timedelta(days=7)))

    assert reply.reminders.get().left_on
    (text,) = sent_to("desk@isaura.example")
    assert "You can answer the secretariat by mail or by note." in text
    assert "http" not in text


def test_address_of_a_person_of_a_party_that_signs_in_is_not_used_in_place_of_an_account(
    process, affiliations
):
    party = affiliations["focal_point"].party
    AffiliationFactory(
        party=party, person__user=None, person__email="x@arvenia.example", may_speak=True
    )

    assert reached(process, affiliations["focal_point"]) == []


def test_party_that_has_not_said_that_it_takes_part_is_not_told(process, affiliations, focal_point):
    assert reached(process, affiliations["focal_point"]) == [focal_point.email]

    Participation.objects.update(confirmed_at=None)

    assert reached(process, affiliations["focal_point"]) == []


def test_people_asked_costs_the_same_for_one_and_for_many(
    process, affiliations, django_assert_num_queries
):
    many = [affiliations[name] for name in ("focal_point", "chair", "observer", "partner")]
    for found in (many[:1], many):
        with django_assert_num_queries(3):
            people_asked(pairs(process, *found), TODAY)


def test_offices_are_reached_by_their_people_unless_the_party_is_barred(
    process, people, affiliations
):
    secretariats = people_of_secretariats([process.pk], TODAY)
    chairs = people_presiding([process.pk], TODAY)
    assert [one.address for one in secretariats[process.pk]] == [people["secretariat"].email]
    assert [one.address for one in chairs[process.pk]] == [people["chair"].email]

    chair = Participation.objects.filter(party=affiliations["chair"].party)
    chair.update(status=Status.SUSPENDED)

    assert people_presiding([process.pk], TODAY) == {}


def test_mail_of_the_day_runs_by_the_clock_once(call, reply, focal_point):
    entry = clock["calls.daily_mail"]
    assert (entry.daily_at, cause_words(DAILY)) == (7, "mail of the day")
    assert any(source.__name__ == "told_of_calls" for source in daily_sources)

    run_entry(name="calls.daily_mail")
    run_entry(name="calls.daily_mail")

    assert len(sent_to(focal_point.email)) <= 1
