"""Who only keeps the record has a right here, and no office to tell the world of."""

from comity.processes.models import Office
from tests.api.reading import opened, released, rows_of
from tests.factories.processes import ProcessFactory, TermFactory


def test_keepers_of_the_record_are_told_nowhere(db, client):
    process = ProcessFactory(slug="the-dialogue")
    for office in (Office.KEEPER, Office.SECRETARIAT):
        TermFactory(process=process, office=office, begins="2020")

    said = client.get("/api/v1/terms?process=the-dialogue").json()["items"]
    kept = rows_of(opened(released()), "terms")

    assert [row["office"] for row in said] == [Office.SECRETARIAT]
    assert [row["office"] for row in kept] == [Office.SECRETARIAT]
