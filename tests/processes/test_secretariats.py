from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from comity.accounts.authority import SYSTEM, may
from comity.audit.models import Event
from comity.outbox.models import Message
from comity.parties.models import Affiliation
from comity.processes.models import Office, Term
from comity.processes.services import (
    TermFacts,
    appoint_secretariat,
    change_term,
    end_term,
    hand_over,
)
from comity.processes.services.secretariats import refuse_leaving_nobody
from tests.conftest import PERSONAS
from tests.factories.parties import PartyFactory
from tests.factories.processes import TermFactory

DAY = date(2026, 6, 30)


@pytest.fixture
def term(affiliations, process):
    return Term.objects.get(process=process, office=Office.SECRETARIAT)


@pytest.mark.parametrize("persona", ["secretariat", "administrator"])
def test_last_secretariat_is_not_ended(people, term, persona):
    with pytest.raises(ValidationError, match="Nobody would run this process afterwards"):
        end_term(term=term, last_day=DAY, version=1, by=people[persona])

    assert Term.objects.get(pk=term.pk).ends == ""


def test_last_secretariat_is_given_no_end(people, term):
    facts = TermFacts(begins=term.begins, ends="2026-06-30")

    with pytest.raises(ValidationError, match="Nobody would run this process afterwards"):
        change_term(term=term, facts=facts, version=1, by=people["secretariat"])


def test_end_that_was_planned_may_stay_while_something_else_changes(people, term):
    term.ends = "2090-06-30"
    term.save()
    facts = TermFacts(begins=term.begins, ends="2090-06-30", note="As agreed")

    changed = change_term(term=term, facts=facts, version=1, by=people["secretariat"])

    assert (changed.ends, changed.note) == ("2090-06-30", "As agreed")


def test_secretariat_that_somebody_shares_may_end(people, term, process):
    TermFactory(process=process, party=PartyFactory(), office=Office.JOINT_SECRETARIAT)

    ended = end_term(term=term, last_day=DAY, version=1, by=people["secretariat"])

    assert ended.ends == "2026-06-30"


def test_secretariat_hands_over_to_a_successor(people, term):
    following = hand_over(term=term, to=PartyFactory(), on=DAY, version=1, by=people["secretariat"])

    assert following.begins == "2026-06-30"


def test_end_that_takes_no_right_is_a_fact_like_others(people, term):
    Affiliation.objects.filter(party=term.party).delete()

    ended = end_term(term=term, last_day=DAY, version=1, by=people["administrator"])

    assert ended.ends == DAY.isoformat()


def test_end_of_all_days_that_an_older_record_holds_leaves_somebody(term):
    refuse_leaving_nobody(term, "9999-12-31")
    with pytest.raises(ValidationError):
        refuse_leaving_nobody(term, DAY.isoformat())


@pytest.fixture
def abandoned(term):
    """A process whose secretariat ended yesterday."""
    term.ends = (timezone.localdate() - timedelta(days=1)).isoformat()
    term.save()
    return term.process


def appoint(process, by, reason="The office was closed."):
    return appoint_secretariat(
        process=process, party=PartyFactory(code="QZZ"), reason=reason, by=by
    )


def test_secretariat_is_appointed_with_a_reason_and_reported(people, abandoned, affiliations):
    Affiliation.objects.update(may_speak=False)
    Affiliation.objects.filter(pk=affiliations["focal_point"].pk).update(may_speak=True)
    people["focal_point"].language = "es"
    people["focal_point"].save()

    appointed = appoint(abandoned, people["administrator"])

    event = Event.objects.get()
    assert (appointed.office, appointed.begins) == (
        Office.SECRETARIAT,
        timezone.localdate().isoformat(),
    )
    assert (event.action, event.actor, event.reason, event.target) == (
        "secretariat.appointed",
        people["administrator"],
        "The office was closed.",
        appointed,
    )
    mails = {message.to: message for message in Message.objects.all()}
    assert {*mails} == {people["chair"].email, people["focal_point"].email}
    assert mails[people["focal_point"].email].language == "es"
    assert "The reason given: The office was closed." in mails[people["chair"].email].text


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"administrator"}))
def test_secretariat_is_appointed_by_the_administrator_alone(people, abandoned, persona):
    with pytest.raises(PermissionDenied):
        appoint(abandoned, people[persona])


def test_secretariat_is_not_appointed_without_a_reason(people, abandoned):
    with pytest.raises(ValidationError, match="Say why this cannot wait"):
        appoint(abandoned, people["administrator"], reason=" ")


def test_secretariat_is_not_appointed_where_there_is_one(people, term):
    with pytest.raises(ValidationError, match="has a secretariat"):
        appoint(term.process, people["administrator"])


def test_command_appoints_and_names_what_is_wrong(abandoned, capsys):
    PartyFactory(code="QZZ")
    words = ["--reason", "The office was closed."]

    with pytest.raises(CommandError, match="There is no process 'none'"):
        call_command("appoint_secretariat", "none", "QZZ", *words)
    with pytest.raises(CommandError, match="There is no party 'none'"):
        call_command("appoint_secretariat", abandoned.slug, "none", *words)
    call_command("appoint_secretariat", abandoned.slug, "QZZ", *words)
    with pytest.raises(CommandError, match="has a secretariat"):
        call_command("appoint_secretariat", abandoned.slug, "QZZ", *words)

    assert capsys.readouterr().out == f"QZZ is the secretariat of {abandoned.slug}.\n"
    assert may(SYSTEM, "processes.appoint_secretariat", abandoned)
