"""The page of a process and its files follow what the process has approved for the day."""

import io

import openpyxl
import pytest

from comity.office.models import Boundaries, Drawing
from comity.pages.made_up import made_up
from comity.processes.models import Participation
from tests.factories.approved import (
    ApprovedListFactory,
    ApprovedMapFactory,
    ApprovedNameFactory,
    FootnoteFactory,
)
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import ParticipationFactory, ProcessFactory, TermFactory
from tests.factories.store import StoredFileFactory

RECORD = [("QMA", "Arvenia", "004"), ("QMB", "Belmora", "008"), ("QMC", "Castaria", "012")]


@pytest.fixture
def meridian(db):
    process = ProcessFactory(slug="meridian")
    for order, (code, name, m49) in enumerate(RECORD, start=1):
        party = PartyFactory(code=code, kind="state", m49=m49)
        PartyNameFactory(party=party, name=name)
        ParticipationFactory(process=process, party=party, begins="2016", order=10 - order)
    return process


@pytest.fixture
def approved(meridian):
    """A list in force from 2026 in which two of three stand, one of them with a footnote."""
    listed = ApprovedListFactory(process=meridian, begins="2026-01-01", decision="Plenary")
    note = FootnoteFactory(listed_in=listed)
    FootnoteFactory(listed_in=listed, mark="†", text={"en": "Of no name."})
    states = {each.party.code: each.party for each in meridian.participations.all()}
    for code, name, positions, footnote in (
        ("QMA", {"en": "Arvenia", "fr": "Royaume d’Arvénie"}, {"en": 2, "fr": 2}, None),
        ("QMC", {"en": "Castaria (Union of)", "fr": "Castarie"}, {"en": 1, "fr": 1}, note),
    ):
        ApprovedNameFactory(
            listed_in=listed,
            party=states[code],
            name=name,
            positions=positions,
            footnote=footnote,
        )
    return states


def names(client, on="2026-06-01", **headers):
    page = client.get("/processes/meridian/", {"on": on}, **headers).context["page"]
    return [each.name for each in page.participants], page.footnotes


def test_before_anything_is_approved_the_record_and_the_alphabet_are_shown(client, approved):
    assert names(client, "2025-12-31") == (["Arvenia", "Belmora", "Castaria"], {})


def test_names_order_and_footnotes_are_those_approved_for_the_day(client, approved):
    assert names(client) == (
        ["Castaria (Union of)*", "Arvenia", "Belmora"],
        {"*": "Without prejudice."},
    )
    assert names(client, headers={"accept-language": "fr"}) == (
        ["Castarie*", "Royaume d’Arvénie", "Belmora"],
        {"*": "Sans préjudice."},
    )


def test_without_an_order_they_stand_in_the_order_of_the_list(client, approved):
    listed = ApprovedListFactory._meta.model.objects.get()
    listed.names.update(positions={})

    assert names(client)[0] == ["Castaria (Union of)*", "Belmora", "Arvenia"]


def test_offices_have_the_approved_names(client, meridian, approved):
    TermFactory(process=meridian, party=approved["QMC"], office="presidency", begins="2020")
    Participation.objects.filter(party=approved["QMC"]).delete()

    page = client.get("/processes/meridian/", {"on": "2026-06-01"}).context["page"]

    assert [office.holder for office in page.offices.presidency] == ["Castaria (Union of)*"]
    assert page.footnotes == {"*": "Without prejudice."}


def test_files_have_names_order_and_footnotes(client, approved):
    at = "/processes/meridian/participants."
    text = b"".join(client.get(f"{at}csv", {"on": "2026-06-01"}).streaming_content).decode(
        "utf-8-sig"
    )
    book = client.get(f"{at}xlsx", {"on": "2026-06-01"}).content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    before = b"".join(client.get(f"{at}csv", {"on": "2025-06-01"}).streaming_content).decode()

    assert [line.split(",")[0] for line in text.splitlines()] == [
        "Party",
        "Castaria (Union of)*",
        "Arvenia",
        "Belmora",
    ]
    assert text.splitlines()[0].endswith(",Footnote")
    assert text.splitlines()[1].endswith(",Without prejudice.")
    assert [row[2] for row in sheet.iter_rows(values_only=True)][1] == "Castaria (Union of)*"
    assert "Footnote" not in before


