"""Measure the participation table as it grows, and the API: processor time a request.

Run it on an empty data folder: COMITY_DATA_DIR=/somewhere python benchmarks/across.py
It loads the paper, measures, adds processes and parties, measures again, and prints Markdown.
"""

import gzip
import os
import time
from dataclasses import dataclass
from datetime import date, timedelta
from tempfile import TemporaryFile

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")
os.environ.setdefault("COMITY_LOG_LEVEL", "ERROR")
django.setup()

from django.core.management import call_command  # noqa: E402 -- after the setup
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from comity.accounts.models import User  # noqa: E402
from comity.api.exports.archive import write_archive  # noqa: E402
from comity.parties.models import Party, PartyName  # noqa: E402
from comity.processes.models import Meeting, Participation, Process, Status  # noqa: E402

PROCESSES, PARTIES, EVERY = 200, 250, 3
REQUESTS = 20
MEETINGS, MANY = 20, 5_000
DAYS = ("", "?on=2003-03-01")


@dataclass(frozen=True)
class Cost:
    """What one request costs."""

    milliseconds: float
    queries: int
    kilobytes: float


def prepare() -> None:
    """Bring the tables up to date, and load what a new installation starts from."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not Process.objects.exists():
        call_command("load", "paper", verbosity=0)


@transaction.atomic
def add_places() -> None:
    """Add processes and parties until there are so many, each party in every third process."""
    processes = [
        Process(
            slug=f"measured-{number}",
            name={"en": f"Measured dialogue {number}"},
            short_name={"en": f"MD {number}"},
            region=("americas", "africa", "europe", "asia-pacific")[number % 4],
            begins="2000",
        )
        for number in range(PROCESSES - Process.objects.filter(kind="process").count())
    ]
    Process.objects.bulk_create(processes)
    missing = PARTIES - Participation.objects.values("party").distinct().count()
    parties = [
        Party(code=f"X{number:03}", kind="state", region="europe") for number in range(missing)
    ]
    Party.objects.bulk_create(parties)
    PartyName.objects.bulk_create(
        PartyName(party=party, language="en", name=f"Measured State {number}")
        for number, party in enumerate(parties)
    )
    everybody = list(Party.objects.filter(kind="state").order_by("-pk")[:PARTIES])
    Participation.objects.bulk_create(
        Participation(process=process, party=party, status=Status.MEMBER, begins="2000")
        for row, process in enumerate(processes)
        for column, party in enumerate(everybody)
        if (row + column) % EVERY == 0
    )


@transaction.atomic
def add_meetings() -> None:
    """Add a process with meetings, for the API to list."""
    process = Process.objects.create(
        slug="listed", name={"en": "Listed dialogue"}, short_name={"en": "LD"}, region="africa"
    )
    for number in range(MEETINGS):
        Meeting.objects.create(
            slug=f"listed-{number}",
            process=process,
            title={"en": f"Meeting {number} of the dialogue"},
            kind="ministerial",
            status="held",
            days=f"{2000 + number}-05-04/{2000 + number}-05-06",
            place="Port Almery",
        )


@transaction.atomic
def fill_calendar() -> None:
    """Add meetings on every second day for 27 years, of which one in ten is known by its year."""
    process = Process.objects.get(slug="listed")
    for number in range(MANY):
        day = date(2003, 1, 1) + timedelta(days=2 * number)
        Meeting.objects.create(
            slug=f"many-{number}",
            process=process,
            title={"en": f"Meeting {number}"},
            kind="workshop",
            status="held",
            days=day.isoformat() if number % 10 else f"{day.year}",
        )


def reader() -> User:
    """Return somebody who is signed in."""
    return User.objects.get_or_create(email="reader@measured.example")[0]


def measure(url: str, *, signed_in: bool = False, has_it: bool = False) -> Cost:
    """Return the least processor time of some requests, their queries and compressed size.

    ``has_it`` asks as a program that has the answer already.
    """
    client = Client(headers={"host": "localhost"})
    if signed_in:
        client.force_login(reader())
    if has_it:
        tag = client.get(url)["ETag"]
        client = Client(headers={"host": "localhost", "if-none-match": tag})
    content = client.get(url).getvalue()
    asked = []

    def count(execute, sql, *more):  # noqa: ANN001, ANN002, ANN202 -- Django's
        asked.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(count):
        client.get(url).getvalue()
    costs = []
    for _round in range(REQUESTS):
        begun = time.process_time()
        client.get(url).getvalue()
        costs.append(time.process_time() - begun)
    return Cost(min(costs) * 1000, len(asked), len(gzip.compress(content)) / 1000)


def measure_open_data() -> None:
    """Print what the open data take to write, and how large they are."""
    costs, size = [], 0
    for _round in range(3):
        with TemporaryFile() as file:
            begun = time.process_time()
            write_archive(file)
            costs.append(time.process_time() - begun)
            size = file.tell()
    least = min(costs) * 1000
    print(f"| the open data | the paper | {least:.0f} | – | in the worker | {size / 1000:.0f} |")


def cells_of(url: str) -> int:
    """Return how many cells the table at ``url`` shows."""
    return Client(headers={"host": "localhost"}).get(url).content.count(b"<td")


def show(url: str, what: str, cost: Cost, cells: int = 0) -> None:
    """Print one row."""
    each = f"{1000 * cost.milliseconds / cells:.2f}" if cells else "–"
    print(
        f"| `{url}` | {what} | {cost.milliseconds:.1f} | {each} | {cost.queries}"
        f" | {cost.kilobytes:.0f} |"
    )


def main() -> None:
    """Measure, fill, and measure again."""
    prepare()
    print("| page | with | CPU ms a request | µs a cell | queries | kB compressed |")
    print("|---|---|---|---|---|---|")
    for day in DAYS:
        url = f"/participation/{day}"
        show(url, "the paper", measure(url), cells_of(url))
    add_meetings()
    url = "/api/v1/meetings?process=listed"
    show(url, f"{MEETINGS} meetings", measure(url))
    for url in ("/news.atom", "/processes/listed/news.atom", "/calendar.ics?process=listed"):
        show(url, f"{MEETINGS} meetings", measure(url))
    measure_open_data()
    add_places()
    for day in DAYS:
        url = f"/participation/{day}"
        show(url, f"{PROCESSES} × {PARTIES}", measure(url), cells_of(url))
    pages = ("/overlaps/", "/overlaps/?region=africa", "/themes/", "/timeline/", "/overview/")
    for url in (*pages, "/overlaps.csv", "/participation.csv"):
        show(url, f"{PROCESSES} processes", measure(url))
    for url in ("/overlaps.xlsx", "/participation.xlsx"):
        show(url, f"{PROCESSES} processes, signed in", measure(url, signed_in=True))
    fill_calendar()
    show("/calendar/", f"{MANY} meetings", measure("/calendar/"))
    show("/calendar.ics", f"{MANY} meetings", measure("/calendar.ics"))
    show("/calendar.ics", f"{MANY} meetings, 304", measure("/calendar.ics", has_it=True))


main()
