"""Ask another installation: one question after the other, each bounded in size and in time.

What comes back is text to be checked, and never followed, run or trusted: redirects are refused,
packed answers are unpacked only as far as they may be long, and the connection goes to an address
that was checked before (``addresses``).
"""

import http.client
import io
import re
import socket
import ssl
import zlib
from dataclasses import dataclass
from typing import Final, cast

from comity.exchange.addresses import Reach, check_place, read_place
from comity.exchange.deadlines import Deadline
from comity.exchange.troubles import TroubleError

MEGABYTE: Final = 1024 * 1024
MOST_MEGABYTES: Final = 4
MOST_BYTES: Final = MOST_MEGABYTES * MEGABYTE
# How long the head of an answer may be; what it leaves is for the seams between its parts.
HEAD_BYTES: Final = 256 * 1024
SECONDS: Final = 180
CHUNK: Final = 64 * 1024
TAG: Final = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,200}"', re.ASCII)
GZIP: Final = 16 + zlib.MAX_WBITS
JSON: Final = "application/json"


@dataclass(frozen=True)
class Answer:
    """What the other side answered; without content where nothing has changed."""

    content: bytes
    tag: str
    is_unchanged: bool = False


class Conversation:
    """Questions to one installation, within one time, over addresses that were checked once."""

    def __init__(self, address: str, reach: Reach, seconds: float = SECONDS) -> None:
        place = read_place(address)
        self._reach = reach
        self._deadline = Deadline(place.host, seconds)
        self.route = check_place(place, reach, self._deadline)

    def ask(self, path: str, tag: str = "") -> Answer:
        """Return the answer to ``path`` below the address; with ``tag`` ask only whether it is new.

        Raises TroubleError for every answer that is not whole, in time and JSON.
        """
        with self._connect() as line:
            try:
                return self._ask(line, path, tag)
            except TimeoutError as error:
                raise self._deadline.trouble() from error
            except (http.client.IncompleteRead, ConnectionError) as error:
                raise TroubleError("cut-off") from error
            except (http.client.HTTPException, OSError) as error:
                raise TroubleError("garbled") from error

    def _ask(self, line: socket.socket, path: str, tag: str) -> Answer:
        place = self.route.place
        lines = [
            f"GET {place.path}{path} HTTP/1.1",
            f"Host: {place.authority}",
            "User-Agent: Comity",
            f"Accept: {JSON}",
            "Accept-Encoding: gzip",
            "Connection: close",
            *([f"If-None-Match: {tag}"] if TAG.fullmatch(tag) else []),
        ]
        line.settimeout(self._deadline.wait())
        line.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
        bounded = _Bounded(line, self._deadline, HEAD_BYTES)
        # It asks its socket for nothing but a file to read from.
        response = http.client.HTTPResponse(cast("socket.socket", bounded), method="GET")
        try:
            response.begin()
            bounded.allow(MOST_BYTES)
            return _read(response, path, is_news=bool(tag))
        finally:
            response.close()

    def _connect(self) -> socket.socket:
        """Return a line to the first checked address that takes it, with the name proven."""
        place = self.route.place
        for address in self.route.addresses:
            try:
                line = socket.create_connection((address, place.port), self._deadline.wait())
            except OSError:
                continue
            return self._proven(line) if place.scheme == "https" else line
        self._deadline.wait()
        raise TroubleError("unreachable", host=place.host)

    def _proven(self, line: socket.socket) -> socket.socket:
        host = self.route.place.host
        context = self._reach.certificates or ssl.create_default_context()
        try:
            line.settimeout(self._deadline.wait())
            return context.wrap_socket(line, server_hostname=host)
        except ssl.SSLCertVerificationError as error:
            raise TroubleError("certificate", host=host) from error
        except TimeoutError as error:
            raise self._deadline.trouble() from error
        except OSError as error:
            raise TroubleError("unreachable", host=host) from error


class _Bounded(io.RawIOBase):
    """What comes over a line, until the time is over or it is more than an answer may be."""

    def __init__(self, line: socket.socket, deadline: Deadline, most: int) -> None:
        self._line = line
        self._deadline = deadline
        self._left = most

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return itself as the file that an answer is read from."""
        return io.BufferedReader(self)

    def allow(self, more: int) -> None:
        """Let so many bytes more be read."""
        self._left += more

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: "memoryview[int] | bytearray") -> int:  # type: ignore[override]  # -- those that readers give
        """Read what has come, within what is left of time and size."""
        self._line.settimeout(self._deadline.wait())
        count = self._line.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise TroubleError("large", megabytes=MOST_MEGABYTES)
        return count


def _read(response: http.client.HTTPResponse, path: str, *, is_news: bool) -> Answer:
    """Return the content of ``response``, unpacked, if it is what was asked for."""
    tag = response.headers.get("ETag", "")
    tag = tag if TAG.fullmatch(tag) else ""
    _refuse_status(response.status, path, is_news=is_news)
    if response.status == http.client.NOT_MODIFIED:
        return Answer(b"", tag, is_unchanged=True)
    if response.headers.get_content_type() != JSON:
        raise TroubleError("type")
    if (response.length or 0) > MOST_BYTES:
        raise TroubleError("large", megabytes=MOST_MEGABYTES)
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip"):
        raise TroubleError("encoding")
    content = _gathered(response, is_packed=packing == "gzip")
    if response.length:
        raise TroubleError("cut-off")
    return Answer(content, tag)


def _refuse_status(status: int, path: str, *, is_news: bool) -> None:
    if status == http.client.OK or (status == http.client.NOT_MODIFIED and is_news):
        return
    if status in range(300, 400) and status != http.client.NOT_MODIFIED:
        raise TroubleError("redirect")
    if status == http.client.NOT_FOUND:
        _list, _stroke, slug = path.removeprefix("api/v1/").partition("?")[0].partition("/")
        if slug:
            raise TroubleError("no-process", slug=slug)
        raise TroubleError("no-api")
    raise TroubleError("status", status=status)


def _gathered(response: http.client.HTTPResponse, *, is_packed: bool) -> bytes:
    """Return what ``response`` holds; never keep more of it than an answer may be long."""
    unpack = zlib.decompressobj(GZIP) if is_packed else None
    found = bytearray()
    while packed := response.read(CHUNK):
        if unpack is None:
            found += packed
        else:
            try:
                found += unpack.decompress(packed, MOST_BYTES + 1 - len(found))
            except zlib.error as error:
                raise TroubleError("garbled") from error
        if len(found) > MOST_BYTES:
            raise TroubleError("large", megabytes=MOST_MEGABYTES)
    if unpack is not None and not unpack.eof:
        raise TroubleError("cut-off")
    return bytes(found)
