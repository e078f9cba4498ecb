"""Load studies that the paper cites or says were made."""

from comity.library.models import Study
from comity.processes.loading.catalogue import processes_by_slug
from comity.processes.models import Meeting
from comity.sources.folders import Folder, Place

SUBMITTED = {"document submitted to the Third Conference": "m-sacm-3"}


def load_studies(folder: Folder) -> None:
    """Load ``studies.csv``: studies, the matrix, assessments, models, reports cited."""
    file, processes = "paper/studies.csv", processes_by_slug()
    meetings = {meeting.slug: meeting for meeting in Meeting.objects.all()}
    columns = (
        "study_id", "title_in_paper", "year_text", "year", "process_id", "kind",
        "author_or_producer", "coverage", "source", "note",
    )  # fmt: skip
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        study = folder.keep(
            Study,
            place,
            {"slug": values["study_id"]},
            {
                "process": folder.known(processes, values["process_id"], place, "process_id"),
                "meeting": meetings.get(SUBMITTED.get(values["kind"], "")),
                "title": {"en": values["title_in_paper"]},
                "kind": values["kind"],
                "year": values["year"],
                "producer": values["author_or_producer"],
                "coverage": values["coverage"],
                "note": values["note"],
            },
            columns={"slug": "study_id"},
        )
        folder.cite(study, values["source"])
