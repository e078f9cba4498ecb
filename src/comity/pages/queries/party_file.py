"""Everything that everybody may read of a party on a day, as rows of a table."""

from collections.abc import Iterator
from datetime import date

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from comity.pages.queries.party_record import Record, kinds_of
from comity.pages.queries.party_rows import WHOLE, read_all
from comity.pages.queries.party_seats import Seats
from comity.parties.models import Party
from comity.processes.models import Participation
from comity.sources.marks import Marks

Row = tuple[str, str, str, str, str]


def read_record(party: Party, on: date) -> list[Row]:
    """Return a row a fact: what it is, its name, details, when, and where it stands."""
    seats = Seats(party.pk, on)
    found = read_all(party.pk, on, WHOLE)
    marks = Marks([(Participation, [row.pk for row in seats.rows]), *kinds_of(found)])
    seats.draw(marks)
    record = Record(found, marks, on)
    return [*_participations(seats), *_roles(record), *_lines(record)]


def _participations(seats: Seats) -> Iterator[Row]:
    for seat in seats.every:
        behalf = _("on behalf of %(territory)s") % {"territory": seat.behalf} if seat.behalf else ""
        details = _joined(seat.status, behalf, seat.role, seat.note)
        yield _("Participation"), seat.process.label, details, seat.since, seat.sources


def _roles(record: Record) -> Iterator[Row]:
    for office in record.offices:
        name = _joined(office.label, office.process)
        yield _("Office"), name, office.note, office.when, office.sources
    for service in record.services:
        for words, sources in service.roles:
            yield _("Service"), service.process.label, words, "", sources


def _lines(record: Record) -> Iterator[Row]:
    sections = [
        (_("Participation before"), record.past.lines),
        (_("Meeting ahead"), record.ahead.lines),
        (_("Meeting held there"), record.hosted.lines),
        (_("Meeting for which it is named"), record.named.lines),
        (_("Project that works there"), record.projects.lines),
        (_("Project it carries out"), record.carried.lines),
        (_("Study it produced"), record.studies.lines),
        (_("Agreement"), record.agreements.lines),
        (_("Grouping"), record.groupings.lines),
    ]
    for what, lines in sections:
        for line in lines:
            yield what, line.title, line.remark, line.when, line.sources


def _joined(*words: str) -> str:
    return format_html_join(", ", "{}", ((each,) for each in words if each))
