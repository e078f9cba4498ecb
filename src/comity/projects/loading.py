"""Load projects that the paper names, where they work and on what."""

from comity.processes.loading.catalogue import SUBJECT_COLUMNS, processes_by_slug
from comity.processes.loading.seats import parties_by_code
from comity.projects.models import Project, ProjectCountry, ProjectSubject
from comity.sources.folders import Folder, Place


def load_projects(folder: Folder) -> None:
    """Load ``projects.csv``: the projects of the processes, named or not."""
    file, processes = "paper/projects.csv", processes_by_slug()
    columns = (
        "project_id", "title_in_paper", "process_id", "forum_id", "named", "start", "end",
        "status_in_paper", "implementer", "in_plan_of_action", "source", "note",
    )  # fmt: skip
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        slug = values["process_id"] or values["forum_id"]
        project = folder.keep(
            Project,
            place,
            {"slug": values["project_id"]},
            {
                "process": folder.known(processes, slug, place, "process_id"),
                "title": {"en": values["title_in_paper"]},
                "is_named": values["named"] == "yes",
                "begins": values["start"],
                "ends": values["end"],
                "status": values["status_in_paper"],
                "implementer": values["implementer"],
                "plan": values["in_plan_of_action"],
                "note": values["note"],
            },
            columns={"slug": "project_id", "begins": "start", "ends": "end"},
        )
        folder.cite(project, values["source"])


def load_project_countries(folder: Folder) -> None:
    """Load ``project_countries.csv``: the countries in which each project works."""
    file, parties = "paper/project_countries.csv", parties_by_code()
    projects = {project.slug: project for project in Project.objects.all()}
    for number, row in enumerate(
        folder.rows(file, ("project_id", "name_in_paper", "iso3", "source")), start=1
    ):
        values, place = row.values, Place(file, row.number)
        project = folder.needed(projects, values["project_id"], place, "project_id")
        party = folder.needed(parties, values["iso3"], place, "iso3")
        if project is None or party is None:
            continue
        country = folder.keep(
            ProjectCountry,
            place,
            {"project": project, "party": party},
            {"name_in_source": values["name_in_paper"], "order": number},
        )
        folder.cite(country, values["source"])


def load_project_subjects(folder: Folder) -> None:
    """Load the rows of ``themes.csv`` of the paper that belong to projects."""
    file = "paper/themes.csv"
    projects = {project.slug: project for project in Project.objects.all()}
    for row in folder.rows(file, SUBJECT_COLUMNS):
        values, place = row.values, Place(file, row.number)
        if (project := projects.get(values["owner_id"])) is not None:
            subject = folder.keep(
                ProjectSubject,
                place,
                {
                    "project": project,
                    "kind": values["kind"],
                    "order": folder.number(values["seq"], place, "seq"),
                },
                {"words": values["theme_in_paper"]},
            )
            folder.cite(subject, values["source"])
