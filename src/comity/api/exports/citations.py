"""What the rows of the open data rest on: places of sources, what these differ in, and words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.api.exports.columns import IDENTIFIER, Column, column, texts
from comity.api.exports.tables import BATCH, Table
from comity.api.facts.kinds import Facts
from comity.sources.models import Citation, Grounds, Original, Statement

# What stands about some rows, of which each is named by kind and key.
About = QuerySet[Any, Any]
OF_ROWS = (
    *column("table", "The table in which the row stands."),
    *column("row", "Its slug, code or id there."),
)
PLACE = (
    *column("source", "The slug of a source."),
    *column("place", "The place in it, such as “Annex II table row 4”."),
)


@dataclass(frozen=True)
class OfRows:
    """A table of what stands about rows of others: it is read table by table of those it is ``of``.

    ``about`` are the questions for all of it, each with what says of one answer.
    """

    name: str
    title: str | Promise
    columns: list[Column]
    refers: Mapping[str, str]
    about: tuple[tuple[Callable[[], About], Callable[[Any], Facts]], ...]
    of: list[Table]
    key: str = "id"

    def facts(self) -> Iterator[Facts]:
        """Go through what stands about the rows, some hundred in memory at a time."""
        for table in self.of:
            rows = table.rows().order_by()
            kind = ContentType.objects.get_for_model(rows.model)
            keys = {row[0]: row[-1] for row in rows.values_list("pk", table.key_field)}
            for ask, say in self.about:
                found = ask().filter(content_type=kind, object_id__in=rows.values("pk"))
                for each in found.order_by("pk").iterator(chunk_size=BATCH):
                    row = {"table": table.name, "row": str(keys[each.object_id])}
                    yield {"id": each.pk, **row, **say(each)}


def resting_tables(of: list[Table]) -> list[OfRows]:
    """Return the tables that say what the rows of the tables ``of`` rest on."""
    return [
        OfRows(
            "citations",
            _("On which place of which source each row rests"),
            [
                *IDENTIFIER,
                *OF_ROWS,
                *column("field", "What of the row rests on the place; empty for all of it."),
                *PLACE,
                *column("note", "A remark."),
            ],
            {"source": "sources"},
            ((lambda: Citation.objects.select_related("source"), _citation),),
            of,
        ),
        OfRows(
            "statements",
            _("Where sources differ"),
            [
                *IDENTIFIER,
                *OF_ROWS,
                *column("about", "On what they differ, such as name or participants."),
                *texts("value", "What this one says."),
                *PLACE,
            ],
            {"source": "sources"},
            ((_differing, _statement),),
            of,
        ),
        OfRows(
            "grounds",
            _("What people entered or changed, and where they know it from"),
            [
                *column("id", "Stays the same for as long as the row is kept."),
                *OF_ROWS,
                *column("words", "Where its editor knows it from, in the editor’s words."),
                *column(
                    "changed_on", "When it was changed, where its source says otherwise.", "date"
                ),
                *column("fields", "What its source says otherwise, parted by semicolons."),
            ],
            {},
            (
                (Grounds.objects.all, _grounds),
                (lambda: Original.objects.exclude(differing=[]), _change),
            ),
            of,
        ),
    ]


def _citation(row: Citation) -> Facts:
    return {
        "field": row.field,
        "source": row.source.slug,
        "place": row.locator,
        "note": row.note,
    }


def _differing() -> About:
    """Return the statements beside which another stands; one alone differs from nothing."""
    others = Statement.objects.filter(
        content_type=OuterRef("content_type"),
        object_id=OuterRef("object_id"),
        about=OuterRef("about"),
    ).exclude(pk=OuterRef("pk"))
    return Statement.objects.filter(Exists(others)).select_related("source")


def _statement(row: Statement) -> Facts:
    return {
        "about": row.about,
        "value": row.value,
        "source": row.source.slug,
        "place": row.locator,
    }


def _grounds(row: Grounds) -> Facts:
    return {"id": f"entered-{row.pk}", "words": row.words, "changed_on": None, "fields": []}


def _change(row: Original) -> Facts:
    return {
        "id": f"changed-{row.pk}",
        "words": row.grounds,
        "changed_on": row.changed_on,
        "fields": sorted(row.differing),
    }
