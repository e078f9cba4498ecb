"""Pages that can be cited: where they stay, what else says the same, and how they are called.

A higher app declares its pages in ``citable``. The frame then says in the head of each where it
stays and in which other forms it can be had, and leads at its foot to how it is cited.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from comity.accounts.authority import Actor
from comity.core.addresses import whole_address
from comity.core.registry import Registry
from comity.ui.days import EARLIEST, latest_day

DAY = "on"


@dataclass(frozen=True)
class Cited:
    """What a page is about, in the reader's language; ``version`` where its row is edited."""

    title: str
    version: int | None = None


@dataclass(frozen=True)
class Alternate:
    """Another form of a page: its media type, what it is, and where."""

    media_type: str
    title: str | Promise
    url: str


Parts = Mapping[str, str]
Reading = Callable[[Actor, Parts, date], Cited]
Accepting = Callable[[str], bool]
Others = Callable[[Parts], list[Alternate]]


def no_others(_parts: Parts) -> list[Alternate]:
    """Return the other forms of a page that has none."""
    return []


@dataclass(frozen=True)
class Citable:
    """A page that can be cited.

    ``read`` says what it is about, as of a day and as the reader may see it, and raises Http404
    where there is nothing; it gets the named parts of the address. ``keeps`` are the parameters
    that belong to the address; with ``on`` among them it shows any day. ``accepts`` tells of
    some whether their page heeds a value: what it passes over belongs to no address.
    """

    read: Reading
    keeps: tuple[str, ...] = ()
    accepts: Mapping[str, Accepting] = field(default_factory=dict)
    others: Others = no_others

    @property
    def is_dated(self) -> bool:
        """Whether the page can be had as of a day."""
        return DAY in self.keeps

    def address(self, path: str, given: Mapping[str, str]) -> str:
        """Return where the page stays, with those parameters that belong to its address."""
        kept = [
            (name, given[name])
            for name in self.keeps
            if given.get(name) and self._heeds(name, given[name])
        ]
        return f"{whole_address(path)}{'?' if kept else ''}{urlencode(kept)}"

    def _heeds(self, name: str, value: str) -> bool:
        if name == DAY:
            return named_day(value) is not None
        return name not in self.accepts or self.accepts[name](value)


def named_day(text: str) -> date | None:
    """Return the day that an address names, nothing where it names none that can be."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 -- a day, as pages read it
    except ValueError:
        return None
    return day if EARLIEST <= day <= latest_day() else None


# By the name of the address, as in "pages:process".
citable = Registry[Citable]("page to cite")


@dataclass(frozen=True)
class Place:
    """What the frame says of where a page stays: in its head, and at its foot."""

    links: SafeString
    cite: SafeString


NOWHERE = Place(SafeString(""), SafeString(""))


def place_of(request: HttpRequest | None) -> Place:
    """Return what the frame says of the page that answers ``request``; nothing of most."""
    match = request.resolver_match if request else None
    if match is None or match.view_name not in citable:
        return NOWHERE
    assert request is not None
    page = citable[match.view_name]
    links = format_html_join(
        "",
        '<link rel="alternate" type="{}" title="{}" href="{}">',
        ((each.media_type, each.title, each.url) for each in page.others(match.kwargs)),
    )
    given = request.GET.dict()
    query = request.GET.urlencode()
    return Place(
        format_html('<link rel="canonical" href="{}">{}', page.address(request.path, given), links),
        format_html(
            '<p class="cite-link"><a rel="nofollow" href="{}{}">{}</a></p>',
            reverse("ui:cite", args=[request.path_info.lstrip("/")]),
            f"?{query}" if query else "",
            gettext("Cite this page"),
        ),
    )
