"""Another installation on this machine, which answers well or as badly as a test wants."""

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from comity.exchange.addresses import Reach
from comity.exchange.models import RemoteMeeting, RemoteProcess
from comity.search.models import SearchEntry
from tests.factories.exchange import SubscriptionFactory

JSON = {"Content-Type": "application/json"}


def a_process(base, slug="southern", **changes):
    """Return a process as the API of the other side says it."""
    return {
        "slug": slug,
        "kind": "process",
        "name": {"en": "Southern Dialogue on Migration", "es": "Diálogo del Sur"},
        "short_name": {"en": "Southern Dialogue"},
        "region": "africa",
        "begins": {"text": "2001-05", "earliest": "2001-05-01", "latest": "2001-05-31"},
        "participants": 14,
        "is_made_up": False,
        "url": f"{base}processes/{slug}/",
        "sources": [],
        "version": 3,
        "note": None,
        "aliases": [],
        "areas": [{"words": "labour migration", "language": "en", "themes": []}],
        "stages": [],
        "websites": [],
        **changes,
    }


def a_meeting(base, slug, process="southern", **changes):
    """Return a meeting as the API of the other side says it."""
    return {
        "slug": slug,
        "title": {"en": f"Meeting {slug}"},
        "process": process,
        "url": f"{base}meetings/{slug}/",
        "sources": [],
        "version": 2,
        "note": "",
        "kind": "workshop",
        "status": "planned",
        "days": {"text": "2030-05-06", "earliest": "2030-05-06", "latest": "2030-05-06"},
        "place": "Windhoek",
        "country": None,
        "organisers": "",
        **changes,
    }


@dataclass
class Other:
    """The other side: what it has, what it was asked, and how it misbehaves."""

    address: str = ""
    processes: dict = field(default_factory=dict)
    meetings: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    # Takes the handler; answers by itself and returns True, or leaves it to the usual answer.
    trick: Callable = lambda _handler: False

    def has(self, slug="southern", meetings=2, **changes):
        """Let it have a process with so many meetings."""
        self.processes[slug] = a_process(self.address, slug, **changes)
        self.meetings[slug] = [
            a_meeting(self.address, f"{slug}-{number}", slug) for number in range(meetings)
        ]


class Handler(BaseHTTPRequestHandler):
    """The usual answers: those of our own API, in pages, with ETags."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        other = self.server.other
        other.asked.append(self.path)
        if not other.trick(self):
            self.usual()

    def usual(self):
        other = self.server.other
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match parts.path.removeprefix("/api/v1/").split("/"):
            case ["processes"]:
                self.page(list(other.processes.values()), query)
            case ["processes", slug] if slug in other.processes:
                self.reply(other.processes[slug])
            case ["meetings"]:
                self.page(other.meetings.get(query["process"], []), query)
            case _:
                self.reply({"detail": []}, status=404)

    def page(self, rows, query):
        start, limit = int(query.get("offset", 0)), int(query.get("limit", 20))
        page = {"count": len(rows), "next": None, "previous": None}
        self.reply({**page, "items": rows[start : start + limit]})

    def reply(self, content, status=200, **headers):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()}"'
        if status == 200 and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {**JSON, "ETag": tag, "Content-Length": len(body), **named}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args):
        """Say nothing where the asker hangs up: that is what the tests want of it."""


@pytest.fixture
def serve():
    """Return how to start another installation; ``certificates`` let it speak https."""
    running = []

    def start(host="127.0.0.1", port=0, certificates=None):
        server = Server((host, port), Handler)
        scheme = "http"
        if certificates:
            server.socket = certificates.wrap_socket(server.socket, server_side=True)
            scheme = "https"
        server.other = Other(address=f"{scheme}://127.0.0.1:{server.server_address[1]}/")
        server.other.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        running.append((server, thread))
        return server.other

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def other(serve):
    """Another installation with one process and its two meetings."""
    found = serve()
    found.has()
    return found


@pytest.fixture
def at_home():
    """The argument by which tests alone let this machine be asked."""
    return Reach(loopback=True)


@pytest.fixture
def administrator(people):
    return people["administrator"]


@pytest.fixture
def subscription(db, other):
    """A subscription to the other side on this machine, not yet fetched."""
    return SubscriptionFactory(address=other.address)


def theirs():
    """Return all that stands in the tables of what is theirs, and where it can be found."""
    return (
        list(RemoteProcess.objects.order_by("pk").values()),
        list(RemoteMeeting.objects.order_by("pk").values()),
        list(SearchEntry.objects.order_by("pk").values("url", "title", "text")),
    )
