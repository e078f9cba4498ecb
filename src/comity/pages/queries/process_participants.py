"""Who takes part in a process on a day, and where else each of them sits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from comity.core.dates import in_words, parse_date
from comity.core.prepared import Rows
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.pages.queries.lines import address, since_words
from comity.pages.queries.process_rows import ELSEWHERE, PARTICIPATIONS
from comity.processes.approved import Names, read_names
from comity.processes.models import COUNTED, Participation, Process, Status
from comity.sources.marks import Marks
from comity.sources.vocabulary import said
from comity.ui.pieces import Label

NO_NAMES = Names()
STATUS_WORDS = dict(Status.choices)
MARKS = {Status.INVITED: "invited", Status.OBSERVER: "invited", Status.PARTNER: "invited"}


# As what a country takes part, where its record says so.
ROLES = {
    "is_origin": gettext_lazy("origin"),
    "is_transit": gettext_lazy("transit"),
    "is_destination": gettext_lazy("destination"),
}
# So many guests are named beside the number of participants; more are counted.
MOST_NAMED = 2


@dataclass(frozen=True)
class Participant:
    """A party of the process on the day, and where else it sits.

    ``name`` has the mark of its ``footnote``, where the process has approved one. ``remarks``
    are for whom, since when and what else is to be said, in the reader's words.
    """

    code: str
    m49: str
    name: str
    url: str
    status: str
    mark: str
    behalf: str
    since: str
    written: str
    footnote: str
    remarks: list[str]
    others: list[Label]
    sources: SafeString


@dataclass(frozen=True)
class Shared:
    """Another process, how many participants both have, and who they are."""

    label: Label
    count: int
    names: str


class Participants:
    """The participants of a process on a day, under the names and in the order that it approved.

    Where it has approved none, they stand by name in the reader's language.
    """

    def __init__(
        self, process: int, on: date, rows: Rows, marks: Marks, names: Names = NO_NAMES
    ) -> None:
        elsewhere = _elsewhere(process, on)
        rows = sorted(rows, key=lambda row: names.place(row.party_id, row.name, row.order))
        rows, on_record = names.rename(rows), rows
        self.sources = marks.shared(Participation, [row.pk for row in rows])
        self.rows = [
            Participant(
                code=row.party__code,
                m49=row.party__m49,
                name=row.name,
                url=address("pages:party", row.party__code),
                status=str(STATUS_WORDS[row.status]),
                mark="for-territory" if row.behalf else MARKS.get(row.status, ""),
                behalf=row.behalf or "",
                since=in_words(parse_date(row.begins)) if row.begins_earliest else "",
                written=row.name_in_source if row.name_in_source != old.name else "",
                footnote=names.note_of(row.party_id),
                remarks=_remarks(row),
                others=list(elsewhere.get(row.party_id, {})),
                sources=marks.own(Participation, row.pk, self.sources),
            )
            for row, old in zip(rows, on_record, strict=True)
        ]
        counts = [row.status in COUNTED for row in rows]
        self.counted = sum(counts)
        guests = [
            each for each, is_counted in zip(self.rows, counts, strict=True) if not is_counted
        ]
        self.guests = named_guests([(each.name, each.status) for each in guests])
        self.uncounted = len(rows) - self.counted
        self.is_any_dated = any(row.begins_earliest for row in rows)
        # A party counts once, whatever it also speaks for, and nowhere as a guest: as for overlaps.
        members = {row.party_id: row.name for row in rows if row.status in COUNTED}
        self.shared = _shared(
            (name, [label for label, counts in elsewhere.get(party, {}).items() if counts])
            for party, name in members.items()
        )

    @property
    def words(self) -> str:
        """How many take part, in words that fit their number."""
        return ngettext("%(count)d participant", "%(count)d participants", self.counted) % {
            "count": self.counted
        }


def read_participants(process: Process, on: date) -> list[Participant]:
    """Return the participants of a process on a day by themselves, without where it stands."""
    rows = PARTICIPATIONS(process=process.pk, on=on)
    return Participants(process.pk, on, rows, Marks([]), read_names(process.pk, on)).rows


def has_not_begun(process: Process, on: date) -> bool:
    """Whether the process had certainly not begun by the day."""
    return process.begins_earliest is not None and on < process.begins_earliest


def named_guests(guests: Sequence[tuple[str, str]]) -> str:
    """Return who takes part and is not counted, with name and status, where they are few."""
    if len(guests) > MOST_NAMED:
        return ""
    return ", ".join(f"{name} ({status})" for name, status in guests)


def _remarks(row: Any) -> list[str]:  # noqa: ANN401 -- a named tuple
    remarks = []
    if row.behalf:
        remarks.append(_("on behalf of %(territory)s") % {"territory": row.behalf})
    if row.begins_earliest:
        remarks.append(since_words(row.begins))
    roles = [str(words) for field, words in ROLES.items() if getattr(row, field)]
    if roles:
        remarks.append(_("country of %(roles)s") % {"roles": ", ".join(roles)})
    if row.note:
        remarks.append(said(row.note))
    return remarks


def _shared(found: Iterable[tuple[str, list[Label]]]) -> list[Shared]:
    """Return the other processes by how many participants they share with this one."""
    names: dict[Label, list[str]] = defaultdict(list)
    for name, labels in found:
        for label in labels:
            names[label].append(name)
    by_name = partial(sort_key, language=get_language() or "en")
    shared = (
        Shared(label, len(each), ", ".join(sorted(each, key=by_name)))
        for label, each in names.items()
    )
    return sorted(shared, key=lambda each: (-each.count, by_name(each.label.label)))


def _elsewhere(process: int, on: date) -> dict[int, dict[Label, bool]]:
    """Return the other processes in which each party takes part, and whether it counts there."""
    drawn: dict[str, Label] = {}
    found: dict[int, dict[Label, bool]] = defaultdict(dict)
    for row in ELSEWHERE(process=process, on=on):
        slug = row.process__slug
        if slug not in drawn:
            name = text_in(row.process__short_name)
            drawn[slug] = Label(name, address("pages:process", slug), row.process__region)
        others, label = found[row.party_id], drawn[slug]
        others[label] = others.get(label, False) or row.status in COUNTED
    return found
