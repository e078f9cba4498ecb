"""Which addresses may be asked: those of other installations on the public internet, no others.

A name can be made to lead anywhere, to this machine and to the services beside it too. So a name
is resolved once, every address it leads to is checked, and the connection is made to exactly one
of those: what the name leads to a moment later does not matter.
"""

import ipaddress
import socket
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from ssl import SSLContext
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings

from comity.exchange.deadlines import Deadline
from comity.exchange.troubles import TroubleError

LONGEST: Final = 300
MOST_TRIED: Final = 4
# Global by the registry, yet they lead inwards: machines of a cloud, old ways between v4 and v6.
INWARD: Final = [
    ipaddress.ip_network(each)
    for each in ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16")
]
GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Takes a host and a port; returns the addresses that the host leads to.
Resolve = Callable[[str, int], list[str]]


def resolve_by_system(host: str, port: int) -> list[str]:
    """Return the addresses that this machine finds for ``host``; raise OSError for none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_rest, sockaddr in found))


@dataclass(frozen=True)
class Reach:
    """How far this installation asks; ``loopback`` lets it ask itself, for tests and at home.

    ``certificates`` are those trusted instead of the machine's.
    """

    loopback: bool = False
    resolve: Resolve = resolve_by_system
    certificates: SSLContext | None = None


def usual_reach() -> Reach:
    """Return the public internet; and this machine too where a demonstration says so."""
    return Reach(loopback=settings.EXCHANGE_LOOPBACK)


@dataclass(frozen=True)
class Place:
    """Where an installation is, as its address says."""

    scheme: str
    host: str
    port: int
    path: str

    def __str__(self) -> str:
        return f"{self.origin}{self.path}"

    @property
    def origin(self) -> str:
        """Scheme, host and port, as links begin with them."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host and port, without the usual port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _usual_port(self.scheme) else f"{host}:{self.port}"

    def own_link(self, link: str) -> str:
        """Return ``link`` where it leads to a page of this installation; else nothing."""
        try:
            found = str(read_place(link, own_too=True))
        except TroubleError:
            return ""
        return found if found.startswith(str(self)) else ""


@dataclass(frozen=True)
class Route:
    """A place with the checked addresses to which alone a connection is made."""

    place: Place
    addresses: tuple[str, ...]


def read_place(text: str, *, own_too: bool = False) -> Place:
    """Return the place that ``text`` writes, without asking anybody; raise TroubleError for none.

    Plain http is read here and refused by ``check_place``, except to this machine itself.
    """
    if len(text) > LONGEST + LONGEST or not text.isprintable() or " " in text or "\\" in text:
        raise TroubleError("form")
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").rstrip(".")
        port = parts.port or _usual_port(parts.scheme)
        host = host if ":" in host else _ascii_host(host)
    except (ValueError, UnicodeError) as error:
        raise TroubleError("form") from error
    if parts.scheme not in ("http", "https"):
        raise TroubleError("scheme")
    if not host or parts.username is not None or parts.query or parts.fragment or "%" in host:
        raise TroubleError("form")
    path = _path(parts)
    place = Place(parts.scheme, host, port, path)
    own = urlsplit(settings.SITE_ADDRESS)
    if not own_too and (place.host, place.port) == (
        own.hostname,
        own.port or _usual_port(own.scheme),
    ):
        raise TroubleError("own")
    return place


def _ascii_host(host: str) -> str:
    """Return a host as the network calls it; raise UnicodeError where that is not certain.

    The older rules write “ß” as “ss” and leave out joiners, the newer ones do not: one address
    would be two hosts.
    """
    found = host.encode("idna").decode("ascii").lower()
    if not host.isascii() and found.encode().decode("idna") != unicodedata.normalize("NFKC", host):
        raise UnicodeError(host)
    return found


def check_place(place: Place, reach: Reach, deadline: Deadline) -> Route:
    """Return the way to ``place``; raise TroubleError where any of its addresses is not public.

    One address of several that leads inwards refuses them all: whoever keeps the name keeps
    both.
    """
    found = [
        ipaddress.ip_address(text.partition("%")[0]) for text in _resolved(place, reach, deadline)
    ]
    if not found:
        raise TroubleError("unknown-name", host=place.host)
    for address in found:
        at_home = reach.loopback and address.is_loopback
        if not (at_home or is_public(address)):
            raise TroubleError("private", host=place.host)
        if place.scheme != "https" and not at_home:
            raise TroubleError("scheme")
    return Route(place, tuple(str(address) for address in found[:MOST_TRIED]))


def refuse_plain(place: Place, reach: Reach) -> None:
    """Raise TroubleError for plain http, unless this installation may ask itself."""
    if place.scheme != "https" and not reach.loopback:
        raise TroubleError("scheme")


def is_public(address: Address) -> bool:
    """Tell whether ``address`` is a machine on the public internet, by every name it can have.

    An IPv6 address that carries one of IPv4 is never public here: what does the carrying may
    stand inside.
    """
    if isinstance(address, ipaddress.IPv6Address) and address not in GLOBAL_UNICAST:
        return False
    if any(address.version == net.version and address in net for net in INWARD):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _resolved(place: Place, reach: Reach, deadline: Deadline) -> list[str]:
    """Return what the name of ``place`` leads to; a resolver that never answers is left behind."""
    found: list[str] = []
    failed: list[Exception] = []

    def resolve() -> None:
        try:
            found.extend(reach.resolve(place.host, place.port))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    asking = threading.Thread(target=resolve, daemon=True)
    asking.start()
    asking.join(deadline.wait())
    if asking.is_alive():
        raise TroubleError("slow", host=place.host, seconds=deadline.seconds)
    if failed:
        raise TroubleError("unknown-name", host=place.host) from failed[0]
    return found


def _path(parts: SplitResult) -> str:
    path = quote(parts.path, safe="/-._~%") or "/"
    if "//" in path or any(step in (".", "..") for step in path.split("/")):
        raise TroubleError("form")
    return path if path.endswith("/") else f"{path}/"


def _usual_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80
