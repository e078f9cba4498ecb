"""Load what a new installation starts from: the paper's data, all of it or nothing."""

from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from comity.accounts.authority import SYSTEM
from comity.audit.services import record
from comity.documents.loading import load_document_subjects, load_documents
from comity.documents.models import Document
from comity.library.loading import load_studies
from comity.pages.described import describe_data, describe_paper
from comity.pages.indexing import index_everything
from comity.parties.loading import (
    load_countries,
    load_names,
    load_organisations,
    load_parties,
    load_renamed,
)
from comity.processes.loading import catalogue, meetings, relations, seats
from comity.processes.loading.seats import parties_by_code
from comity.processes.models import Meeting, Process
from comity.projects.loading import (
    load_project_countries,
    load_project_subjects,
    load_projects,
)
from comity.projects.models import Project
from comity.sources.folders import Folder, Place
from comity.sources.services import Stated, cite_all, state_all

DATA = Path(__file__).resolve().parents[3] / "data"
STEPS = (
    load_countries,
    load_parties,
    load_renamed,
    load_names,
    load_organisations,
    catalogue.load_themes,
    catalogue.load_processes,
    catalogue.load_aliases,
    catalogue.load_areas,
    catalogue.load_process_subjects,
    catalogue.load_websites,
    catalogue.load_groupings,
    catalogue.load_stages,
    meetings.load_series,
    meetings.load_meetings,
    meetings.load_attendances,
    meetings.load_meeting_subjects,
    seats.load_participants,
    seats.load_bodies,
    seats.load_terms,
    seats.load_seats,
    relations.load_partners,
    relations.load_iom_roles,
    relations.load_agreements,
    load_documents,
    load_document_subjects,
    load_projects,
    load_project_countries,
    load_project_subjects,
    load_studies,
)


@dataclass(frozen=True)
class Loaded:
    """How many rows were added, brought up to date, or left because somebody edited them."""

    added: int
    changed: int
    left: int


@transaction.atomic
def load_paper(path: Path = DATA) -> Loaded:
    """Load the paper's data from the folder at ``path``; a second time adds nothing.

    Raises:
        BadFolderError: the tables hold problems; nothing of them is kept.
    """
    folder, source = Folder(path), describe_paper()
    describe_data()
    for step in STEPS:
        step(folder)
    _check_owners(folder)
    differences = _read_differences(folder)
    folder.finish()
    cited = cite_all(folder.cited, source, by=SYSTEM)
    stated = state_all(differences, source, by=SYSTEM)
    loaded = Loaded(folder.added, folder.changed, folder.left)
    if loaded.added or loaded.changed or cited or stated:
        index_everything()
        counts = {"added": loaded.added, "changed": loaded.changed}
        record(SYSTEM, "paper.loaded", source, after=counts)
    return loaded


def _check_owners(folder: Folder) -> None:
    """Refuse subjects of what no step has loaded: each step takes those of its own kind."""
    file = "paper/themes.csv"
    owners = {
        slug
        for model in (Process, Meeting, Document, Project)
        for slug in model._default_manager.values_list("slug", flat=True)
    }
    for row in folder.rows(file, catalogue.SUBJECT_COLUMNS):
        owner, place = row.values["owner_id"], Place(file, row.number)
        if owner not in owners:
            folder.refuse_code(place, "owner_id", owner)


def _read_differences(
    folder: Folder,
) -> list[Stated]:
    """Return what the paper says in two ways, for the page to show side by side."""
    file = "reading/differences.csv"
    found: dict[str, dict[str, models.Model]] = {
        "process": dict(catalogue.processes_by_slug()),
        "meeting": {meeting.slug: meeting for meeting in Meeting.objects.all()},
        "party": dict(parties_by_code()),
    }
    rows = []
    for row in folder.rows(file, ("kind", "slug", "about", "order", "locator", "en", "es", "fr")):
        values, place = row.values, Place(file, row.number)
        if values["kind"] not in found:
            folder.refuse_code(place, "kind", values["kind"])
            continue
        target = folder.needed(found[values["kind"]], values["slug"], place, "slug")
        if target is None:
            continue
        words = {language: values[language] for language in ("en", "es", "fr")}
        order = folder.number(values["order"], place, "order")
        rows.append(Stated(target, values["about"], words, values["locator"], order))
    return rows
