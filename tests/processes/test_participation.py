from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.processes.models import OpenSet, Participation, Status
from comity.processes.services import (
    ParticipationFacts,
    add_open_set,
    add_participation,
    change_open_set,
    change_participation,
    end_participation,
    remove_open_set,
)
from tests.conftest import PERSONAS
from tests.factories.parties import PartyFactory
from tests.factories.processes import MeetingFactory, OpenSetFactory

DAY = date(2026, 6, 30)
FACTS = ParticipationFacts(status=Status.MEMBER, begins="2020", ends="2024")


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def participation(process, affiliations):
    return process.participations.get(party=affiliations["observer"].party)


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"secretariat"}))
def test_only_keepers_change_who_takes_part(people, process, participation, persona):
    by, open_set = people[persona], OpenSetFactory(process=process)
    attempts = [
        lambda: add_participation(process=process, party=PartyFactory(), facts=FACTS, by=by),
        lambda: change_participation(participation=participation, facts=FACTS, version=1, by=by),
        lambda: end_participation(participation=participation, last_day=DAY, version=1, by=by),
        lambda: add_open_set(process=process, words="others", by=by),
        lambda: change_open_set(open_set=open_set, words="all", note="", version=1, by=by),
        lambda: remove_open_set(open_set=open_set, version=1, by=by),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert not Event.objects.exists()


def test_party_takes_part_with_all_that_is_known(secretariat, process):
    meeting, territory = MeetingFactory(process=process), PartyFactory(kind="territory")
    facts = ParticipationFacts(
        status=Status.MEMBER,
        begins="2003-05",
        for_territory=territory,
        since_meeting=meeting,
        is_origin=True,
        note="Joined at the plenary.",
    )

    made = add_participation(process=process, party=PartyFactory(), facts=facts, by=secretariat)

    kept = Participation.objects.get(pk=made.pk)
    assert {name: getattr(kept, name) for name in vars(facts)} == vars(facts)
    event = Event.objects.get()
    assert (event.action, event.before, event.after["for_territory"]) == (
        "participation.added",
        {},
        territory.pk,
    )


@pytest.mark.parametrize(
    ("begins", "is_refused"), [("2026", True), ("2020", False), ("../2026", True)]
)
def test_party_takes_part_once_at_a_time(secretariat, process, participation, begins, is_refused):
    participation.begins, participation.ends = "2019", "2020" if begins == "2020" else ""
    participation.save()
    facts = ParticipationFacts(status=Status.MEMBER, begins=begins)

    refused = []
    try:
        add_participation(process=process, party=participation.party, facts=facts, by=secretariat)
    except ValidationError as error:
        refused = error.messages

    sentence = (
        "This party takes part already: observer, since 2019. "
        "End that participation before these days, or correct it."
    )
    assert refused == ([sentence] if is_refused else [])


def test_state_takes_part_also_on_behalf_of_a_territory(secretariat, process, participation):
    facts = ParticipationFacts(
        status=Status.MEMBER, begins="2021", for_territory=PartyFactory(kind="territory")
    )

    made = add_participation(
        process=process, party=participation.party, facts=facts, by=secretariat
    )

    assert made.for_territory == facts.for_territory


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [("2003-02-30", "", "begins"), ("2003", "2002", "ends"), ("", "", "begins")],
)
def test_impossible_dates_are_refused_whole(secretariat, participation, begins, ends, field):
    facts = ParticipationFacts(status=Status.MEMBER, begins=begins, ends=ends)

    with pytest.raises(ValidationError) as caught:
        change_participation(participation=participation, facts=facts, version=1, by=secretariat)

    assert field in caught.value.message_dict
    participation.refresh_from_db()
    assert (participation.status, participation.begins, participation.version) == (
        "observer",
        "2020",
        1,
    )
    assert not Event.objects.exists()


def test_second_editor_is_shown_what_differs_and_may_take_over(secretariat, participation):
    first = ParticipationFacts(status=Status.MEMBER, begins="2020", note="Admitted")
    second = ParticipationFacts(status=Status.PARTNER, begins="2020")
    change_participation(participation=participation, facts=first, version=1, by=secretariat)

    with pytest.raises(EditConflict) as caught:
        change_participation(participation=participation, facts=second, version=1, by=secretariat)
    taken_over = change_participation(
        participation=participation, facts=second, version=2, by=secretariat
    )

    shown = [(row.name, row.yours, row.theirs) for row in caught.value.differences]
    assert shown == [("status", "partner", "member"), ("note", "", "Admitted")]
    assert (taken_over.status, taken_over.version) == ("partner", 3)


def test_participation_ends_with_its_last_day(secretariat, participation):
    ended = end_participation(participation=participation, last_day=DAY, version=1, by=secretariat)

    assert (ended.ends, ended.ends_latest) == ("2026-06-30", DAY)


def test_open_set_is_kept_changed_and_removed(secretariat, process):
    made = add_open_set(process=process, words="other relevant States", by=secretariat)
    changed = change_open_set(
        open_set=made, words="relevant States", note="Annex II", version=1, by=secretariat
    )
    remove_open_set(open_set=changed, version=2, by=secretariat)

    assert not OpenSet.objects.exists()
    events = Event.objects.values_list("action", "before__words", "after__words")
    assert list(events) == [
        ("open_set.removed", "relevant States", None),
        ("open_set.changed", "other relevant States", "relevant States"),
        ("open_set.added", None, "other relevant States"),
    ]
