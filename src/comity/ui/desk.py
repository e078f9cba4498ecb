"""What waits on a person's desk: higher apps add what they ask of people in ``ready()``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from comity.accounts.models import User
from comity.core.registry import Registry
from comity.ui.pieces import Download

# Of one source and one group: a desk is read whole, and what is behind it has a list of its own.
MOST_ITEMS: Final = 50


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
    words of a mark, ``step`` what the reader does next, and ``file`` what can be done off line.
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
