"""Load processes and forums, their names, areas of interest, themes and groupings."""

from collections import defaultdict

from django.utils.translation import gettext as _

from comity.parties.models import Party, Region
from comity.processes.models import (
    Alias,
    Area,
    Grouping,
    GroupingFocus,
    Process,
    ProcessKind,
    ProcessSubject,
    Stage,
    Theme,
    Website,
)
from comity.sources.folders import Folder, Place

# The paper writes its regions in several ways.
REGIONS = {
    "Americas and the Caribbean": Region.AMERICAS,
    "AMERICAS AND THE CARRIBEAN": Region.AMERICAS,
    "Africa": Region.AFRICA,
    "AFRICA AND THE MIDDLE EAST": Region.AFRICA,
    "Asia/Pacific": Region.ASIA_PACIFIC,
    "ASIA AND OCEANIA": Region.ASIA_PACIFIC,
    "Europe": Region.EUROPE,
    "EUROPE, THE FORMER SOVIET UNION AND CENTRAL ASIA": Region.EUROPE,
    "Gulf/Middle East": Region.GULF_MIDDLE_EAST,
    "Interregional": Region.INTERREGIONAL,
    "INTERREGIONAL": Region.INTERREGIONAL,
}
FOCUS = {
    "Migration Focus": GroupingFocus.FOCUS,
    "Migration Interest (prime focus often economic)": GroupingFocus.INTEREST,
}
LANGUAGES = ("en", "es", "fr")


def processes_by_slug() -> dict[str, Process]:
    """Return every process and forum by its slug."""
    return {process.slug: process for process in Process.objects.all()}


def load_themes(folder: Folder) -> None:
    """Load ``themes.csv``: the subjects that processes share, in three languages."""
    file = "themes/themes.csv"
    for row in folder.rows(file, ("theme", *LANGUAGES)):
        name = {language: row.values[language] for language in LANGUAGES}
        folder.keep(Theme, Place(file, row.number), {"slug": row.values["theme"]}, {"name": name})


def load_processes(folder: Folder) -> None:
    """Load ``processes.csv`` and ``related_forums.csv`` with the names we show them by."""
    names, shorts = _display_names(folder)
    file = "paper/processes.csv"
    columns = (
        "process_id", "annex2_row", "name_in_paper", "short_name", "year",
        "region_groupings_table", "region_annex1_heading", "region_body_p6", "source", "note",
    )  # fmt: skip
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        slug = values["process_id"]
        process = folder.keep(
            Process,
            place,
            {"slug": slug},
            {
                "kind": ProcessKind.PROCESS,
                "name": names.get(slug) or {"en": values["name_in_paper"]},
                "short_name": shorts.get(slug) or {"en": values["short_name"]},
                "region": REGIONS.get(values["region_groupings_table"], ""),
                "order": folder.number(values["annex2_row"], place, "annex2_row"),
                "begins": values["year"],
                "note": {"en": values["note"]} if values["note"] else None,
            },
            columns={"slug": "process_id", "region": "region_groupings_table", "begins": "year"},
        )
        folder.cite(process, values["source"])
        if process is not None:
            _keep_alias(
                folder,
                place,
                process,
                name=values["name_in_paper"],
                kind="name",
                source=values["source"],
            )
    file = "paper/related_forums.csv"
    forum_columns = (
        "forum_id", "name_in_paper", "region_annex1_heading", "what_the_paper_says", "source"
    )  # fmt: skip
    for number, row in enumerate(folder.rows(file, forum_columns), start=101):
        values, place = row.values, Place(file, row.number)
        slug = values["forum_id"]
        process = folder.keep(
            Process,
            place,
            {"slug": slug},
            {
                "kind": ProcessKind.FORUM,
                "name": names.get(slug) or {"en": values["name_in_paper"]},
                "short_name": shorts.get(slug) or {"en": values["name_in_paper"]},
                "region": REGIONS.get(values["region_annex1_heading"], ""),
                "order": number,
                "note": {"en": values["what_the_paper_says"]},
            },
            columns={"slug": "forum_id", "region": "region_annex1_heading"},
        )
        folder.cite(process, values["source"])
        if process is not None:
            for name in values["name_in_paper"].split(" / "):
                _keep_alias(folder, place, process, name=name, kind="name", source=values["source"])


def _display_names(folder: Folder) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    shorts: dict[str, dict[str, str]] = defaultdict(dict)
    columns = ("process_id", "language", "name", "short_name", "ours")
    for row in folder.rows("names/processes.csv", columns):
        slug, language = row.values["process_id"], row.values["language"]
        names[slug][language] = row.values["name"]
        shorts[slug][language] = row.values["short_name"] or row.values["name"]
    return names, shorts


def _keep_alias(
    folder: Folder, place: Place, process: Process, *, name: str, kind: str, source: str
) -> None:
    alias = folder.keep(
        Alias,
        place,
        {"process": process, "name": name, "kind": kind},
        {"language": "en"},
        columns={"name": "alias"},
    )
    folder.cite(alias, source)


