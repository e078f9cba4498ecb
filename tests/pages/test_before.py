"""On a day before a process began nobody takes part in it, on whatever page."""

import pytest


@pytest.mark.parametrize(
    ("on", "figures"),
    [
        ("1980-01-01", "0 parties, 0 processes, 0 participations"),
        ("1990-01-01", "17 parties, 1 process, 17 participations"),
        ("2000-01-01", "117 parties, 8 processes, 159 participations"),
    ],
)
def test_the_table_counts_what_the_overview_counts(paper, client, on, figures):
    content = client.get(f"/participation/?on={on}").content.decode()

    assert figures in content
    assert ("No process had begun by that day." in content) is (on == "1980-01-01")


@pytest.mark.parametrize(("on", "pairs"), [("1980-01-01", (0, 0)), ("2000-01-01", (9, 28))])
def test_only_processes_that_had_begun_overlap(paper, client, on, pairs):
    overlaps = client.get(f"/overlaps/?on={on}").context["overlaps"]

    assert (len(overlaps.pairs), overlaps.possible) == pairs


def test_a_party_takes_part_in_what_had_begun(paper, client):
    url = "/parties/AUS/"
    shown = [
        [row.process__slug for row in client.get(url, {"on": on}).context["page"].seats.rows]
        for on in ("1980-01-01", "1990-01-01")
    ]

    assert shown == [[], ["igc"]]


def test_a_party_is_called_by_its_earliest_name_before_it_had_one(paper, client):
    groups = client.get("/participation/?on=2000-01-01&order=name").context["table"].groups
    names = {row.name for group in groups for row in group.rows}

    assert [name for name in names if name.isupper() and len(name) == 3] == []
    assert {"Czech Republic"} <= names


def test_a_status_is_counted_where_it_is_asked_for(paper, client):
    content = client.get("/participation/?status=invited").content.decode()

    assert "1 party, 13 processes, 1 participation." in content
    assert "Named for meetings only" not in content
    assert "Named for meetings only, and without a mark: Serbia and Montenegro." in (
        client.get("/participation/").content.decode()
    )


def test_a_shared_party_on_behalf_of_a_territory_is_named(paper, client):
    content = client.get("/overlaps/").content.decode()

    assert "Bali Process: France, on behalf of New Caledonia." in content
    assert "on behalf of" not in client.get("/overlaps/?record=made-up").content.decode()


def test_themes_say_how_many_are_shared(paper, client):
    content = client.get("/themes/").content.decode()

    assert "98 areas of interest under 19 themes: 14 shared by several processes, 5 of one" in (
        content
    )


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/participation/?on=2100-01-01&region=africa", "/participation.csv?region=africa"),
        ("/participation/?status=nope&unknown=1", "/participation.csv"),
        ("/overlaps/?on=1800-01-01", "/overlaps.csv"),
        ("/secretariats/?on=1800-01-01", "/secretariats.csv"),
    ],
)
def test_files_are_linked_with_what_can_be_chosen(paper, client, address, link):
    content = client.get(address).content.decode()

    assert f'href="{link}"' in content
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    ("query", "link"),
    [("party=ZZZ", ""), ("month=2003-13", ""), ("month=2003-10&process=rcm", "?process=rcm")],
)
def test_the_calendar_to_subscribe_to_leaves_out_what_cannot_be(paper, client, query, link):
    link = f"/calendar.ics{link}"

    assert client.get(f"/calendar/?{query}").context["subscription"] == link
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "page", ["participation", "overlaps", "parties/AUS", "processes/rcm", "secretariats"]
)
def test_every_page_is_asked_for_the_same_range_of_days(paper, client, page):
    for day in ("1899-12-31", "2100-01-01"):
        content = client.get(f"/{page}/?on={day}").content.decode()
        assert f"The record says nothing of {day}. Choose a day from 1900-01-01 to 20" in content
