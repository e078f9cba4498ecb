"""What can be done to parties: what they are called through time, and their offices."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record, record_creation, save_change
from comity.core.dates import parse_date
from comity.parties.indexing import index_parties
from comity.parties.models import NameKind, Party, PartyKind, PartyName
from comity.search.followers import follow


@dataclass(frozen=True)
class PartyFacts:
    """What is kept of a party besides its names."""

    acronym: str = ""
    place: str = ""
    ends: str = ""


@dataclass(frozen=True)
class NameFacts:
    """What a party is or was called, and in which years."""

    name: str
    begins: str = ""
    ends: str = ""
    source: str = ""


@transaction.atomic
def rename_party(
    *, party: Party, language: str, name: str, on: date, by: Actor, source: str = ""
) -> PartyName:
    """Call ``party`` by ``name`` in ``language`` from that day; before it, by the name it had.

    Raises:
        PermissionDenied: ``by`` does not edit the party.
        ValidationError: the present name does not begin before that day, or a value is wrong.
    """
    require(by, "parties.edit", party)
    party = lock_version(party, party.version)
    names = party.names.filter(language=language, kind=NameKind.OFFICIAL)
    present = (
        names.filter(ends="").order_by(F("begins_earliest").desc(nulls_last=True), "-pk").first()
    )
    if present:
        _end_name(present, on - timedelta(days=1))
    following = PartyName(
        party=party, language=language, name=name, begins=on.isoformat(), source=source
    )
    following.full_clean()
    following.save()
    before = {"name": present.name if present else "", "language": language}
    after = {"name": name, "language": language, "begins": following.begins}
    record(by, "party.renamed", party, before=before, after=after)
    _count_up(party)
    return following


@transaction.atomic
def rename_in_languages(
    *, party: Party, names: dict[str, str], on: date, version: int, by: Actor, source: str = ""
) -> Party:
    """Call ``party`` by ``names``, one for each language, from that day.

    Raises:
        PermissionDenied: ``by`` does not edit the party.
        EditConflict: somebody saved it after ``version``.
        ValidationError: as in ``rename_party``.
    """
    require(by, "parties.edit", party)
    party = lock_version(party, version)
    for language, name in names.items():
        rename_party(party=party, language=language, name=name, on=on, by=by, source=source)
        party.refresh_from_db()
    return party


@transaction.atomic
def change_name(*, name: PartyName, facts: NameFacts, version: int, by: Actor) -> PartyName:
    """Correct one name of a party, or from when until when it was used.

    Raises:
        PermissionDenied: ``by`` does not edit the party.
        EditConflict: somebody saved the party after ``version``.
        ValidationError: a value is wrong, or the name is as a source writes it.
    """
    require(by, "parties.edit", name.party)
    party = lock_version(name.party, version)
    if name.kind == NameKind.IN_SOURCE:
        raise ValidationError(_("What a source writes is not changed."), code="source")
    before = {field: getattr(name, field) for field in vars(facts)}
    for field, value in vars(facts).items():
        setattr(name, field, value)
    _refuse_order(name)
    name.full_clean()
    name.save()
    after = {"language": name.language, **vars(facts)}
    record(by, "party.name_corrected", party, before=before, after=after)
    _count_up(party)
    return name


@transaction.atomic
def change_party(*, party: Party, facts: PartyFacts, version: int, by: Actor) -> Party:
    """Change what is kept of a party besides its names.

    Raises:
        PermissionDenied: ``by`` does not edit the party.
        EditConflict: somebody saved it after ``version``.
    """
    require(by, "parties.edit", party)
    changes = {**vars(facts)}
    party = lock_version(party, version, yours=changes)
    save_change(party, changes, action="party.changed", by=by)
    return party


@transaction.atomic
def add_office(
    *, organisation: Party, code: str, names: dict[str, str], facts: PartyFacts, by: Actor
) -> Party:
    """Keep a regional office or mission of ``organisation``.

    Raises:
        PermissionDenied: ``by`` does not edit the organisation.
        ValidationError: the code is taken, or a value is wrong.
    """
    require(by, "parties.edit", organisation)
    office = Party(
        code=code,
        kind=PartyKind.OFFICE,
        part_of=organisation,
        region=organisation.region,
        is_made_up=organisation.is_made_up,
        **vars(facts),
    )
    office.full_clean()
    office.save()
    for language, text in names.items():
        name = PartyName(party=office, language=language, name=text)
        name.full_clean()
        name.save()
    record_creation(office, action="party.office_added", by=by)
    _index(office)
    return office


def _end_name(present: PartyName, last_day: date) -> None:
    begins = parse_date(present.begins).earliest if present.begins else None
    if begins and begins > last_day:
        raise ValidationError(
            {"on": _("The present name does not begin before this day.")}, code="early"
        )
    present.ends = last_day.isoformat()
    present.save()


def _refuse_order(name: PartyName) -> None:
    """Refuse an end that certainly lies before the beginning."""
    if not (name.begins and name.ends):
        return
    name.clean_fields()
    begins, ends = parse_date(name.begins).earliest, parse_date(name.ends).latest
    if begins and ends and ends < begins:
        raise ValidationError({"ends": _("This lies before the beginning.")}, code="order")


def _count_up(party: Party) -> None:
    party.version += 1
    party.save()
    _index(party)


def _index(party: Party) -> None:
    index_parties(Party.objects.filter(pk=party.pk).prefetch_related("names"))
    follow(party)
