"""What stands in the frame of every page: higher apps add their entries in ``ready()``."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from comity.accounts.models import User
from comity.accounts.names import namers
from comity.core.registry import Registry
from comity.ui.citing import Place, place_of


@dataclass(frozen=True)
class NavigationEntry:
    """A link of the frame.

    ``url_name`` is the address it leads to, with ``kwargs`` where the address takes any.
    Entries stand by ``order``. What is ``for_signed_in`` is not shown to visitors.
    """

    label: str | Promise
    url_name: str
    order: int
    for_signed_in: bool = False
    kwargs: dict[str, str] | None = None


@dataclass(frozen=True)
class Link:
    """A label and where it leads."""

    label: str
    url: str


@dataclass(frozen=True)
class KeptFrame:
    """The parts of the frame that are the same for many pages, drawn once."""

    navigation: SafeString
    colophon: SafeString


@dataclass(frozen=True)
class Frame:
    """What stands around a page. Without a request nobody is signed in."""

    kept: KeptFrame
    place: Place
    languages: SafeString
    home: str
    installation: str
    person: str
    sign_in_url: str
    sign_out_url: str
    account_url: str


CURRENT = mark_safe(' aria-current="true"')

entries = Registry[NavigationEntry]("navigation entry")
# The foot of the page has two columns of links.
platform_links = Registry[NavigationEntry]("link about the platform")
follow_links = Registry[NavigationEntry]("link to follow")
# What the foot says of the source, each in the reader's language.
source_notes = Registry[Callable[[], str]]("note on the source")


def frame_for(request: HttpRequest | None) -> Frame:
    """Return the frame of the page that answers ``request``."""
    user = getattr(request, "user", None)
    signed_in = isinstance(user, User)
    path, full_path = (request.path, request.get_full_path()) if request else ("", "/")
    language = get_language() or settings.LANGUAGE_CODE
    place = (language, signed_in, settings.ROOT_URLCONF, get_script_prefix())
    sign_in_url = resolve_url(settings.LOGIN_URL)
    return Frame(
        place=place_of(request),
        kept=_kept(_section(path, *place), *place),
        languages=_languages(language, full_path),
        home=get_script_prefix(),
        installation=settings.INSTALLATION_NAME or gettext("Regional processes on migration"),
        person=_name(user) if isinstance(user, User) else "",
        sign_in_url=sign_in_url
        if path.startswith((sign_in_url, "/language/"))
        else f"{sign_in_url}?{urlencode({'next': full_path})}",
        sign_out_url=reverse("account_logout") if signed_in else "",
        account_url=reverse("accounts:account") if signed_in else "",
    )


def _name(user: User) -> str:
    """Return how the reader is called, without asking for the account a second time."""
    names = (namer([user.pk]).get(user.pk) for namer in namers)
    return next(filter(None, names), user.email)


def ways_on(*, signed_in: bool) -> list[Link]:
    """Return the links of the main navigation, for a page that has nothing else to offer."""
    return _links(entries, signed_in=signed_in)


def _languages(chosen: str, next_path: str) -> SafeString:
    """Return the form in which the reader chooses a language and stays on the page.

    It needs no token: see ``comity.ui.views.choose_language``.
    """
    if len(settings.LANGUAGES) == 1:
        return SafeString("")
    buttons = format_html_join(
        "",
        '<li><button class="plain" name="language" value="{}" lang="{}"{}>{}</button></li>',
        (
            (code, code, CURRENT if code == chosen else "", name)
            for code, name in settings.LANGUAGES
        ),
    )
    return format_html(
        '<form class="languages" method="post" action="{}"><input type="hidden" name="next"'
        ' value="{}"><ul aria-label="{}">{}</ul></form>',
        reverse("ui:language"),
        next_path,
        gettext("Language"),
        buttons,
    )


def _links(found: Registry[NavigationEntry], *, signed_in: bool) -> list[Link]:
    shown = [entry for entry in found if signed_in or not entry.for_signed_in]
    shown.sort(key=lambda entry: entry.order)
    return [Link(str(each.label), reverse(each.url_name, kwargs=each.kwargs)) for each in shown]


# The arguments that the body does not name are what the addresses and words depend on.
@lru_cache(maxsize=64)
def _addresses(_language: str, signed_in: bool, _urls: str, _prefix: str) -> list[str]:  # noqa: FBT001 -- a cache key
    return [link.url for link in _links(entries, signed_in=signed_in)]


def _section(path: str, *place: str | bool) -> str:
    """Return the address of the entry that ``path`` lies under, or none."""
    under = [url for url in _addresses(*place) if path.startswith(url)]
    return max(under, key=len, default="")


@lru_cache(maxsize=256)
def _kept(section: str, _language: str, signed_in: bool, _urls: str, _prefix: str) -> KeptFrame:  # noqa: FBT001 -- a cache key
    navigation = {"links": _links(entries, signed_in=signed_in), "section": section}
    colophon = {
        "platform_links": _links(platform_links, signed_in=signed_in),
        "follow_links": _links(follow_links, signed_in=signed_in),
        "source_notes": [note() for note in source_notes],
    }
    return KeptFrame(
        render_to_string("ui/navigation.html", navigation),
        render_to_string("ui/colophon.html", colophon),
    )


def forget() -> None:
    """Forget the frames drawn so far: tests that add entries call this."""
    _addresses.cache_clear()
    _kept.cache_clear()
