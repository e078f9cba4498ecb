"""A party suspended or withdrawn reads nothing of the process by what it still holds."""

import pytest
from django.utils import timezone

from comity.accounts.authority import may
from comity.documents.indexing import index_documents
from comity.documents.models import Document
from comity.processes.audiences import Audience
from comity.processes.indexing import held_keys, keys_for
from comity.processes.models import Office, Participation, Status
from comity.search.queries import find
from comity.search.sources import PUBLIC
from tests.factories.documents import DocumentFactory
from tests.factories.processes import ParticipationFactory, ProcessFactory, SeatFactory, TermFactory

HELD = [Audience.PARTICIPANTS, Audience.MEMBERS, Audience.BODY, Audience.NAMED, Audience.CHAIR]


@pytest.fixture
def delegate(affiliations, process, body):
    """The chair, whose party also sits in the body: it holds all that a party may hold."""
    affiliation = affiliations["chair"]
    SeatFactory(body=body, party=affiliation.party)
    return affiliation


def paper(process, audience, body, party):
    row = DocumentFactory(
        process=process,
        audience=audience,
        body=body if audience == Audience.BODY else None,
        published_at=timezone.now(),
        title={"en": "Zenith"},
    )
    row.named_parties.set([party] if audience == Audience.NAMED else [])
    index_documents([row])
    return row


def reads(user, row):
    """Return whether ``user`` reads a paper: by its audience, by its keys, by search."""
    named = row.named_parties.values_list("pk", flat=True)
    return (
        row in Document.objects.visible_to(user),
        bool(keys_for(row, named) & (held_keys(user) | {PUBLIC})),
        find(user, "zenith").total == 1,
    )


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.WITHDRAWN])
@pytest.mark.parametrize("audience", HELD)
def test_barred_party_reads_nothing_by_what_it_holds(process, body, delegate, audience, status):
    row, user = paper(process, audience, body, delegate.party), delegate.person.user

    before = reads(user, row)
    Participation.objects.filter(party=delegate.party, process=process).update(status=status)

    assert (before, reads(user, row)) == ((True, True, True), (False, False, False))


@pytest.mark.parametrize("audience", HELD)
def test_bar_that_may_not_have_begun_or_may_go_on_counts(process, body, delegate, audience):
    row, user = paper(process, audience, body, delegate.party), delegate.person.user

    ParticipationFactory(
        process=process, party=delegate.party, status=Status.SUSPENDED, begins="../2026"
    )

    assert reads(user, row) == (False, False, False)


@pytest.mark.parametrize("audience", HELD)
def test_bar_in_one_process_takes_nothing_in_another(process, body, delegate, audience):
    row, user = paper(process, audience, body, delegate.party), delegate.person.user

    ParticipationFactory(process=ProcessFactory(), party=delegate.party, status=Status.SUSPENDED)

    assert reads(user, row) == (True, True, True)


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.WITHDRAWN])
def test_barred_party_reads_no_order_of_the_chair(process, delegate, status):
    user = delegate.person.user
    TermFactory(process=process, party=delegate.party, office=Office.CO_CHAIR)

    before = may(user, "processes.read_rotation", process)
    Participation.objects.filter(party=delegate.party, process=process).update(status=status)

    assert [before, may(user, "processes.read_rotation", process)] == [True, False]
