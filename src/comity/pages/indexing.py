"""Put everything that can be found into the index anew; services keep it up afterwards."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext

from comity.documents.indexing import index_documents, whole_documents
from comity.elements.indexing import index_elements, whole_elements
from comity.exchange.indexing import index_all_theirs
from comity.library.models import Study
from comity.parties.indexing import index_parties, names_of_party
from comity.parties.models import Party
from comity.processes.indexing import (
    found_by,
    index_meetings,
    index_processes,
    meeting_words,
    process_words,
    sentence_of_process,
    whole_meetings,
)
from comity.processes.models import Process
from comity.projects.models import Project
from comity.search.followers import in_batches
from comity.search.passages import (
    date_words,
    day_of,
    in_every_language,
    passages,
    said_of,
    sentence,
)
from comity.search.services import Findable, index_many
from comity.search.sources import PUBLIC

STUDY, PROJECT = "study", "project"
STUDIES = "study paper assessment estudio étude estudo دراسة исследование 研究"
PROJECTS = "project programme proyecto programa projet projeto مشروع проект 项目"
BATCH = 500
Row = TypeVar("Row", bound=models.Model)


def index_everything() -> None:
    """Index all that can be found: processes, parties, meetings, papers, elements and the rest."""
    for parties in _batches(Party.objects.prefetch_related("names")):
        index_parties(parties)
    for processes in _batches(Process.objects.all()):
        index_processes(processes)
    for found in _batches(whole_meetings()):
        index_meetings(found)
    for papers in _batches(whole_documents()):
        index_documents(papers)
    for elements in _batches(whole_elements()):
        index_elements(elements)
    for studies in _batches(_studies()):
        _index_studies(studies)
    for projects in _batches(_projects()):
        _index_projects(projects)
    index_all_theirs()


def follow_with_studies_and_projects(target: models.Model, tell: Callable[[], None]) -> None:
    """Index anew the studies and projects found by the words of a process, meeting or party."""
    condition = found_by(target)
    if condition:
        in_batches(_studies().filter(**condition), _index_studies, tell)
    if isinstance(target, Process):
        in_batches(_projects().filter(process=target), _index_projects, tell)
    if isinstance(target, Party):
        in_batches(_projects().filter(countries__party=target), _index_projects, tell)


def _studies() -> models.QuerySet[Study]:
    return Study.objects.select_related(
        "process", "meeting__series", "meeting__country"
    ).prefetch_related("process__aliases", "meeting__country__names")


def _projects() -> models.QuerySet[Project]:
    return Project.objects.select_related("process").prefetch_related(
        "subjects", "process__aliases", "countries__party__names"
    )


def _index_studies(studies: list[Study]) -> None:
    index_many(_study(study) for study in studies)


def _index_projects(projects: list[Project]) -> None:
    index_many(_project(project) for project in projects)


def _batches(rows: models.QuerySet[Row]) -> Iterator[list[Row]]:
    found = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield batch


def _study(study: Study) -> Findable:
    return Findable(
        target=study,
        kind=STUDY,
        url=study.get_absolute_url(),
        passages=passages(
            study.title,
            lambda language: [
                sentence(gettext(study.kind), study.producer, day_of(study.year), study.coverage),
                sentence_of_process(study.process, language),
            ],
        ),
        keys=[PUBLIC],
        when=study.year_earliest,
        names=[str(study.year)],
        also=[
            STUDIES,
            in_every_language(study.kind),
            date_words(study.year),
            *meeting_words(study.meeting),
            *process_words(study.process),
        ],
        is_made_up=bool(study.process and study.process.is_made_up),
    )


def _project(project: Project) -> Findable:
    subjects = [subject.words for subject in project.subjects.all()]
    countries = list(project.countries.all())
    return Findable(
        target=project,
        kind=PROJECT,
        url=project.get_absolute_url(),
        passages=passages(
            project.title,
            lambda language: [
                sentence(gettext("project"), project.status, day_of(project.begins)),
                said_of(gettext("Carried out"), [project.implementer]),
                said_of(gettext("Countries"), [row.name_in_source for row in countries]),
                sentence_of_process(project.process, language),
                said_of(gettext("Subjects"), subjects),
            ],
        ),
        keys=[PUBLIC],
        when=project.begins_earliest,
        also=[
            PROJECTS,
            date_words(project.begins),
            date_words(project.ends),
            *(name for row in countries for name in names_of_party(row.party)),
            *process_words(project.process),
        ],
        is_made_up=bool(project.process and project.process.is_made_up),
    )
