"""What all facts share: addresses, dates, and where they stand."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from comity.core.dates import parse_date
from comity.sources.models import Citation

# Makes an address of ours whole, with scheme and host.
Whole = Callable[[str], str]
Facts = dict[str, Any]
Places = Mapping[int, list[dict[str, str]]]


def when(text: str) -> Facts | None:
    """Return a date as programs are told it, nothing for none."""
    if not text:
        return None
    found = parse_date(text)
    return {"text": found.text, "earliest": found.earliest, "latest": found.latest}


def cited(rows: Iterable[models.Model]) -> Places:
    """Return where each of ``rows``, all of one model, stands; by primary key."""
    known: dict[int, list[dict[str, str]]] = {row.pk: [] for row in rows}
    if known:
        model = type(next(iter(rows)))
        found = (
            Citation.objects.filter(
                content_type=ContentType.objects.get_for_model(model), object_id__in=known
            )
            .order_by("pk")
            .values_list("object_id", "source__slug", "locator")
        )
        for pk, source, place in found:
            known[pk].append({"source": source, "place": place})
    return known
