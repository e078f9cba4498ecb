"""The overview of all processes on a day: who takes part, who serves, what they work on.

It has the columns of Annex II of the paper, beside them the offices of the day, and behind each
fact a note that says where it stands. Words are in the language that is active.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from comity.core.dates import day_in_words, in_words, parse_date, since_in_words
from comity.core.facts import perhaps_in_force
from comity.core.punctuation import semicolon
from comity.core.translated import text_in
from comity.pages.queries.overview_held import read_held
from comity.pages.queries.overview_names import names_by_process, rename
from comity.pages.queries.overview_offices import Offices
from comity.pages.queries.overview_places import (
    Places,
    described,
    latest_of,
    read_differences,
)
from comity.pages.queries.overview_words import (
    Cell,
    Line,
    Note,
    Notes,
    Piece,
    area_in,
    capital,
    is_translated,
    label,
    listed,
    sentence,
    summed_up,
    told,
    with_notes,
)
from comity.parties.models.parties import name_of
from comity.processes.approved import Names
from comity.processes.models import (
    COUNTED,
    Area,
    Body,
    OpenSet,
    Participation,
    Process,
    ProcessKind,
    Stage,
    StageKind,
    Status,
    Term,
)
from comity.sources.marks import Kind

STATUS_WORDS = dict(Status.choices)
STAGE_WORDS = dict(StageKind.choices)
NO_NAMES = Names()
Named = Any  # rows with the names of the day beside their fields


@dataclass(frozen=True)
class OverviewRow:
    """A process in the overview, column by column; ``count`` is of its participants."""

    slug: str
    url: str
    process: Cell
    since: Cell
    participants: Cell
    offices: Cell
    areas: Cell
    count: int
    heads: list[str]

    @property
    def cells(self) -> list[Cell]:
        """The columns after the first."""
        return [self.since, self.participants, self.offices, self.areas]

    @property
    def labelled(self) -> list[tuple[str, Cell]]:
        """The columns after the first, each under its head."""
        return list(zip(self.heads[1:], self.cells, strict=True))


@dataclass(frozen=True)
class Overview:
    """Everything that the page, the Word file and the PDF show."""

    on: date
    is_made_up: bool
    language: str
    title: str
    day: str
    summary: str
    heads: list[str]
    rows: list[OverviewRow]
    remarks: list[str]
    notes: list[Note]
    sources: list[str]
    disclaimer: str


def read_overview(on: date, *, made_up: bool = False) -> Overview:
    """Return the overview of that day in the active language, in as many queries for any number."""
    return _Reading(on, made_up=made_up).overview()


class _Reading:
    """Reads everything at once, then puts it together process by process."""

    def __init__(self, on: date, *, made_up: bool) -> None:
        self.on, self.made_up = on, made_up
        self.language = get_language() or settings.LANGUAGE_CODE
        every = Process.objects.filter(kind=ProcessKind.PROCESS, is_made_up=made_up)
        known = sorted(every, key=lambda p: (p.begins_earliest or date.max, p.order, p.pk))
        self.processes = [p for p in known if not (p.begins_earliest and on < p.begins_earliest)]
        self.later = [process for process in known if process not in self.processes]
        pks = [process.pk for process in self.processes]
        self.participations = read_held(pks, on)
        terms = Term.objects.filter(perhaps_in_force(on), process__in=pks)
        self.terms = _by_process(terms.annotate(name=name_of("party", on)))
        self.names = names_by_process(pks, on)
        for process, names in self.names.items():
            rename([*self.participations[process], *self.terms[process]], names)
        self.stages = _by_process(Stage.objects.filter(perhaps_in_force(on), process__in=pks))
        self.bodies = _by_process(Body.objects.filter(process__in=pks))
        self.open_sets = _by_process(OpenSet.objects.filter(process__in=pks))
        self.areas = _by_process(Area.objects.filter(process__in=pks).order_by("order", "pk"))
        self.differences = read_differences(pks)
        self.places = Places(
            {
                Process: pks,
                **{
                    kind: [row.pk for some in rows.values() for row in some]
                    for kind, rows in (
                        (Participation, self.participations),
                        (Term, self.terms),
                        (Body, self.bodies),
                        (OpenSet, self.open_sets),
                        (Area, self.areas),
                    )
                },
            }
        )
        self.notes = Notes()
        self.heads = [
            _("Process"),
            _("Since"),
            _("Participants"),
            _("Chair and secretariat"),
            _("Main areas of interest"),
        ]

    def overview(self) -> Overview:
        rows = [self._row(process) for process in self.processes]
        day = day_in_words(self.on)
        held = [row for some in self.participations.values() for row in some]
        counted = [row for row in held if row.status in COUNTED]
        return Overview(
            on=self.on,
            is_made_up=self.made_up,
            language=self.language,
            title=_("Participation in regional consultative processes on migration"),
            day=capital(_("as of %(day)s") % {"day": day}),
            summary=summed_up(day, len(rows), len({row.party_id for row in counted}), len(counted)),
            heads=self.heads,
            rows=rows,
            remarks=list(self._remarks(day, counted)),
            notes=self.notes.kept,
            sources=[described(source) for source in self.places.sources],
            disclaimer=_(
                "The names and designations in this document do not imply any opinion on the "
                "legal status of a country, territory or area, of its authorities, or of its "
                "frontiers."
            ),
        )

    def _remarks(self, day: str, counted: list[Named]) -> Iterable[str]:
        """Go through what is to be said of the day and of what is vague."""
        if self.made_up:
            yield _("All processes and parties in this document are made up for demonstration.")
        yield _(
            "Processes stand in the order in which they began. Parties bear the names of that day "
            "and stand by them, unless the process has approved names and an order of its own."
        )
        yield _(
            "Only members and participants are counted, and no set of parties that the source does "
            "not enumerate."
        )
        yield from self._vague(day, counted)
        if (latest := latest_of(self.places.sources)) and latest[0] < self.on:
            yield _(
                "The latest source of this document is dated %(date)s. What has changed since is "
                "here only where it was entered in the record."
            ) % {"date": latest[1]}
        if self.later:
            names = (_named_with_beginning(process) for process in self.later)
            yield _("Not listed, because they began later: %(processes)s.") % {
                "processes": semicolon().join(names)
            }
        if any(
            is_translated(area.words, area.language)
            for some in self.areas.values()
            for area in some
        ):
            yield _("The areas of interest were translated for this document; it is no official "
                    "translation.")  # fmt: skip

    def _vague(self, day: str, counted: list[Named]) -> Iterable[str]:
        """Go through what no source dates, and what may not have held on the day."""
        vague = sum(self._may_not_hold(row) for row in counted)
        undated = sum(row.begins_earliest is None for row in counted) - vague
        if undated > 0:
            yield ngettext(
                "The source of %(count)d participation does not say since when it holds.",
                "The sources of %(count)d participations do not say since when they hold.",
                undated,
            ) % {"count": undated}
        if vague:
            yield ngettext(
                "%(count)d participation is known from a source of a later date: whether it held "
                "on %(day)s is not certain.",
                "%(count)d participations are known from sources of a later date: whether they "
                "held on %(day)s is not certain.",
                vague,
            ) % {"count": vague, "day": day}
        if any(self._may_not_hold(term) for some in self.terms.values() for term in some):
            yield _("The same is true of the offices that are shown without a date.")

    def _may_not_hold(self, fact: Named) -> bool:
        return fact.begins_latest is None or fact.begins_latest > self.on

    def _row(self, process: Process) -> OverviewRow:
        self.notes.begin_row()
        rows = self.participations[process.pk]
        counted = [row for row in rows if row.status in COUNTED]
        shared = self._shared(Participation, counted)
        first = {
            _("Process"): self.places.of(Process, process.pk),
            _("participants"): shared,
            _("areas of interest"): self._shared(Area, self.areas[process.pk]),
        }
        offices = Offices(self.places, self.notes, self.on)
        return OverviewRow(
            slug=process.slug,
            url=process.get_absolute_url(),
            process=self._process(process, first),
            since=self._since(process),
            participants=self._participants(process, rows, shared),
            offices=offices.cell(
                self.terms[process.pk],
                self.bodies[process.pk],
                self.differences.get((process.pk, "secretariat"), ""),
            ),
            areas=self._areas(self.areas[process.pk]),
            count=len(counted),
            heads=self.heads,
        )

    def _shared(self, kind: Kind, rows: Iterable[Any]) -> str:
        """Return the places on which all of the rows rest alike, or at least most of them."""
        found = [self.places.of(kind, row.pk) for row in rows]
        return max(dict.fromkeys(found), key=found.count, default="")

    def _process(self, process: Process, first: Mapping[str, str]) -> Cell:
        by_place: dict[str, list[str]] = defaultdict(list)
        for what, where in first.items():
            if where:
                by_place[where].append(what)
        numbers = [
            self.notes.add(sentence(_("%(what)s: %(place)s") % {"what": semicolon().join(what),
                                                                  "place": where}))
            for where, what in by_place.items()
        ]  # fmt: skip
        numbers.append(self.notes.add(self.differences.get((process.pk, "name"), "")))
        name, short = text_in(process.name), text_in(process.short_name)
        cell = [list(with_notes(Piece(name, is_strong=True), numbers))]
        if short not in name:
            cell.append([Piece(short)])
        cell += [
            [Piece(str(STAGE_WORDS[stage.kind]))]
            for stage in self.stages[process.pk]
            if stage.kind != StageKind.ONGOING
        ]
        return cell

    def _since(self, process: Process) -> Cell:
        words = in_words(parse_date(process.begins)) if process.begins else _("not recorded")
        number = self.notes.add(self.differences.get((process.pk, "since"), ""))
        return [list(with_notes(Piece(words), [number]))]

    def _participants(self, process: Process, rows: list[Named], shared: str) -> Cell:
        count = len([row for row in rows if row.status in COUNTED])
        words = ngettext("%(count)d participant", "%(count)d participants", count) % {
            "count": count
        }
        number = self.notes.add(self.differences.get((process.pk, "participants"), ""))
        cell: Cell = [list(with_notes(Piece(words, is_strong=True), [number]))]
        found: dict[str, list[Named]] = defaultdict(list)
        names = self.names.get(process.pk, NO_NAMES)
        for row in sorted(rows, key=lambda row: names.place(row.party_id, row.name, row.order)):
            found[row.status].append(row)
        one_way = len([status for status in COUNTED if found[status]]) < 2
        for status in Status:
            if found[status]:
                line = listed(self._party(row, process, shared) for row in found[status])
                is_plain = one_way and status in COUNTED
                cell.append(line if is_plain else [label(str(STATUS_WORDS[status])), *line])
        cell += [self._open_set(row) for row in self.open_sets[process.pk]]
        return cell

    def _party(self, row: Named, process: Process, shared: str) -> Line:
        name = row.name
        if row.behalf:
            name = _("%(party)s (on behalf of %(territory)s)") % {
                "party": name,
                "territory": row.behalf,
            }
        if row.begins_earliest and row.begins != process.begins:
            since = since_in_words(parse_date(row.begins))
            name = _("%(party)s (%(since)s)") % {"party": name, "since": since}
        place = self.places.of(Participation, row.pk)
        approved = self.names.get(process.pk, NO_NAMES).note_of(row.party_id)
        remark = told(row.note)
        parts = [approved, remark, place if remark or place != shared else ""]
        said = " ".join(sentence(part) for part in parts if part)
        return list(with_notes(Piece(name), [self.notes.add(said)]))

    def _open_set(self, row: OpenSet) -> Line:
        words = area_in(row.words, "en")
        parts = [
            _("The source does not enumerate them, so they are not counted."),
            sentence(self.places.of(OpenSet, row.pk)),
        ]
        number = self.notes.add(" ".join(part for part in parts if part != "."))
        return [label(_("open set")), *with_notes(words, [number])]

    def _areas(self, rows: list[Area]) -> Cell:
        """Return the areas as one line, each with its parts in brackets."""
        parts: dict[int, list[Area]] = defaultdict(list)
        for row in rows:
            if row.part_of_id:
                parts[row.part_of_id].append(row)
        groups = []
        for row in rows:
            if row.part_of_id is None:
                group = [self._area(row)]
                if parts[row.pk]:
                    inner = listed([self._area(part)] for part in parts[row.pk])
                    group += [Piece(" ("), *inner, Piece(")")]
                groups.append(group)
        line = listed(groups)
        if not line:
            return [[Piece(_("not recorded"))]]
        first = line[0]
        return [[Piece(capital(first.words), first.note, first.language), *line[1:]]]

    def _area(self, row: Area) -> Piece:
        found = area_in(row.words, row.language)
        words = found.words
        if words[1:2].islower():
            words = words[:1].lower() + words[1:]
        return Piece(words, language=found.language)


def _named_with_beginning(process: Process) -> str:
    return _("%(process)s (%(since)s)") % {
        "process": text_in(process.short_name),
        "since": in_words(parse_date(process.begins)),
    }


def _by_process(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.process_id].append(row)
    return found
