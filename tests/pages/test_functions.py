"""The table of functions claims only pages that exist, by their names."""

from comity.library.models import Study
from comity.pages.queries.functions import read_functions
from comity.processes.models import Office, Process
from tests.factories.parties import AffiliationFactory
from tests.factories.processes import ProcessFactory, TermFactory


def claimed():
    return {
        each.number: (each.page, each.page_name, each.is_open)
        for group in read_functions()
        for each in group.functions
        if each.page
    }


def test_every_page_that_is_claimed_opens_under_its_name(paper, client):
    ProcessFactory(slug="meridian", short_name={"en": "Meridian Dialogue"})
    secretariat = secretariat_of("meridian")
    found = claimed()

    assert len(found) == 36
    assert found["F054"] == ("/documents/d-dakar/", "Dakar Declaration", True)
    assert found["F069"] == (
        "/processes/meridian/rotation/",
        "Meridian Dialogue: Rotation",
        True,
    )
    assert [number for number, (_page, name, _open) in found.items() if not name] == []
    for page, _name, is_open in set(found.values()):
        assert (page, client.get(page).status_code == 200) == (page, is_open)
    client.force_login(secretariat)
    for page, _name, _open in set(found.values()):
        assert (page, client.get(page).status_code) == (page, 200)


def test_page_that_is_not_there_is_not_claimed(paper, client):
    Study.objects.filter(slug="s-cis-2").update(slug="gone")

    assert claimed()["F148"] == ("/studies/s-cis-2/", "", True)
    assert claimed()["F005"] == ("/processes/meridian/requests/", "", False)
    assert 'href="/studies/s-cis-2/"' not in client.get("/about/functions/").content.decode()


def test_nothing_is_claimed_that_nobody_can_do_yet(paper):
    assert "F016" not in claimed()


def secretariat_of(slug):
    """Return somebody who works for the secretariat of the process."""
    affiliation = AffiliationFactory(begins="2020")
    TermFactory(
        process=Process.objects.get(slug=slug),
        party=affiliation.party,
        office=Office.SECRETARIAT,
        begins="2020",
    )
    return affiliation.person.user
