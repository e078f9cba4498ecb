"""Loading the paper again after people have edited: what they wrote stays, and nothing returns."""

import pytest
from django.apps import apps
from django.utils import timezone

from comity.pages.loading import load_paper
from comity.parties.models import Party
from comity.processes.models import Alias, Area, Body, Office, OpenSet, Participation, Process, Seat
from comity.processes.services import (
    AliasFacts,
    AreaFacts,
    ParticipationFacts,
    add_alias,
    add_area,
    add_participation,
    change_alias,
    change_area,
    change_participation,
    remove_alias,
    remove_area,
    remove_open_set,
)
from comity.sources.models import Citation, Original
from comity.sources.services import remove_cited
from tests.factories.parties import AffiliationFactory
from tests.factories.processes import TermFactory

NOT_ROWS = {"audit.Event", "audit.Head", "sources.Original"}


@pytest.fixture
def keeper(paper):
    """Somebody who keeps the record of every process of the paper."""
    affiliation = AffiliationFactory()
    for process in Process.objects.all():
        TermFactory(process=process, party=affiliation.party, office=Office.KEEPER, begins="2020")
    return affiliation.person.user


@pytest.fixture
def alias(paper):
    return Alias.objects.filter(process__slug="rcm").first()


def rows_of_all_models():
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.label not in NOT_ROWS
    }


def load_again():
    """Load twice and return what the first brought: the second brings no more."""
    before = rows_of_all_models()
    first, second = load_paper(), load_paper()
    assert rows_of_all_models() == before
    assert first == second
    return first.added, first.changed, first.left


def test_removed_name_stays_removed(keeper, alias):
    remove_alias(alias=alias, version=1, by=keeper)

    assert load_again() == (0, 0, 1)
    assert not Alias.objects.filter(process__slug="rcm", name=alias.name, kind=alias.kind).exists()


def test_name_that_somebody_rewrote_does_not_return_beside_it(keeper, alias):
    facts = AliasFacts(name="Our own name")
    change_alias(alias=alias, facts=facts, version=1, by=keeper)

    assert load_again() == (0, 0, 1)


def test_name_that_somebody_rewrote_and_removed_stays_removed(keeper, alias):
    facts = AliasFacts(name="Our own name")
    change_alias(alias=alias, facts=facts, version=1, by=keeper)
    remove_alias(alias=alias, version=2, by=keeper)

    assert load_again() == (0, 0, 1)


def test_name_put_back_by_hand_is_left_and_rests_on_no_source(keeper, alias):
    remove_alias(alias=alias, version=1, by=keeper)
    facts = AliasFacts(name=alias.name, kind=alias.kind)
    again = add_alias(process=alias.process, facts=facts, by=keeper)

    assert load_again() == (0, 0, 1)
    assert not again.citations.exists()


def test_removed_area_stays_removed_with_its_parts(keeper):
    part = Area.objects.exclude(part_of=None).first()
    whole = part.part_of
    parts = list(whole.parts.all())
    for each in [*parts, whole]:
        remove_area(area=each, version=1, by=keeper)

    assert load_again() == (0, 0, len(parts) + 1)


def test_area_that_somebody_moved_is_found_and_the_new_one_in_its_place_is_left(keeper):
    moved = Area.objects.filter(process__slug="igc", part_of=None).first()
    number = moved.order
    facts = AreaFacts(order=99, words=moved.words)
    change_area(area=moved, facts=facts, version=1, by=keeper)
    facts = AreaFacts(order=number, words="Climate")
    new = add_area(process=moved.process, facts=facts, by=keeper)

    assert load_again() == (0, 0, 1)
    new.refresh_from_db()
    assert (new.words, new.version, new.themes.count(), new.citations.count()) == (
        "Climate",
        1,
        0,
        0,
    )


def test_row_made_by_hand_under_a_key_of_the_paper_is_left(keeper):
    row = Participation.objects.get(process__slug="rcm", party__code="CAN")
    process, party = row.process, row.party
    remove_cited(row, action="participation.removed", by=keeper)
    Original.objects.all().delete()
    facts = ParticipationFacts(status="observer", begins="2024")
    made = add_participation(process=process, party=party, facts=facts, by=keeper)

    assert load_again() == (0, 0, 1)
    made.refresh_from_db()
    assert (made.status, made.begins, made.citations.count()) == ("observer", "2024", 0)


def test_removed_open_set_participation_and_body_stay_removed(keeper):
    remove_open_set(open_set=OpenSet.objects.get(), version=1, by=keeper)
    row = Participation.objects.get(process__slug="rcm", party__code="CAN")
    remove_cited(row, action="participation.removed", by=keeper)
    body = Body.objects.filter(seats__isnull=False).first()
    seats = list(Seat.objects.filter(body=body))
    for seat in seats:
        remove_cited(seat, action="seat.removed", by=keeper)
    remove_cited(body, action="body.removed", by=keeper)

    assert load_again() == (0, 0, 3 + len(seats))


def test_edited_row_keeps_its_citations_and_what_its_source_said(keeper):
    row = Participation.objects.get(process__slug="rcm", party__code="CAN")
    cited = Citation.objects.count()
    facts = ParticipationFacts(status="observer", begins="2024", note="Note verbale")
    change_participation(participation=row, facts=facts, version=1, by=keeper)

    assert load_again() == (0, 0, 1)
    original = Original.objects.get()
    assert (Citation.objects.count(), original.values["status"]) == (cited, row.status)
    assert original.changed_on == timezone.localdate()


def test_party_that_somebody_edited_is_left(keeper):
    party = Party.objects.get(code="CAN")
    party.place, party.version = "Ottawa", 2
    party.save()

    assert load_again()[:2] == (0, 0)
