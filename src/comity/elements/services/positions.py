"""Keep what States say of adopted texts: reservations, explanations, dissociations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.accounts.models import User
from comity.audit.services import lock_version, record_creation, save_change
from comity.calls.models import RECORDED, Way
from comity.elements.models import Adoption, AdoptionState, Position, PositionKind
from comity.elements.permissions import is_member
from comity.parties.models import Party
from comity.texts.models import Paragraph, Text


@dataclass(frozen=True)
class PositionFacts:
    """What a State says, of which paragraph or of the whole text, in which language."""

    kind: PositionKind
    language: str
    words: str
    paragraph: Paragraph | None = None
    translations: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def take_position(
    *, text: Text, party: Party, facts: PositionFacts, by: Actor, now: datetime | None = None
) -> Position:
    """Keep what ``party`` says of an adopted text, cleared by who speaks for it.

    Raises:
        PermissionDenied: ``by`` does not speak for the party, or it is no member.
        ValidationError: the text is not adopted, the same is said already, or a value is wrong.
    """
    position = _position(text, party, facts, Way.ONLINE, by=by, now=now)
    require(by, "elements.take_position", position)
    return _keep(position, action="position.taken", by=by)


@transaction.atomic
def record_position(
    *,
    text: Text,
    party: Party,
    facts: PositionFacts,
    way: Way,
    by: Actor,
    note: str = "",
    now: datetime | None = None,
) -> Position:
    """Enter what ``party`` said in the room, by note, mail or telephone; it may confirm it.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the party is no member, the text is not adopted, the same is said
            already, or a value is wrong.
    """
    require(by, "elements.record_position", text)
    if way not in RECORDED:
        raise ValueError(f"What comes by {way} is entered by the party itself.")
    if not is_member(party, text.document.process):
        raise ValidationError({"party": _("Only a member takes a position.")}, code="member")
    position = _position(text, party, facts, way, by=by, now=now)
    position.note = note
    return _keep(position, action="position.recorded", by=by)


@transaction.atomic
def confirm_position(
    *, position: Position, version: int, by: Actor, now: datetime | None = None
) -> Position:
    """Say for the party that what the secretariat entered is what it said.

    Raises:
        PermissionDenied: ``by`` does not speak for the party, or it is no member.
        EditConflict: somebody saved it after ``version``.
        ValidationError: there is nothing to confirm.
    """
    require(by, "elements.take_position", position)
    current = lock_version(position, version)
    if not current.is_recorded or current.confirmed_at or current.withdrawn_on:
        raise ValidationError(_("There is nothing here to confirm."), code="state")
    changes = {"confirmed_by": _user(by), "confirmed_at": now or timezone.now()}
    save_change(current, changes, action="position.confirmed", by=by)
    return current


@transaction.atomic
def translate_position(
    *, position: Position, translations: Mapping[str, str], version: int, by: Actor
) -> Position:
    """Keep unofficial translations of a position; its own words are never changed.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: a translation is in the language of the words themselves.
    """
    require(by, "elements.record_position", position.text)
    changes = {"translations": dict(translations)}
    current = lock_version(position, version, yours=changes)
    _refuse_own_language(current.language, translations)
    save_change(current, changes, action="position.translated", by=by)
    return current


@transaction.atomic
def withdraw_position(
    *, position: Position, day: date, version: int, by: Actor, note: str = ""
) -> Position:
    """Keep that the party withdrew its position on ``day``; what it said stays on record.

    Raises:
        PermissionDenied: ``by`` neither speaks for the party nor is of the secretariat.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it is withdrawn already, or the day lies ahead or before it was entered.
    """
    require(by, "elements.withdraw_position", position)
    current = lock_version(position, version, yours={"withdrawn_on": day})
    if current.withdrawn_on:
        raise ValidationError(_("This is withdrawn already."), code="state")
    if day > timezone.localdate():
        raise ValidationError({"withdrawn_on": _("This lies ahead.")}, code="ahead")
    if day < timezone.localdate(current.entered_at):
        words = _("This lies before it was entered.")
        raise ValidationError({"withdrawn_on": words}, code="before")
    changes = {"withdrawn_on": day, "withdrawn_by": _user(by)}
    save_change(current, changes, action="position.withdrawn", by=by, reason=note)
    return current


def _position(
    text: Text, party: Party, facts: PositionFacts, way: Way, *, by: Actor, now: datetime | None
) -> Position:
    return Position(
        text=text,
        party=party,
        way=way,
        entered_by=_user(by),
        entered_at=now or timezone.now(),
        **vars(facts) | {"translations": dict(facts.translations)},
    )


def _keep(position: Position, *, action: str, by: Actor) -> Position:
    text = position.text
    if not Adoption.objects.filter(text=text, state=AdoptionState.ADOPTED).exists():
        raise ValidationError(_("The text is not adopted yet."), code="adopted")
    same = Position.objects.holding().filter(
        text=text, paragraph=position.paragraph, party=position.party, kind=position.kind
    )
    if same.exists():
        raise ValidationError(_("The party has said this of it already."), code="same")
    _refuse_own_language(position.language, position.translations)
    position.full_clean()
    position.save()
    record_creation(position, action=action, by=by)
    return position


def _refuse_own_language(language: str, translations: Mapping[str, str]) -> None:
    if language in translations:
        words = _("The words themselves are in this language.")
        raise ValidationError({"translations": words}, code="language")


def _user(by: Actor) -> User | None:
    return by if isinstance(by, User) else None
