"""The questions that the page of a process asks; their SQL is written once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Count, F, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Cast, Length, RowNumber

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.core.prepared import Prepared, Rows
from comity.documents.models import Document, DocumentQuerySet
from comity.library.models import Study
from comity.parties.models.parties import name_of
from comity.processes import models as tables
from comity.processes.models import Participation, perhaps_held
from comity.projects.models import Project

VISITOR: Final = AnonymousUser()
# How many things of one kind the page shows, past and ahead of the day; the lists have all.
SHOWN = 20
SHOWN_AHEAD = 5
# A date that names two days, as in 2002-09-30/2002-10-04: the first is the day it begins.
TWO_DAYS = 21
COUNTED = ("total", "of_known_date", "earliest")

Model = type[models.Model]
Said = dict[str, list[Any]]  # Any: named tuples


@dataclass(frozen=True)
class Question:
    """Whose page is asked for, by whom and of which day.

    ``until`` is the day after which nothing has come out yet; today's page has no such day,
    so that it shows a draft that is dated ahead.
    """

    process: int
    actor: Actor
    on: date
    today: date

    @property
    def until(self) -> date:
        """The last day of what has come out."""
        return self.on if self.on < self.today else date.max


PARTICIPATIONS = Prepared(
    lambda process, on: (
        Participation.objects.filter(perhaps_held(on), process=process)
        .annotate(name=name_of("party", on), behalf=name_of("for_territory", on))
        .order_by("order", "pk")
        .values_list(
            "pk",
            "party_id",
            "party__code",
            "party__m49",
            "status",
            "begins",
            "begins_earliest",
            "behalf",
            "name_in_source",
            "note",
            "name",
            "order",
            "is_origin",
            "is_transit",
            "is_destination",
        )
    )
)
ELSEWHERE = Prepared(
    lambda process, on: (
        Participation.objects.filter(
            perhaps_held(on),
            party__in=Participation.objects.filter(process=process).values("party"),
            status__in=tables.TAKING_PART,
        )
        .exclude(process=process)
        .order_by("process__order")
        .values_list(
            "party_id", "process__slug", "process__short_name", "process__region", "status"
        )
        .distinct()
    )
)
TERMS = Prepared(
    lambda process, on: (
        tables.Term.objects.filter(perhaps_held(on), process=process)
        .exclude(office=tables.Office.KEEPER)
        .annotate(name=name_of("party", on))
        .values_list(
            "pk",
            "office",
            "begins",
            "begins_earliest",
            "note",
            "name",
            "party_id",
            "party__code",
            "party__kind",
            "body_id",
        )
    )
)


def _presiding(process: int, edge: str, side: str, on: date, order: str) -> Subquery:
    """Return the expression for the party whose presidency ends or begins next to that day."""
    terms = tables.Term.objects.filter(
        process=process, office__in=tables.PRESIDENCIES, **{f"{edge}__{side}": on}
    )
    return Subquery(terms.order_by(order, "pk").values("party_id")[:1])


SEATS = Prepared(
    lambda process, on: (
        tables.Seat.objects.filter(
            perhaps_held(on, process="body__process__"), body__process=process
        )
        .annotate(
            name=name_of("party", on),
            presided_before=_presiding(process, "ends_latest", "lt", on, "-ends_latest"),
            presides_next=_presiding(process, "begins_earliest", "gt", on, "begins_earliest"),
        )
        .order_by("body", "pk")
        .values_list(
            "pk",
            "body_id",
            "party_id",
            "party__code",
            "party__kind",
            "begins",
            "begins_earliest",
            "note",
            "name",
            "presided_before",
            "presides_next",
        )
    )
)


def _with_counts(rows: Any, earliest: str) -> Any:  # noqa: ANN401 -- what Django makes of a queryset
    """Add how many rows there are in all, and how many of them have a date; and that date."""
    return rows.annotate(
        total=Window(Count("pk")), of_known_date=Window(Count(earliest)), earliest=F(earliest)
    )


def _by_then(earliest: str, until: date) -> Q:
    return Q(**{earliest: None}) | Q(**{f"{earliest}__lte": until})


def _documents(visible: DocumentQuerySet, process: int, until: date) -> Any:  # noqa: ANN401 -- named tuples of a cut list
    rows = visible.filter(_by_then("dated_earliest", until), process=process)
    return (
        _with_counts(rows, "dated_earliest")
        .order_by(F("dated_latest").desc(nulls_last=True), "pk")
        .values_list("pk", "slug", "title", "kind", "dated", *COUNTED)[:SHOWN]
    )


PUBLIC_DOCUMENTS = Prepared(
    lambda process, until: _documents(Document.objects.visible_to(VISITOR), process, until)
)
# The form of the policy is the same for all who are signed in: only their key differs.
DOCUMENTS = Prepared(
    lambda process, until, reader, today: _documents(
        Document.objects.visible_to(User(pk=reader), today), process, until
    )
)
STUDIES = Prepared(
    lambda process, until: (
        _with_counts(
            Study.objects.filter(_by_then("year_earliest", until), process=process),
            "year_earliest",
        )
        .order_by(F("year_latest").desc(nulls_last=True), "pk")
        .values_list("pk", "slug", "title", "kind", "year", "coverage", *COUNTED)[:SHOWN]
    )
)
PROJECTS = Prepared(
    lambda process, until: (
        _with_counts(
            Project.objects.filter(_by_then("begins_earliest", until), process=process),
            "begins_earliest",
        )
        .order_by(F("begins_earliest").desc(nulls_last=True), "pk")
        .values_list("pk", "slug", "title", "begins", "ends", "status", *COUNTED)[:SHOWN]
    )
)


def _meetings(process: int, on: date) -> Any:  # noqa: ANN401 -- named tuples
    """Return the newest past meetings, the next ones, and those of no date, each with its count.

    Past is what has certainly begun by the day; ahead is everything else that has a date.
    """
    begun = Q(days_latest__lte=on) | Q(length=TWO_DAYS, days_earliest__lte=on)
    own: QuerySet[Any] = tables.Meeting.objects.filter(process=process)  # Any: annotated
    rows: QuerySet[Any] = own.annotate(length=Length("days")).annotate(
        when=Case(
            When(days="", then=Value("undated")),
            When(begun, then=Value("past")),
            default=Value("ahead"),
        )
    )
    order = [
        Case(When(when="past", then="days_latest")).desc(nulls_last=True),
        Case(When(when="past", then="days_earliest")).desc(nulls_last=True),
        F("days_latest").asc(nulls_last=True),
        F("days_earliest").asc(),
        F("pk").asc(),
    ]
    numbered = rows.annotate(
        nth=Window(RowNumber(), partition_by="when", order_by=order),
        total=Window(Count("pk"), partition_by="when"),
    )
    return (
        numbered.filter(Q(when="past", nth__lte=SHOWN) | Q(nth__lte=SHOWN_AHEAD))
        .order_by("when", "nth")
        .values_list("pk", "when", "slug", "title", "status", "days", "place", "total", "nth")
    )


MEETINGS = Prepared(_meetings)


def _said(rows: Any, *texts: str, number: str = "") -> Any:  # noqa: ANN401 -- what Django makes of a queryset
    """Return ``rows`` in the one form in which all that is said in few words is read."""
    named = dict(zip(("one", "two", "three", "four", "five"), texts, strict=False))
    whole = {
        name: Cast(F(named[name]), models.TextField())
        if name in named
        else Value("", output_field=models.TextField())
        for name in ("one", "two", "three", "four", "five")
    }
    figure = F(number) if number else Value(None)
    return (
        rows.order_by()
        .annotate(
            what=Value(rows.model._meta.model_name, output_field=models.TextField()),
            figure=Cast(figure, models.IntegerField()),
            **whole,
        )
        .values_list("what", "pk", "figure", *whole)
    )


def _all_said(process: int) -> Any:  # noqa: ANN401 -- named tuples
    """Return what a process has in a few rows of each kind, in one question for all of them."""
    own = {"process": process}
    differing = tables.Process.objects.filter(pk=process, statements__isnull=False).distinct()
    return _said(tables.Alias.objects.filter(**own), "name", "language").union(
        _said(tables.Area.objects.filter(**own), "words", "language", "part_of_id", number="order"),
        _said(
            tables.Body.objects.filter(**own), "name", "kind", "seat_or_members", "begins", "ends"
        ),
        _said(
            tables.Partnership.objects.filter(**own),
            "name_in_source",
            "role",
            "party__code",
            "party__kind",
            "partner_process__slug",
            number="order",
        ),
        _said(tables.OpenSet.objects.filter(**own), "words", "note"),
        _said(tables.Website.objects.filter(**own), "url", "note"),
        _said(tables.Series.objects.filter(**own), "name", "note", number="count_stated"),
        _said(tables.ProcessSubject.objects.filter(**own), "kind", "words", number="order"),
        _said(tables.Stage.objects.filter(**own), "kind", "begins", "ends", "note"),
        _said(tables.Agreement.objects.filter(**own), "title", "signed", "note"),
        _said(tables.Grouping.objects.filter(**own), "name", "focus", "note"),
        _said(differing),
        all=True,
    )


SAID = Prepared(_all_said)


def read_said(process: int) -> Said:
    """Return what is said of a process in a few rows of each kind, by the name of the model."""
    said: Said = defaultdict(list)
    for row in sorted(SAID(process=process), key=lambda row: row.pk):
        said[row.what].append(row)
    return said


def read_documents(asked: Question) -> Rows:
    """Return the newest documents that the actor may read, each with the count of all."""
    if isinstance(asked.actor, User):
        return DOCUMENTS(
            process=asked.process, until=asked.until, reader=asked.actor.pk, today=asked.today
        )
    if asked.actor == VISITOR:
        return PUBLIC_DOCUMENTS(process=asked.process, until=asked.until)
    visible = Document.objects.visible_to(asked.actor)
    return list(_documents(visible, asked.process, asked.until))


def read_dated(asked: Question) -> dict[Model, Rows]:
    """Return the dated rows of the page by model, in one query each."""
    process, on, until = asked.process, asked.on, asked.until
    return {
        Participation: PARTICIPATIONS(process=process, on=on),
        tables.Term: TERMS(process=process, on=on),
        tables.Seat: SEATS(process=process, on=on),
        tables.Meeting: MEETINGS(process=process, on=on),
        Document: read_documents(asked),
        Study: STUDIES(process=process, until=until),
        Project: PROJECTS(process=process, until=until),
    }
