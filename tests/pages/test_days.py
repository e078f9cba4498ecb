"""A process as of a day, and its participants handed out as a table."""

import pytest

from comity.processes.models import Status
from tests.factories.parties import PartyNameFactory
from tests.factories.processes import (
    ParticipationFactory,
    ProcessFactory,
)


@pytest.fixture
def changing(db):
    """A process whose participants changed: Arvenia until 2010, Belmora since 2005."""
    process = ProcessFactory(slug="meridian", begins="2000")
    for code, name, begins, ends in (
        ("QMA", "Arvenia", "2000", "2010"),
        ("QMB", "Belmora", "2005-03-01", ""),
        ("QMC", "Castaria", "../2003-11", ""),
    ):
        party = PartyNameFactory(party__code=code, name=name).party
        ParticipationFactory(process=process, party=party, begins=begins, ends=ends)
    return process


@pytest.mark.parametrize(
    ("on", "names"),
    [
        ("2003-03-01", ["Arvenia", "Castaria"]),
        ("2005-02-28", ["Arvenia", "Castaria"]),
        ("2005-03-01", ["Arvenia", "Belmora", "Castaria"]),
        ("2010-12-31", ["Arvenia", "Belmora", "Castaria"]),
        ("2011-01-01", ["Belmora", "Castaria"]),
    ],
)
def test_process_is_shown_as_of_a_day(changing, client, on, names):
    response = client.get("/processes/meridian/", {"on": on})
    year = on[:4]

    assert [each.name for each in response.context["page"].participants] == names
    assert f"{year}. What its sources date vaguely is shown too" in response.content.decode()
    assert f'value="{on}"' in response.content.decode()


def test_process_is_shown_as_of_today_without_a_day(changing, client):
    response = client.get("/processes/meridian/")

    assert [each.name for each in response.context["page"].participants] == ["Belmora", "Castaria"]
    assert "You see the process as of" not in response.content.decode()


@pytest.mark.parametrize("on", ["2003-02-30", "soon", "1/3/2003", "0000-01-01"])
@pytest.mark.parametrize("url", ["/processes/meridian/", "/parties/QMA/"])
def test_day_that_cannot_be_is_said_to_be_none(changing, client, url, on):
    response = client.get(url, {"on": on})

    assert response.status_code == 200
    assert "Write a day as 2003-03-01." in response.content.decode()


def test_participants_are_handed_out_as_a_table(changing, client):
    elsewhere = ProcessFactory(slug="lagoon", short_name={"en": "Lagoon"})
    for row in changing.participations.all():
        row.status = Status.OBSERVER if row.party.code == "QMC" else row.status
        row.save()
        ParticipationFactory(process=elsewhere, party=row.party, begins="2000")

    response = client.get("/processes/meridian/participants.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == ('attachment; filename="meridian-participants.csv"')
    assert response.getvalue().decode("utf-8-sig") == (
        "Party,Status,On behalf of,Since,Also takes part in\r\n"
        "Belmora,member,,1 March 2005,Lagoon\r\n"
        "Castaria,observer,,,Lagoon\r\n"
    )
