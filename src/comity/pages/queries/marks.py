"""The quiet marks that say where each fact of a page stands, read in one query."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comity.sources.locators import anchor_of, short_form
from comity.sources.models import Citation

# Rows of one kind, by primary key.
Kind = type[models.Model]


class Marks:
    """The marks of the rows of a page, each drawn once however many rows share it."""

    def __init__(self, rows: Iterable[tuple[Kind, Iterable[int]]]) -> None:
        condition = Q()
        self._kinds: dict[int, Kind] = {}
        for kind, pks in rows:
            wanted = list(pks)
            if wanted:
                content_type = ContentType.objects.get_for_model(kind).pk
                self._kinds[content_type] = kind
                condition |= Q(content_type=content_type, object_id__in=wanted)
        self._found: dict[tuple[Kind, int], list[SafeString]] = {}
        self._drawn: dict[tuple[str, str], SafeString] = {}
        if condition:
            self._read(condition)

    def _read(self, condition: Q) -> None:
        found = Citation.objects.filter(condition).values_list(
            "content_type_id", "object_id", "source__slug", "source__symbol", "locator"
        )
        for content_type, pk, slug, symbol, locator in found:
            place = (slug, locator)
            if place not in self._drawn:
                self._drawn[place] = _draw(slug, symbol, locator)
            kept = self._found.setdefault((self._kinds[content_type], pk), [])
            if self._drawn[place] not in kept:
                kept.append(self._drawn[place])

    def of(self, kind: Kind, pk: int) -> SafeString:
        """Return the marks of one row, one after the other; empty where it has none."""
        return _in_a_row(self._found.get((kind, pk), []))

    def shared(self, kind: Kind, pks: Iterable[int]) -> SafeString:
        """Return the marks that all the rows share, for the head of their section."""
        marks = [self._found.get((kind, pk), []) for pk in pks]
        if not marks:
            return SafeString("")
        common = [mark for mark in marks[0] if all(mark in each for each in marks)]
        return _in_a_row(common)

    def own(self, kind: Kind, pk: int, shared: SafeString) -> SafeString:
        """Return the marks of one row without those that the head of the section shows."""
        rest = (mark for mark in self._found.get((kind, pk), []) if mark not in shared)
        return _in_a_row(rest)


def _in_a_row(marks: Iterable[SafeString]) -> SafeString:
    return format_html_join(" ", "{}", ((mark,) for mark in marks))


def _draw(slug: str, symbol: str, locator: str) -> SafeString:
    address = reverse("sources:detail", args=[slug])
    anchor = anchor_of(locator)
    url = f"{address}#{anchor}" if anchor else address
    words = short_form(locator) or symbol
    return format_html('<cite class="source"><a href="{}">{}</a></cite>', url, words)
