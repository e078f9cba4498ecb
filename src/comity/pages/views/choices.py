"""Choices as links: each keeps what else the address says."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from comity.ui.requests import Request


@dataclass(frozen=True)
class Choice:
    """One way to go on from here."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Choices:
    """All that can be chosen for one part of the address."""

    name: str
    label: str
    options: list[Choice]


def choices_of(
    request: Request, form: forms.Form, name: str, among: Container[str] | None = None
) -> Choices:
    """Return the choices of a field of a bound ``form`` as links.

    ``among`` leaves out what would show nothing; the first choice and the chosen one stay.
    """
    field: Any = form.fields[name]  # Any: it has choices
    values = [(str(value), str(label)) for value, label in field.choices]
    default = values[0][0]
    # Where nothing is chosen, or what cannot be, the first stands.
    chosen = form.cleaned_data.get(name) or default
    options = [
        Choice(label, address_with(request, name, value, default), value == chosen)
        for value, label in values
        if among is None or value in among or value in {default, chosen}
    ]
    return Choices(name, str(field.label), options)


def address_with(request: Request, name: str, value: str, default: str = "") -> str:
    """Return the address of this page with one part changed; what is usual is left out."""
    kept = request.GET.copy()
    kept.pop("page", None)
    kept[name] = value
    if value == default:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else request.path


def kept_beside(request: Request, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the other parts of the address, for a form that changes only ``names``."""
    own = {*names, "page"}
    return [(key, str(value)) for key, value in request.GET.items() if key not in own]


def query_of(request: Request, form: forms.Form, leave: Container[str] = ()) -> str:
    """Return what follows the address, so that a file holds what the page shows.

    What ``form`` refuses, or does not know, is left out, and what ``leave`` names.
    """
    refused = {*form.errors}
    kept = request.GET.copy()
    for name in request.GET:
        if name not in form.fields or name in refused or name in leave:
            del kept[name]
    return f"?{kept.urlencode()}" if kept else ""
