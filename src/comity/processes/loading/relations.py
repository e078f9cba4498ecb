"""Load with whom processes work: partners, what IOM does for them, agreements."""

from comity.processes.loading.catalogue import organisation_links, processes_by_slug
from comity.processes.loading.seats import parties_by_code
from comity.processes.models import Agreement, Partnership, Process
from comity.sources.folders import Folder, Place

IOM = "International Organization for Migration (IOM)"


def load_partners(folder: Folder) -> None:
    """Load ``partners.csv``: each organisation that the paper names beside a process."""
    file, processes = "paper/partners.csv", processes_by_slug()
    links, partner_processes = organisation_links(folder), _process_links(folder, processes)
    columns = ("organisation", "process_id", "forum_id", "role_in_paper", "source")
    for number, row in enumerate(folder.rows(file, columns), start=1):
        values, place = row.values, Place(file, row.number)
        slug = values["process_id"] or values["forum_id"]
        name = values["organisation"]
        partnership = folder.keep(
            Partnership,
            place,
            {
                "process": folder.known(processes, slug, place, "process_id"),
                "name_in_source": name,
                "role": values["role_in_paper"],
            },
            {
                "party": links.get(name),
                "partner_process": partner_processes.get(name),
                "order": number,
            },
        )
        folder.cite(partnership, values["source"])


def _process_links(folder: Folder, processes: dict[str, Process]) -> dict[str, Process]:
    file = "names/partner_links.csv"
    return {
        row.values["name_in_paper"]: processes[slug]
        for row in folder.rows(file, ("name_in_paper", "slug_or_party", "kind_of_link"))
        if (slug := row.values["slug_or_party"].removeprefix("process:")) in processes
    }


def load_iom_roles(folder: Folder) -> None:
    """Load ``iom_roles.csv``: what IOM does for each process and forum."""
    file = "paper/iom_roles.csv"
    processes, iom = processes_by_slug(), parties_by_code().get("iom")
    columns = ("process_id", "forum_id", "role", "source")
    for number, row in enumerate(folder.rows(file, columns), start=1):
        values, place = row.values, Place(file, row.number)
        slug = values["process_id"] or values["forum_id"]
        partnership = folder.keep(
            Partnership,
            place,
            {
                "process": folder.known(processes, slug, place, "process_id"),
                "name_in_source": IOM,
                "role": values["role"],
            },
            {"party": iom, "order": number},
        )
        folder.cite(partnership, values["source"])


def load_agreements(folder: Folder) -> None:
    """Load ``agreements.csv``: the agreements under which IOM works with regional bodies."""
    file, processes = "paper/agreements.csv", processes_by_slug()
    parties, links = parties_by_code(), organisation_links(folder)
    columns = (
        "agreement_id", "title_in_paper", "parties", "date_text", "date", "forum_id", "source",
        "note",
    )  # fmt: skip
    for row in folder.rows(file, columns):
        values, place = row.values, Place(file, row.number)
        agreement = folder.keep(
            Agreement,
            place,
            {"slug": values["agreement_id"]},
            {
                "title": {"en": values["title_in_paper"]},
                "process": folder.known(processes, values["forum_id"], place, "forum_id"),
                "signed": values["date"],
                "note": values["note"],
            },
            columns={"slug": "agreement_id", "signed": "date"},
        )
        if agreement is not None:
            names = (name.strip() for name in values["parties"].split(";"))
            found = (parties.get("iom") if name == "IOM" else links.get(name) for name in names)
            if not folder.has_edited(agreement):
                agreement.parties.add(*(party for party in found if party is not None))
            folder.cite(agreement, values["source"])
