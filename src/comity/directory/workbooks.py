"""The people of a process as a workbook: the file we hand out is the file we read back."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import IO, Final

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.facts import perhaps_in_force
from comity.core.languages import language_name
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.directory.people_plan import Known, PeoplePlanner, title_key
from comity.directory.queries import Filter, parties_of, people_of
from comity.office.plans import Plan, in_order
from comity.office.workbook_reading import read_workbook
from comity.office.workbooks import Column, ColumnKind, Sheet, SheetRow, Value, Workbook
from comity.parties.models import Affiliation, Place, Post
from comity.processes.models import Contact, Network, Process

KIND: Final = "people"
# Words that wait for the language: of the reader, or of who fetched the workbook.
words_of = lazy(text_in, str)


def people_workbook(process: Process, on: date, wanted: Filter, reader: Actor) -> Workbook:
    """Return the people of a process who are there on that day, as a workbook."""
    known = read_known(process, on, reader)
    chosen = [
        each
        for each in known
        if wanted.party in {"", each.affiliation.party.code}
        and (wanted.network is None or wanted.network.pk in each.contacts)
    ]
    return _workbook(process, chosen, reader)


def plan_people(process: Process, stream: IO[bytes], *, name: str, by: Actor) -> Plan:
    """Return what the workbook in ``stream`` would change, or everything that is wrong with it."""
    known = read_known(process, timezone.localdate(), by)
    expected = _workbook(process, known, by)
    read = read_workbook(stream, expected, name=name)
    planner = PeoplePlanner(process, by, name, expected.sheets[0], known)
    plan = planner.plan(read.fine(KIND))
    return replace(plan, problems=in_order([*read.problems, *plan.problems]))


def read_known(process: Process, on: date, reader: Actor) -> list[Known]:
    """Return who is there on that day of the parties of a process, and in which networks."""
    named = {party.pk: str(party) for party in parties_of(process, on, reader).with_name(on)}
    there = Affiliation.objects.filter(
        people_of(process, on, reader), perhaps_in_force(on), person__erased_on=None
    ).select_related("person", "party", "post__ministry", "seconded_by")
    contacts: dict[int, dict[int, Contact]] = defaultdict(dict)
    for contact in Contact.objects.filter(network__process=process):
        contacts[contact.affiliation_id][contact.network_id] = contact
    found = [Known(row, named[row.party_id], contacts.get(row.pk, {})) for row in there]
    return sorted(
        found, key=lambda each: (sort_key(each.party_name), sort_key(each.affiliation.person.name))
    )


def _workbook(process: Process, known: Sequence[Known], reader: Actor) -> Workbook:
    networks = list(process.networks.all())
    rows = [_row(each, networks) for each in known]
    sheet = Sheet(KIND, _("People"), _columns(process, networks, reader), rows, may_add=True)
    return Workbook(KIND, f"{KIND}:{process.slug}", [sheet])


def _columns(process: Process, networks: Sequence[Network], reader: Actor) -> list[Column]:
    languages = {code: language_name(code) for code in settings.CONTENT_LANGUAGES}
    return [
        Column("party", _("Code"), ColumnKind.CODE, required=True, width=10),
        Column("party_name", _("Party"), locked=True, width=28),
        Column("name", _("Name"), required=True, width=28),
        Column("email", _("E-mail address"), width=34),
        Column("telephone", _("Telephone"), width=18),
        Column("language", _("Writes in"), ColumnKind.CHOICE, languages, width=14),
        Column("post", _("Post"), ColumnKind.CHOICE, _titles(process, reader), width=30),
        Column("ministry", _("Ministry"), locked=True, width=30),
        Column("place", _("As"), ColumnKind.CHOICE, dict(Place.choices), required=True, width=12),
        Column("begins", _("From"), ColumnKind.DATE, required=True, width=14),
        Column("ends", _("Until"), ColumnKind.DATE, width=14),
        *(
            Column(f"network:{network.pk}", str(network), ColumnKind.BOOLEAN, width=16)
            for network in networks
        ),
    ]


def _titles(process: Process, reader: Actor) -> dict[str, str | Promise]:
    """Return what the posts of the parties of a process are called; equal ones stand once."""
    parties = parties_of(process, timezone.localdate(), reader)
    posts = Post.objects.filter(party__in=parties.values("pk")).order_by("-is_focal_point", "pk")
    return {title_key(post): words_of(post.title) for post in posts}


def _row(known: Known, networks: Sequence[Network]) -> SheetRow:
    row, person = known.affiliation, known.affiliation.person
    values: dict[str, Value] = {
        "party": row.party.code,
        "party_name": known.party_name,
        "name": person.name,
        "email": person.email,
        "telephone": person.telephone,
        "language": person.language,
        "post": title_key(row.post) if row.post else "",
        "ministry": str((row.post and row.post.ministry) or ""),
        "place": row.place,
        "begins": row.begins,
        "ends": row.ends,
        **{f"network:{network.pk}": network.pk in known.contacts for network in networks},
    }
    return SheetRow(str(row.pk), _version(known), values, name=person.name)


def _version(known: Known) -> int:
    """Return a number for all that a row shows: it differs once any of it is saved."""
    row = known.affiliation
    saved = [row.version, row.person.version, row.person_id]
    saved += [each for pk, contact in sorted(known.contacts.items()) for each in (pk, contact.pk)]
    return int(hashlib.sha256(repr(saved).encode()).hexdigest()[:12], 16)
