"""Where the facts of the overview stand, in words that name document and paragraph."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from html import unescape
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from comity.core.dates import in_words, parse_date
from comity.core.punctuation import semicolon
from comity.core.translated import text_in
from comity.processes.models import Process
from comity.sources.locators import short_form
from comity.sources.marks import Kind
from comity.sources.models import Citation, Source, Statement
from comity.sources.originals import changes_of

Place = tuple[Source, str]


class Places:
    """The places on which rows rest, read in one query, and what people changed of them."""

    def __init__(self, rows: Mapping[Kind, Iterable[int]]) -> None:
        self._types = {kind: ContentType.objects.get_for_model(kind).pk for kind in rows}
        wanted = Q(pk__in=())
        for kind, pks in rows.items():
            wanted |= Q(content_type=self._types[kind], object_id__in=list(pks))
        self._found: dict[tuple[int, int], list[Citation]] = defaultdict(list)
        for each in Citation.objects.filter(wanted).select_related("source").order_by("pk"):
            self._found[each.content_type_id, each.object_id].append(each)
        self._changes = changes_of(self._found)

    def of(self, kind: Kind, pk: int) -> str:
        """Return where a row stands; for one that people changed, what its source said."""
        key = self._types[kind], pk
        found = self._found.get(key)
        if not found:
            return ""
        change = self._changes.get(key)
        if change and any(change.concerns(each.field) for each in found):
            return unescape(str(change.around(in_order((e.source, e.locator) for e in found))))
        return in_order((each.source, each.locator) for each in found)

    @property
    def sources(self) -> list[Source]:
        """The sources that are cited anywhere, by their symbols."""
        known = {each.source for rows in self._found.values() for each in rows}
        return sorted(known, key=str)


def in_order(places: Iterable[Place]) -> str:
    """Return places in words, each source named once, as in “MC/INF/266, ¶6; Annex I, ¶5”."""
    found: dict[Source, list[str]] = {}
    for source, locator in places:
        words = short_form(locator)
        kept = found.setdefault(source, [])
        if words and words not in kept:
            kept.append(words)
    named = (
        ", ".join([str(each), semicolon().join(kept)]) if kept else str(each)
        for each, kept in found.items()
    )
    return semicolon().join(named)


def read_differences(processes: Iterable[int]) -> dict[tuple[int, str], str]:
    """Return what sources say differently, by process and subject, as a sentence."""
    rows: dict[tuple[int, str], list[Statement]] = defaultdict(list)
    found: Any = Statement.objects.filter(
        content_type=ContentType.objects.get_for_model(Process), object_id__in=list(processes)
    )
    for each in found.select_related("source").order_by("object_id", "about", "order", "pk"):
        rows[each.object_id, each.about].append(each)
    return {key: _difference(some) for key, some in rows.items() if len(some) > 1}


def _difference(statements: Iterable[Statement]) -> str:
    told = (
        _("%(words)s (%(place)s)")
        % {"words": text_in(each.value), "place": in_order([(each.source, each.locator)])}
        for each in statements
    )
    return _("The sources differ: %(statements)s.") % {"statements": semicolon().join(told)}


def described(source: Source) -> str:
    """Return a source as a bibliography has it."""
    parts = [
        source.symbol,
        text_in(source.title),
        source.published_by,
        in_words(parse_date(source.issued)) if source.issued else "",
        source.licence,
        source.url,
    ]
    return ". ".join(part for part in parts if part) + "."


def latest_of(sources: Iterable[Source]) -> tuple[date, str] | None:
    """Return the day and the date, in words, of the newest source."""
    dated = [(each.issued_latest, each.issued) for each in sources if each.issued_latest]
    if not dated:
        return None
    day, text = max(dated)
    return day, in_words(parse_date(text))
