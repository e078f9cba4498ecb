"""Read all that a subscription asks for: whole, of one moment, or not at all."""

from dataclasses import dataclass, field
from typing import Final

from comity.exchange import answers
from comity.exchange.fetching import Conversation
from comity.exchange.troubles import TroubleError

PAGE: Final = 100
MOST_PROCESSES: Final = 50
MOST_MEETINGS: Final = 2_000
API: Final = "api/v1/"


@dataclass(frozen=True)
class Theirs:
    """A process of the other side with its meetings."""

    process: answers.Process
    meetings: list[answers.Meeting]


@dataclass(frozen=True)
class Reading:
    """What one fetch found; ``tags`` are those of the answers it was made of."""

    found: list[Theirs]
    tags: dict[str, str] = field(default_factory=dict)


def read_all(line: Conversation, wanted: list[str], tags: dict[str, str]) -> Reading | None:
    """Return the processes ``wanted``, all where none is named; nothing where none has news.

    ``tags`` are those of the last reading. Every answer of that is asked for news first, and with
    the first that has any, all is read anew: a reading is never patched from two moments.
    """
    if tags and all(line.ask(path, tag).is_unchanged for path, tag in tags.items()):
        return None
    return _Reader(line).read(wanted)


class _Reader:
    """One reading, with the tags of the answers so far."""

    def __init__(self, line: Conversation) -> None:
        self._line = line
        self._tags: dict[str, str] = {}
        self._has_every_tag = True
        self._count = 0

    def read(self, wanted: list[str]) -> Reading:
        """Return all that is wanted."""
        slugs = wanted or self._slugs()
        if len(slugs) > MOST_PROCESSES:
            raise TroubleError("many-processes", most=MOST_PROCESSES)
        found = [self._theirs(slug) for slug in slugs]
        return Reading(found, self._tags if self._has_every_tag else {})

    def _slugs(self) -> list[str]:
        """Return the slugs of all processes, in the order of the other side."""
        found: list[str] = []
        while True:
            path = f"{API}processes?limit={PAGE}&offset={len(found)}"
            page = answers.read_as(answers.ProcessPage, self._ask(path))
            if page.count > MOST_PROCESSES:
                raise TroubleError("many-processes", most=MOST_PROCESSES)
            found += [each.slug for each in page.items]
            if _is_whole(found, page.count, bool(page.items)):
                return found

    def _theirs(self, slug: str) -> Theirs:
        process = answers.read_as(answers.Process, self._ask(f"{API}processes/{slug}"))
        if process.slug != slug:
            raise TroubleError("shape", place="slug")
        self._check_link(process.url)
        meetings: list[answers.Meeting] = []
        total: int | None = None
        while True:
            path = f"{API}meetings?process={slug}&limit={PAGE}&offset={len(meetings)}"
            page = answers.read_as(answers.MeetingPage, self._ask(path))
            if self._count + page.count > MOST_MEETINGS:
                raise TroubleError("many-meetings", most=MOST_MEETINGS)
            if total not in (None, page.count):
                raise TroubleError("changed")
            total = page.count
            for each in page.items:
                if each.process != slug:
                    raise TroubleError("shape", place="items.process")
                self._check_link(each.url)
            meetings += page.items
            if _is_whole([each.slug for each in meetings], total, bool(page.items)):
                self._count += total
                return Theirs(process, meetings)

    def _ask(self, path: str) -> bytes:
        answer = self._line.ask(path)
        self._tags[path] = answer.tag
        self._has_every_tag = self._has_every_tag and bool(answer.tag)
        return answer.content

    def _check_link(self, link: str) -> None:
        if not self._line.route.place.own_link(link):
            raise TroubleError("link", place="url")


def _is_whole(slugs: list[str], total: int, has_more: bool) -> bool:  # noqa: FBT001 -- of one page
    """Tell whether ``slugs`` are all; raise TroubleError where they cannot be one list.

    A thing that stands there twice, one too many, or a page without any: the other side changed
    the list between two pages, or does not keep its word.
    """
    if len(set(slugs)) != len(slugs) or len(slugs) > total or (len(slugs) < total and not has_more):
        raise TroubleError("changed")
    return len(slugs) == total
