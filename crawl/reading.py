"""A reader who signs in and opens all that can be reached, as far as one may."""

import re
import zipfile
from collections import Counter, deque
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r"""(?:href|src|action|hx-get)=["']([^"'#]*)""")
ADDRESS = re.compile(r"https?://testserver(/[^\s\"'<>]*)")
# What differs from one answer to the next by itself: a guard of a form, and when a file was made.
CHANGING = re.compile(
    rb'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"|DTSTAMP:\S+'
    rb"|dcterms:W3CDTF\">[^<]*<|/CreationDate \([^)]*\)|/ID \[[^\]]*\]"
    rb"|<updated>[^<]*</updated>(?=<author><name>Comity)"
)
# Nothing is opened here: it would end the visit, or is not ours.
NOT_OPENED = ("/accounts/logout/", "/static/")


@dataclass
class Crawl:
    """What one reader was answered: ``answers`` by address, whole and comparable."""

    answers: dict[str, bytes] = field(default_factory=dict)
    names: Counter[str] = field(default_factory=Counter)


T = {}


def crawl(client: Client, beginnings: list[str], most_of_a_kind: int) -> Crawl:
    """Open all that a reader finds from ``beginnings``, ``most_of_a_kind`` of each kind of page.

    Forms are looked at, none is sent: what is asked for is what a page may tell.
    """
    found, waiting = Crawl(), deque(beginnings)
    while waiting:
        address = waiting.popleft()
        if address in found.answers or address.startswith(NOT_OPENED):
            continue
        name = kind_of(address)
        if name is None or (found.names[name] >= most_of_a_kind and address not in beginnings):
            continue
        found.names[name] += 1
        response = client.get(address)
        body = content(response)
        found.answers[address] = CHANGING.sub(b"", body)
        waiting.extend(links(address, response, body))
    return found


def look(client: Client, address: str) -> bytes:
    """Return what a reader is answered at one address, as a crawl keeps it."""
    return CHANGING.sub(b"", content(client.get(address)))


def kind_of(address: str) -> str | None:
    """Return the name of the page at an address, or nothing where none is to be opened."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    # The same page with a question is another page; two questions at once tell no more than one.
    asked = [part.split("=")[0] for part in urlsplit(address).query.split("&")]
    return f"{match.view_name}?{asked[0]}" if len(asked) == 1 else None


def links(address: str, response: HttpResponseBase, body: bytes) -> list[str]:
    """Return the addresses of this installation that an answer leads to."""
    if to := response.headers.get("Location"):
        return [inner(address, to)] if inner(address, to) else []
    if not response.headers.get("Content-Type", "").startswith(("text/", "application/")):
        return []
    text = body.decode("utf-8", "replace").replace("&amp;", "&")
    named = [*LINK.findall(text), *ADDRESS.findall(text)]
    return list(dict.fromkeys(found for each in named if (found := inner(address, each))))


def inner(page: str, link: str) -> str:
    """Return ``link`` as a path of this installation; nothing, if it leads elsewhere."""
    parts = urlsplit(urljoin(f"http://testserver{page}", link))
    if parts.netloc != "testserver" or parts.scheme not in {"http", "https"}:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def content(response: HttpResponseBase) -> bytes:
    """Return all that an answer says: a file of several members with each of them unpacked."""
    streamed = getattr(response, "streaming_content", None)
    body = b"".join(streamed) if streamed is not None else response.content
    if not body.startswith(b"PK\x03\x04"):
        return bytes(body)
    with zipfile.ZipFile(BytesIO(body)) as archive:
        members = [(name, archive.read(name)) for name in sorted(archive.namelist())]
    return b"\n".join(name.encode() + b"\n" + inside for name, inside in members)
