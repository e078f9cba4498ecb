"""Who serves which process: offices for all, people for secretariats."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from comity.accounts.authority import may
from comity.directory.secretariats import read_secretariats
from comity.processes.models import Office, Process
from tests.conftest import PERSONAS
from tests.factories.parties import (
    AffiliationFactory,
    PartyFactory,
    PartyNameFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.processes import ProcessFactory, TermFactory

IGC = "Secretariat of the Intergovernmental Consultations (IGC)"
PAGE = reverse("directory:secretariats")


@pytest.fixture
def office(process, affiliations):
    """The office of an organisation that serves the process, with somebody listed and not."""
    whole = PartyFactory(kind="organisation")
    PartyNameFactory(party=whole, name="Harbour Organisation")
    office = PartyFactory(kind="office", part_of=whole, place="Port Alder")
    PartyNameFactory(party=office, name="Harbour Office")
    process.terms.filter(office="secretariat").delete()
    TermFactory(process=process, party=office, office=Office.SECRETARIAT, begins="2012")
    for name, is_listed in (("Ada Marsh", True), ("Ben Stone", False)):
        post = PostFactory(party=office, title={"en": f"Post of {name}"}, is_listed=is_listed)
        person = PersonFactory(name=name, email=f"{name.split()[0].lower()}@h.example", user=None)
        AffiliationFactory(person=person, party=office, post=post, begins="2015")
    return office


def table(client, **asked):
    content = client.get(reverse("directory:secretariats_file", args=["csv"]), asked)
    text = b"".join(content.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_secretariats_alone_read_whom_to_write_to(people):
    asking = {name for name in PERSONAS if may(people[name], "directory.read_secretariats", None)}

    assert asking == {"secretariat", "outsider"}


def test_everybody_sees_the_office_and_secretariats_the_people(client, people, office):
    ProcessFactory(slug="quiet", short_name={"en": "Quiet"})
    public = client.get(PAGE).content.decode()
    client.force_login(people["focal_point"])
    member = client.get(PAGE).content.decode()
    client.force_login(people["outsider"])
    secretariat = client.get(PAGE).content.decode()

    for words in (
        "Harbour Office",
        "Harbour Organisation",
        "Port Alder",
        "No secretariat is known",
    ):
        assert (words in public, words in member, words in secretariat) == (True, True, True)
    for words in ("Ada Marsh", "ada@h.example"):
        assert (words in public, words in member, words in secretariat) == (False, False, True)
    assert "Ben Stone" not in secretariat


def test_people_of_the_whole_are_shown_for_an_office_without_any(client, people, office):
    office.posts.update(is_listed=False)
    post = PostFactory(party=office.part_of, title={"en": "Desk"}, is_listed=True)
    AffiliationFactory(person=PersonFactory(name="Cleo Reed"), party=office.part_of, post=post)
    client.force_login(people["outsider"])

    assert "Cleo Reed" in client.get(PAGE).content.decode()


def test_who_speaks_for_a_secretariat_is_shown_whatever_the_post(client, people, office):
    office.affiliations.filter(person__name="Ben Stone").update(may_speak=True)
    client.force_login(people["outsider"])
    html = client.get(PAGE).content.decode()

    assert ("Ben Stone" in html, "ben@h.example" in html) == (True, True)


def test_people_of_a_past_secretariat_are_named_and_not_reached(client, people, office, process):
    client.force_login(people["outsider"])
    before = table(client, on="2020-01-01")
    process.terms.update(ends="2024", ends_earliest="2024-01-01", ends_latest="2024-12-31")

    after = table(client, on="2020-01-01")

    assert [[row[6], row[8]] for row in before if row[2] == "Harbour Office"] == [
        ["Ada Marsh", "ada@h.example"]
    ]
    assert [[row[6], row[8]] for row in after if row[2] == "Harbour Office"] == [["Ada Marsh", ""]]


def test_directory_is_as_of_its_day(client, office):
    earlier = client.get(PAGE, {"on": "2005-01-01"}).content.decode()
    wrong = client.get(PAGE, {"on": "some day"})

    assert "Harbour Office" not in earlier
    assert (wrong.status_code, "Write a day as" in wrong.content.decode()) == (200, True)


def test_file_holds_what_its_reader_sees(client, people, office, process):
    public = table(client)
    client.force_login(people["outsider"])
    own = table(client)
    earlier = table(client, on="2005-01-01")

    line = ["Process", "Secretariat", "Harbour Office", "Harbour Organisation", "Port Alder"]
    assert public[0] == ["Process", "Office", "Party", "Part of", "Place", "Since"]
    assert [*line, "2012"] in public
    assert [*line, "2012", "Ada Marsh", "Post of Ada Marsh", "ada@h.example"] in [
        row[:9] for row in own
    ]
    assert all(row[2] != "Harbour Office" for row in earlier)
    assert client.get(reverse("directory:secretariats_file", args=["pdf"])).status_code == 404


def test_nobody_keeps_a_file_with_people_in_it(client, people):
    address = reverse("directory:secretariats_file", args=["csv"])
    public = client.get(address)
    client.force_login(people["outsider"])

    assert (public.get("Cache-Control"), client.get(address)["Cache-Control"]) == (
        None,
        "private, no-store",
    )


def test_office_with_nobody_named_has_its_row(client, people, office):
    office.posts.update(is_listed=False)
    client.force_login(people["outsider"])

    assert [row[2:7] for row in table(client) if row[2] == "Harbour Office"] == [
        ["Harbour Office", "Harbour Organisation", "Port Alder", "2012", ""]
    ]


@pytest.mark.parametrize("count", [1, 5])
def test_secretariats_cost_the_same_at_any_number(client, people, django_assert_num_queries, count):
    Process.objects.exclude(slug__in=("meridian", "lagoon")).delete()
    for _each in range(count):
        TermFactory(process=ProcessFactory(), office=Office.SECRETARIAT)
    client.force_login(people["secretariat"])

    with django_assert_num_queries(12):
        client.get(PAGE)


def test_secretariat_without_a_holder_is_named_the_same_everywhere(client, loaded):
    said = {row[0]: row[1:] for row in table(client)}
    page = client.get(PAGE).content.decode()
    first = client.get("/").content.decode()
    brief = client.get("/parties/DEU/brief/").context["brief"]
    igc = next(each for each in brief.processes if each.seat.process.label == "IGC")

    assert said["IGC"] == [IGC, "", "", "", ""]
    assert said["APC"][:2] == ["APC Coordinator and Secretariat", ""]
    assert (IGC in page, IGC in first, igc.unheld[0]) == (True, True, IGC)
    assert "Who serves as secretariat" not in igc.open_points
    assert ("¶23" in igc.unheld[1], igc.unheld[1] in page) == (True, True)


def test_notes_of_sources_are_said_in_the_language_of_the_reader_or_marked(client, loaded):
    with translation.override("fr"):
        notes = {
            str(each.process): [one.note for one in each.servers]
            for each in read_secretariats(timezone.localdate(), with_people=False)
        }

    assert notes["APC"] == ['<span lang="en">Canberra, Australia (since February 2003)</span>']
    assert notes["Conférence sud-américaine"] == [
        "en tant que Secrétariat technique de la Conférence"
    ]


def test_made_up_processes_are_marked_and_none_is_left_out_of_the_file(client, process, office):
    process.is_made_up = True
    process.save()
    ProcessFactory(slug="quiet", short_name={"en": "Quiet"}, is_made_up=False)

    page = client.get(PAGE).content.decode()

    assert page.count('class="made-up"') == Process.objects.filter(is_made_up=True).count() > 0
    assert ["Quiet", "", "", "", "", ""] in table(client)
