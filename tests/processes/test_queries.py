from datetime import date

import pytest

from comity.audit.models import Event
from comity.processes.models import Office
from comity.processes.queries import Troika, record_events, troika
from comity.processes.services import AliasFacts, add_alias, change_alias, remove_alias
from tests.factories.parties import PartyFactory
from tests.factories.processes import (
    AliasFactory,
    ProcessFactory,
    TermFactory,
    TurnFactory,
)

DAY = date(2026, 7, 1)


@pytest.fixture
def parties(db):
    return [PartyFactory(code=f"QM{letter}") for letter in "ABC"]


@pytest.fixture
def dialogue(db):
    return ProcessFactory()


def test_troika_reads_the_terms(dialogue, parties):
    first, second, third = parties
    TermFactory(process=dialogue, party=first, begins="2024", ends="2025-06-30")
    TermFactory(process=dialogue, party=second, begins="2025-07-01", ends="2026-12-31")
    TermFactory(process=dialogue, party=third, begins="2027-01-01")
    TermFactory(process=dialogue, office=Office.SECRETARIAT)

    found = [troika(dialogue, day) for day in (date(2023, 1, 1), DAY, date(2028, 1, 1))]

    assert found == [
        Troika(None, None, first),
        Troika(first, second, third),
        Troika(second, third, None),
    ]


def test_troika_takes_the_next_from_the_order_of_rotation(dialogue, parties):
    for order, party in enumerate(parties, 1):
        TurnFactory(process=dialogue, party=party, order=order)
    first, second, third = parties
    nobody_yet = troika(dialogue, DAY)
    TermFactory(process=dialogue, party=third, begins="2026", ends="2026-12-31")

    assert nobody_yet == Troika(None, None, first)
    assert troika(dialogue, DAY) == Troika(None, third, first)
    assert troika(dialogue, date(2027, 1, 1)) == Troika(third, None, first)
    assert second != first


def test_troika_begins_the_order_after_a_holder_outside_it(dialogue, parties):
    TurnFactory(process=dialogue, party=parties[0], order=1)
    TermFactory(process=dialogue, party=parties[1])

    assert troika(dialogue, DAY) == Troika(None, parties[1], parties[0])


def test_record_knows_what_is_gone_and_nothing_of_other_processes(people, process):
    by = people["secretariat"]
    alias = AliasFactory(process=process, name="MD")  # loaded: the log does not know it
    change_alias(alias=alias, facts=AliasFacts(name="DM"), version=1, by=by)
    remove_alias(alias=alias, version=2, by=by)
    add_alias(process=process, facts=AliasFacts(name="Meridian"), by=by)
    elsewhere = process.__class__.objects.get(slug="lagoon")
    add_alias(process=elsewhere, facts=AliasFacts(name="Lagoon"), by=people["outsider"])

    found = list(record_events(process).values_list("action", flat=True))

    assert found == ["alias.added", "alias.removed", "alias.changed"]
    assert Event.objects.count() == 4
