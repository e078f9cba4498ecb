"""Make what the invented processes have approved: names with footnotes, their order, a map."""

from datetime import date

from comity.accounts.authority import SYSTEM
from comity.office.tables import Row
from comity.parties.models import Party
from comity.processes.models import ApprovedList, ApprovedName, Footnote, Process
from comity.processes.services.approvals import approve_map
from comity.processes.services.approved_maps import MapFile, prepare_map
from comity.sources.folders import Folder, Place
from comity.store.services import keep_file

LANGUAGES = ("en", "es", "fr")


def fill_approved(folder: Folder) -> None:
    """Fill the lists of names that are in force, and put the invented coasts on the map."""
    processes = {process.slug: process for process in Process.objects.filter(is_made_up=True)}
    lists = _fill_lists(folder, processes)
    footnotes = _fill_footnotes(folder, lists)
    _fill_names(folder, lists, footnotes)
    if not folder.problems:
        _fill_maps(folder, processes)


def _fill_lists(folder: Folder, processes: dict[str, Process]) -> dict[str, ApprovedList]:
    file, found = "made-up/approved_lists.csv", {}
    for row in folder.rows(file, ("process", "begins", "decision")):
        place = Place(file, row.number)
        slug = row.values["process"]
        process = folder.needed(processes, slug, place, "process")
        begins = date.fromisoformat(row.values["begins"])
        values = {"decision": row.values["decision"], "languages": list(LANGUAGES)}
        kept = folder.keep(ApprovedList, place, {"process": process, "begins": begins}, values)
        if kept is not None:
            found[slug] = kept
    return found


def _fill_footnotes(
    folder: Folder, lists: dict[str, ApprovedList]
) -> dict[tuple[str, str], Footnote]:
    file, found = "made-up/footnotes.csv", {}
    columns = ("process", "mark", *(f"text_{code}" for code in LANGUAGES))
    for row in folder.rows(file, columns):
        place = Place(file, row.number)
        slug, mark = row.values["process"], row.values["mark"]
        listed_in = folder.needed(lists, slug, place, "process")
        key = {"listed_in": listed_in, "mark": mark}
        kept = folder.keep(Footnote, place, key, {"text": _texts(row, "text")})
        if kept is not None:
            found[slug, mark] = kept
    return found


def _fill_names(
    folder: Folder,
    lists: dict[str, ApprovedList],
    footnotes: dict[tuple[str, str], Footnote],
) -> None:
    file = "made-up/approved_names.csv"
    by_language = (f"{part}_{code}" for part in ("name", "place") for code in LANGUAGES)
    parties = {party.code: party for party in Party.objects.filter(is_made_up=True)}
    for row in folder.rows(file, ("process", "party", *by_language, "footnote")):
        place, slug = Place(file, row.number), row.values["process"]
        marks = {mark: each for (process, mark), each in footnotes.items() if process == slug}
        key = {
            "listed_in": folder.needed(lists, slug, place, "process"),
            "party": folder.needed(parties, row.values["party"], place, "party"),
        }
        values = {
            "name": _texts(row, "name"),
            "positions": {
                code: folder.number(row.values[f"place_{code}"], place, f"place_{code}")
                for code in LANGUAGES
            },
            "footnote": folder.known(marks, row.values["footnote"], place, "footnote"),
        }
        folder.keep(ApprovedName, place, key, values)


def _fill_maps(folder: Folder, processes: dict[str, Process]) -> None:
    file = "made-up/approved_maps.csv"
    columns = (
        "process", "begins", "decision", "file", "source",
        *(f"disclaimer_{code}" for code in LANGUAGES),
    )  # fmt: skip
    for row in folder.rows(file, columns):
        values = row.values
        with (folder.path / "made-up" / values["file"]).open("rb") as stream:
            stored = keep_file(stream=stream, name=values["file"], by=SYSTEM)
        prepared = prepare_map(
            process=processes[values["process"]],
            file=MapFile(stored, values["file"]),
            source=values["source"],
            disclaimer=_texts(row, "disclaimer"),
            by=SYSTEM,
        )
        approve_map(
            prepared=prepared,
            begins=date.fromisoformat(values["begins"]),
            decision=values["decision"],
            version=prepared.version,
            by=SYSTEM,
        )


def _texts(row: Row, name: str) -> dict[str, str]:
    texts = {code: row.values[f"{name}_{code}"] for code in LANGUAGES}
    return {code: text for code, text in texts.items() if text}