def load_aliases(folder: Folder) -> None:
    """Load ``process_aliases.csv``: every name and spelling of the paper."""
    file = "paper/process_aliases.csv"
    processes = processes_by_slug()
    for row in folder.rows(file, ("process_id", "alias", "kind", "source")):
        values, place = row.values, Place(file, row.number)
        process = folder.needed(processes, values["process_id"], place, "process_id")
        if process is not None:
            alias, kind = values["alias"], values["kind"]
            _keep_alias(folder, place, process, name=alias, kind=kind, source=values["source"])


def load_areas(folder: Folder) -> None:
    """Load ``process_areas.csv``: what each process works on, in its words, with our themes."""
    file = "paper/process_areas.csv"
    columns = (
        "process_id", "seq", "sub_seq", "area_of_interest", "sub_item_of", "theme_tags_ours",
        "source",
    )  # fmt: skip
    processes, themes = processes_by_slug(), {theme.slug: theme for theme in Theme.objects.all()}
    above: dict[tuple[str, str], Area] = {}
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        process = folder.needed(processes, values["process_id"], place, "process_id")
        if process is None:
            continue
        slug, number, sub = values["process_id"], values["seq"], values["sub_seq"]
        part_of = above.get((slug, number)) if sub else None
        if sub and part_of is None:  # somebody removed the area that it was a part of
            folder.leave()
            continue
        area = folder.keep(
            Area,
            place,
            {
                "process": process,
                "part_of": part_of,
                "order": folder.number(sub or number, place, "sub_seq" if sub else "seq"),
            },
            {"words": values["area_of_interest"]},
            columns={"words": "area_of_interest", "order": "seq"},
        )
        if area is None:
            continue
        if not sub:
            above[slug, number] = area
        found = [
            theme
            for tag in filter(None, values["theme_tags_ours"].split(";"))
            if (theme := folder.known(themes, tag, place, "theme_tags_ours")) is not None
        ]
        if not folder.has_edited(area):
            area.themes.set(found)
        folder.cite(area, values["source"])


def load_process_subjects(folder: Folder) -> None:
    """Load the rows of ``themes.csv`` of the paper that belong to processes and forums."""
    file, processes = "paper/themes.csv", processes_by_slug()
    for row in folder.rows(file, SUBJECT_COLUMNS):
        values, place = row.values, Place(file, row.number)
        if (process := processes.get(values["owner_id"])) is not None:
            subject = folder.keep(
                ProcessSubject,
                place,
                {
                    "process": process,
                    "kind": values["kind"],
                    "order": folder.number(values["seq"], place, "seq"),
                },
                {"words": values["theme_in_paper"]},
            )
            folder.cite(subject, values["source"])


SUBJECT_COLUMNS = ("owner_id", "kind", "seq", "theme_in_paper", "source")


def load_websites(folder: Folder) -> None:
    """Load ``websites.csv``: addresses that the paper gives."""
    file, processes = "paper/websites.csv", processes_by_slug()
    for row in folder.rows(file, ("process_id", "url", "source", "note")):
        values, place = row.values, Place(file, row.number)
        process = folder.needed(processes, values["process_id"], place, "process_id")
        if process is not None:
            key = {"process": process, "url": values["url"]}
            website = folder.keep(Website, place, key, {"note": values["note"]})
            folder.cite(website, values["source"])


def load_groupings(folder: Folder) -> None:
    """Load ``groupings.csv``: regional groupings with a focus on migration or an interest."""
    file, processes = "paper/groupings.csv", processes_by_slug()
    links = organisation_links(folder)
    columns = (
        "region", "column", "seq", "name_in_paper", "acronym", "process_id", "note", "source"
    )  # fmt: skip
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        if values["column"] not in FOCUS:
            folder.refuse(place, "column", _("Write the name of one of the two columns."))
            continue
        process = folder.known(processes, values["process_id"], place, "process_id")
        grouping = folder.keep(
            Grouping,
            place,
            {
                "region": REGIONS.get(values["region"], ""),
                "focus": FOCUS[values["column"]],
                "order": folder.number(values["seq"], place, "seq"),
            },
            {
                "name": values["name_in_paper"],
                "acronym": values["acronym"],
                "process": process,
                "party": None if process else links.get(values["name_in_paper"]),
                "note": values["note"],
            },
        )
        folder.cite(grouping, values["source"])


def organisation_links(folder: Folder) -> dict[str, Party]:
    """Return the party meant by each name of an organisation that the paper writes."""
    parties = {party.code: party for party in Party.objects.all()}
    found = {}
    file = "names/partner_links.csv"
    for row in folder.rows(file, ("name_in_paper", "slug_or_party", "kind_of_link")):
        code = row.values["slug_or_party"].removeprefix("party:")
        if not code or code.startswith("process:"):
            continue
        place = Place(file, row.number)
        party = folder.needed(parties, code, place, "slug_or_party")
        if party is not None:
            found[row.values["name_in_paper"]] = party
    return found


def load_stages(folder: Folder) -> None:
    """Load ``stages.csv``: where forums and processes stand in their life."""
    file, processes = "reading/stages.csv", processes_by_slug()
    columns = ("process_id", "stage", "begins", "ends", "note", "source")
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        process = folder.needed(processes, values["process_id"], place, "process_id")
        if process is None:
            continue
        stage = folder.keep(
            Stage,
            place,
            {"process": process, "kind": values["stage"]},
            {"begins": values["begins"], "ends": values["ends"], "note": values["note"]},
        )
        folder.cite(stage, values["source"])
