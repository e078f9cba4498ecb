"""What waits on a person's desk: higher apps add what they ask of people in ``ready()``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.models import User
from comity.core.registry import Registry
from comity.ui.pieces import Download

# Of one source and one group: a desk is read whole, and what is behind it has a list of its own.
MOST_ITEMS: Final = 50
SOON: Final = timedelta(days=7)
# Weeks are said from this many days on: nobody counts forty days.
DAYS_IN_WEEKS: Final = 21


class DeskGroup(StrEnum):
    """Why something lies on a desk, in the order in which a reader needs to know."""

    ASKED = "asked"
    DECIDE = "decide"
    FOLLOW = "follow"
    READ = "read"


@dataclass(frozen=True)
class DeskItem:
    """One thing on a desk, in the reader's language.

    ``words`` name it and lead to ``url``; ``process`` is the short name of where it belongs.
    ``group`` says why it is there: the reader's party is *asked* for it, it waits for the
    reader to *decide*, others work on it and the reader *follows* it, or it may be *read*.
    ``due_at`` is until when; ``remark`` says the rest in few words. ``state`` is the kind and the
    words of a mark, ``step`` what the reader does next, which leads to ``url`` or ``step_url``, and
    ``file`` what can be done off line.
    ``language`` is that of ``words`` where it is not the reader's.
    """

    words: str
    url: str
    process: str
    group: DeskGroup
    due_at: datetime | None = None
    remark: str = ""
    state: tuple[str, str] | None = None
    step: str = ""
    step_url: str = ""
    file: Download | None = None
    language: str = ""


# Each returns what one kind of thing puts on the desk of a person on a day: in a fixed number of
# queries, what is due first standing first, and at most ``MOST_ITEMS`` of a group.
desk_items = Registry[Callable[[User, date], Iterable[DeskItem]]]("source of desk items")


def items_for(user: User, on: date) -> dict[DeskGroup, list[DeskItem]]:
    """Return what lies on the desk of ``user`` by group; what has no date stands last."""
    found: dict[DeskGroup, list[DeskItem]] = {group: [] for group in DeskGroup}
    for source in desk_items:
        for item in source(user, on):
            found[item.group].append(item)
    for items in found.values():
        items.sort(key=lambda item: (item.due_at is None, item.due_at and item.due_at.timestamp()))
    return found


@dataclass(frozen=True)
class Due:
    """What is due in the same stretch of time; each item stands with its words for when."""

    title: str
    is_late: bool
    items: list[tuple[DeskItem, str]]


def by_time(items: Iterable[DeskItem], now: datetime) -> list[Due]:
    """Return what is late, due within a week and due later, without stretches that have none."""
    late = Due(_("Late"), is_late=True, items=[])
    soon = Due(_("Within a week"), is_late=False, items=[])
    later = Due(_("Later"), is_late=False, items=[])
    for item in items:
        if item.due_at is None:
            later.items.append((item, ""))
            continue
        stretch = late if item.due_at < now else soon if item.due_at < now + SOON else later
        stretch.items.append((item, when_due(item.due_at, now)))
    return [each for each in (late, soon, later) if each.items]


def when_due(due_at: datetime, now: datetime) -> str:
    """Return in how many days something is due, or since how many it is late."""
    days = (timezone.localdate(due_at) - timezone.localdate(now)).days
    if days == 0:
        return _("late since today") if due_at < now else _("today")
    if days < 0:
        return ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days}
    if days >= DAYS_IN_WEEKS:
        weeks = days // 7
        return ngettext("in %(count)d week", "in %(count)d weeks", weeks) % {"count": weeks}
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
