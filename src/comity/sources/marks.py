"""The quiet marks that say where each fact of a page stands, read in one query."""

from collections.abc import Iterable
from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from comity.sources.locators import address_of, short_form
from comity.sources.originals import changes_of

# Rows of one kind, by primary key.
Kind = type[models.Model]
# A page asks for hundreds of rows of a dozen kinds: written by hand, this costs a tenth of
# what it costs to have it written.
CITED = (
    "SELECT c.content_type_id, c.object_id, c.field, o.id, s.slug, s.symbol, c.locator, "
    "0 AS said_in_words, c.id "
    "FROM sources_citation c JOIN sources_source s ON s.id = c.source_id "
    "LEFT JOIN sources_original o "
    "ON o.content_type_id = c.content_type_id AND o.object_id = c.object_id "
    "WHERE {} UNION ALL "
    "SELECT c.content_type_id, c.object_id, '', NULL, '', c.words, '', 1, c.id "
    "FROM sources_grounds c WHERE {} ORDER BY 8, 9"
)
ONE_KIND = "(c.content_type_id = %s AND c.object_id IN ({}))"


class Marks:
    """The marks of the rows of a page, each drawn once however many rows share it."""

    def __init__(self, rows: Iterable[tuple[Kind, Iterable[int]]]) -> None:
        self._kinds: dict[int, Kind] = {}
        self._found: dict[tuple[Kind, int], list[SafeString]] = {}
        self._changed: set[tuple[Kind, int]] = set()
        conditions, wanted = [], []
        for kind, pks in rows:
            keys = list(pks)
            if keys:
                content_type = ContentType.objects.get_for_model(kind).pk
                self._kinds[content_type] = kind
                conditions.append(ONE_KIND.format(", ".join(["%s"] * len(keys))))
                wanted += [content_type, *keys]
        if wanted:
            self._read(" OR ".join(conditions), wanted)

    def _read(self, condition: str, wanted: list[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(CITED.format(condition, condition), wanted * 2)
            found = cursor.fetchall()
        language = get_language()
        changed = []
        for content_type, pk, field, original, *place, in_words, _order in found:
            if original is not None:
                changed.append(((content_type, pk), field, place))
                continue
            mark = _draw_words(place[1]) if in_words else _draw(*place, language)
            kept = self._found.setdefault((self._kinds[content_type], pk), [])
            if mark not in kept:
                kept.append(mark)
        if changed:
            self._take_changed(changed)

    def _take_changed(self, rows: Iterable[tuple[tuple[int, int], str, list[str]]]) -> None:
        """Say of rows that people changed what their sources said; the rest stays a bare mark."""
        language = get_language()
        changes = changes_of([key for key, _field, _place in rows])
        said: dict[tuple[int, int], list[SafeString]] = {}
        for key, field, place in rows:
            row = self._kinds[key[0]], key[1]
            if key in changes and changes[key].concerns(field):
                self._changed.add(row)
                said.setdefault(key, []).append(_link(*place, language))
            else:
                self._found.setdefault(row, []).append(_draw(*place, language))
        for key, links in said.items():
            sentence = changes[key].around(_in_a_row(dict.fromkeys(links)))
            mark = format_html('<span class="remark">{}</span>', sentence)
            self._found.setdefault((self._kinds[key[0]], key[1]), []).append(mark)

    def of(self, kind: Kind, pk: int) -> SafeString:
        """Return the marks of one row, one after the other; empty where it has none."""
        return _in_a_row(self._found.get((kind, pk), []))

    def shared(self, kind: Kind, pks: Iterable[int]) -> SafeString:
        """Return the marks that all the rows share, for the head of their section."""
        unchanged = [(kind, pk) for pk in pks if (kind, pk) not in self._changed]
        marks = [self._found.get(row, []) for row in unchanged]
        if not marks:
            return SafeString("")
        common = [mark for mark in marks[0] if all(mark in each for each in marks)]
        return _in_a_row(common)

    def own(self, kind: Kind, pk: int, shared: SafeString) -> SafeString:
        """Return the marks of one row without those that the head of the section shows."""
        rest = (mark for mark in self._found.get((kind, pk), []) if mark not in shared)
        return _in_a_row(rest)


def _in_a_row(marks: Iterable[SafeString]) -> SafeString:
    return mark_safe(" ".join(marks))  # noqa: S308 -- each was drawn by format_html


def mark_of(slug: str, symbol: str, locator: str) -> SafeString:
    """Return the mark of one place in a source."""
    return _draw(slug, symbol, locator, get_language())


@lru_cache(maxsize=4096)
def _draw(slug: str, symbol: str, locator: str, language: str | None) -> SafeString:
    link = _link(slug, symbol, locator, language)
    return format_html('<cite class="source">{}</cite>', link)


def _draw_words(words: str) -> SafeString:
    """Return the mark of something that people entered on these grounds."""
    return format_html('<cite class="source">{}</cite>', words)


@lru_cache(maxsize=4096)
def _link(slug: str, symbol: str, locator: str, _language: str | None) -> SafeString:
    words = short_form(locator) or symbol
    return format_html('<a href="{}">{}</a>', address_of(slug, locator), words)
