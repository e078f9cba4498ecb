"""What all facts share: addresses, dates, and where they stand."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from comity.core.dates import parse_date
from comity.sources.models import Citation
from comity.sources.queries import said_in_words

# Makes an address of ours whole, with scheme and host.
Whole = Callable[[str], str]
Facts = dict[str, Any]
# What a row rests on: places in sources, and words of its editors.
Resting = Mapping[int, Facts]


def when(text: str) -> Facts | None:
    """Return a date as programs are told it, nothing for none."""
    if not text:
        return None
    found = parse_date(text)
    return {"text": found.text, "earliest": found.earliest, "latest": found.latest}


def rests_on(rows: Iterable[models.Model]) -> Resting:
    """Return what each of ``rows``, all of one model, rests on; by primary key."""
    known: dict[int, Facts] = {row.pk: {"sources": [], "grounds": []} for row in rows}
    if known:
        kind = ContentType.objects.get_for_model(type(next(iter(rows))))
        found = (
            Citation.objects.filter(content_type=kind, object_id__in=known)
            .order_by("pk")
            .values_list("object_id", "source__slug", "locator")
        )
        for pk, source, place in found:
            known[pk]["sources"].append({"source": source, "place": place})
        for pk, words in said_in_words(kind, known):
            known[pk]["grounds"].append(words)
    return known
