import pytest
from django.utils import timezone

from comity.documents.models import Document
from comity.processes.audiences import Audience
from comity.processes.indexing import held_keys, keys_for
from comity.processes.models import Term
from comity.processes.services import (
    AliasFacts,
    AreaFacts,
    add_alias,
    add_area,
    change_alias,
    change_area,
    change_names,
    remove_alias,
    remove_area,
)
from comity.search.queries import find
from comity.search.sources import PUBLIC
from tests.factories.documents import DocumentFactory


@pytest.fixture
def finds(people):
    """Return a function that tells how many things a visitor finds by these words."""
    return lambda words: find(people["visitor"], words).total


def test_process_is_found_by_what_it_is_called_now(people, process, finds):
    by, short = people["secretariat"], {"en": "M"}
    change_names(process=process, name={"en": "Zenith"}, short_name=short, version=1, by=by)
    before = [finds("zenith"), finds("apogee"), finds("nadir")]

    alias = add_alias(process=process, facts=AliasFacts(name="Apogee"), by=by)
    added = finds("apogee")
    alias = change_alias(alias=alias, facts=AliasFacts(name="Nadir"), version=1, by=by)
    changed = [finds("apogee"), finds("nadir")]
    remove_alias(alias=alias, version=2, by=by)

    assert (before, added, changed, finds("nadir")) == ([1, 0, 0], 1, [0, 1], 0)


def test_process_is_found_by_what_it_works_on_now(people, process, finds):
    by = people["secretariat"]

    area = add_area(process=process, facts=AreaFacts(order=1, words="Readmission"), by=by)
    added = finds("readmission")
    area = change_area(area=area, facts=AreaFacts(order=1, words="Asylum"), version=1, by=by)
    changed = [finds("readmission"), finds("asylum")]
    remove_area(area=area, version=2, by=by)

    assert (added, changed, finds("asylum")) == (1, [0, 1], 0)


@pytest.mark.parametrize("audience", Audience)
def test_keys_open_exactly_what_the_queryset_shows(people, affiliations, process, body, audience):
    document = DocumentFactory(
        process=process,
        audience=audience,
        body=body if audience == Audience.BODY else None,
        named_process=Term.objects.get(party=affiliations["outsider"].party).process
        if audience == Audience.NAMED
        else None,
        published_at=timezone.now(),
    )
    named = [affiliations["partner"].party]
    document.named_parties.set(named)
    needed = keys_for(document, [party.pk for party in named])

    opened = {name for name, who in people.items() if needed & (held_keys(who) | {PUBLIC})}
    seen = {name for name, who in people.items() if document in Document.objects.visible_to(who)}

    assert opened == seen
