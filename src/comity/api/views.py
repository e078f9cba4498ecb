"""The page that tells people how programs ask."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from comity.api.service import api
from comity.ui.requests import Request
from comity.ui.responses import render_page


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


@require_safe
def guide(request: Request) -> HttpResponse:
    """Show every question of the API, with its parameters and an address to try."""
    context = {"questions": _questions(), "description": reverse("api:openapi-json")}
    return render_page(request, "api/guide.html", context)


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
