"""The dated sections of the page of a process: the newest of each kind, and how many there are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.core.prepared import Rows
from comity.core.translated import text_in
from comity.pages.queries.lines import Line, address, country_names, dated, foreign, period
from comity.processes.models import AHEAD, Meeting, MeetingStatus
from comity.projects.models import Project
from comity.sources.marks import Marks
from comity.sources.vocabulary import said

MEETING_WORDS = dict(MeetingStatus.choices)
# What needs no word beside a meeting of the past.
TOOK_PLACE = (MeetingStatus.HELD, MeetingStatus.IN_SESSION)


@dataclass(frozen=True)
class Section:
    """The newest things of one kind, how many there are in all, and the list that has all."""

    lines: list[Line] = field(default_factory=list)
    total: int = 0
    all_url: str = ""
    has_undated: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether there are more than the page shows."""
        return self.total > len(self.lines)


@dataclass(frozen=True)
class Meetings:
    """The meetings as seen from the day: past by year, ahead by date, and those of no date."""

    years: list[tuple[str, list[Line]]]
    past: Section
    ahead: Section
    undated: Section
    next: Line | None
    last_announced: Line | None
    all_url: str

    @property
    def total(self) -> int:
        """How many there are, past, ahead and not dated."""
        return self.past.total + self.ahead.total + self.undated.total

    @property
    def is_cut(self) -> bool:
        """Whether there are more than the page shows."""
        return self.past.is_cut or self.ahead.is_cut or self.undated.is_cut


class Sections:
    """Makes sections of rows; ``begun`` tells whether the process had begun by the day.

    Before that, what has no date is not shown: nothing says that it was there.
    """

    def __init__(self, slug: str, marks: Marks, *, begun: bool) -> None:
        self._slug, self._marks, self._begun = slug, marks, begun
        self._countries: dict[str, str] = {}

    def of_documents(self, rows: Rows, kind: type) -> Section:
        """Return the documents, the newest first."""
        return self._section(
            rows, kind, "document", lambda row: (dated(row.dated), said(row.kind, at_start=True))
        )

    def of_studies(self, rows: Rows, kind: type) -> Section:
        """Return the studies, the newest first."""
        return self._section(
            rows,
            kind,
            "study",
            lambda row: (
                dated(row.year),
                _joined(said(row.kind, at_start=True), said(row.coverage)),
            ),
        )

    def of_projects(self, rows: Rows) -> Section:
        """Return the projects, those that began last first."""
        return self._section(
            rows,
            Project,
            "project",
            lambda row: (
                period(row.begins, row.ends) or _("not dated"),
                said(row.status, at_start=True),
            ),
        )

    def of_meetings(self, rows: Rows) -> Meetings:
        """Return the meetings in their three parts."""
        found: dict[str, Rows] = {"past": [], "ahead": [], "undated": []}
        for when in found if self._begun else ["past"]:
            found[when] = [row for row in rows if row.when == when]
        self._countries = country_names(row.place for row in rows)
        lines = {when: [self._meeting(row) for row in each] for when, each in found.items()}
        years: dict[str, list[Line]] = {}
        for row, line in zip(found["past"], lines["past"], strict=True):
            years.setdefault(row.days.strip("./")[:4], []).append(line)
        all_url = self._all("meetings")
        sections = {
            when: Section(lines[when], each[0].total if each else 0, all_url)
            for when, each in found.items()
        }
        return Meetings(
            years=list(years.items()),
            **sections,
            next=self._first(found, lines, "ahead", "undated"),
            last_announced=self._first(found, lines, "past"),
            all_url=all_url,
        )

    def _first(
        self, found: dict[str, Rows], lines: dict[str, list[Line]], *parts: str
    ) -> Line | None:
        """Return the first meeting of ``parts`` that was to take place, as far as is known."""
        for part in parts:
            for row, line in zip(found[part], lines[part], strict=True):
                if row.status in AHEAD or (
                    part == "ahead" and row.status != MeetingStatus.CANCELLED
                ):
                    return line
        return None

    def _meeting(self, row: Any) -> Line:  # noqa: ANN401 -- a named tuple
        told = "" if row.status in TOOK_PLACE else str(MEETING_WORDS[row.status])
        remark = _joined(self._countries.get(row.place, row.place), told)
        return self._line(row, Meeting, "meeting", dated(row.days), remark)

    def _section(
        self, rows: Rows, kind: type, page: str, words: Callable[[Any], tuple[str, str]]
    ) -> Section:
        shown = [row for row in rows if self._begun or row.earliest]
        total, of_known_date = (rows[0].total, rows[0].of_known_date) if rows else (0, 0)
        return Section(
            lines=[self._line(row, kind, page, *words(row)) for row in shown],
            total=total if self._begun else of_known_date,
            all_url=self._all("studies" if page == "study" else f"{page}s"),
            has_undated=total > of_known_date,
        )

    def _line(self, row: Any, kind: type, page: str, when: str, remark: str) -> Line:  # noqa: ANN401 -- a named tuple
        return Line(
            when=when,
            title=text_in(row.title),
            url=address(f"pages:{page}", row.slug),
            remark=remark,
            sources=self._marks.of(kind, row.pk),
            language=foreign(row.title),
        )

    def _all(self, page: str) -> str:
        return f"{reverse(f'pages:{page}')}?process={self._slug}"


def _joined(*words: str) -> SafeString:
    return format_html_join(", ", "{}", ((word,) for word in words if word))
