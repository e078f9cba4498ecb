"""What lies on a desk comes from every app, and stands in the order in which it is due."""

from datetime import UTC, date, datetime

import pytest

from comity.ui import desk
from comity.ui.desk import DeskGroup, DeskItem, items_for
from tests.factories.accounts import UserFactory

TODAY = date(2026, 5, 5)


@pytest.fixture
def sources(monkeypatch):
    """A registry of the test's own, in which nothing is declared."""
    registry = desk.Registry("source of desk items")
    monkeypatch.setattr(desk, "desk_items", registry)
    return registry


def item(words, group=DeskGroup.ASKED, day=0):
    due_at = datetime(2026, 5, day, tzinfo=UTC) if day else None
    return DeskItem(words, "/", "Meridian", group, due_at)


def test_items_of_all_sources_stand_by_group_and_by_when_they_are_due(sources):
    user = UserFactory.build()
    sources.add("calls", lambda _user, _on: [item("later", day=9), item("some day")])
    sources.add("papers", lambda _user, _on: [item("soon", day=6), item("read", DeskGroup.READ)])

    found = items_for(user, TODAY)

    assert {group: [each.words for each in items] for group, items in found.items()} == {
        DeskGroup.ASKED: ["soon", "later", "some day"],
        DeskGroup.DECIDE: [],
        DeskGroup.FOLLOW: [],
        DeskGroup.READ: ["read"],
    }


def test_each_source_is_told_whose_desk_it_is_and_on_which_day(sources):
    asked = []
    sources.add("calls", lambda *told: asked.append(told) or [])
    user = UserFactory.build()

    items_for(user, TODAY)

    assert asked == [(user, TODAY)]
