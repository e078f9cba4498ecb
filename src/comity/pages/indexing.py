"""Put everything that can be found into the index anew; services keep it up afterwards."""

from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from django.db import models

from comity.core.translated import text_in
from comity.documents.indexing import index_documents
from comity.documents.models import Document
from comity.library.models import Study
from comity.parties.indexing import index_parties
from comity.parties.models import Party
from comity.processes.indexing import index_meetings, index_processes
from comity.processes.models import Meeting, Process
from comity.projects.models import Project
from comity.search.services import Findable, index_many
from comity.search.sources import PUBLIC

STUDY, PROJECT = "study", "project"
BATCH = 500
Row = TypeVar("Row", bound=models.Model)


def index_everything() -> None:
    """Index every process, party, meeting, document, study and project, some at a time."""
    for parties in _batches(Party.objects.prefetch_related("names")):
        index_parties(parties)
    for processes in _batches(Process.objects.all()):
        index_processes(processes)
    for meetings in _batches(
        Meeting.objects.select_related("process").prefetch_related("subjects")
    ):
        index_meetings(meetings)
    documents = Document.objects.select_related("process")
    for found in _batches(documents.prefetch_related("subjects", "named_parties")):
        index_documents(found)
    for studies in _batches(Study.objects.select_related("process")):
        index_many(_study(study) for study in studies)
    for projects in _batches(
        Project.objects.select_related("process").prefetch_related("subjects", "countries")
    ):
        index_many(_project(project) for project in projects)


def _batches(rows: models.QuerySet[Row]) -> Iterator[list[Row]]:
    found = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield batch


def _study(study: Study) -> Findable:
    words = [study.kind, study.producer, study.coverage]
    return Findable(
        target=study,
        kind=STUDY,
        url=study.get_absolute_url(),
        passages=[
            (
                language,
                title,
                "\n".join([*words, text_in(study.process.name, language) if study.process else ""]),
            )
            for language, title in study.title.items()
        ],
        keys=[PUBLIC],
        when=study.year_earliest,
    )


def _project(project: Project) -> Findable:
    words = [project.implementer, project.status]
    words += [subject.words for subject in project.subjects.all()]
    words += [country.name_in_source for country in project.countries.all()]
    return Findable(
        target=project,
        kind=PROJECT,
        url=project.get_absolute_url(),
        passages=[
            (
                language,
                title,
                "\n".join(
                    [*words, text_in(project.process.name, language) if project.process else ""]
                ),
            )
            for language, title in project.title.items()
        ],
        keys=[PUBLIC],
        when=project.begins_earliest,
    )