def test_footnote_stands_below_the_list(client, approved):
    body = client.get("/processes/meridian/", {"on": "2026-06-01"}).content.decode()

    assert '<dl class="footnotes"><div><dt>*</dt><dd>Without prejudice.</dd></div></dl>' in body
    assert "Of no name." not in body


@pytest.fixture
def outlines(meridian):
    """Outlines of the platform, and those that the process has approved from 2026 on."""
    words = {"disclaimer": {"en": "Usual"}, "source": "s", "shapes": []}
    Boundaries.objects.create(name="world", digest="w", **words)
    own = Boundaries.objects.create(name="meridian-1", digest="m", **words)
    return ApprovedMapFactory(
        process=meridian,
        begins="2026-01-01",
        decision="Plenary",
        boundaries=own,
        file=StoredFileFactory(),
        extent=[0, 0, 4, 4],
        source="Drawn by us.",
        disclaimer={"en": "No treaty is prejudged.", "fr": "Aucun traité."},
    )


def drawn(client, on):
    answer = client.get("/processes/meridian/", {"on": on})
    return answer.context["map"], answer.content.decode()


def test_map_follows_the_outlines_and_the_disclaimer_of_the_day(client, outlines, approved):
    before, page_before = drawn(client, "2025-12-31")
    after, page_after = drawn(client, "2026-06-01")

    specs = [each.drawing.spec for each in (before, after)]
    assert [(spec["boundaries"], spec["labels"]) for spec in specs] == [
        ("world", {"004": "Arvenia", "008": "Belmora", "012": "Castaria"}),
        ("meridian-1", {"QMA": "Arvenia", "QMB": "Belmora", "QMC": "Castaria (Union of)*"}),
    ]
    assert after.drawing.source == "Drawn by us. * Without prejudice."
    assert ("No treaty is prejudged." in page_before, "No treaty is prejudged." in page_after) == (
        False,
        True,
    )
    assert {each.access for each in Drawing.objects.all()} == {"public"}


def test_disclaimer_alone_keeps_the_outlines_of_the_platform(client, outlines):
    outlines.boundaries = outlines.file = outlines.extent = None
    outlines.save()

    shown, _body = drawn(client, "2026-06-01")

    assert (shown.drawing.spec["boundaries"], shown.disclaimer) == (
        "world",
        "No treaty is prejudged.",
    )


def test_no_outlines_and_nobody_who_takes_part_give_no_map(client, meridian):
    without_outlines, _body = drawn(client, "2026-06-01")
    Boundaries.objects.create(
        name="world", digest="w", disclaimer={"en": "U"}, source="s", shapes=[]
    )
    Participation.objects.all().delete()
    without_participants, _body = drawn(client, "2026-06-01")

    assert (without_outlines, without_participants) == (None, None)


def test_visitors_page_asks_no_more_questions_than_before_but_one(
    client, meridian, approved, outlines, django_assert_max_num_queries
):
    address = "/processes/meridian/?on=2026-06-01"
    client.get(address)

    with django_assert_max_num_queries(16):
        client.get(address)


def test_made_up_dialogue_has_approved_names_order_and_coasts(client, db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    made_up()

    page = client.get("/processes/meridian/", headers={"accept-language": "es"}).context

    assert [each.name for each in page["page"].participants][:11] == [
        "Arvenia",
        "Belmora",
        "Castaria",
        "Federación de Estrela",
        "Fenmarca",
        "Galdora",
        "Havenor*",
        "Isaura†",
        "Jorvia",
        "Kestria",
        "República de Dorvane",
    ]
    assert sorted(page["map"].drawing.spec["labels"])[:2] == ["QMA", "QMB"]
    assert page["map"].disclaimer.startswith("Costas inventadas.")
    assert len(Boundaries.objects.get().shapes) == 11
