"""Measure what the pages cost: processor time a request in-process, and memory of the web server.

Run it on an empty data folder: COMITY_DATA_DIR=/somewhere python benchmarks/process_page.py
It loads the paper and the boundaries, adds what it measures, and prints two Markdown tables.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")
os.environ.setdefault("COMITY_LOG_LEVEL", "ERROR")
django.setup()

from django.core.management import call_command  # noqa: E402 -- after the setup
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from comity import serving  # noqa: E402
from comity.documents.models import Document  # noqa: E402
from comity.library.models import Study  # noqa: E402
from comity.parties.models import Party, PartyName  # noqa: E402
from comity.processes.models import (  # noqa: E402
    Area,
    Meeting,
    Participation,
    Partnership,
    Process,
    Status,
)
from comity.projects.models import Project  # noqa: E402

REQUESTS = 150
WARM_UP = 15
SMALL, LARGE = 5, 5_000
PORT = 8437
MEMORY_REQUESTS = 600
LISTS = ("meetings", "documents", "studies", "projects", "parties", "organisations")


def prepare() -> None:
    """Bring the tables up to date, and load what a new installation starts from."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not Process.objects.exists():
        call_command("load", "boundaries", verbosity=0)
        call_command("load", "paper", verbosity=0)


@transaction.atomic
def add_process() -> Process:
    """Add a process with 20 meetings, 20 participants, areas and papers, as a real one has."""
    process, is_new = Process.objects.get_or_create(
        slug="measured",
        defaults={
            "name": {"en": "The measured dialogue"},
            "short_name": {"en": "Measured"},
            "region": "americas",
            "begins": "2000",
        },
    )
    if is_new:
        for party in Party.objects.filter(kind="state").order_by("code")[:20]:
            Participation.objects.create(
                process=process, party=party, status=Status.MEMBER, begins="2000"
            )
        for number in range(20):
            year = 2000 + number
            add_meeting(process, f"measured-{number}", f"{year}-05-04/{year}-05-06")
            add_document(process, f"measured-{number}", f"{year}-05-06")
            Area.objects.create(process=process, order=number + 1, words=f"Area {number}")
    return process


def add_meeting(process: Process, slug: str, days: str) -> None:
    """Add one meeting."""
    Meeting.objects.create(
        process=process,
        slug=slug,
        title={"en": f"Meeting {slug}"},
        kind="ministerial",
        status="held",
        days=days,
        place="Port Arven",
    )


def add_document(process: Process, slug: str, dated: str) -> None:
    """Add one public document."""
    Document.objects.create(
        process=process,
        slug=slug,
        title={"en": f"Declaration {slug}"},
        kind="declaration",
        dated=dated,
        audience="public",
        published_at=timezone.now(),
    )


@transaction.atomic
def fill_lists(process: Process, number: int) -> None:
    """Add ``number`` rows to each list of records."""
    stated = {"process": process, "kind": "made for measuring"}
    Meeting.objects.bulk_create(
        Meeting(slug=f"m-{n}", title={"en": f"Meeting {n}"}, status="held", days="2020", **stated)
        for n in range(number)
    )
    Document.objects.bulk_create(
        Document(
            slug=f"d-{n}",
            title={"en": f"Paper {n}"},
            dated="2020",
            audience="public",
            published_at=timezone.now(),
            **stated,
        )
        for n in range(number)
    )
    Study.objects.bulk_create(
        Study(slug=f"s-{n}", title={"en": f"Study {n}"}, year="2020", **stated)
        for n in range(number)
    )
    Project.objects.bulk_create(
        Project(slug=f"p-{n}", title={"en": f"Project {n}"}, begins="2020", process=process)
        for n in range(number)
    )


@transaction.atomic
def fill_parties(number: int) -> None:
    """Add ``number`` States with participations, and as many organisations with roles."""
    parties = Party.objects.bulk_create(
        Party(code=f"{kind}-{n}", kind=kind) for kind in ("state", "ngo") for n in range(number)
    )
    PartyName.objects.bulk_create(
        PartyName(party=party, language="en", name=f"Party {party.code}") for party in parties
    )
    elsewhere = Process.objects.create(
        slug="crowded", name={"en": "Crowded"}, short_name={"en": "Crowded"}, region="africa"
    )
    Participation.objects.bulk_create(
        Participation(process=elsewhere, party=party, status=Status.MEMBER, begins="2020")
        for party in parties
        if party.kind == "state"
    )
    Partnership.objects.bulk_create(
        Partnership(process=elsewhere, party=party, name_in_source="A name", role="a role")
        for party in parties
        if party.kind == "ngo"
    )


def empty_lists() -> None:
    """Leave ``SMALL`` rows in each list of records, for the time of a transaction."""
    for model in (Document, Study, Project, Meeting):
        kept = model._default_manager.values_list("pk", flat=True)[:SMALL]
        model._default_manager.exclude(pk__in=list(kept)).delete()


