"""What the lists show, in which order, and how they are narrowed."""

import pytest
from django.utils import timezone

from tests.factories.documents import DocumentFactory
from tests.factories.library import StudyFactory
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import MeetingFactory, ParticipationFactory, ProcessFactory
from tests.factories.projects import ProjectFactory


def state(code, **names):
    party = PartyFactory(code=code, kind="state")
    ParticipationFactory(party=party)
    for language, name in names.items():
        PartyNameFactory(party=party, language=language, name=name)
    return party


def listed(client, url="/parties/", language="en", **asked):
    response = client.get(url, asked, headers={"accept-language": language})
    return [(row.name, row.language) for row in response.context["rows"]]


@pytest.fixture
def states(db):
    renamed = state("QMD", en="Dorvane", fr="République de Dorvane")
    PartyNameFactory(party=renamed, language="en", name="Aldorvane", begins="1990", ends="2000")
    PartyNameFactory(party=renamed, language="en", name="Zukunft", begins="2999")
    PartyNameFactory(party=renamed, language="fr", name="Dorvania", kind="in-source")
    state("QMB", en="Belmar", es="Árbol")
    state("QMC", es="Último")
    state("QMA", en="Élan")
    PartyFactory(code="QMZ", kind="state")  # takes part in nothing, and has no name


def test_parties_stand_under_their_names_of_today(client, states):
    assert listed(client) == [
        ("Aldorvane", ""), ("Belmar", ""), ("Élan", ""), ("Último", "es")
    ]  # fmt: skip
    assert listed(client, language="es") == [
        ("Aldorvane", "en"), ("Árbol", ""), ("Élan", "en"), ("Último", "")
    ]  # fmt: skip
    assert listed(client, language="fr") == [
        ("Belmar", "en"), ("Élan", "en"), ("République de Dorvane", ""), ("Último", "es")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("DORV", ["Aldorvane"]),
        ("arbol", ["Belmar"]),
        ("élan", ["Élan"]),
        ("", ["Aldorvane", "Belmar", "Élan", "Último"]),
        ("nobody", []),
    ],
)
def test_parties_are_found_by_every_name_they_ever_had(client, states, words, names):
    response = client.get("/parties/", {"q": words})

    assert [row.name for row in response.context["rows"]] == names
    assert response.context["page"].paginator.count == len(names)


def test_organisations_stand_by_name_and_pages_keep_the_words(client, db):
    for number in range(101):
        party = PartyFactory(code=f"office-{number}", kind="organisation")
        PartyNameFactory(party=party, name=f"Office {number:03}")
    page = client.get("/organisations/", {"q": "office"})
    last = client.get("/organisations/", {"q": "office", "page": "2"})

    assert [row.name for row in page.context["rows"]] == [f"Office {n:03}" for n in range(100)]
    assert [row.name for row in last.context["rows"]] == ["Office 100"]
    assert b'href="?q=office&amp;page=2"' in page.content


@pytest.fixture
def both(db):
    """A process and a made-up one, each with one thing of each kind."""
    for made_up in (False, True):
        process = ProcessFactory(slug="lagoon" if made_up else "rcm", is_made_up=made_up)
        MeetingFactory(process=process)
        StudyFactory(process=process)
        ProjectFactory(process=process)
        DocumentFactory(process=process, audience="public", published_at=timezone.now())


@pytest.mark.parametrize("url", ["/meetings/", "/documents/", "/studies/", "/projects/"])
def test_list_is_narrowed_to_a_process(client, both, url):
    whole = client.get(url).context["listing"]
    narrowed = client.get(url, {"process": "lagoon"})
    listing = narrowed.context["listing"]

    assert [row.is_made_up for row in whole.rows] == [False, True]
    assert [(each.slug, each.is_chosen) for each in whole.choices] == [
        ("rcm", False), ("lagoon", False)
    ]  # fmt: skip
    assert [row.process.url for row in listing.rows] == ["/processes/lagoon/"]
    assert listing.process.url == "/processes/lagoon/"
    assert [each.slug for each in listing.choices if each.is_chosen] == ["lagoon"]
    assert narrowed.content.count(b'class="made-up"') == 1
    assert client.get(url, {"process": "none"}).status_code == 404


def test_made_up_parties_say_so(client, db):
    for made_up in (False, True):
        party = PartyFactory(kind="state", is_made_up=made_up)
        PartyNameFactory(party=party)
        ParticipationFactory(party=party)

    assert client.get("/parties/").content.count(b'class="made-up"') == 1


def test_form_of_a_list_offers_no_more_processes_than_a_page_can_hold(client, db):
    ProcessFactory.create_batch(101)
    last = ProcessFactory(slug="the-last", order=999)

    listing = client.get("/meetings/", {"process": "the-last"}).context["listing"]

    assert len(listing.choices) == 101
    assert (listing.choices[-1].slug, listing.choices[-1].is_chosen) == (last.slug, True)
