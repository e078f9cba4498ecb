"""The table of functions claims only pages that exist, by their names."""

from comity.library.models import Study
from comity.pages.queries.functions import read_functions


def claimed():
    return {
        each.number: (each.page, each.page_name)
        for group in read_functions()
        for each in group.functions
        if each.page
    }


def test_every_page_that_is_claimed_opens_under_its_name(paper, client):
    found = claimed()

    assert len(found) == 22
    assert found["F054"] == ("/documents/d-dakar/", "Dakar Declaration")
    assert [number for number, (_page, name) in found.items() if not name] == []
    for page, _name in set(found.values()):
        assert (page, client.get(page).status_code) == (page, 200)


def test_page_that_is_not_there_is_not_claimed(paper, client):
    Study.objects.filter(slug="s-cis-2").update(slug="gone")

    assert claimed()["F148"] == ("/studies/s-cis-2/", "")
    assert 'href="/studies/s-cis-2/"' not in client.get("/about/functions/").content.decode()


def test_nothing_is_claimed_that_nobody_can_do_yet(paper):
    assert "F008" not in claimed()
