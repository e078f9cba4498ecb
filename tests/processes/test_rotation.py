from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import may
from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.processes.models import Office, Status
from comity.processes.queries import rotation_of
from comity.processes.services import pass_over, restore_turn, set_rotation
from tests.conftest import PERSONAS
from tests.factories.processes import ParticipationFactory, TermFactory, TurnFactory

TODAY = date(2026, 11, 23)


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def turns(process, affiliations):
    """Three turns; the party of the first is in the chair since 2020."""
    chair = affiliations["chair"].party
    return [
        TurnFactory(process=process, party=chair),
        *TurnFactory.create_batch(2, process=process),
    ]


def test_turn_passed_over_gives_way_until_another_presides(secretariat, process, turns):
    first, second, third = turns

    pass_over(turn=second, reason=" Elections ", version=1, by=secretariat)

    chair = rotation_of(process, TODAY)
    assert (chair.next_turn, chair.passed_over) == (third, [second])
    assert chair.passed_over[0].reason == "Elections"
    event = Event.objects.get()
    assert (event.action, event.reason, event.after) == (
        "rotation.passed_over",
        "Elections",
        {"party": second.party_id},
    )
    process.terms.filter(office=Office.PRESIDENCY).update(ends="2026", ends_latest="2026-12-31")
    TermFactory(process=process, party=third.party, begins="2027-01-01")
    later = rotation_of(process, date(2027, 6, 1))
    assert (later.next_turn, later.passed_over) == (first, [])


def test_turn_counts_again(secretariat, process, turns):
    turn = pass_over(turn=turns[1], reason="Elections", version=1, by=secretariat)

    restored = restore_turn(turn=turn, version=2, by=secretariat)

    assert (restored.passed_over_on, restored.reason) == (None, "")
    assert rotation_of(process, TODAY).next_turn == turns[1]


def test_nobody_is_next_where_all_are_passed_over(secretariat, process):
    turn = TurnFactory(process=process)
    pass_over(turn=turn, reason="Elections", version=1, by=secretariat)

    assert rotation_of(process, TODAY).next_turn is None


def test_turn_is_not_passed_over_without_a_reason_or_over_another_change(secretariat, turns):
    with pytest.raises(ValidationError) as silent:
        pass_over(turn=turns[0], reason=" ", version=1, by=secretariat)
    with pytest.raises(EditConflict):
        pass_over(turn=turns[0], reason="Elections", version=7, by=secretariat)

    assert silent.value.message_dict == {"reason": ["Say why this turn is passed over."]}


def test_new_order_keeps_who_is_passed_over(secretariat, process, turns):
    pass_over(turn=turns[1], reason="Elections", version=1, by=secretariat)
    order = [turns[2].party, turns[1].party]

    set_rotation(process=process, parties=order, version=2, by=secretariat)

    kept = list(process.rotation.values_list("party", "order", "reason"))
    assert kept == [(order[0].pk, 1, ""), (order[1].pk, 2, "Elections")]


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"secretariat"}))
def test_turns_are_for_who_keeps_the_record(people, turns, persona):
    with pytest.raises(PermissionDenied):
        pass_over(turn=turns[0], reason="Elections", version=1, by=people[persona])
    with pytest.raises(PermissionDenied):
        restore_turn(turn=turns[0], version=1, by=people[persona])


def test_order_is_read_by_members_the_presidency_and_the_secretariat(people, process):
    read = {name for name in PERSONAS if may(people[name], "processes.read_rotation", process)}

    assert read == {"focal_point", "other_focal_point", "body_member", "chair", "secretariat"}


def test_suspended_member_does_not_read_the_order(people, affiliations, process):
    party = affiliations["focal_point"].party
    ParticipationFactory(process=process, party=party, status=Status.SUSPENDED)

    assert not may(people["focal_point"], "processes.read_rotation", process)
