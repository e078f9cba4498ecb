"""What is on record of a party beside where it sits: offices, meetings, names, and the rest."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.dates import in_words, parse_date
from comity.core.facts import in_force_on
from comity.core.languages import LANGUAGE_NAMES, language_name
from comity.core.prepared import Rows
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.library.models import Study
from comity.pages.queries.lines import (
    OFFICE_WORDS,
    Line,
    address,
    address_of_party,
    dated,
    foreign,
    kept_name,
    noted,
    period,
)
from comity.pages.queries.party_rows import Found
from comity.pages.queries.process_sections import MEETING_WORDS, TOOK_PLACE, Section
from comity.parties.models import NameKind
from comity.processes import models as tables
from comity.projects.models import Project
from comity.sources.marks import Kind, Marks
from comity.sources.vocabulary import said
from comity.ui.pieces import Label
from comity.ui.templatetags.ui import with_language

FOCUS_WORDS = dict(tables.GroupingFocus.choices)
STATUS_WORDS = dict(tables.Status.choices)
# Which rows carry the sources of what is read under each name.
CITED: Final[dict[str, Kind]] = {
    "past": tables.Participation,
    "ahead": tables.Meeting,
    "hosted": tables.Meeting,
    "named": tables.Attendance,
    "term": tables.Term,
    "seat": tables.Seat,
    "body": tables.Body,
    "partnership": tables.Partnership,
    "agreement": tables.Agreement,
    "grouping": tables.Grouping,
    "project": Project,
    "carried": Project,
    "study": Study,
}


@dataclass(frozen=True)
class Office:
    """An office, a seat or a body that the party holds or held in a process."""

    label: str
    process: str
    url: str
    when: str
    note: str
    holds: bool
    sources: SafeString


@dataclass(frozen=True)
class Service:
    """A process, and all that the party does for it in the words of the source."""

    process: Label
    roles: list[tuple[str, SafeString]]


@dataclass(frozen=True)
class NameLine:
    """What the party is or was called in a language."""

    language: str
    language_name: str
    name: str
    when: str


@dataclass(frozen=True)
class Kin:
    """A party that belongs together with this one."""

    name: str
    url: str
    remark: str


@dataclass(frozen=True)
class Department:
    """A ministry with the posts on record in it; without a name those of none."""

    name: str
    posts: list[str] = field(default_factory=list)


class Record:
    """All that one question has found of a party, as the page shows it on a day."""

    def __init__(self, found: Found, marks: Marks, on: date) -> None:
        self._found, self._marks, self._on = found, marks, on
        self.past = self._section("past", self._past)
        self.ahead = self._section("ahead", self._meeting)
        self.hosted = self._section("hosted", self._meeting)
        self.named = self._section("named", self._meeting)
        self.agreements = self._section("agreement", self._agreement)
        self.groupings = self._section("grouping", self._grouping)
        self.projects = self._section("project", self._project)
        self.carried = self._section("carried", self._project)
        self.studies = self._section("study", self._study)
        self.offices = self._offices()
        self.services = self._services()
        self.served = sum(bool(each.process.url) for each in self.services)
        self.roles = sum(len(each.roles) for each in self.services)
        self.departments = self._departments()
        self.parts = [_kin(row) for row in found["part"]]
        self.more_parts = found["part"][0].total - len(self.parts) if self.parts else 0
        self.above = [_kin(row) for row in found["above"]]
        self.successors = [_kin(row) for row in found["successor"]]
        self.predecessors = [_kin(row) for row in found["predecessor"]]

    def _section(self, what: str, draw: Callable[[Any, SafeString], Line]) -> Section:
        rows = self._found[what]
        kind = CITED[what]
        return Section(
            lines=[draw(row, self._marks.of(kind, row.pk)) for row in rows],
            total=rows[0].total if rows else 0,
        )

    def _past(self, row: Any, sources: SafeString) -> Line:  # noqa: ANN401 -- a named tuple
        return Line(
            when=period(row.three, row.four),
            title=kept_name(row.two),
            url=address("pages:process", row.one),
            remark=str(STATUS_WORDS[row.five]),
            sources=sources,
        )

    def _meeting(self, row: Any, sources: SafeString) -> Line:  # noqa: ANN401 -- a named tuple
        title = json.loads(row.two)
        told = "" if row.five in TOOK_PLACE else str(MEETING_WORDS[row.five])
        process = text_in(json.loads(row.six)) if row.six else ""
        return Line(
            when=dated(row.three),
            title=text_in(title),
            url=address("pages:meeting", row.one),
            remark=_joined(process, row.four, told, said(row.seven)),
            sources=sources,
            language=foreign(title),
        )

    def _agreement(self, row: Any, sources: SafeString) -> Line:  # noqa: ANN401 -- a named tuple
        title = json.loads(row.three)
        return Line(
            when=dated(row.four),
            title=text_in(title),
            url=address("pages:process", row.one) if row.one else "",
            remark=noted(row.four, row.five),
            sources=sources,
            language=foreign(title),
        )

    def _grouping(self, row: Any, sources: SafeString) -> Line:  # noqa: ANN401 -- a named tuple
        return Line("", said(row.one), "", str(FOCUS_WORDS[row.two]), sources)

    def _project(self, row: Any, sources: SafeString) -> Line:  # noqa: ANN401 -- a named tuple
        title = json.loads(row.two)
        process = text_in(json.loads(row.six)) if row.six else ""
        return Line(
            when=period(row.three, row.four) or _("not dated"),
            title=text_in(title),
            url=address("pages:project", row.one),
            remark=_joined(said(row.five, at_start=True), process),
            sources=sources,
            language=foreign(title),
        )

    def _study(self, row: Any, sources: SafeString) -> Line:  # noqa: ANN401 -- a named tuple
        title = json.loads(row.two)
        process = text_in(json.loads(row.five)) if row.five else ""
        return Line(
            when=dated(row.three),
            title=text_in(title),
            url=address("pages:study", row.one),
            remark=_joined(said(row.four, at_start=True), process),
            sources=sources,
            language=foreign(title),
        )

    def _offices(self) -> list[Office]:
        """Return terms, bodies and seats: those held on the day first, then those of before."""
        rows = [
            *((row, str(OFFICE_WORDS[row.six])) for row in self._found["term"]),
            *((row, _("Seat")) for row in self._found["seat"]),
            *((row, said(row.six, at_start=True)) for row in self._found["body"]),
        ]
        offices = [
            Office(
                label=label,
                process=kept_name(row.two),
                url=address("pages:process", row.one),
                when=period(row.three, row.four) if _says_when(row.three, row.four) else "",
                note=_joined(kept_name(row.seven) if row.seven else "", said(row.five)),
                holds=in_force_on("", row.four, self._on),
                sources=self._marks.of(CITED[row.what], row.pk),
            )
            for row, label in rows
            if row.what != "body" or in_force_on(row.three, "", self._on)
        ]
        return sorted(offices, key=lambda each: not each.holds)

    def _services(self) -> list[Service]:
        """Return what the party does, by process; what it does for all of them comes last."""
        found: dict[Label, list[tuple[str, SafeString]]] = defaultdict(list)
        for row in self._found["partnership"]:
            label = (
                Label(kept_name(row.two), address("pages:process", row.one), row.three)
                if row.one
                else Label(_("All processes"))
            )
            found[label].append((said(row.four), self._marks.of(tables.Partnership, row.pk)))
        return [Service(label, roles) for label, roles in found.items()]

    def _departments(self) -> list[Department]:
        """Return the ministries with their posts, then the posts of no ministry."""
        found: dict[str, list[str]] = {row.one: [] for row in self._found["ministry"]}
        for row in self._found["post"]:
            found.setdefault(row.two, []).append(with_language(json.loads(row.one)))
        return [
            Department(with_language(json.loads(name)) if name else "", posts)
            for name, posts in sorted(found.items(), key=lambda each: not each[0])
        ]


class Names:
    """What a party is called on a day in each language, before that, and in sources."""

    def __init__(self, rows: Rows, code: str, on: date) -> None:
        official = [row for row in rows if row.three == NameKind.OFFICIAL]
        begun = [row for row in official if _begun(row.four, on)]
        # The question gives the latest first, and those without a date last.
        current: dict[str, Any] = {}
        for row in begun:
            current.setdefault(row.one, row)
        order = list(LANGUAGE_NAMES)
        chosen = get_language() or "en"
        best = current.get(chosen) or current.get("en")
        self.name = best.two if best else code
        self.language = best.one if best and best.one != chosen else ""
        self.current = [
            _name(row) for row in sorted(current.values(), key=lambda row: _rank(order, row.one))
        ]
        earlier = [row for row in begun if row not in current.values()]
        self.earlier = [
            _name(row) for row in sorted(earlier, key=lambda row: _rank(order, row.one))
        ]
        known = {row.two for row in official}
        written = {row.two: row.one for row in rows if row.three != NameKind.OFFICIAL}
        self.written = [
            NameLine(written[name], language_name(written[name]), name, "")
            for name in sorted(written.keys() - known, key=sort_key)
        ]
        self.sources = sorted({row.six for row in begun if row.six})


def kinds_of(found: Found) -> list[tuple[Kind, list[int]]]:
    """Return which rows of each kind have been found; two kinds of finding may share a kind."""
    keys: dict[Kind, dict[int, None]] = {}
    for what, kind in CITED.items():
        keys.setdefault(kind, {}).update(dict.fromkeys(row.pk for row in found[what]))
    return [(kind, list(pks)) for kind, pks in keys.items()]


def _name(row: Any) -> NameLine:  # noqa: ANN401 -- a named tuple
    return NameLine(row.one, language_name(row.one), row.two, period(row.four, row.five))


def _rank(order: list[str], language: str) -> tuple[int, str]:
    return (order.index(language) if language in order else len(order), language)


def _begun(begins: str, on: date) -> bool:
    earliest = parse_date(begins).earliest if begins else None
    return earliest is None or earliest <= on


def _kin(row: Any) -> Kin:  # noqa: ANN401 -- a named tuple
    ended = _("until %(date)s") % {"date": in_words(parse_date(row.five))} if row.five else ""
    return Kin(row.three, address_of_party(row.one, row.two), _joined(row.four, ended))


def _says_when(begins: str, ends: str) -> bool:
    """Whether a source says more than that something held when the source was written."""
    return bool(ends) or not begins.startswith("../")


def _joined(*words: str) -> SafeString:
    return format_html_join(", ", "{}", ((each,) for each in words if each))
