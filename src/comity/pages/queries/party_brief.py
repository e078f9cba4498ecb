"""What an officer has to know before a trip to a State, or to a meeting there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, may
from comity.accounts.models import User
from comity.core.punctuation import semicolon
from comity.core.translated import text_in
from comity.directory.queries import rooms_of, shows_people
from comity.documents.models import Document
from comity.pages.queries.lines import Line, address, address_of_party, dated, foreign, office_line
from comity.pages.queries.lines import Office as Served
from comity.pages.queries.party import PartyPage
from comity.pages.queries.party_record import Office
from comity.pages.queries.party_seats import Seat
from comity.pages.queries.process_rows import Question
from comity.pages.queries.process_sections import MEETING_WORDS, TOOK_PLACE
from comity.parties.directory import PostLine, read_posts
from comity.parties.models import Party
from comity.parties.models.parties import name_of
from comity.processes.models import (
    PRESIDENCIES,
    SECRETARIATS,
    Area,
    Body,
    Meeting,
    MeetingStatus,
    Partnership,
    Term,
    perhaps_held,
)
from comity.processes.unheld import unheld_secretariats
from comity.sources.marks import Marks
from comity.sources.vocabulary import said
from comity.ui.templatetags.ui import with_language

# A brief is read on the way: so many processes, and of each the nearest few of a kind.
MOST_PROCESSES: Final = 12
NEAREST: Final = 3
MOST_TEXTS: Final = 5
MOST_PARTNERS: Final = 40

Rows = dict[int, list[Any]]  # Any: named tuples


@dataclass(frozen=True)
class Partner:
    """Who works with a process and as what, with the marks that not all partners share."""

    name: str
    url: str
    role: SafeString


@dataclass(frozen=True)
class ProcessBrief:
    """A process in which the State takes part, in the few words that one takes along."""

    seat: Seat
    held: list[Office]
    presides: list[Served]
    secretariats: list[Served]
    # The secretariat that is named and not its holder.
    unheld: tuple[str, SafeString] | None
    ahead: list[Line]
    recent: list[Line]
    texts: list[Line]
    areas: SafeString
    partners: list[Partner]
    partners_sources: SafeString
    more_partners: int
    open_points: list[str]


@dataclass(frozen=True)
class Brief:
    """The whole brief; ``posts`` is none where the reader may not see who is to be reached."""

    title: str
    on: date
    page: PartyPage
    processes: list[ProcessBrief]
    more_processes: int
    posts: list[PostLine] | None


def read_brief(party: Party, actor: Actor, on: date, today: date) -> Brief:
    """Return the brief about ``party`` for ``actor``, as of a day."""
    page = PartyPage(party, actor, on, today)
    seats = [each for each in page.seats.every if each.is_taking_part]
    keys = {row.process__slug: row.process_id for row in page.seats.rows}
    shown = seats[:MOST_PROCESSES]
    found = _Found([keys[each.slug] for each in shown], Question(party.pk, actor, on, today))
    return Brief(
        title=_("Before a trip: %(party)s") % {"party": page.name},
        on=on,
        page=page,
        processes=[found.brief_of(keys[each.slug], each, page) for each in shown],
        more_processes=len(seats) - len(shown),
        posts=_posts(party, actor, on, {each.slug for each in seats}),
    )


def _posts(party: Party, actor: Actor, on: date, processes: set[str]) -> list[PostLine] | None:
    """Return who is to be reached, for who belongs to the party or reads a directory with it."""
    if not isinstance(actor, User):
        return None
    by_address = {reverse("directory:directory", args=[slug]): slug for slug in processes}
    read = {room.people_url for room in rooms_of(actor, timezone.localdate())}
    shared = [slug for address, slug in by_address.items() if address in read]
    sees = may(actor, "parties.see_people", party) or shows_people(shared, party, on)
    return read_posts([party.pk], on, listed_only=True).get(party.pk, []) if sees else None


class _Found:
    """What is asked once for all processes of the brief."""

    def __init__(self, processes: list[int], asked: Question) -> None:
        on = asked.on
        self.terms = _by_process(_terms(processes, on))
        self.meetings = _by_process(_meetings(processes, on))
        self.texts = _by_process(_texts(processes, asked))
        self.partners = _by_process(_partners(processes, on))
        self.unheld = unheld_secretariats(on)
        self.marks = Marks(
            [
                (kind, [row.pk for rows in found.values() for row in rows])
                for kind, found in (
                    (Term, self.terms),
                    (Meeting, self.meetings),
                    (Document, self.texts),
                    (Partnership, self.partners),
                )
            ]
            + [(Body, [self.unheld[pk].pk for pk in processes if pk in self.unheld])]
        )

    def brief_of(self, process: int, seat: Seat, page: PartyPage) -> ProcessBrief:
        """Return what has been found of one process."""
        terms, partners = self.terms[process], self.partners[process]
        shared = self.marks.shared(Partnership, [row.pk for row in partners])
        presides = [row for row in terms if row.office in PRESIDENCIES]
        serving = [row for row in terms if row.office in SECRETARIATS]
        unheld = self.unheld.get(process)
        ahead = [row for row in self.meetings[process] if row.when == "ahead"]
        recent = [row for row in self.meetings[process] if row.when == "past"]
        points = [
            (not presides, _("Who presides")),
            (not serving and not unheld, _("Who serves as secretariat")),
            (not ahead, _("When it meets next")),
            (not self.texts[process], _("Any adopted text")),
            (not seat.since, _("Since when the State takes part")),
        ]
        return ProcessBrief(
            seat=seat,
            held=[each for each in page.offices_held if each.url == seat.process.url],
            presides=[office_line(row, self.marks) for row in presides],
            secretariats=[office_line(row, self.marks) for row in serving],
            unheld=(with_language(unheld.name), self.marks.of(Body, unheld.pk)) if unheld else None,
            ahead=[self._meeting(row) for row in ahead],
            recent=[self._meeting(row) for row in recent],
            texts=[self._text(row) for row in self.texts[process]],
            areas=_areas([row for row in page.seats.areas if row.process_id == process], page),
            partners=self._partners(partners, shared),
            partners_sources=shared,
            more_partners=partners[0].total - len(partners) if partners else 0,
            open_points=[words for is_open, words in points if is_open],
        )

    def _partners(self, rows: list[Any], shared: SafeString) -> list[Partner]:
        """Return each partner once, with all its roles, those of one place together."""
        found: dict[tuple[str, str], dict[SafeString, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for row in rows:
            mark = self.marks.own(Partnership, row.pk, shared)
            found[_partner(row)][mark].append(said(row.role))
        return [
            Partner(name, url, format_html_join(semicolon(), "{}{}", _with_marks(roles)))
            for (name, url), roles in found.items()
        ]

    def _meeting(self, row: Any) -> Line:  # noqa: ANN401 -- a named tuple
        told = "" if row.status in TOOK_PLACE else str(MEETING_WORDS[row.status])
        return Line(
            when=dated(row.days),
            title=text_in(row.title),
            url=address("pages:meeting", row.slug),
            remark=", ".join(filter(None, (row.place, told))),
            sources=self.marks.of(Meeting, row.pk),
            language=foreign(row.title),
        )

    def _text(self, row: Any) -> Line:  # noqa: ANN401 -- a named tuple
        return Line(
            when=dated(row.dated),
            title=text_in(row.title),
            url=address("pages:document", row.slug),
            remark=said(row.kind, at_start=True),
            sources=self.marks.of(Document, row.pk),
            language=foreign(row.title),
        )


def _by_process(rows: Any) -> Rows:  # noqa: ANN401 -- any queryset
    found: Rows = defaultdict(list)
    for row in rows:
        found[row.process_id].append(row)
    return found


def _terms(processes: list[int], on: date) -> Any:  # noqa: ANN401 -- named tuples
    return (
        Term.objects.filter(
            perhaps_held(on),
            process__in=processes,
            office__in=(*PRESIDENCIES, *SECRETARIATS),
        )
        .annotate(name=name_of("party", on))
        .values_list(
            "pk", "process_id", "office", "begins", "begins_earliest", "note", "name",
            "party__code", "party__kind", named=True,
        )
    )  # fmt: skip


def _meetings(processes: list[int], on: date) -> Any:  # noqa: ANN401 -- named tuples
    """Return the last and the next meetings of each process; without what was cancelled."""
    rows: Any = Meeting.objects.filter(process__in=processes, days_earliest__isnull=False)
    past = Q(days_earliest__lte=on)
    order = [
        Case(When(past, then="days_earliest")).desc(nulls_last=True),
        F("days_earliest").asc(),
        F("pk").asc(),
    ]
    return (
        rows.exclude(status=MeetingStatus.CANCELLED)
        .annotate(when=Case(When(past, then=Value("past")), default=Value("ahead")))
        .annotate(nth=Window(RowNumber(), partition_by=[F("process"), F("when")], order_by=order))
        .filter(nth__lte=NEAREST)
        .order_by("nth")
        .values_list(
            "pk", "process_id", "when", "slug", "title", "status", "days", "place", named=True
        )
    )


def _texts(processes: list[int], asked: Question) -> Any:  # noqa: ANN401 -- named tuples
    """Return the newest adopted texts of each process that the actor may read."""
    newest = Window(
        RowNumber(),
        partition_by=[F("process")],
        order_by=[F("dated_latest").desc(nulls_last=True), F("pk").asc()],
    )
    return (
        Document.objects.visible_to(asked.actor, asked.today)
        .filter(Q(dated_earliest=None) | Q(dated_earliest__lte=asked.until), process__in=processes)
        .exclude(adopted_by="")
        .order_by()
        .annotate(nth=newest)
        .filter(nth__lte=MOST_TEXTS)
        .order_by("nth")
        .values_list("pk", "process_id", "slug", "title", "kind", "dated", named=True)
    )


def _partners(processes: list[int], on: date) -> Any:  # noqa: ANN401 -- named tuples
    return (
        Partnership.objects.filter(process__in=processes)
        .annotate(
            name=name_of("party", on),
            nth=Window(RowNumber(), partition_by=[F("process")], order_by=["order", "pk"]),
            total=Window(Count("pk"), partition_by=[F("process")]),
        )
        .filter(nth__lte=MOST_PARTNERS)
        .order_by("nth")
        .values_list(
            "pk", "process_id", "party_id", "party__code", "party__kind", "name",
            "name_in_source", "role", "partner_process__slug", "total", named=True,
        )
    )  # fmt: skip


def _partner(row: Any) -> tuple[str, str]:  # noqa: ANN401 -- a named tuple
    """Return the name and the address of a partner, by which its rows are put together."""
    return (
        row.name if row.party_id else said(row.name_in_source),
        address("pages:process", row.partner_process__slug)
        if row.partner_process__slug
        else address_of_party(row.party__code, row.party__kind),
    )


def _with_marks(roles: dict[SafeString, list[str]]) -> Iterable[tuple[str, str]]:
    for mark, words in roles.items():
        yield format_html_join(", ", "{}", ((each,) for each in words)), _behind(mark)


def _behind(mark: SafeString) -> str:
    return format_html(" {}", mark) if mark else ""


def _areas(rows: list[Any], page: PartyPage) -> SafeString:
    """Return all areas of a process, each with its mark; one that all share stands at the end."""
    areas = {row.pk: row for row in rows if row.part_of_id is None}
    shared = page.marks.shared(Area, areas)
    lines = [
        (with_language({row.language: row.words}), _behind(page.marks.own(Area, pk, shared)))
        for pk, row in areas.items()
    ]
    return format_html("{}{}", format_html_join(semicolon(), "{}{}", lines), _behind(shared))
