"""The paper's functions in our words, each with the page that does it."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comity.core.punctuation import colon
from comity.documents.models import Document
from comity.library.models import Study
from comity.pages.described import PAPER
from comity.pages.loading import DATA
from comity.parties.queries import names_of_codes
from comity.processes.models import Meeting, Process
from comity.sources.locators import address_of, short_form, split_locators


class Area(TextChoices):
    """The parts of a secretariat's work."""

    FORUM = "forum", _("A forum for States")
    SECRETARIAT = "secretariat", _("Secretariat")
    RESEARCH = "research-information", _("Research and information")
    CAPACITY = "capacity-building", _("Capacity-building")
    IMPLEMENTING = "implementing-partner", _("Projects")
    LIAISON = "liaison-partners", _("Liaison and partners")


# Pages are named as they name themselves: a row of the table takes nothing but its address.
LISTS = {
    "/processes/": _("Processes by region"),
    "/groupings/": _("Regional groupings"),
    "/participation/": _("Who takes part where"),
    "/overlaps/": _("Where processes overlap"),
    "/themes/": _("Where themes converge"),
    "/secretariats/": _("Secretariats"),
    "/visits/": _("Liaison visits"),
    "/requests/": _("Requests"),
}
# Pages that only those whom they concern open.
CLOSED = {"/visits/", "/requests/"}
# A page of a process; the second value says whether everybody may open it.
PARTS = {
    "requests": (_("Requests"), False),
    "stages": (_("Stages"), False),
    "rotation": (_("Rotation"), True),
    "visits": (_("Liaison visits"), False),
    "people": (_("People"), False),
    "networks": (_("Networks of contacts"), False),
    "calls": (_("Calls"), False),
    "consultations": (_("Consultations on texts"), False),
    "elements": (_("Elements of adopted texts"), True),
}
RECORDS: dict[str, type[Any]] = {  # Any: each has a slug
    "processes": Process,
    "meetings": Meeting,
    "documents": Document,
    "studies": Study,
}


@dataclass(frozen=True)
class Function:
    """One function: its number in our list, what it is, and where it is done."""

    number: str
    words: str
    page: str
    page_name: str
    is_open: bool
    sources: SafeString


@dataclass(frozen=True)
class Group:
    """The functions of one part of the work, and how many of them have their page."""

    code: str
    name: str
    functions: list[Function]
    done: int


@lru_cache(maxsize=1)
def _rows() -> list[tuple[dict[str, str], str]]:
    sources = {row["function_id"]: row["source"] for row in _read("paper/functions.csv")}
    return [(row, sources[row["function_id"]]) for row in _read("functions/functions.csv")]


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_functions() -> list[Group]:
    """Return all functions by part of the work, in the reader's language."""
    chosen = get_language() or "en"
    names = _names_of({row["page"] for row, _source in _rows() if row["page"]})
    groups = []
    for code, name in Area.choices:
        found = [
            Function(
                number=row["function_id"],
                words=row.get(chosen) or row["en"],
                page=row["page"],
                page_name=names.get(row["page"], ""),
                is_open=_is_open(row["page"]),
                sources=_marks(source),
            )
            for row, source in _rows()
            if row["area"] == code
        ]
        done = sum(bool(each.page_name) for each in found)
        groups.append(Group(code, str(name), found, done))
    return groups


def _names_of(pages: set[str]) -> dict[str, str]:
    """Return how each page is called; one that does not exist here is called nothing."""
    slugs: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        folder, _stroke, slug = page.strip("/").partition("/")
        slugs[folder].add(slug)
    found = {page: str(name) for page, name in LISTS.items() if page in pages}
    for folder, model in RECORDS.items():
        titles = model._default_manager.filter(slug__in=slugs[folder])
        found |= {f"/{folder}/{row.slug}/": str(row) for row in titles}
    parts = {page: _part_of(page) for page in pages if _part_of(page)[1]}
    wanted = {process for process, _part in parts.values()}
    processes = {row.slug: str(row) for row in Process.objects.filter(slug__in=wanted)}
    for page, (process, part) in parts.items():
        if process in processes:
            found[page] = f"{processes[process]}{colon()} {PARTS[part][0]}"
    for code, name in names_of_codes(slugs["organisations"]).items():
        found[f"/organisations/{code}/"] = name
    return found


def _part_of(page: str) -> tuple[str, str]:
    """Return the process and the part of it that a page is, empty where it is no such page."""
    folder, slug, *part = [*page.strip("/").split("/"), "", ""]
    return (slug, part[0]) if folder == "processes" and part[0] else ("", "")


def _is_open(page: str) -> bool:
    """Tell whether everybody may open the page."""
    _process, part = _part_of(page)
    return page not in CLOSED and (not part or PARTS[part][1])


def _marks(source: str) -> SafeString:
    return format_html_join(
        " ",
        '<cite class="source"><a href="{}">{}</a></cite>',
        ((address_of(PAPER, each), short_form(each)) for each in split_locators(source)),
    )
