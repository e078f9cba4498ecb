"""Who serves which process on a day: offices and organisations for all, people for secretariats."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.core.dates import in_words, parse_date
from comity.directory.queries import parties_of_offices
from comity.parties.directory import Held, PostLine, read_posts, without_addresses
from comity.parties.models.parties import name_of
from comity.processes.models import Body, Office, Process, Term
from comity.processes.unheld import unheld_secretariats
from comity.sources.marks import Marks
from comity.sources.vocabulary import said
from comity.ui.table_files import TableFile

# What a process is served by; who presides stands on its page.
SERVING = (
    Office.SECRETARIAT,
    Office.JOINT_SECRETARIAT,
    Office.COORDINATOR,
    Office.LEAD_AGENCY,
)


@dataclass(frozen=True)
class Server:
    """A party that serves a process, in which office and since when; and who is there.

    Of an office that is named and not its holder, the party is empty and there is its ``body``.
    """

    office: str
    party: str
    party_url: str
    part_of: str
    place: str
    begins: str
    note: str
    sources: SafeString = SafeString("")  # noqa: RUF009 -- it never changes
    body: Body | None = None
    posts: list[PostLine] = field(default_factory=list)

    @property
    def people(self) -> list[tuple[PostLine, Held]]:
        """Who is there, with the post that each holds."""
        return [(post, one) for post in self.posts for one in post.people]


@dataclass(frozen=True)
class Served:
    """A process with who serves it."""

    process: Process
    servers: list[Server]


def read_secretariats(on: date, *, with_people: bool) -> list[Served]:
    """Return every process with who serves it on that day; six queries, and four for people.

    Where a source names a secretariat and nobody says who holds it, that stands there.
    """
    terms = (
        Term.objects.on(on)
        .filter(office__in=SERVING)
        .annotate(party_name=name_of("party", on), whole_name=name_of("party__part_of", on))
        .select_related("party")
    )
    found: dict[int, list[Server]] = defaultdict(list)
    rows = sorted(terms, key=lambda term: (SERVING.index(Office(term.office)), term.pk))
    unheld = unheld_secretariats(on)
    marks = Marks(
        [(Term, [term.pk for term in rows]), (Body, [body.pk for body in unheld.values()])]
    )
    posts = _people_of({term.party_id for term in rows}, on) if with_people else {}
    for term in rows:
        found[term.process_id].append(
            Server(
                office=str(term.get_office_display()),
                party=term.party_name,
                party_url=term.party.get_absolute_url(),
                part_of=term.whole_name if term.party.part_of_id else "",
                place=term.party.place,
                begins=term.begins,
                note=said(term.note),
                sources=marks.of(Term, term.pk),
                posts=posts.get(term.party_id, []),
            )
        )
    for process, body in unheld.items():
        found[process].append(
            Server(
                office=str(body),
                party="",
                party_url="",
                part_of="",
                place="",
                begins=body.begins,
                note=said(body.seat_or_members),
                sources=marks.of(Body, body.pk),
                body=body,
            )
        )
    return [Served(process, found[process.pk]) for process in Process.objects.all()]


def _people_of(parties: set[int], on: date) -> dict[int, list[PostLine]]:
    """Return who speaks for those parties, or the wholes of offices, and the posts they show.

    Of a party that serves no process today, names alone: it is no secretariat to be reached.
    """
    wholes = parties_of_offices(parties)
    posts = read_posts([*parties, *wholes.values()], on, listed_only=False)
    shown = {pk: list(_shown(lines)) for pk, lines in posts.items()}
    found = {pk: [*shown.get(pk, []), *shown.get(wholes.get(pk, 0), [])] for pk in parties}
    serving = Term.objects.on(timezone.localdate()).filter(office__in=SERVING, party__in=parties)
    reached = set(serving.values_list("party", flat=True))
    return {
        pk: lines if pk in reached else [without_addresses(line) for line in lines]
        for pk, lines in found.items()
    }


def _shown(lines: list[PostLine]) -> Iterator[PostLine]:
    for line in lines:
        if line.is_focal_point or line.is_listed:
            yield line
        elif speaking := [one for one in line.people if one.may_speak]:
            yield replace(line, people=speaking)


def secretariats_table(served: list[Served], on: date, *, with_people: bool) -> TableFile:
    """Return what the page shows as a table to hand out."""
    heads = [_("Process"), _("Office"), _("Party"), _("Part of"), _("Place"), _("Since")]
    if with_people:
        heads += [_("Name"), _("Post"), _("E-mail address"), _("Telephone")]
    rows = list(_rows(served, len(heads), with_people=with_people))
    return TableFile(f"secretariats-{on.isoformat()}", _("Secretariats"), heads, rows)


def _rows(served: list[Served], width: int, *, with_people: bool) -> Iterator[tuple[str, ...]]:
    for each in served:
        for one in each.servers:
            about = (
                str(each.process),
                one.office,
                one.party,
                one.part_of,
                one.place,
                in_words(parse_date(one.begins)) if one.begins else "",
            )
            if not with_people:
                yield about
                continue
            for post, held in one.people:
                yield (*about, held.name, post.title, held.email, held.telephone)
            if not one.people:
                yield (*about, "", "", "", "")
        if not each.servers:
            yield (str(each.process), *[""] * (width - 1))
