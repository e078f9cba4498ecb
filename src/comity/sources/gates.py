"""Which facts a reader may see on the pages of sources: each app above declares its gates."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from comity.accounts.authority import Actor
from comity.core.registry import Registry


class Shown(NamedTuple):
    """An object as a page on sources names it: its title, and the page that shows it."""

    title: str
    url: str


# Takes the reader and primary keys of one kind; returns those that the reader may see, from
# one query that starts from ``visible_to``.
Gate = Callable[[Actor, Collection[int]], Mapping[int, tuple[str, str]]]

# By kind, as in "parties.party". What has no gate is not shown.
gates = Registry[Gate]("gate of sources")

# The kinds of which everybody may see every row: what only counts need not ask their gates.
open_kinds: set[str] = set()


class ClosedKind(NamedTuple):
    """A kind of which each reader sees some rows, and the rows that a reader sees."""

    kind: str
    rows: Callable[[Actor], QuerySet[Any]]  # Any: of whatever model


# What is neither open nor declared here is not counted, as it is not shown.
closed_kinds = Registry[ClosedKind]("closed kind of sources")
