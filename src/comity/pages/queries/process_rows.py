"""The questions that the page of a process asks; their SQL is written once."""

from datetime import date
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce

from comity.accounts.authority import Actor
from comity.core.facts import perhaps_in_force
from comity.core.prepared import Prepared, Rows
from comity.documents.models import Document, DocumentQuerySet
from comity.library.models import Study
from comity.parties.models.parties import name_of
from comity.processes import models as tables
from comity.processes.models import Participation
from comity.projects.models import Project

VISITOR: Final = AnonymousUser()
PARTICIPATIONS = Prepared(
    lambda process, on: (
        Participation.objects.filter(perhaps_in_force(on), process=process)
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
        )
    )
)
ELSEWHERE = Prepared(
    lambda process, on: (
        Participation.objects.filter(
            perhaps_in_force(on),
            party__in=Participation.objects.filter(process=process).values("party"),
            status__in=tables.TAKING_PART,
        )
        .exclude(process=process)
        .order_by("process__order")
        .values_list("party_id", "process__slug", "process__short_name", "process__region")
        .distinct()
    )
)
TERMS = Prepared(
    lambda process, on: (
        tables.Term.objects.filter(perhaps_in_force(on), process=process)
        .exclude(office=tables.Office.KEEPER)
        .annotate(name=name_of("party", on))
        .values_list(
            "pk",
            "office",
            "begins",
            "begins_earliest",
            "note",
            "name",
            "party__code",
            "party__kind",
            "body__name",
        )
    )
)
PUBLIC_DOCUMENTS = Prepared(
    lambda process: _documents(Document.objects.visible_to(VISITOR), process)
)
# What a process has, whatever the day.
OWN: dict[type[models.Model], Prepared] = {
    tables.Alias: Prepared(
        lambda process: tables.Alias.objects.filter(process=process).values_list("pk", "name")
    ),
    tables.Area: Prepared(
        lambda process: (
            tables.Area.objects.filter(process=process)
            .order_by(
                Coalesce("part_of__order", "order"), F("part_of").asc(nulls_first=True), "order"
            )
            .values_list("pk", "words", "language", "part_of_id")
        )
    ),
    tables.Meeting: Prepared(
        lambda process: (
            tables.Meeting.objects.filter(process=process)
            .latest_first()
            .values_list("pk", "slug", "title", "status", "days", "days_latest", "place")
        )
    ),
    Study: Prepared(
        lambda process: (
            Study.objects.filter(process=process)
            .order_by(F("year_earliest").asc(nulls_last=True), "pk")
            .values_list("pk", "slug", "title", "kind", "year", "coverage")
        )
    ),
    Project: Prepared(
        lambda process: (
            Project.objects.filter(process=process)
            .order_by(F("begins_earliest").asc(nulls_last=True), "pk")
            .values_list("pk", "slug", "title", "begins", "ends", "status")
        )
    ),
    tables.Body: Prepared(
        lambda process: tables.Body.objects.filter(process=process).values_list(
            "pk", "name", "kind", "seat_or_members"
        )
    ),
    tables.Partnership: Prepared(
        lambda process: tables.Partnership.objects.filter(process=process).values_list(
            "pk", "party__code", "party__kind", "name_in_source", "role"
        )
    ),
    tables.OpenSet: Prepared(
        lambda process: tables.OpenSet.objects.filter(process=process).values_list(
            "pk", "words", "note"
        )
    ),
    tables.Website: Prepared(
        lambda process: tables.Website.objects.filter(process=process).values_list(
            "pk", "url", "note"
        )
    ),
    tables.Series: Prepared(
        lambda process: tables.Series.objects.filter(process=process).values_list(
            "pk", "name", "count_stated", "note"
        )
    ),
    tables.ProcessSubject: Prepared(
        lambda process: tables.ProcessSubject.objects.filter(process=process).values_list(
            "pk", "kind", "words"
        )
    ),
    tables.Stage: Prepared(
        lambda process: (
            tables.Stage.objects.filter(process=process)
            .order_by("begins_earliest", "pk")
            .values_list("pk", "kind", "begins", "note")
        )
    ),
    tables.Agreement: Prepared(
        lambda process: tables.Agreement.objects.filter(process=process).values_list(
            "pk", "title", "signed", "note"
        )
    ),
}


def _documents(visible: DocumentQuerySet, process: int) -> models.QuerySet[Document, Any]:
    rows = visible.filter(process=process).latest_first()
    return rows.values_list("pk", "slug", "title", "kind", "dated", named=True)


def read_rows(pk: int, actor: Actor, on: date) -> dict[type[models.Model], Rows]:
    """Return the rows of the page by model, in one query each."""
    own = {model: read(process=pk) for model, read in OWN.items()}
    if actor == VISITOR:
        documents = PUBLIC_DOCUMENTS(process=pk)
    else:
        documents = list(_documents(Document.objects.visible_to(actor), pk))
    return own | {
        Participation: PARTICIPATIONS(process=pk, on=on),
        tables.Term: TERMS(process=pk, on=on),
        Document: documents,
    }
