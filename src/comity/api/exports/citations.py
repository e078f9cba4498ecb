"""On which place of which source each row of the open data rests."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.api.exports.columns import IDENTIFIER, Column, column
from comity.api.exports.tables import BATCH, Table
from comity.api.facts.kinds import Facts
from comity.sources.models import Citation


@dataclass(frozen=True)
class Citations:
    """The table of citations: its rows are read table by table of those that it is ``of``."""

    of: list[Table]
    name: str = "citations"
    key: str = "id"

    @property
    def title(self) -> str | Promise:
        """What it holds."""
        return _("On which place of which source each row rests")

    @property
    def columns(self) -> list[Column]:
        """The columns of the table."""
        return [
            *IDENTIFIER,
            *column("table", "The table in which the row stands."),
            *column("row", "Its slug, code or id there."),
            *column("field", "What of the row rests on the place; empty for all of it."),
            *column("source", "The slug of a source."),
            *column("place", "The place in it, such as “Annex II table row 4”."),
            *column("note", "A remark."),
        ]

    @property
    def refers(self) -> dict[str, str]:
        """The tables to which columns lead."""
        return {"source": "sources"}

    def facts(self) -> Iterator[Facts]:
        """Go through the citations, some hundred in memory at a time."""
        for table in self.of:
            rows = table.rows().order_by()
            kind = ContentType.objects.get_for_model(rows.model)
            keys = {row[0]: row[-1] for row in rows.values_list("pk", table.key_field)}
            found = (
                Citation.objects.filter(content_type=kind, object_id__in=rows.values("pk"))
                .select_related("source")
                .order_by("pk")
            )
            for each in found.iterator(chunk_size=BATCH):
                yield {
                    "id": each.pk,
                    "table": table.name,
                    "row": str(keys[each.object_id]),
                    "field": each.field,
                    "source": each.source.slug,
                    "place": each.locator,
                    "note": each.note,
                }
