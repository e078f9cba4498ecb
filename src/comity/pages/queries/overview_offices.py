"""The offices of a process as the overview shows them: who chairs, who serves, who coordinates."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _

from comity.core.dates import parse_date, since_in_words
from comity.core.facts import in_force_on
from comity.core.translated import text_in
from comity.pages.queries.overview_places import Places
from comity.pages.queries.overview_words import (
    Cell,
    Line,
    Notes,
    Piece,
    label,
    listed,
    sentence,
    told,
    with_notes,
)
from comity.processes.models import PRESIDENCIES, SECRETARIATS, Body, Office, Term
from comity.processes.unheld import names_chair, names_secretariat
from comity.sources.vocabulary import KINDS

OFFICE_WORDS = dict(Office.choices)
# The offices of the column, in its order.
SHOWN: Final = (*PRESIDENCIES, *SECRETARIATS, Office.COORDINATOR, Office.LEAD_AGENCY)


class Offices:
    """Writes the column of the offices."""

    def __init__(self, places: Places, notes: Notes, on: date) -> None:
        self._places, self._notes, self._on = places, notes, on

    def cell(self, terms: Iterable[Any], bodies: Sequence[Body], difference: str) -> Cell:
        """Return who holds which office, and of which offices nobody is named."""
        shown = [term for term in terms if term.office in SHOWN]
        shown.sort(key=lambda term: (SHOWN.index(Office(term.office)), term.pk))
        held = {Office(term.office) for term in shown}
        cell: Cell = []
        if held.isdisjoint(PRESIDENCIES):
            cell += self._unnamed(bodies, names_chair)
        for office, some in groupby(shown, key=lambda term: term.office):
            holders = listed(self._holder(term) for term in some)
            if office in SECRETARIATS:
                holders = self._told_differently(holders, difference)
            cell.append([label(str(OFFICE_WORDS[office])), *holders])
        if held.isdisjoint((*SECRETARIATS, Office.COORDINATOR)):
            cell += self._unnamed(bodies, names_secretariat)
        return cell or [[Piece(_("not recorded"))]]

    def _holder(self, term: Any) -> Line:  # noqa: ANN401 -- a term with the name of its party
        name = term.name
        if term.begins_earliest:
            name = _("%(party)s (%(since)s)") % {
                "party": name,
                "since": since_in_words(parse_date(term.begins)),
            }
        parts = [told(term.note), self._places.of(Term, term.pk)]
        said = " ".join(sentence(part) for part in parts if part)
        return list(with_notes(Piece(name), [self._notes.add(said)]))

    def _told_differently(self, line: Line, difference: str) -> Line:
        """Return the line of the secretariat with the note that sources differ on it."""
        if not difference:
            return line
        number = self._notes.add(difference)
        return [*line, Piece("", number, follows_note=bool(line[-1].note))]

    def _unnamed(self, bodies: Iterable[Body], is_wanted: Callable[[str], bool]) -> Iterable[Line]:
        for body in bodies:
            if not is_wanted(body.kind) or not in_force_on(body.begins, body.ends, self._on):
                continue
            place = self._places.of(Body, body.pk)
            words = [text_in(body.name), body.seat_or_members]
            quoted = "; ".join(word for word in words if word)
            said = _("The source says: “%(words)s”. %(place)s") % {"words": quoted, "place": place}
            piece = Piece(_("holder not recorded"))
            yield [
                label(str(KINDS.get(body.kind, body.kind))),
                *with_notes(piece, [self._notes.add(sentence(said) if place else "")]),
            ]
