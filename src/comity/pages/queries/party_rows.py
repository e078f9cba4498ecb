"""The questions that the page of a party asks; their SQL is written once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber

from comity.core.prepared import Prepared
from comity.library.models import Study
from comity.parties.models import Ministry, Party, PartyName, Post
from comity.parties.models.parties import name_of
from comity.processes import models as tables
from comity.processes.models import COUNTED, TAKING_PART, Participation, perhaps_held
from comity.projects.models import Project

# How many things of one kind the page shows; its file has all.
SHOWN: Final = 10
SHOWN_PARTS: Final = 40
MOST_ROLES: Final = 150
# A file is written whole: nobody reads a longer one.
ALL: Final = 20_000
TEXT: Final = models.TextField()
COLUMNS: Final = ("one", "two", "three", "four", "five", "six", "seven")

Order = Sequence[Any]  # Any: names and expressions
Found = dict[str, list[Any]]  # Any: named tuples


def _taking_part(party: int, on: date) -> QuerySet[Participation]:
    return Participation.objects.filter(
        perhaps_held(on), party=party, status__in=TAKING_PART
    ).order_by()


def processes_of(party: int, on: date) -> QuerySet[Any, Any]:
    """Return the processes in which the party takes part, or may, on that day."""
    return _taking_part(party, on).values("process")


OWN = Prepared(
    lambda party, on: (
        Participation.objects.filter(perhaps_held(on), party=party)
        .annotate(behalf=name_of("for_territory", on))
        .order_by("process__order", "process", "pk")
        .values_list(
            "pk",
            "process_id",
            "process__slug",
            "process__short_name",
            "process__region",
            "process__begins",
            "status",
            "begins",
            "begins_earliest",
            "for_territory_id",
            "behalf",
            "is_origin",
            "is_transit",
            "is_destination",
            "since_meeting__slug",
            "since_meeting__title",
            "note",
        )
    )
)
OTHERS = Prepared(
    lambda party, on: (
        Participation.objects.filter(
            perhaps_held(on), process__in=processes_of(party, on), status__in=COUNTED
        )
        .exclude(party=party)
        .order_by()
        .values_list("process_id", "party_id")
        .distinct()
    )
)
NAMES_OF_OTHERS = Prepared(
    lambda party, on: (
        Party.objects.filter(
            Exists(
                Participation.objects.filter(
                    perhaps_held(on),
                    party=OuterRef("pk"),
                    process__in=processes_of(party, on),
                    status__in=COUNTED,
                )
            )
        )
        .annotate(name=name_of("pk", on))
        .order_by()
        .values_list("pk", "code", "name")
    )
)
AREAS = Prepared(
    lambda party, on: (
        tables.Area.objects.filter(process__in=processes_of(party, on))
        .order_by("process", "part_of__order", "order", "pk")
        .values_list(
            "pk",
            "process_id",
            "part_of_id",
            "words",
            "language",
            "themes__slug",
            "themes__name",
        )
    )
)


def _few(
    what: str,
    rows: Any,  # noqa: ANN401 -- any queryset
    order: Order,
    *texts: str | Combinable,
    most: int = SHOWN,
) -> Any:  # noqa: ANN401 -- named tuples
    """Return the first of ``rows`` in the one form in which all of a party is read.

    Each row says how many there are of its kind.
    """
    named = dict(zip(COLUMNS, texts, strict=False))
    whole = {
        column: Coalesce(
            Cast(F(text) if isinstance(text, str) else text, TEXT), Value(""), output_field=TEXT
        )
        if (text := named.get(column)) is not None
        else Value("", output_field=TEXT)
        for column in COLUMNS
    }
    return (
        rows.order_by()
        .annotate(
            what=Value(what, output_field=TEXT),
            nth=Window(RowNumber(), order_by=[*order, F("pk").asc()]),
            total=Window(Count("pk")),
            **whole,
        )
        .filter(nth__lte=most)
        .values_list("what", "pk", "nth", "total", *COLUMNS)
    )


def _all_of(party: int, on: date, most: int) -> Any:  # noqa: ANN401 -- named tuples
    """Return what is on record of a party in one question for all kinds of rows."""
    own = {"party": party}
    by_then = Q(days_earliest=None) | Q(days_earliest__lte=on)
    latest = [F("days_latest").desc(nulls_last=True)]
    of_meeting = [F("meeting__days_latest").desc(nulls_last=True)]
    begun = Q(begins_earliest=None) | Q(begins_earliest__lte=on)
    since = [F("begins_earliest").desc(nulls_last=True)]
    meeting = ("slug", "title", "days", "place", "status", "process__short_name")
    held = ("begins", "ends", "note")
    project = ("slug", "title", "begins", "ends", "status", "process__short_name")
    ahead = (
        tables.Meeting.objects.filter(
            Q(process__in=processes_of(party, on))
            | Q(country=party)
            | Exists(tables.Attendance.objects.filter(meeting=OuterRef("pk"), party=party)),
            days_latest__gte=on,
        )
        .exclude(days_earliest__lte=on)
        .exclude(status=tables.MeetingStatus.CANCELLED)
    )
    named = tables.Attendance.objects.filter(
        Q(meeting__days_earliest=None) | Q(meeting__days_earliest__lte=on), **own
    )
    return _few(
        "past",
        Participation.objects.filter(ends_latest__lt=on, **own),
        [F("ends_latest").desc()],
        "process__slug",
        "process__short_name",
        "begins",
        "ends",
        "status",
        most=most,
    ).union(
        _few("ahead", ahead, [F("days_earliest").asc()], *meeting, most=most),
        _few(
            "hosted",
            tables.Meeting.objects.filter(by_then, country=party),
            latest,
            *meeting,
            most=most,
        ),
        _few(
            "named",
            named,
            of_meeting,
            *(f"meeting__{each}" for each in meeting),
            "role",
            most=most,
        ),
        _few(
            "term",
            tables.Term.objects.filter(begun, **own).exclude(office=tables.Office.KEEPER),
            since,
            "process__slug",
            "process__short_name",
            *held,
            "office",
            "body__name",
            most=max(most, SHOWN_PARTS),
        ),
        _few(
            "seat",
            tables.Seat.objects.filter(begun, **own),
            since,
            "body__process__slug",
            "body__process__short_name",
            *held,
            "body__kind",
            "body__name",
            most=max(most, SHOWN_PARTS),
        ),
        _few(
            "body",
            tables.Body.objects.filter(**own),
            [F("process__order").asc()],
            "process__slug",
            "process__short_name",
            "begins",
            "ends",
            "seat_or_members",
            "kind",
            "name",
            most=max(most, SHOWN_PARTS),
        ),
        _few(
            "partnership",
            tables.Partnership.objects.filter(**own),
            [F("process__order").asc(nulls_last=True), F("process").asc(), F("order").asc()],
            "process__slug",
            "process__short_name",
            "process__region",
            "role",
            most=max(most, MOST_ROLES),
        ),
        _few(
            "agreement",
            tables.Agreement.objects.filter(
                Q(signed_earliest=None) | Q(signed_earliest__lte=on), parties=party
            ),
            [F("signed_earliest").desc(nulls_last=True)],
            "process__slug",
            "process__short_name",
            "title",
            "signed",
            "note",
            most=most,
        ),
        _few(
            "grouping",
            tables.Grouping.objects.filter(**own),
            [F("order").asc()],
            "name",
            "focus",
            "region",
            most=most,
        ),
        _few(
            "project", Project.objects.filter(begun, countries__party=party), since, *project,
            most=most,
        ),
        _few(
            "carried",
            Project.objects.filter(begun & _said_of(party, "implementer")),
            since,
            *project,
            most=most,
        ),
        _few(
            "study",
            Study.objects.filter(
                Q(year_earliest=None) | Q(year_earliest__lte=on), _said_of(party, "producer")
            ),
            [F("year_latest").desc(nulls_last=True)],
            "slug",
            "title",
            "year",
            "kind",
            "process__short_name",
            most=most,
        ),
        _few(
            "ministry", Ministry.objects.filter(**own), [F("pk").asc()], "name",
            most=max(most, SHOWN_PARTS),
        ),
        # An office is public, and who holds it is not; a post that is in no directory is neither.
        _few(
            "post",
            Post.objects.filter(Q(is_focal_point=True) | Q(is_listed=True), **own),
            [F("is_focal_point").desc()],
            "title",
            "ministry__name",
            most=max(most, SHOWN_PARTS),
        ),
        all=True,
    )  # fmt: skip


def _kin_of(party: int, on: date, most: int) -> Any:  # noqa: ANN401 -- named tuples
    """Return the names of a party and who belongs together with it, likewise in one question.

    By itself: SQLite keeps a statement of that many parts no longer.
    """
    parts = Party.objects.annotate(name=name_of("pk", on))
    kin = ("code", "kind", "name", "place", "ends")
    return _few(
        "part",
        parts.filter(part_of=party),
        [F("kind").asc(), F("code").asc()],
        *kin,
        most=max(most, SHOWN_PARTS),
    ).union(
        _few("above", parts.filter(parts=party), [F("code").asc()], *kin, most=most),
        _few("successor", parts.filter(predecessors=party), [F("code").asc()], *kin, most=most),
        _few("predecessor", parts.filter(successors=party), [F("code").asc()], *kin, most=most),
        _few(
            "name",
            PartyName.objects.filter(party=party),
            [F("begins_earliest").desc(nulls_last=True)],
            "language",
            "name",
            "kind",
            "begins",
            "ends",
            "source",
            most=max(most, MOST_ROLES),
        ),
        all=True,
    )


def _said_of(party: int, field: str) -> Q:
    """Return the condition that the words of ``field`` are, or begin with, the party's name."""
    named = PartyName.objects.filter(party=party, name=OuterRef(field))
    short = (
        Party.objects.filter(pk=party)
        .exclude(acronym="")
        .annotate(words=Cast(OuterRef(field), TEXT), first=Concat("acronym", Value(" ")))
        .filter(Q(words=F("acronym")) | Q(words__startswith=F("first")))
    )
    return Q(Exists(named)) | Q(Exists(short))


FEW = (
    Prepared(lambda party, on: _all_of(party, on, SHOWN)),
    Prepared(lambda party, on: _kin_of(party, on, SHOWN)),
)
WHOLE = (
    Prepared(lambda party, on: _all_of(party, on, ALL)),
    Prepared(lambda party, on: _kin_of(party, on, ALL)),
)


def read_all(party: int, on: date, questions: Sequence[Prepared] = FEW) -> Found:
    """Return what is on record of a party by the kind of row, each kind in its order."""
    found: Found = defaultdict(list)
    for question in questions:
        for row in sorted(question(party=party, on=on), key=lambda row: row.nth):
            found[row.what].append(row)
    return found
