"""Load meetings, their series, subjects and who was there."""

from django.contrib.contenttypes.models import ContentType

from comity.processes.loading.catalogue import (
    SUBJECT_COLUMNS,
    organisation_links,
    processes_by_slug,
)
from comity.processes.loading.seats import parties_by_code
from comity.processes.models import Attendance, Meeting, MeetingSubject, Series
from comity.sources.folders import Folder, Place
from comity.sources.models import Original

# Which meetings of a kind belong to a series that the paper counts.
SERIES = {
    ("sacm", "technical consultative meeting"): "Technical Consultative Meetings",
    ("sacm", "conference"): "Conferences",
    ("rcm", "seminar or workshop"): "seminars and workshops",
    ("manila", "seminar"): "annual seminars on irregular migration and trafficking",
    ("midsa", "forum"): "MIDSA forums",
    ("midsa", "workshop/forum"): "MIDSA forums",
    ("midsa", "workshop"): "follow-up technical workshops and seminars",
    ("apc", "plenary"): "plenary meetings",
    ("bali", "ministerial conference"): "Ministerial Conferences",
    ("soderkoping", "senior level review meeting"): "Senior Level Review Meetings",
    ("5plus5", "ministerial meeting"): "5+5 meetings",
}


def load_series(folder: Folder) -> None:
    """Load ``meeting_series.csv``: series of which the paper gives a number or only a kind."""
    file, processes = "paper/meeting_series.csv", processes_by_slug()
    columns = ("process_id", "series", "count_stated", "source", "note")
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        process = folder.needed(processes, values["process_id"], place, "process_id")
        if process is None:
            continue
        stated = values["count_stated"]
        count = folder.number(stated, place, "count_stated") if stated else None
        series = folder.keep(
            Series,
            place,
            {"process": process, "name": {"en": values["series"]}},
            {
                "count_stated": count,
                "note": values["note"],
            },
            columns={"name": "series"},
        )
        folder.cite(series, values["source"])


def load_meetings(folder: Folder) -> None:
    """Load ``meetings.csv``: the meetings that the paper names, held or planned."""
    file = "paper/meetings.csv"
    columns = (
        "meeting_id", "process_id", "forum_id", "title", "kind", "status", "date_text",
        "date_start", "date_end", "date_precision", "place", "place_iso3", "place_basis",
        "organisers", "source", "note",
    )  # fmt: skip
    processes, parties = processes_by_slug(), parties_by_code()
    series = _series_by_name()
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        slug = values["process_id"] or values["forum_id"]
        process = folder.known(processes, slug, place, "process_id")
        country = folder.known(parties, values["place_iso3"], place, "place_iso3")
        first, last = values["date_start"], values["date_end"]
        name = SERIES.get((slug, values["kind"]), "")
        meeting = folder.keep(
            Meeting,
            place,
            {"slug": values["meeting_id"]},
            {
                "process": process,
                "series": series.get((process.pk, name)) if process else None,
                "title": {"en": values["title"]},
                "kind": values["kind"],
                "status": values["status"],
                "days": first if first == last else f"{first}/{last}",
                "place": values["place"],
                "country": country,
                "place_basis": values["place_basis"],
                "organisers": values["organisers"],
                "note": values["note"],
            },
            columns={"slug": "meeting_id", "days": "date_start"},
        )
        folder.cite(meeting, values["source"])


def _series_by_name() -> dict[tuple[int, str], Series]:
    """Return the series by what their source calls them, whatever they are called by now."""
    kind = ContentType.objects.get_for_model(Series)
    originals = Original.objects.filter(content_type=kind).values_list("object_id", "values")
    said = {pk: values["name"] for pk, values in originals}
    return {
        (each.process_id, said.get(each.pk, each.name).get("en", "")): each
        for each in Series.objects.all()
    }


def load_attendances(folder: Folder) -> None:
    """Load ``meeting_participants.csv``: whom the paper names for a meeting."""
    file = "paper/meeting_participants.csv"
    columns = (
        "meeting_id", "name_in_paper", "party_id", "iso3", "successor_iso3", "party_type",
        "role", "note", "source",
    )  # fmt: skip
    meetings = {meeting.slug: meeting for meeting in Meeting.objects.all()}
    parties, links = parties_by_code(), organisation_links(folder)
    orders: dict[str, int] = {}
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        meeting = folder.needed(meetings, values["meeting_id"], place, "meeting_id")
        party = folder.known(parties, values["party_id"], place, "party_id")
        if meeting is None:
            continue
        orders[meeting.slug] = orders.get(meeting.slug, 0) + 1
        attendance = folder.keep(
            Attendance,
            place,
            {"meeting": meeting, "order": orders[meeting.slug]},
            {
                "party": party or links.get(values["name_in_paper"]),
                "name_in_source": values["name_in_paper"],
                "role": values["role"],
                "note": values["note"],
            },
        )
        folder.cite(attendance, values["source"])


def load_meeting_subjects(folder: Folder) -> None:
    """Load the rows of ``themes.csv`` of the paper that belong to meetings."""
    file = "paper/themes.csv"
    meetings = {meeting.slug: meeting for meeting in Meeting.objects.all()}
    for row in folder.rows(file, SUBJECT_COLUMNS):
        values, place = row.values, Place(file, row.number)
        if (meeting := meetings.get(values["owner_id"])) is not None:
            subject = folder.keep(
                MeetingSubject,
                place,
                {
                    "meeting": meeting,
                    "kind": values["kind"],
                    "order": folder.number(values["seq"], place, "seq"),
                },
                {"words": values["theme_in_paper"]},
            )
            folder.cite(subject, values["source"])
