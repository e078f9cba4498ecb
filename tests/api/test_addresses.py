"""Addresses stay: nothing that has a page can be given another, and older forms lead on."""

import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django import forms
from django.apps import apps

from comity.documents.models import Document
from comity.library.models import Study
from comity.parties.models import Party
from comity.processes.models import Meeting, Process
from comity.processes.services.slugs import free_slug
from comity.projects.models import Project
from comity.sources.models import Source
from tests.factories.parties import PartyFactory
from tests.factories.processes import MeetingFactory, ProcessFactory

WITH_A_PAGE = {Document, Meeting, Party, Process, Project, Source, Study}
# A new row is given its slug or code by these, and by nothing else.
CHOSEN_WHEN_MADE = {"add_agreement", "add_office", "describe_source", "keep_loaded_paper"}


def functions_of(name):
    """Yield the public functions of all modules of services, or forms, of our apps."""
    for app in apps.get_app_configs():
        if not app.name.startswith("comity."):
            continue
        try:
            package = import_module(f"{app.name}.{name}")
        except ModuleNotFoundError:
            continue
        inner = iter_modules(getattr(package, "__path__", []))
        modules = [package, *(import_module(f"{package.__name__}.{each.name}") for each in inner)]
        for module in modules:
            for member in vars(module).values():
                if getattr(member, "__module__", None) == module.__name__:
                    yield member


def test_no_service_takes_the_slug_or_code_of_a_row_that_has_a_page():
    taking = set()
    for member in functions_of("services"):
        if inspect.isfunction(member) and not member.__name__.startswith("_"):
            if {"slug", "code"} & set(inspect.signature(member).parameters):
                taking.add(member.__name__)
        elif inspect.isclass(member):
            fields = set(getattr(member, "__dataclass_fields__", {}))
            assert not {"slug", "code"} & fields, member

    assert taking == CHOSEN_WHEN_MADE


def test_no_form_of_a_row_that_has_a_page_offers_its_slug_or_code():
    for member in functions_of("forms"):
        if inspect.isclass(member) and issubclass(member, forms.ModelForm):
            model = member._meta.model
            if model in WITH_A_PAGE:
                assert not {"slug", "code"} & set(member.base_fields), member


def test_no_service_removes_what_has_a_page():
    names = {model.__name__.lower() for model in WITH_A_PAGE}
    removing = {
        member.__name__ for member in functions_of("services") if inspect.isfunction(member)
    }

    assert not removing & {f"{verb}_{name}" for verb in ("remove", "delete") for name in names}


def test_a_slug_that_is_taken_is_not_given_again(db):
    process = ProcessFactory(slug="bali")
    MeetingFactory(slug="bali-first-meeting", process=process)

    assert free_slug(Meeting, process, {"en": "First meeting"}) == "bali-first-meeting-2"


@pytest.mark.parametrize(
    ("kind", "asked", "stays"),
    [
        ("organisation", "/parties/ALM/", "/organisations/ALM/"),
        ("state", "/organisations/ALM/", "/parties/ALM/"),
        ("state", "/parties/alm/", "/parties/ALM/"),
    ],
)
def test_an_older_form_of_an_address_leads_on_for_good(db, client, kind, asked, stays):
    PartyFactory(code="ALM", kind=kind)

    answer = client.get(asked)

    assert (answer.status_code, answer["Location"]) == (301, stays)
