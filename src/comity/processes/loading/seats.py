"""Load who takes part in processes, sits in their bodies and holds their offices."""

from datetime import UTC, datetime

from comity.parties.models import Party
from comity.processes.loading.catalogue import processes_by_slug
from comity.processes.models import (
    Body,
    Meeting,
    OpenSet,
    Participation,
    Process,
    Seat,
    Status,
    Term,
)
from comity.sources.folders import Folder, Place

# The paper lists participants as they stood when it was issued, and does not say since when.
WHEN_LISTED = "../2003-11"
# What the paper lists is no secretariat's own word: it opens as what the parties confirmed.
LISTED_AT = datetime(2003, 11, 1, tzinfo=UTC)
OPEN_SET = "open set"
INVITED_SINCE = "invited since "
JOINED_AT = {"joined at the sixth APC plenary": "m-apc-plenary-6"}
OFFICES_OF = {
    "b-rcm-ro": "iom",
    "b-cis-tcc": "iom",
    "b-bali-ro": "iom",
}


def parties_by_code() -> dict[str, Party]:
    """Return every party by its code."""
    return {party.code: party for party in Party.objects.all()}


def load_participants(folder: Folder) -> None:
    """Load ``participants.csv``: the entries of Annex II and the invited State of a footnote."""
    file = "paper/participants.csv"
    columns = (
        "process_id", "seq", "name_in_paper", "party_id", "iso3", "for_territory_iso3",
        "party_type", "status", "note", "source",
    )  # fmt: skip
    processes, parties = processes_by_slug(), parties_by_code()
    meetings = {meeting.slug: meeting for meeting in Meeting.objects.all()}
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        process = folder.needed(processes, values["process_id"], place, "process_id")
        if process is None:
            continue
        if values["party_type"].startswith(OPEN_SET):
            _keep_open_set(folder, place, process, values)
            continue
        _keep_participation(folder, place, process, values, parties=parties, meetings=meetings)


def _keep_participation(
    folder: Folder,
    place: Place,
    process: Process,
    values: dict[str, str],
    *,
    parties: dict[str, Party],
    meetings: dict[str, Meeting],
) -> None:
    party = folder.needed(parties, values["party_id"], place, "party_id")
    territory = folder.known(parties, values["for_territory_iso3"], place, "for_territory_iso3")
    if party is None:
        return
    is_invited = values["status"].startswith(INVITED_SINCE)
    begins = values["status"].removeprefix(INVITED_SINCE) if is_invited else WHEN_LISTED
    participation = folder.keep(
        Participation,
        place,
        {"process": process, "party": party, "for_territory": territory},
        {
            "status": Status.INVITED if is_invited else values["status"],
            "begins": begins,
            "order": folder.number(values["seq"] or "0", place, "seq"),
            "since_meeting": meetings.get(JOINED_AT.get(values["note"], "")),
            "name_in_source": values["name_in_paper"],
            "note": values["note"],
            "confirmed_at": LISTED_AT,
        },
        columns={"begins": "status", "name_in_source": "name_in_paper"},
    )
    folder.cite(participation, values["source"])


def _keep_open_set(folder: Folder, place: Place, process: Process, values: dict[str, str]) -> None:
    words = values["name_in_paper"].strip("“”")
    key = {"process": process, "words": words}
    folder.cite(folder.keep(OpenSet, place, key, {"note": values["note"]}), values["source"])


def load_bodies(folder: Folder) -> None:
    """Load ``bodies.csv``: secretariats, groups and offices as the paper names them."""
    file = "paper/bodies.csv"
    columns = (
        "body_id", "name_in_paper", "process_id", "forum_id", "kind", "seat_or_members", "source"
    )  # fmt: skip
    processes, parties = processes_by_slug(), parties_by_code()
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        slug = values["process_id"] or values["forum_id"]
        process = folder.needed(processes, slug, place, "process_id")
        if process is None:
            continue
        name = values["name_in_paper"]
        body = folder.keep(
            Body,
            place,
            {"slug": values["body_id"]},
            {
                "process": process,
                "name": {"en": name[:1].upper() + name[1:]},
                "kind": values["kind"],
                "party": parties.get(OFFICES_OF.get(values["body_id"], "")),
                "seat_or_members": values["seat_or_members"],
            },
            columns={"slug": "body_id"},
        )
        folder.cite(body, values["source"])


def load_terms(folder: Folder) -> None:
    """Load ``terms.csv``: offices that the paper says somebody holds, as we read it."""
    file = "reading/terms.csv"
    columns = ("process_id", "office", "party", "begins", "ends", "note", "source")
    processes, parties = processes_by_slug(), parties_by_code()
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        process = folder.needed(processes, values["process_id"], place, "process_id")
        party = folder.needed(parties, values["party"], place, "party")
        if process is None or party is None:
            continue
        term = folder.keep(
            Term,
            place,
            {"process": process, "party": party, "office": values["office"]},
            {"begins": values["begins"], "ends": values["ends"], "note": values["note"]},
        )
        folder.cite(term, values["source"])


def load_seats(folder: Folder) -> None:
    """Load ``seats.csv``: who the paper says sits in which body, as we read it."""
    file = "reading/seats.csv"
    bodies, parties = {body.slug: body for body in Body.objects.all()}, parties_by_code()
    columns = ("body_id", "party", "begins", "ends", "note", "source")
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        if folder.has_removed(Body, slug=values["body_id"]):
            folder.leave()
            continue
        body = folder.needed(bodies, values["body_id"], place, "body_id")
        party = folder.needed(parties, values["party"], place, "party")
        if body is None or party is None:
            continue
        seat = folder.keep(
            Seat,
            place,
            {"body": body, "party": party},
            {"begins": values["begins"], "ends": values["ends"], "note": values["note"]},
        )
        folder.cite(seat, values["source"])
