"""Make a large installation around the demonstration: the same rows for the same scale."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import TypeVar

from django.db import models

from comity.documents.models import Document
from comity.pages.loading import DATA
from comity.parties.models import Affiliation, Party, PartyKind, Person, Region
from comity.processes.audiences import Audience
from comity.processes.models import (
    Body,
    Meeting,
    MeetingStatus,
    Office,
    Participation,
    Process,
    Seat,
    Stage,
    StageKind,
    Status,
    Term,
)
from comity.sources.folders import Folder

Row = TypeVar("Row", bound=models.Model)
Texts = dict[str, str]
BATCH = 1_000
LANGUAGES = ("en", "es", "fr")
PROCESSES_OF_SCALE, DOCUMENTS_OF_SCALE, PEOPLE_OF_SCALE = 0.03, 100, 20
CONFIRMED_AT = datetime(2017, 1, 1, tzinfo=UTC)
FIRST_DAY, DAYS = date(2017, 1, 1), 4_000
# Papers are dated before then: none is published in a future.
DAYS_OF_PAPERS = 3_400
# What lies before this day was held; the same whenever the installation is made.
HELD_BEFORE = date(2026, 7, 1)
MEMBERS, SEATS = 10, 4
# How often a document is meant for each audience, of a hundred.
AUDIENCES = {
    Audience.PUBLIC: 40,
    Audience.PARTICIPANTS: 20,
    Audience.MEMBERS: 16,
    Audience.BODY: 10,
    Audience.NAMED: 6,
    Audience.CHAIR: 4,
    Audience.SECRETARIAT: 4,
}
DRAFTS_OF_HUNDRED = 5
BEGINNINGS = ("Al", "Be", "Cor", "Da", "El", "Fi", "Go", "Ha", "Is", "Jo", "Ke", "Li", "Mar", "No")
ENDINGS = (
    "bren",
    "canta",
    "dor",
    "fane",
    "lis",
    "mira",
    "na",
    "relle",
    "sio",
    "tan",
    "vard",
    "wen",
)


@dataclass(frozen=True)
class Large:
    """What was added around the demonstration."""

    processes: int = 0
    meetings: int = 0
    documents: int = 0
    people: int = 0


@dataclass(frozen=True)
class Words:
    """What titles are made of."""

    subjects: list[Texts]
    kinds: list[Texts]


def make_large(scale: int) -> Large:
    """Add what a large installation holds, in batches; nothing where this scale was made before.

    At scale 1,000 that is 30 processes, 1,000 meetings, 100,000 documents and 20,000 people,
    spread over these processes and the Meridian Dialogue.
    """
    prefix = f"large-{scale}-"
    if Process.objects.filter(slug__startswith=prefix).exists():
        return Large()
    random = Random(scale)  # noqa: S311 -- no secret: the same each time
    words = _read_words()
    states = list(Party.objects.filter(is_made_up=True, kind=PartyKind.STATE))
    made = _make_processes(random, prefix, states, max(1, round(scale * PROCESSES_OF_SCALE)))
    processes = [Process.objects.get(slug="meridian"), *made]
    meetings = _make_meetings(random, words, prefix, processes, count=scale)
    count = scale * DOCUMENTS_OF_SCALE
    documents = _make_documents(random, words, prefix, meetings, states, count=count)
    people = _make_people(random, prefix, states, scale * PEOPLE_OF_SCALE)
    return Large(len(made), len(meetings), documents, people)


def _read_words() -> Words:
    folder = Folder(DATA)
    subjects = [row.values for row in folder.rows("made-up/subjects.csv", LANGUAGES)]
    kinds = [row.values for row in folder.rows("made-up/kinds.csv", ("kind", *LANGUAGES))]
    folder.finish()
    return Words(subjects, kinds)


def _make_processes(random: Random, prefix: str, states: list[Party], count: int) -> list[Process]:
    """Add processes, each with members, a body with seats, a presidency and a secretariat."""
    bureau = Party.objects.get(code="lagoon-bureau")
    processes = Process.objects.bulk_create(
        Process(
            slug=f"{prefix}{number}",
            name={
                "en": f"Made-up Dialogue {number}",
                "es": f"Diálogo inventado {number}",
                "fr": f"Dialogue inventé {number}",
            },
            short_name={
                "en": f"Dialogue {number}",
                "es": f"Diálogo {number}",
                "fr": f"Dialogue {number}",
            },
            region=random.choice(Region.values),
            order=300 + number,
            begins="2017",
            is_made_up=True,
        )
        for number in range(1, count + 1)
    )
    bodies = Body.objects.bulk_create(
        Body(
            process=process,
            slug=f"{process.slug}-steering",
            name={"en": "Steering group", "es": "Grupo directivo", "fr": "Groupe directeur"},
            kind="steering group",
        )
        for process in processes
    )
    for process, body in zip(processes, bodies, strict=True):
        members = random.sample(states, MEMBERS)
        Stage.objects.bulk_create([Stage(process=process, kind=StageKind.ONGOING, begins="2017")])
        Participation.objects.bulk_create(
            Participation(
                process=process,
                party=party,
                status=Status.MEMBER,
                order=order,
                begins="2017",
                confirmed_at=CONFIRMED_AT,
            )
            for order, party in enumerate(members, start=1)
        )
        Seat.objects.bulk_create(
            Seat(body=body, party=party, begins="2017") for party in members[:SEATS]
        )
        Term.objects.bulk_create(
            [
                Term(process=process, party=bureau, office=Office.SECRETARIAT, begins="2017"),
                Term(process=process, party=members[0], office=Office.PRESIDENCY, begins="2024"),
            ]
        )
    return processes


def _make_meetings(
    random: Random, words: Words, prefix: str, processes: list[Process], *, count: int
) -> list[Meeting]:
    """Add meetings, spread over the processes in turn."""

    def make(number: int) -> Meeting:
        day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
        subject = random.choice(words.subjects)
        return Meeting(
            slug=f"{prefix}meeting-{number}",
            process=processes[number % len(processes)],
            title={
                "en": f"Workshop {number}: {subject['en']}",
                "es": f"Taller {number}: {subject['es']}",
                "fr": f"Atelier {number} : {subject['fr']}",
            },
            kind="workshop",
            status=MeetingStatus.HELD if day < HELD_BEFORE else MeetingStatus.PLANNED,
            days=f"{day}/{day + timedelta(days=2)}",
        )

    meetings: list[Meeting] = []
    for batch in _batches(make(number) for number in range(1, count + 1)):
        meetings += Meeting.objects.bulk_create(batch)
    return meetings


def _make_documents(
    random: Random,
    words: Words,
    prefix: str,
    meetings: list[Meeting],
    states: list[Party],
    *,
    count: int,
) -> int:
    """Add documents of the meetings, for every audience and some as drafts."""
    bodies: dict[Process | None, Body] = {
        body.process: body for body in Body.objects.select_related("process").order_by("-pk")
    }
    audiences, weights = list(AUDIENCES), list(AUDIENCES.values())

    def make(number: int) -> Document:
        meeting = random.choice(meetings)
        subject, kind = random.choice(words.subjects), random.choice(words.kinds)
        audience = random.choices(audiences, weights)[0]
        day = FIRST_DAY + timedelta(days=random.randrange(DAYS_OF_PAPERS))
        is_draft = random.randrange(100) < DRAFTS_OF_HUNDRED
        return Document(
            slug=f"{prefix}document-{number}",
            symbol=f"L{prefix.split('-')[1]}/{number}",
            process=meeting.process,
            meeting=meeting,
            title={
                "en": f"{kind['en']} {number}: {subject['en']}",
                "es": f"{kind['es']} {number}: {subject['es']}",
                "fr": f"{kind['fr']} {number} : {subject['fr']}",
            },
            kind=kind["kind"],
            dated=day.isoformat(),
            audience=audience,
            body=bodies[meeting.process] if audience == Audience.BODY else None,
            published_at=None if is_draft else datetime.combine(day, time(12), tzinfo=UTC),
        )

    named = Document.named_parties.through
    for batch in _batches(make(number) for number in range(1, count + 1)):
        documents = Document.objects.bulk_create(batch)
        named._default_manager.bulk_create(
            named(document_id=document.pk, party_id=party.pk)
            for document in documents
            if document.audience == Audience.NAMED
            for party in random.sample(states, 2)
        )
    return count


def _make_people(random: Random, prefix: str, states: list[Party], count: int) -> int:
    """Add people, each affiliated to a State; none of them signs in."""

    def make(number: int) -> Person:
        first, last = (random.choice(BEGINNINGS) + random.choice(ENDINGS) for _part in range(2))
        return Person(name=f"{first} {last}", email=f"{prefix}{number}@meridian.example")

    for batch in _batches(make(number) for number in range(1, count + 1)):
        Affiliation.objects.bulk_create(
            Affiliation(person=person, party=random.choice(states), begins="2020")
            for person in Person.objects.bulk_create(batch)
        )
    return count


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Go through ``rows`` some at a time, so that memory stays the same at any scale."""
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch
