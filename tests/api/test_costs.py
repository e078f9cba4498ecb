"""Each list of the API asks the same number of questions at any length."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.documents import DocumentFactory
from tests.factories.library import StudyFactory
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import (
    BodyFactory,
    MeetingFactory,
    ParticipationFactory,
    ProcessFactory,
    SeatFactory,
    TermFactory,
)
from tests.factories.projects import ProjectFactory
from tests.factories.sources import SourceFactory

# Reading, counting, and one question for each thing that rows lead to.
COSTS = {
    "parties": 2,
    "names": 2,
    "processes": 4,
    "participation": 4,
    "bodies": 5,
    "terms": 4,
    "meetings": 4,
    "documents": 4,
    "studies": 4,
    "projects": 6,
    "sources": 2,
}


def fill(rows):
    """Add rows to each list, with all that they lead to."""
    for _number in range(rows):
        process = ProcessFactory()
        party = PartyFactory(part_of=PartyFactory())
        PartyNameFactory(party=party)
        ParticipationFactory(process=process, party=party, for_territory=party.part_of)
        SeatFactory(body=BodyFactory(process=process), party=party)
        TermFactory(process=process, party=party)
        meeting = MeetingFactory(process=process, country=party)
        DocumentFactory(
            process=process, meeting=meeting, audience="public", published_at=timezone.now()
        )
        StudyFactory(process=process)
        ProjectFactory(process=process).countries.create(party=party, order=1)
        SourceFactory()


def ask(client):
    """Return what each list costs, and how much it shows."""
    costs, shown = {}, {}
    for path in COSTS:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.get(f"/api/v1/{path}?limit=100").json()
        costs[path], shown[path] = len(asked), len(page["items"])
    return costs, shown


def test_a_list_costs_the_same_at_5_rows_and_at_500(db, client):
    fill(5)
    ask(client)  # content types are remembered from the first time on
    few, few_shown = ask(client)
    fill(495)
    many, many_shown = ask(client)

    assert few == many == COSTS
    assert min(few_shown.values()) >= 5
    assert set(many_shown.values()) == {100}
