"""What lies on a desk comes from every app, and stands in the order in which it is due."""

from datetime import UTC, date, datetime, timedelta

import pytest

from comity.ui import desk
from comity.ui.desk import DeskGroup, DeskItem, by_time, items_for, when_due
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


NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


def test_items_are_late_due_within_a_week_or_later():
    rows = [item("late", day=2), item("soon", day=8), item("later", day=30), item("some day")]

    found = {
        stretch.title: (stretch.is_late, [(each.words, when) for each, when in stretch.items])
        for stretch in by_time(rows, NOON)
    }

    assert found == {
        "Late": (True, [("late", "3 days late")]),
        "Within a week": (False, [("soon", "in 3 days")]),
        "Later": (False, [("later", "in 3 weeks"), ("some day", "")]),
    }
    assert by_time([], NOON) == []


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (-49, "2 days late"),
        (-24, "1 day late"),
        (-2, "late since today"),
        (2, "today"),
        (24, "in 1 day"),
        (24 * 20, "in 20 days"),
        (24 * 22, "in 3 weeks"),
    ],
)
def test_when_something_is_due_is_said_in_days_or_weeks(hours, words):
    assert when_due(NOON + timedelta(hours=hours), NOON) == words
