"""What the page of a State or an organisation shows, on a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.dates import in_words, parse_date
from comity.core.facts import perhaps_in_force
from comity.core.languages import language_name
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.pages.queries.lines import OFFICE_WORDS, Line, dated, foreign, words_of
from comity.pages.queries.marks import Marks
from comity.pages.vocabulary import said
from comity.parties.models import NameKind, Party
from comity.parties.models.parties import name_of
from comity.processes.models import (
    COUNTED,
    TAKING_PART,
    Agreement,
    Area,
    Attendance,
    Grouping,
    Meeting,
    Office,
    Participation,
    Partnership,
    Status,
    Term,
)
from comity.projects.models import ProjectCountry
from comity.ui.pieces import Label

STATUS_WORDS = dict(Status.choices)
Rows = list[Any]  # Any: named tuples, whose type no name can be given
MOST_AREAS = 5
MOST_SHARED = 20


@dataclass(frozen=True)
class Seat:
    """A process in which the party takes part, and what that means."""

    process: Label
    slug: str
    status: str
    behalf: str
    since: str
    process_since: str
    others: int
    areas: list[str]
    more_areas: int
    sources: SafeString


@dataclass(frozen=True)
class Companion:
    """Another party, and the processes in which both sit."""

    name: str
    url: str
    common: set[str]


@dataclass(frozen=True)
class NameLine:
    """What the party is or was called in a language."""

    language: str
    language_name: str
    name: str
    when: str
    is_in_source: bool


class PartyPage:
    """Everything that the page of a party shows of a day."""

    def __init__(self, party: Party, on: date) -> None:
        self.party, self.on = party, on
        self._read()
        self._take_names()

    def _read(self) -> None:
        party, on = self.party, self.on
        own: Rows = list(
            Participation.objects.filter(
                perhaps_in_force(on), party=party, status__in=TAKING_PART
            )
            .annotate(behalf=name_of("for_territory", on))
            .order_by("process__order")
            .values_list(
                "pk", "process_id", "process__slug", "process__short_name", "process__region",
                "process__begins", "status", "begins", "begins_earliest", "for_territory_id",
                "behalf", named=True,
            )
        )  # fmt: skip
        processes = [row.process_id for row in own]
        areas: dict[int, list[str]] = defaultdict(list)
        for process, words in Area.objects.filter(process__in=processes, part_of=None).values_list(
            "process_id", "words"
        ):
            areas[process].append(words)
        others: Rows = list(
            Participation.objects.filter(
                perhaps_in_force(on), process__in=processes, status__in=COUNTED
            )
            .exclude(party=party)
            .annotate(name=name_of("party", on))
            .values_list("process_id", "party_id", "party__code", "name", named=True)
        )
        rows = self._read_records()
        terms: Rows = list(
            Term.objects.filter(perhaps_in_force(on), party=party)
            .exclude(office=Office.KEEPER)
            .values_list(
                "pk", "office", "begins", "begins_earliest", "note", "process__slug",
                "process__short_name", named=True,
            )
        )  # fmt: skip
        self.marks = Marks(
            [
                (Participation, [row.pk for row in own]),
                (Term, [row.pk for row in terms]),
                *((kind, [row.pk for row in found]) for kind, found in rows.items()),
            ]
        )
        self._take_seats(own, areas, others)
        self._take_records(rows)
        self.terms = [
            Line(
                when=in_words(parse_date(row.begins)) if row.begins_earliest else "",
                title=f"{OFFICE_WORDS[row.office]}, {text_in(row.process__short_name)}",
                url=reverse("pages:process", args=[row.process__slug]),
                remark=said(row.note),
                sources=self.marks.of(Term, row.pk),
            )
            for row in terms
        ]

    def _read_records(self) -> dict[type, Rows]:
        party = self.party
        return {
            Attendance: list(
                Attendance.objects.filter(party=party)
                .order_by(F("meeting__days_latest").desc(nulls_last=True))
                .values_list(
                    "pk", "meeting__slug", "meeting__title", "meeting__days", "role", named=True
                )
            ),
            Meeting: list(
                Meeting.objects.filter(country=party)
                .latest_first()
                .values_list("pk", "slug", "title", "days", "place", named=True)
            ),
            ProjectCountry: list(
                ProjectCountry.objects.filter(party=party).values_list(
                    "pk", "project__slug", "project__title", "project__status", named=True
                )
            ),
            Partnership: list(
                Partnership.objects.filter(party=party).values_list(
                    "pk", "process__slug", "process__short_name", "process__region", "role",
                    named=True,
                )
            ),
            Agreement: list(
                Agreement.objects.filter(parties=party).values_list(
                    "pk", "title", "signed", "note", named=True
                )
            ),
            Grouping: list(
                Grouping.objects.filter(party=party).values_list("pk", "name", "region", named=True)
            ),
        }  # fmt: skip

    def _take_seats(self, own: Rows, areas: dict[int, list[str]], others: Rows) -> None:
        count: dict[int, int] = defaultdict(int)
        common: dict[int, set[str]] = defaultdict(set)
        known: dict[int, tuple[str, str]] = {}
        slugs = {row.process_id: row.process__slug for row in own}
        for row in others:
            count[row.process_id] += 1
            common[row.party_id].add(slugs[row.process_id])
            known[row.party_id] = (row.name, row.party__code)
        self.seats = [
            Seat(
                process=Label(
                    text_in(row.process__short_name),
                    reverse("pages:process", args=[row.process__slug]),
                    row.process__region,
                ),
                slug=row.process__slug,
                status=str(STATUS_WORDS[row.status]),
                behalf=row.behalf if row.for_territory_id else "",
                since=in_words(parse_date(row.begins)) if row.begins_earliest else "",
                process_since=in_words(parse_date(row.process__begins))
                if row.process__begins
                else "",
                others=count[row.process_id],
                areas=areas[row.process_id][:MOST_AREAS],
                more_areas=max(0, len(areas[row.process_id]) - MOST_AREAS),
                sources=self.marks.of(Participation, row.pk),
            )
            for row in own
        ]
        companions = [
            Companion(
                known[party][0], reverse("pages:party", args=[known[party][1]]), common[party]
            )
            for party in common
        ]
        companions.sort(key=lambda each: (-len(each.common), sort_key(each.name)))
        self.met = len(companions)
        self.met_twice = [each for each in companions if len(each.common) > 1]
        self.companions = (self.met_twice or companions)[:MOST_SHARED]
        self.more_companions = companions[MOST_SHARED : MOST_SHARED * 4]

    def _take_records(self, rows: dict[type, Rows]) -> None:
        marks = self.marks
        self.attended = [
            Line(
                dated(row.meeting__days),
                text_in(row.meeting__title),
                reverse("pages:meeting", args=[row.meeting__slug]),
                said(row.role),
                marks.of(Attendance, row.pk),
                language=foreign(row.meeting__title),
            )
            for row in rows[Attendance]
        ]
        self.hosted = [
            Line(
                dated(row.days),
                text_in(row.title),
                reverse("pages:meeting", args=[row.slug]),
                row.place,
                marks.of(Meeting, row.pk),
                language=foreign(row.title),
            )
            for row in rows[Meeting]
        ]
        self.projects = [
            Line(
                "",
                text_in(row.project__title),
                reverse("pages:project", args=[row.project__slug]),
                words_of(row.project__status),
                marks.of(ProjectCountry, row.pk),
                language=foreign(row.project__title),
            )
            for row in rows[ProjectCountry]
        ]
        self.roles = [
            Line(
                "",
                text_in(row.process__short_name) if row.process__slug else _("All processes"),
                reverse("pages:process", args=[row.process__slug]) if row.process__slug else "",
                said(row.role),
                marks.of(Partnership, row.pk),
            )
            for row in rows[Partnership]
        ]
        self.agreements = [
            Line(
                dated(row.signed),
                text_in(row.title),
                "",
                said(row.note),
                marks.of(Agreement, row.pk),
            )
            for row in rows[Agreement]
        ]
        self.groupings = [
            Line("", said(row.name), reverse("pages:groupings"), "", marks.of(Grouping, row.pk))
            for row in rows[Grouping]
        ]

    def _take_names(self) -> None:
        names = sorted(
            self.party.names.all(),
            key=lambda name: (name.kind, name.language, name.ends or "9999"),
        )
        self.names = [
            NameLine(
                language=name.language,
                language_name=language_name(name.language),
                name=name.name,
                when=_("until %(date)s") % {"date": in_words(parse_date(name.ends))}
                if name.ends
                else "",
                is_in_source=name.kind == NameKind.IN_SOURCE,
            )
            for name in names
        ]
        official = [name for name in names if name.kind == NameKind.OFFICIAL]
        day = self.on.isoformat()
        current = [name for name in official if not name.begins or name.begins <= day]
        current.sort(key=lambda name: name.begins, reverse=True)
        chosen = get_language() or "en"
        best = [name for name in current if name.language == chosen] or [
            name for name in current if name.language == "en"
        ]
        self.name = best[0].name if best else self.party.code
        languages = {name.name: name.language for name in names if name.language in {"en", chosen}}
        languages.pop(self.name, None)
        self.also = [
            format_html('<bdi lang="{}">{}</bdi>', languages[name], name)
            for name in sorted(languages, key=sort_key)
        ]
