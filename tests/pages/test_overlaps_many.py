"""Where processes are many, the table of overlaps shows a part and says so; its files hold all."""

import csv

import pytest

from comity.pages.queries import overlaps as queries
from comity.pages.views import across
from comity.processes.models import Participation, Process
from tests.factories.parties import PartyFactory
from tests.factories.processes import ParticipationFactory, ProcessFactory

MOST = queries.MOST_COLUMNS


@pytest.fixture
def many(db):
    """More processes than a table shows: three parties in every second, one of Africa."""
    parties = [PartyFactory(code=f"QX{letter}") for letter in "ABC"]
    processes = [
        ProcessFactory(
            slug=f"p-{number}",
            short_name={"en": f"P {number}"},
            region="africa" if number % 4 == 0 else "europe",
        )
        for number in range(MOST + 8)
    ]
    for number, process in enumerate(processes):
        for party in parties[: 3 if number % 2 == 0 else 1]:
            ParticipationFactory(process=process, party=party, status="member", begins="2000")
    return processes


def test_the_table_shows_the_processes_that_share_most_and_says_of_how_many(many, client):
    response = client.get("/overlaps/")

    overlaps = response.context["overlaps"]
    shown = {column.slug for column in overlaps.columns}
    assert (len(overlaps.columns), overlaps.processes, overlaps.is_cut) == (MOST, MOST + 8, True)
    assert {process.slug for process in many[::2]} <= shown
    assert [len(cells) for _row, cells in overlaps.rows] == [MOST] * MOST
    assert overlaps.possible == (MOST + 8) * (MOST + 7) // 2
    words = f"The table shows {MOST} of {MOST + 8} processes"
    assert words in response.content.decode()
    assert [choices.name for choices in response.context["choices"]] == ["region", "record"]


def test_only_what_is_listed_is_led_to(many, client):
    response = client.get("/overlaps/")

    overlaps = response.context["overlaps"]
    anchors = {cell.anchor for _row, cells in overlaps.rows for cell in cells if cell.anchor}
    assert anchors == {pair.anchor for pair, _shared in overlaps.listed}
    content = response.content.decode()
    assert all(f'id="{anchor}"' in content for anchor in anchors)


def test_a_region_shows_its_own_processes_and_their_file(many, client):
    response = client.get("/overlaps/?region=africa")

    overlaps = response.context["overlaps"]
    own = [process for process in many if process.region == "africa"]
    number = len(own) * (len(own) - 1) // 2
    assert {column.slug for column in overlaps.columns} == {process.slug for process in own}
    assert (overlaps.is_cut, len(overlaps.pairs), overlaps.possible) == (False, number, number)
    assert [choices.name for choices in response.context["choices"]] == ["region", "record"]
    address = response.context["files"][0].url
    rows = list(csv.reader(client.get(address).getvalue().decode().splitlines()))
    assert len(rows) == 1 + number
    assert len(list(csv.reader(client.get("/overlaps.csv").getvalue().decode().splitlines()))) == (
        1 + (MOST + 8) * (MOST + 7) // 2
    )


def test_the_thirteen_of_the_paper_stand_whole_without_a_choice_of_region(paper, client):
    response = client.get("/overlaps/")

    overlaps = response.context["overlaps"]
    assert (len(overlaps.columns), overlaps.processes, overlaps.is_cut) == (13, 13, False)
    assert [choices.name for choices in response.context["choices"]] == ["record"]
    linked = sum(bool(cell.anchor) for _row, cells in overlaps.rows for cell in cells)
    assert linked == 2 * len(overlaps.pairs) == 46


@pytest.mark.parametrize(("query", "status"), [("region=nowhere", 404), ("region=africa", 200)])
def test_a_region_that_is_none_is_no_file(many, client, query, status):
    assert client.get(f"/overlaps.csv?{query}").status_code == status
    assert client.get(f"/overlaps/?{query}").status_code == 200


@pytest.mark.parametrize("number", [5, MOST + 8])
def test_the_page_costs_as_many_queries_at_any_number(
    many, client, django_assert_num_queries, number
):
    Participation.objects.filter(process__in=many[number:]).delete()
    Process.objects.filter(pk__in=[process.pk for process in many[number:]]).delete()
    client.get("/overlaps/")

    with django_assert_num_queries(5):
        client.get("/overlaps/")


@pytest.mark.parametrize("page", ["overlaps", "participation"])
def test_a_large_workbook_is_for_who_is_signed_in_and_its_text_for_all(
    many, people, client, monkeypatch, page
):
    monkeypatch.setattr(across, "MOST_CELLS", 10)

    workbook = client.get(f"/{page}.xlsx?on=2020-01-01")
    text = client.get(f"/{page}.csv?on=2020-01-01")
    client.force_login(people["outsider"])
    own = client.get(f"/{page}.xlsx?on=2020-01-01")

    assert (workbook.status_code, text.status_code, own.status_code) == (302, 200, 200)
    assert workbook["Location"] == f"/accounts/login/?next=/{page}.xlsx%3Fon%3D2020-01-01"


@pytest.mark.parametrize("page", ["overlaps", "participation"])
def test_the_workbooks_of_the_paper_are_for_everybody(paper, client, page):
    assert client.get(f"/{page}.xlsx").status_code == 200


def test_a_single_pair_is_spoken_of_as_one(db, client):
    ProcessFactory.create_batch(2, is_made_up=True)

    content = client.get("/overlaps/?record=made-up").content.decode()

    assert "0 of 1 pair of processes shares at least one participant." in content
