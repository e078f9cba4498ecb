import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.sources.models import Citation, Source, Statement
from comity.sources.services import (
    Resting,
    cite,
    cite_all,
    describe_source,
    state_all,
    state_difference,
)
from tests.factories.sources import SourceFactory

TITLE = {"en": "A paper"}


def actions():
    return [event.action for event in Event.objects.order_by("pk")]


@pytest.mark.django_db
def test_describe_source_keeps_and_changes_it():
    describe_source(slug="paper", title=TITLE, issued="2003-11", by=SYSTEM)
    describe_source(slug="paper", title=TITLE, issued="2003-11", by=SYSTEM)
    describe_source(slug="paper", title=TITLE, licence="CC BY 4.0", by=SYSTEM)

    source = Source.objects.get()

    assert (source.title, source.issued, source.licence) == (TITLE, "2003-11", "CC BY 4.0")
    assert source.version == 2
    assert actions() == ["source.described", "source.changed"]


@pytest.mark.django_db
def test_describe_source_refuses_readers_and_taken_addresses():
    with pytest.raises(PermissionDenied):
        describe_source(slug="paper", title=TITLE, by=AnonymousUser())
    with pytest.raises(ValidationError, match="taken by another page"):
        describe_source(slug="differences", title=TITLE, by=SYSTEM)

    assert not Source.objects.exists()


def test_cite_adds_each_place_once(facts):
    source = SourceFactory()

    for _ in range(2):
        cited = cite(
            target=facts[0],
            source=source,
            locators="Annex I ¶5; Annex I ¶8",
            field="name",
            by=SYSTEM,
        )

    assert [row.locator for row in cited] == ["Annex I ¶5", "Annex I ¶8"]
    assert cited[0].get_absolute_url() == f"/sources/{source.slug}/?place=annex-i-5#annex-i-5"
    assert Citation.objects.count() == 2
    assert actions() == ["source.cited"]


def test_cite_all_asks_the_same_queries_for_any_number(facts, django_assert_max_num_queries):
    source = SourceFactory()
    rows = [(fact, "Body ¶1; Body ¶2", "") for fact in facts]

    with django_assert_max_num_queries(5):
        added = cite_all([*rows, Resting(facts[0], "Body ¶1")], source, by=SYSTEM)

    assert added == 10
    assert cite_all(rows, source, by=SYSTEM) == 0


def test_state_difference_replaces_what_was_stated(facts):
    source = SourceFactory()
    said = [(source, "Annex I ¶14", "38 countries"), (source, "Annex II", "37 countries")]

    for _ in range(2):
        state_difference(target=facts[0], about="participants", statements=said, by=SYSTEM)
    state_difference(target=facts[0], about="participants", statements=said[::-1], by=SYSTEM)

    assert [row.value["en"] for row in Statement.objects.all()] == ["37 countries", "38 countries"]
    assert actions() == ["difference.stated", "difference.stated"]


def test_state_difference_wants_two(facts):
    with pytest.raises(ValidationError, match="at least two"):
        state_difference(
            target=facts[0], about="year", statements=[(SourceFactory(), "", "2000")], by=SYSTEM
        )


def test_state_all_keeps_each_once(facts):
    source = SourceFactory()
    rows = [
        (facts[0], "year", {"en": "2000", "es": "2000"}, "Annex I", 0),
        (facts[0], "year", "2001", "Annex II", 1),
    ]

    assert [state_all(rows, source, by=SYSTEM) for _ in range(2)] == [2, 0]
    assert [row.value for row in Statement.objects.all()] == [
        {"en": "2000", "es": "2000"},
        {"en": "2001"},
    ]
