import pytest
from django.urls import reverse

from comity.accounts.authority import SYSTEM
from comity.sources.queries import Fact, Place, differences_of
from comity.sources.services import cite_all, state_difference
from tests.factories.sources import SourceFactory


@pytest.fixture
def source(opened):
    source = SourceFactory()
    cite_all([(fact, "Annex I ¶5", "as listed") for fact in opened], source, by=SYSTEM)
    cite_all([(opened[0], "Body ¶2", "")], source, by=SYSTEM)
    return source


def differ(fact, source):
    said = [(source, "Annex I ¶14", "38 countries"), (source, "Annex II", "37 countries")]
    state_difference(target=fact, about="participants", statements=said, by=SYSTEM)


def test_index_counts_what_the_reader_may_see(client, source):
    listed = client.get(reverse("sources:index")).context["listed"]

    assert [(item.source, item.citations) for item in listed] == [(source, 5)]


def test_detail_shows_what_rests_on_each_place(client, opened, source):
    response = client.get(source.get_absolute_url())

    seen = [Fact(fact.model, f"/{fact.model}/", ["as listed"]) for fact in opened[:4]]
    assert response.context["places"] == [
        Place("¶2", "body-2", [Fact("fact0", "/fact0/", [])]),
        Place("Annex I, ¶5", "annex-i-5", seen),
    ]
    assert b'id="annex-i-5"' in response.content


def test_what_has_no_gate_is_not_shown(client, gates, facts):
    source = SourceFactory()
    cite_all([(facts[0], "Body ¶2", "")], source, by=SYSTEM)

    assert client.get(source.get_absolute_url()).context["places"] == []
    assert client.get(reverse("sources:index")).context["listed"][0].citations == 0


def test_differences_show_both_sides_to_who_may_see_them(client, opened, source):
    differ(opened[0], source)
    differ(opened[4], source)

    response = client.get(reverse("sources:differences"))

    [found] = response.context["differences"]
    assert found.shown == ("fact0", "/fact0/")
    assert [str(row) for row in found.statements] == ["38 countries", "37 countries"]


def test_differences_are_read_with_their_sources_in_one_query(
    opened, source, django_assert_num_queries
):
    differ(opened[0], source)

    with django_assert_num_queries(1):
        (difference,) = differences_of(opened[0])
        shown = [(row.short, row.get_absolute_url()) for row in difference.statements]

    address = source.get_absolute_url()
    assert shown == [
        ("Annex I, ¶14", f"{address}?place=annex-i-14#annex-i-14"),
        ("Annex II", f"{address}?place=annex-ii#annex-ii"),
    ]
    assert differences_of(opened[1]) == []


@pytest.mark.parametrize("count", [1, 5])
def test_pages_ask_the_same_queries_for_any_number(
    client, opened, count, django_assert_num_queries
):
    source = SourceFactory()
    cite_all([(fact, "Body ¶2", "") for fact in opened[:count]], source, by=SYSTEM)
    client.get(reverse("sources:index"))

    with django_assert_num_queries(5):  # source, how many, citations, kinds, what was changed
        client.get(source.get_absolute_url())
    with django_assert_num_queries(3):  # how many, sources, citations
        client.get(reverse("sources:index"))


def test_page_on_which_a_place_begins_is_found(client, opened):
    source = SourceFactory()
    cite_all(
        [(fact, f"Annex I ¶{n}", "") for fact in opened for n in range(1, 61)], source, by=SYSTEM
    )
    url = source.get_absolute_url()

    found = {
        asked: client.get(url, asked).context["page"].number
        for asked in (
            (("place", "annex-i-1"),),
            (("place", "annex-i-39"),),
            (("place", "annex-i-9"), ("page", "2")),
            (("place", "none"),),
        )
    }
    anchors = [place.anchor for place in client.get(url, {"page": "2"}).context["places"]]

    assert list(found.values()) == [1, 2, 2, 2]
    assert (anchors[0], anchors[-1], len(anchors)) == ("annex-i-38", "annex-i-60", 23)
    assert (
        b'href="?place=annex-i-39&amp;page=1"' in client.get(url, {"place": "annex-i-39"}).content
    )
