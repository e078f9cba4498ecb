"""The pages that tell people how programs ask, and hand out the open data."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from comity.api.exports.archive import all_tables
from comity.api.exports.columns import Column
from comity.api.models import Release
from comity.api.service import api
from comity.api.services import latest_releases
from comity.core.addresses import whole_address
from comity.sources.models import Source
from comity.store.responses import serve_file
from comity.ui.requests import Request
from comity.ui.responses import render_page

LATEST: Final = "latest"
# What is for one person, or says again what another page says.
NOT_FOR_ENGINES: Final = ("/accounts/", "/cite", "/desk/", "/jobs/", "/search/")


@dataclass(frozen=True)
class Parameter:
    """What a question can be asked with."""

    name: str
    words: str


@dataclass(frozen=True)
class Question:
    """An address of the API, and what it answers."""

    path: str
    example: str
    words: str
    parameters: list[Parameter]


@dataclass(frozen=True)
class Described:
    """A table of the open data as the page describes it."""

    name: str
    title: str
    rows: int
    columns: list[Column]


@require_safe
def open_data(request: Request) -> HttpResponse:
    """Show what is in the open data, under which licence, and where they are."""
    releases = list(latest_releases())
    rows = {each["name"]: each["rows"] for each in releases[0].tables} if releases else {}
    context = {
        "release": releases[0] if releases else None,
        "releases": releases[1:],
        "tables": [
            Described(each.name, str(each.title), rows[each.name], each.columns)
            for each in all_tables()
            if each.name in rows
        ],
        "latest": reverse("open_data_file", args=[LATEST]),
        "licence": settings.DATA_LICENCE,
        "sources": Source.objects.all(),
    }
    return render_page(request, "api/open_data.html", context)


def _etag(_request: Request, release: str) -> str | None:
    found = _release(release)
    return f'"{found.file.sha256}"' if found else None


@require_safe
@condition(etag_func=_etag)
def open_data_file(_request: Request, release: str) -> HttpResponseBase:
    """Hand out a release of the open data for as long as it is kept; “latest” is the last."""
    found = _release(release)
    if found is None:
        raise Http404(_("This release is not kept."))
    response = serve_file(found.file, name=f"comity-{found}.zip")
    response["Cache-Control"] = "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    response["Last-Modified"] = http_date(found.made_at.timestamp())
    return response


def _release(name: str) -> Release | None:
    """Return the release of that name, the one like the record of last night for “latest”."""
    found = latest_releases()
    return (found if name == LATEST else found.filter(file__sha256__startswith=name)).first()


@require_safe
def robots(_request: Request) -> HttpResponse:
    """Tell search engines where the public pages are listed, and which lead nowhere for them."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_ENGINES),
        f"Sitemap: {whole_address(reverse('sitemap_index'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def guide(request: Request) -> HttpResponse:
    """Show every question of the API, with its parameters and an address to try."""
    context = {"questions": _questions(), "description": reverse("api:openapi-json")}
    return render_page(request, "api/guide.html", context)


@require_safe
def without_slash(request: Request, question: str) -> HttpResponse:
    """Lead on from an address with a slash at its end to the question itself."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    address = f"{reverse('api_guide')}{quote(question.rstrip('/'))}{query}"
    return HttpResponseRedirect(address)


@cache
def _questions() -> list[Question]:
    paths: dict[str, Any] = api.get_openapi_schema()["paths"]
    return [_question(path, methods["get"]) for path, methods in paths.items()]


def _question(path: str, described: dict[str, Any]) -> Question:
    parameters = [
        Parameter(each["name"], each.get("schema", {}).get("description", ""))
        for each in described.get("parameters", [])
        if each["in"] == "query"
    ]
    example = "" if "{" in path else path
    return Question(path, example, described.get("description", ""), parameters)
