"""What the page of a State or an organisation shows, on a day."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.dates import day_in_words
from comity.core.prepared import Rows
from comity.core.translated import text_in
from comity.documents.models import Document
from comity.pages.queries.lines import Line, address, dated, foreign
from comity.pages.queries.party_documents import read_documents
from comity.pages.queries.party_record import Names, Office, Record, kinds_of
from comity.pages.queries.party_rows import Found, read_all
from comity.pages.queries.party_seats import Seats, Theme
from comity.pages.queries.process_rows import Question
from comity.pages.queries.process_sections import Section
from comity.parties.models import Party
from comity.parties.models.parties import SEATED
from comity.processes.models import Area, Participation
from comity.sources.marks import Marks
from comity.sources.vocabulary import said
from comity.ui.pieces import Label

# A theme that few of its processes share says little of a party at first sight.
FIRST_THEMES = 3


@dataclass(frozen=True)
class Part:
    """A part of the page, for the links within it."""

    anchor: str
    label: str
    count: int


class PartyPage:
    """Everything that the page of a party shows ``actor`` of a day, in a fixed number of queries.

    What is dated is shown as of the day. What no source dates is shown on every day.
    """

    def __init__(self, party: Party, actor: Actor, on: date, today: date) -> None:
        self.party, self.on = party, on
        self.is_seated = party.kind in SEATED
        self.seats = Seats(party.pk, on)
        found = read_all(party.pk, on)
        documents = read_documents(party.pk, Question(party.pk, actor, on, today))
        self._read_marks(found, documents)
        self.seats.draw(self.marks)
        self.record = Record(found, self.marks, on)
        self.names = Names(found["name"], party.code, on)
        self.name, self.name_language = self.names.name, self.names.language
        self.documents = self._documents(documents)
        self.parts = self._parts()

    def _read_marks(self, found: Found, documents: Rows) -> None:
        self.marks = Marks(
            [
                (Participation, [row.pk for row in self.seats.rows]),
                (Area, dict.fromkeys(row.pk for row in self.seats.areas)),
                (Document, [row.pk for row in documents]),
                *kinds_of(found),
            ]
        )

    def _documents(self, rows: Rows) -> Section:
        return Section(
            lines=[
                Line(
                    when=dated(row.dated),
                    title=text_in(row.title),
                    url=address("pages:document", row.slug),
                    remark=f"{said(row.kind, at_start=True)}, {text_in(row.process__short_name)}",
                    sources=self.marks.of(Document, row.pk),
                    language=foreign(row.title),
                )
                for row in rows
            ],
            total=rows[0].total if rows else 0,
        )

    @property
    def on_words(self) -> str:
        """The day shown, in the reader's words."""
        return day_in_words(self.on)

    @property
    def has_ended(self) -> bool:
        """Whether the party had certainly ceased to exist by the day."""
        return self.party.ends_latest is not None and self.party.ends_latest < self.on

    @property
    def next(self) -> Line | None:
        """The meeting that comes next for the party; on a past day, that came next."""
        return next(iter(self.record.ahead.lines), None)

    @property
    def offices_held(self) -> list[Office]:
        """What the party holds on the day, without what it held before."""
        return [each for each in self.record.offices if each.holds]

    @property
    def first_themes(self) -> list[Theme]:
        """The themes that most of its processes have."""
        return self.seats.themes[:FIRST_THEMES]

    @property
    def document_lists(self) -> list[Label]:
        """The lists of the documents of each of its processes."""
        documents = reverse("pages:documents")
        return [
            Label(each.label, f"{documents}?process={slug}")
            for slug, each in zip(self.seats.slugs, self.seats.processes, strict=True)
        ]

    @property
    def calendar_url(self) -> str:
        """The calendar of the party."""
        made_up = "&record=made-up" if self.party.is_made_up else ""
        return f"{reverse('pages:calendar')}?party={self.party.code}{made_up}"

    def _parts(self) -> list[Part]:
        seats, record = self.seats, self.record
        parts = [
            Part("processes", _("Processes"), seats.total),
            Part("services", _("Services"), len(record.services)),
            Part("offices", _("Offices"), len(record.offices)),
            Part("with", _("With whom"), seats.met),
            Part("themes", _("Themes"), len(seats.themes)),
            Part("meetings", _("Meetings"), record.hosted.total + record.named.total),
            Part("documents", _("Documents"), self.documents.total),
            Part(
                "projects",
                _("Projects and studies"),
                record.projects.total + record.carried.total + record.studies.total,
            ),
        ]
        return [part for part in parts if part.count]
