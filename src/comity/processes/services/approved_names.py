"""What can be done to the list of names that a process approves."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record_creation, record_removal, save_change
from comity.core.sorting import sort_key
from comity.core.translated import text_in
from comity.parties.models import Party
from comity.processes.models import Approved, ApprovedList, ApprovedName, Footnote

MOST_PLACES = 9999
MOST_LETTERS = 255


@dataclass(frozen=True)
class NameFacts:
    """What a party is called in each language, where it stands there, and its footnote."""

    name: Mapping[str, str]
    positions: Mapping[str, int]
    footnote: Footnote | None = None


@transaction.atomic
def add_name(*, listed_in: ApprovedList, party: Party, facts: NameFacts, by: Actor) -> ApprovedName:
    """Put a party in a list that is being prepared."""
    require(by, "processes.run", listed_in.process)
    _touch(listed_in)
    name = ApprovedName(listed_in=listed_in, party=party, **vars(facts))
    _check_name(name)
    name.full_clean()
    name.save()
    record_creation(name, action="approved_name.added", by=by)
    return name


@transaction.atomic
def change_name(*, name: ApprovedName, facts: NameFacts, version: int, by: Actor) -> ApprovedName:
    """Change what a party is called in a list that is being prepared."""
    require(by, "processes.run", name.listed_in.process)
    _touch(name.listed_in)
    current = lock_version(name, version, yours={**vars(facts)})
    changes = {**vars(facts)}
    _check_name(ApprovedName(listed_in=name.listed_in, party=name.party, **changes))
    save_change(current, changes, action="approved_name.changed", by=by)
    return current


@transaction.atomic
def remove_name(*, name: ApprovedName, version: int, by: Actor) -> None:
    """Take a party out of a list that is being prepared."""
    require(by, "processes.run", name.listed_in.process)
    _touch(name.listed_in)
    current = lock_version(name, version)
    record_removal(current, action="approved_name.removed", by=by)
    current.delete()


@transaction.atomic
def add_footnote(
    *, listed_in: ApprovedList, mark: str, text: Mapping[str, str], by: Actor
) -> Footnote:
    """Add a footnote to a list that is being prepared."""
    require(by, "processes.run", listed_in.process)
    _touch(listed_in)
    footnote = Footnote(listed_in=listed_in, mark=mark, text=text)
    footnote.full_clean()
    footnote.save()
    record_creation(footnote, action="footnote.added", by=by)
    return footnote


@transaction.atomic
def change_footnote(
    *, footnote: Footnote, mark: str, text: Mapping[str, str], version: int, by: Actor
) -> Footnote:
    """Change a footnote of a list that is being prepared."""
    require(by, "processes.run", footnote.listed_in.process)
    _touch(footnote.listed_in)
    changes = {"mark": mark, "text": text}
    current = lock_version(footnote, version, yours=changes)
    save_change(current, changes, action="footnote.changed", by=by)
    return current


@transaction.atomic
def remove_footnote(*, footnote: Footnote, version: int, by: Actor) -> None:
    """Remove a footnote that no name of the list has."""
    require(by, "processes.run", footnote.listed_in.process)
    _touch(footnote.listed_in)
    current = lock_version(footnote, version)
    if current.names.exists():
        raise ValidationError(
            _("Names of the list have this footnote. Take it from them first."), code="used"
        )
    record_removal(current, action="footnote.removed", by=by)
    current.delete()


@transaction.atomic
def number_by_alphabet(*, prepared: ApprovedList, version: int, by: Actor) -> ApprovedList:
    """Number the names of a list in the order of the alphabet of each of its languages."""
    require(by, "processes.run", prepared.process)
    current = lock_version(prepared, version)
    refuse_approved(current)
    names = list(current.names.select_for_update())
    positions: dict[int, dict[str, int]] = defaultdict(dict)
    for language in current.languages:
        by_alphabet = sorted(
            names, key=lambda each: sort_key(text_in(each.name, language), language)
        )
        for place, each in enumerate(by_alphabet, start=1):
            positions[each.pk][language] = place
    for each in names:
        if each.positions != positions[each.pk]:
            changes = {"positions": positions[each.pk]}
            save_change(each, changes, action="approved_name.changed", by=by)
    return _touch(current)


def _touch(listed_in: ApprovedList) -> ApprovedList:
    """Count up the version of a list in preparation: who approves it has seen all of it."""
    current = ApprovedList.objects.select_for_update(of=("self",)).get(pk=listed_in.pk)
    refuse_approved(current)
    current.version += 1
    current.save(update_fields=["version"])
    return current


def refuse_approved(current: Approved) -> None:
    """Raise ValidationError where ``current`` is approved: it stays as it is."""
    if not current.is_prepared:
        raise ValidationError(
            _("This is approved, and stays as it is. Prepare what is to follow it."),
            code="approved",
        )


def _check_name(name: ApprovedName) -> None:
    """Refuse places that are none, and languages that the list has not."""
    languages = set(name.listed_in.languages)
    if set(name.positions) - languages or set(name.name) - languages:
        raise ValidationError(_("The list is not kept in this language."), code="language")
    if any(not 1 <= place <= MOST_PLACES for place in name.positions.values()):
        raise ValidationError(
            {
                "positions": _("A place in the order is a number from 1 to %(most)d.")
                % {"most": MOST_PLACES}
            },
            code="place",
        )
    if name.footnote and name.footnote.listed_in_id != name.listed_in_id:
        raise ValidationError({"footnote": _("The footnote is of another list.")}, code="footnote")
