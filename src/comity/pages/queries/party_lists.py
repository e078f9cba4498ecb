"""The lists of parties and of organisations, in the order of their names."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from comity.core.sorting import sort_key
from comity.pages.queries.lines import address
from comity.parties.models import NameKind, Party, PartyKind, PartyName, PartyQuerySet
from comity.parties.models.parties import SEATED
from comity.processes.models import Attendance, Participation, perhaps_held

PAGE_SIZE: Final = 100
KINDS = dict(PartyKind.choices)
NAMED = Q(Exists(Participation.objects.filter(party=OuterRef("pk")))) | Q(
    Exists(Attendance.objects.filter(party=OuterRef("pk")))
)


@dataclass(frozen=True)
class PartyRow:
    """A party in the list, with the number of processes in which it takes part."""

    name: str
    language: str
    url: str
    kind: str
    processes: int
    is_made_up: bool


class _NamesOfParties(Paginator):  # type: ignore[type-arg]  # none at run time
    """Pages of names, one for each party; they are counted by their parties, which is cheaper."""

    def __init__(self, names: QuerySet[Any], parties: QuerySet[Party]) -> None:
        super().__init__(names, PAGE_SIZE)
        self._parties = parties

    @cached_property
    def count(self) -> int:
        """How many parties there are."""
        return self._parties.count()


def named_parties() -> PartyQuerySet:
    """Return the parties that take part in a process or are named for a meeting."""
    return Party.objects.filter(NAMED, kind__in=SEATED)


def list_parties(on: date, number: str | None, words: str) -> tuple[list[PartyRow], Page[Any]]:
    """Return the States, territories and supranational bodies on record, by name."""
    taking_part = Count(
        "participations__process",
        filter=perhaps_held(on, "participations__") & Q(participations__process__kind="process"),
        distinct=True,
    )
    return _list(named_parties(), taking_part, on, number, words)


def list_organisations(
    on: date, number: str | None, words: str, whole: Party | None = None
) -> tuple[list[PartyRow], Page[Any]]:
    """Return the organisations, offices and agencies on record, by name; those of one ``whole``."""
    with_process = Count("partnerships__process", distinct=True)
    rows = Party.objects.exclude(kind__in=SEATED)
    if whole is not None:
        rows = rows.filter(part_of=whole)
    return _list(rows, with_process, on, number, words)


def _list(
    parties: PartyQuerySet, processes: Count, on: date, number: str | None, words: str
) -> tuple[list[PartyRow], Page[Any]]:
    """Return a page of ``parties``, found by any name they ever had; three questions in all."""
    if words:
        ever = PartyName.objects.filter(sort_key__contains=sort_key(words)).values("party")
        parties = parties.filter(Q(pk__in=ever) | Q(acronym__icontains=words))
    names = _names_of(on).filter(Exists(parties.filter(pk=OuterRef("party"))))
    counted = parties.filter(Exists(_begun(on).filter(party=OuterRef("pk"))))
    values = names.order_by("sort_key", "pk").values_list(
        "name", "language", "party_id", "party__code", "party__kind", "party__is_made_up",
        named=True,
    )  # fmt: skip
    page = _NamesOfParties(values, counted).get_page(number)
    rows = list(page)
    shown = Party.objects.filter(pk__in=[row.party_id for row in rows]).order_by()
    counts = dict(shown.annotate(found=processes).values_list("pk", "found"))
    reader = get_language() or settings.LANGUAGE_CODE
    return [
        PartyRow(
            name=row.name,
            language="" if row.language == reader else row.language,
            url=address(
                "pages:party" if row.party__kind in SEATED else "pages:organisation",
                row.party__code,
            ),
            kind=str(KINDS[row.party__kind]),
            processes=counts[row.party_id],
            is_made_up=row.party__is_made_up,
        )
        for row in rows
    ], page


def _begun(on: date) -> QuerySet[PartyName]:
    begun = Q(begins_earliest=None) | Q(begins_earliest__lte=on)
    return PartyName.objects.filter(begun, kind=NameKind.OFFICIAL)


def _names_of(on: date) -> QuerySet[Any]:
    """Keep one name of each party: of the reader's language, else the default one, else any.

    Of a language it is the latest that has begun. It is the name that ``name_of`` gives, read
    in the order of the names instead of party by party, so that a page of a long list costs
    what a page of a short one does.
    """
    nearness = Case(
        When(language=get_language() or settings.LANGUAGE_CODE, then=Value(0)),
        When(language=settings.LANGUAGE_CODE, then=Value(1)),
        default=Value(2),
    )
    since = Coalesce(F("begins_earliest"), Value(date.min))
    names = _begun(on).annotate(nearness=nearness, since=since)
    same = Q(language=OuterRef("language"))
    better = names.filter(
        Q(nearness__lt=OuterRef("nearness"))
        | Q(nearness=OuterRef("nearness"), language__lt=OuterRef("language"))
        | (same & Q(since__gt=OuterRef("since")))
        | (same & Q(since=OuterRef("since"), pk__gt=OuterRef("pk"))),
        party=OuterRef("party"),
    )
    return names.filter(~Exists(better))
