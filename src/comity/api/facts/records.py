"""What is said of meetings, documents, studies, projects and sources."""

from collections.abc import Callable
from typing import Any

from comity.api.facts.kinds import Facts, Whole, rests_on, when
from comity.documents.models import Document
from comity.library.models import Study
from comity.processes.models import Meeting
from comity.projects.models import Project
from comity.sources.models import Source


def each_of(whole: Whole, facts: Callable[[Any], Facts]) -> Callable[[list[Any]], list[Facts]]:
    """Return what says of rows of one model what all records share, and their own ``facts``."""

    def say(found: list[Any]) -> list[Facts]:
        rests = rests_on(found)
        return [
            {
                "slug": row.slug,
                "title": row.title,
                "process": row.process.slug if row.process else None,
                "url": whole(row.get_absolute_url()),
                **rests[row.pk],
                "version": row.version,
                "note": row.note,
                **facts(row),
            }
            for row in found
        ]

    return say


def meeting_facts(row: Meeting) -> Facts:
    """Return what is said of a meeting alone."""
    return {
        "kind": row.kind,
        "status": row.status,
        "days": when(row.days),
        "place": row.place,
        "country": row.country.code if row.country else None,
        "organisers": row.organisers,
    }


def document_facts(row: Document) -> Facts:
    """Return what is said of a document alone."""
    return {
        "symbol": row.symbol,
        "kind": row.kind,
        "dated": when(row.dated),
        "meeting": row.meeting.slug if row.meeting else None,
        "adopted_by": row.adopted_by,
        "audience": row.audience,
        "published_at": row.published_at,
    }


def study_facts(row: Study) -> Facts:
    """Return what is said of a study alone."""
    return {
        "kind": row.kind,
        "year": when(row.year),
        "producer": row.producer,
        "coverage": row.coverage,
    }


def project_facts(row: Project) -> Facts:
    """Return what is said of a project alone."""
    return {
        "begins": when(row.begins),
        "ends": when(row.ends),
        "status": row.status,
        "implementer": row.implementer,
        "countries": [each.party.code for each in row.countries.all()],
    }


def source_facts(row: Source, whole: Whole) -> Facts:
    """Return what is said of a source."""
    return {
        "slug": row.slug,
        "title": row.title,
        "symbol": row.symbol,
        "issued": when(row.issued),
        "publisher": row.publisher,
        "link": row.url,
        "licence": row.licence,
        "url": whole(row.get_absolute_url()),
    }
