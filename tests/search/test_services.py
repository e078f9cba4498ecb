import pytest
from django.contrib.auth.models import AnonymousUser

from comity.search.models import EntryKey, SearchEntry
from comity.search.queries import find
from comity.search.services import Findable, index_many, remove
from tests.factories.search import findable

VISITOR = AnonymousUser()


def test_index_replaces_what_stood_there(things):
    findable(things[0], "Visas", keys=["public", "secret"])
    findable(things[0], "Borders")

    assert [entry.title for entry in SearchEntry.objects.all()] == ["Borders"]
    assert [key.key for key in EntryKey.objects.all()] == ["public"]
    assert find(VISITOR, "visas").total == 0
    assert find(VISITOR, "borders").total == 1


def test_remove_takes_only_the_thing_out(things):
    findable(things[0])
    findable(things[1])

    remove(things[0])

    assert [hit.url for hit in find(VISITOR, "visas").hits] == [f"/things/{things[1].pk}/"]


def test_index_refuses_a_kind_that_nobody_declares(things):
    with pytest.raises(LookupError, match="'visa'"):
        findable(things[0], kind="visa")


@pytest.mark.parametrize("count", [1, 5])
def test_index_many_asks_the_same_queries_for_any_number(
    things, count, django_assert_max_num_queries
):
    given = [
        Findable(thing, "paper", "/", [("en", "Visas", "")], ["public"]) for thing in things[:count]
    ]
    index_many(given)

    with django_assert_max_num_queries(9):
        index_many(given)

    assert SearchEntry.objects.count() == count