def measure(client: Client, url: str) -> tuple[float, int, int]:
    """Return the milliseconds of processor time a request, the queries, and the bytes."""
    for _ in range(WARM_UP):
        response = client.get(url)
        if response.status_code != 200:
            sys.exit(f"{url} answers {response.status_code}.")
    asked = []

    def count(execute, sql, *more):  # noqa: ANN001, ANN002, ANN202 -- Django's
        asked.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(count):
        size = len(client.get(url).content)
    times = []
    for _ in range(3):  # the least disturbed of three rounds
        begun = time.process_time()
        for _ in range(REQUESTS // 3):
            client.get(url)
        times.append((time.process_time() - begun) * 1000 / (REQUESTS // 3))
    return min(times), len(asked), size


def table(title: str, rows: list[tuple[object, ...]], columns: str) -> None:
    """Print a Markdown table."""
    names = columns.split("|")
    lines = [f"\n{title}\n", f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(str(value) for value in row)} |" for row in rows]
    sys.stdout.write("\n".join(lines) + "\n")


def pages(client: Client, urls: list[str], remark: str) -> list[tuple[object, ...]]:
    """Return a row of the table for each page."""
    rows: list[tuple[object, ...]] = []
    for url in urls:
        milliseconds, queries, size = measure(client, url)
        rows.append((f"`{url}`", remark, f"{milliseconds:.1f}", queries, f"{size / 1000:.0f}"))
    return rows


def short_lists(client: Client) -> list[tuple[object, ...]]:
    """Measure the lists with few rows, which are put back afterwards."""
    with transaction.atomic():
        empty_lists()
        rows = pages(client, [f"/{name}/" for name in LISTS[:4]], f"{SMALL} rows")
        transaction.set_rollback(True)
    return rows


def resident(pid: int) -> float:
    """Return the MiB that a process and its children hold, shared pages by their share."""
    total = 0
    pids = [pid]
    while pids:
        current = pids.pop()
        folder = Path(f"/proc/{current}")
        rollup = (folder / "smaps_rollup").read_text()
        total += int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[1])
        for task in (folder / "task").iterdir():
            pids += [int(child) for child in (task / "children").read_text().split()]
    return total / 1024


def until(ready: Callable[[], bool]) -> None:
    """Wait until ``ready``, for half a minute at most."""
    deadline = time.monotonic() + 30
    while not ready():
        if time.monotonic() > deadline:
            sys.exit("The web server did not answer.")
        time.sleep(0.1)


def answers() -> bool:
    """Tell whether somebody listens on the port."""
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", PORT)) == 0


def fetch(path: str) -> int:
    """Read one page from the server and return its size."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}") as response:
        return len(response.read())


def memory() -> list[tuple[object, ...]]:
    """Start the web server as ``comity serve`` does, load it, and return what it holds."""
    part = serving.web("127.0.0.1", PORT, 2)
    if answers():
        sys.exit(f"Port {PORT} is taken.")
    server = subprocess.Popen(part.command, start_new_session=True)  # noqa: S603 -- every word is ours
    try:
        until(answers)
        fetch("/")
        before = resident(server.pid)
        urls = ["/", "/processes/", "/processes/bali/", "/processes/measured/", "/parties/"]
        urls += ["/parties/USA/", "/meetings/", "/documents/", "/search/?q=migration", "/sources/"]
        urls += ["/sources/mc-inf-266/", "/processes/bali/participants.xlsx"]
        begun = time.perf_counter()
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(fetch, (urls * (MEMORY_REQUESTS // len(urls)))))
        rate = MEMORY_REQUESTS / (time.perf_counter() - begun)
        after = resident(server.pid)
        return [
            ("after the first page", f"{before:.0f}", ""),
            (f"after {MEMORY_REQUESTS} requests, 8 at a time", f"{after:.0f}", f"{rate:.0f}"),
        ]
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


if __name__ == "__main__":
    prepare()
    client = Client(headers={"host": "localhost"})
    process = add_process()
    rows = pages(client, ["/processes/measured/"], "20 meetings, 20 participants")
    rows += pages(client, ["/processes/bali/"], "37 participants")
    rows += pages(client, ["/", "/processes/", "/parties/USA/"], "the paper")
    rows += short_lists(client)
    rows += pages(client, [f"/{name}/" for name in LISTS[4:]], "the paper")
    if not Process.objects.filter(slug="crowded").exists():
        fill_lists(process=Process.objects.get(slug="cluster"), number=LARGE)
    rows += pages(client, ["/"], f"beside {LARGE} meetings, documents, studies and projects")
    rows += pages(client, [f"/{name}/" for name in LISTS[:4]], f"{LARGE} rows more")
    if not Process.objects.filter(slug="crowded").exists():
        fill_parties(number=LARGE)
    rows += pages(client, [f"/{name}/" for name in LISTS[4:]], f"{LARGE} rows more")
    table("## Pages", rows, "page|with|CPU ms a request|queries|kB before compression")
    connection.close()
    table("## Web server, two workers", memory(), "when|MiB (PSS, all processes)|requests/s")
