"""What is made up, and what differs from nothing, is in no table of the open data."""

from comity.processes.models import Attendance
from comity.sources.models import Statement
from tests.api.reading import opened, released, rows_of
from tests.factories.parties import PartyFactory
from tests.factories.processes import (
    GroupingFactory,
    MeetingFactory,
    PartnershipFactory,
    ProcessFactory,
)
from tests.factories.sources import SourceFactory


def test_what_is_made_up_is_in_none_of_the_tables_of_relations(db):
    invented, real = ProcessFactory(is_made_up=True), ProcessFactory()
    party = PartyFactory(is_made_up=True)
    for process, there in ((invented, None), (real, party)):
        attend(process, there)
        PartnershipFactory(process=process, party=there)
        GroupingFactory(process=process if there is None else None, party=there)
    PartnershipFactory(process=real, partner_process=invented)
    kept = [
        attend(real, None),
        PartnershipFactory(process=real),
        GroupingFactory(process=real),
    ]

    archive = opened(released())

    names = ("attendances", "partnerships", "groupings")
    found = [[row["id"] for row in rows_of(archive, name)] for name in names]
    assert found == [[str(row.pk)] for row in kept]


def attend(process, party):
    meeting = MeetingFactory(process=process)
    return Attendance.objects.create(meeting=meeting, party=party, order=1, name_in_source="A")


def test_a_statement_beside_which_no_other_stands_is_no_difference(db):
    process, source = ProcessFactory(), SourceFactory()
    for about, place in (("name", "Annex I ¶1"), ("name", "Annex I ¶2"), ("since", "Annex I ¶1")):
        keep_statement(process, source, about, place)

    rows = rows_of(opened(released()), "statements")

    assert [(row["row"], row["about"], row["place"], row["value_en"]) for row in rows] == [
        (process.slug, "name", "Annex I ¶1", "Said there"),
        (process.slug, "name", "Annex I ¶2", "Said there"),
    ]


def keep_statement(row, source, about, place):
    Statement.objects.create(
        target=row, source=source, about=about, locator=place, value={"en": "Said there"}
    )
