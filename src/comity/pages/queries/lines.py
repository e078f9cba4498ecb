"""The lines that lists of pages are made of."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.dates import in_words, parse_date, since_in_words
from comity.core.translated import text_in
from comity.parties.models import Party
from comity.parties.models.parties import SEATED
from comity.processes import models as tables
from comity.sources.marks import Marks
from comity.sources.vocabulary import KINDS, SOURCE_LANGUAGE, reads_source, said
from comity.ui.templatetags.ui import with_language

IN_BRACKETS = re.compile(r"\(([^()]+)\)$")
OFFICE_WORDS = dict(tables.Office.choices)


@dataclass(frozen=True)
class Line:
    """A thing with its date in front, a remark behind, and where the fact stands."""

    when: str
    title: str
    url: str
    remark: str
    sources: SafeString = SafeString("")  # noqa: RUF009 -- it never changes
    language: str = ""


@dataclass(frozen=True)
class Office:
    """Somebody or something that serves a process."""

    label: str
    holder: str
    url: str = ""
    since: str = ""
    note: str = ""
    sources: SafeString = SafeString("")  # noqa: RUF009 -- it never changes


def office_line(row: Any, marks: Marks) -> Office:  # noqa: ANN401 -- a named tuple
    """Return a term of office as the page shows it."""
    return Office(
        label=str(OFFICE_WORDS[row.office]),
        holder=row.name,
        url=address_of_party(row.party__code, row.party__kind),
        since=since_words(row.begins) if row.begins_earliest else "",
        note=said(row.note),
        sources=marks.of(tables.Term, row.pk),
    )


@lru_cache(maxsize=8192)
def address(page: str, key: str) -> str:
    """Return the address of the page of one thing; a list asks for many of them."""
    return reverse(page, args=[key])


def address_of_party(code: str | None, kind: str | None) -> str:
    """Return the address of a party by its kind; none for what is no party of ours."""
    if not code:
        return ""
    return address("pages:party" if kind in SEATED else "pages:organisation", code)


def country_names(places: Iterable[str]) -> dict[str, str]:
    """Return those of ``places`` that are countries, under what the reader's language calls them.

    A meeting stands in its source as “Tunisia” where no town is named. To who reads the
    language of the source nothing is asked.
    """
    wanted = {place for place in places if place}
    if reads_source() or not wanted:
        return {}
    countries: Any = Party.objects.filter(  # Any: named
        kind__in=SEATED, names__name__in=wanted, names__language=SOURCE_LANGUAGE
    ).with_name(timezone.localdate())
    return dict(countries.values_list("names__name", "name"))


def short_name(acronym: str, name: str) -> str:
    """Return the short name of an organisation in the language of its ``name``.

    Names in other languages than that of the source end with theirs in brackets.
    """
    if reads_source():
        return acronym or name
    found = IN_BRACKETS.search(name)
    return found[1] if found else name


def kept_name(kept: str) -> str:
    """Return a name from the JSON in which it is kept, marked with its language if foreign.

    A name that is a word of the source for a kind of thing is said in the reader's language.
    """
    text = json.loads(kept)
    shown = text_in(text)
    return said(shown) if shown in KINDS else with_language(text)


def foreign(text: Mapping[str, str]) -> str:
    """Return the language in which a text is shown, where that is not the reader's."""
    chosen = get_language() or settings.LANGUAGE_CODE
    if chosen in text or not text:
        return ""
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in text else next(iter(text))


def words_of(text: str) -> str:
    """Return words of a source as the start of a line, in the reader's language where we can."""
    words = str(KINDS.get(text, text))
    return words[:1].upper() + words[1:]


def noted(days: str, note: str) -> str:
    """Return a note of a dated thing; one that only repeats that it has no date says nothing."""
    return "" if not days and note == "undated" else said(note)


def dated(text: str) -> str:
    """Return a date in the reader's words, or that there is none."""
    return in_words(parse_date(text)) if text else _("not dated")


def since_words(begins: str) -> str:
    """Return since when something holds, in the reader's words."""
    return since_in_words(parse_date(begins))


def period(begins: str, ends: str) -> str:
    """Return from when until when, in the reader's words."""
    if begins and ends:
        return in_words(parse_date(f"{begins}/{ends}")) if begins != ends else dated(begins)
    if begins:
        return since_words(begins)
    return _("until %(date)s") % {"date": dated(ends)} if ends else ""
