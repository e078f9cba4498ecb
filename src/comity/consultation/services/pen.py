"""The pen: one person writes in a text at a time, and all see who."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, may, require
from comity.accounts.models import User
from comity.accounts.names import names_of
from comity.audit.services import record
from comity.consultation.models import Pen
from comity.core.dates import moment_in_words
from comity.texts.models import Text

# Writing renews it: it runs out only where somebody has left the room.
LEASE = timedelta(minutes=20)


def pen_of(text: Text) -> Pen:
    """Return the pen of ``text``; nobody has held it yet where it is not stored."""
    return Pen.objects.filter(text=text).select_related("holder", "text").first() or Pen(text=text)


@transaction.atomic
def take_pen(*, text: Text, by: User, now: datetime | None = None) -> Pen:
    """Take the pen that lies on the table, or hold on to it.

    Raises:
        PermissionDenied: ``by`` does not draft this text.
        ValidationError: somebody else writes.
    """
    require(by, "consultation.draft", text)
    moment = now or timezone.now()
    pen = lock_pen(text)
    holder = pen.held_at(moment)
    if holder is not None and holder != by:
        raise ValidationError(someone_writes(pen), code="held")
    pen.until = moment + LEASE
    if holder == by:
        pen.save()
        return pen
    return _give(pen, by, moment, action="pen.taken", by=by)


@transaction.atomic
def take_over_pen(*, text: Text, by: User, reason: str, now: datetime | None = None) -> Pen:
    """Take the pen from whoever holds it; the record says who did so, and why.

    Raises:
        PermissionDenied: ``by`` neither presides nor is of the secretariat.
        ValidationError: no reason is given.
    """
    require(by, "consultation.lead", text)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you take the pen.")}, code="reason")
    moment = now or timezone.now()
    return _give(lock_pen(text), by, moment, action="pen.taken_over", by=by, reason=reason)


@transaction.atomic
def hand_pen(*, text: Text, to: User, by: User, now: datetime | None = None) -> Pen:
    """Hand the pen to another who drafts this text.

    Raises:
        PermissionDenied: ``by`` does not hold it.
        ValidationError: ``to`` does not draft this text.
    """
    pen = lock_pen(text)
    require(by, "consultation.write", pen)
    if not may(to, "consultation.draft", text):
        raise ValidationError({"to": _("This person does not draft this text.")}, code="to")
    return _give(pen, to, now or timezone.now(), action="pen.handed", by=by)


@transaction.atomic
def lay_down_pen(*, text: Text, by: User) -> Pen:
    """Lay the pen on the table for the next.

    Raises PermissionDenied where ``by`` does not hold it.
    """
    pen = lock_pen(text)
    require(by, "consultation.write", pen)
    pen.holder, pen.until = None, None
    return _kept(pen, "pen.laid_down", by)


def require_pen(text: Text, by: Actor, now: datetime) -> Pen:
    """Return the pen, locked and renewed; refuse whoever does not hold it.

    Raises:
        PermissionDenied: ``by`` does not draft this text.
        ValidationError: somebody else writes, or it ran out.
    """
    require(by, "consultation.draft", text)
    pen = lock_pen(text)
    holder = pen.held_at(now)
    if holder is None:
        raise ValidationError(_("Take the pen first: it ran out, or nobody held it."), code="pen")
    if holder != by:
        raise ValidationError(someone_writes(pen), code="held")
    pen.until = now + LEASE
    pen.save()
    return pen


def lock_pen(text: Text) -> Pen:
    """Return the pen of ``text``, locked until the transaction ends."""
    Pen.objects.get_or_create(text=text)
    pens = Pen.objects.select_for_update(of=("self",)).select_related("holder")
    pen = pens.get(text=text)
    pen.text = text
    return pen


def someone_writes(pen: Pen) -> str:
    """Return the sentence that says who writes, and until when."""
    return _("%(who)s writes until %(when)s.") % {
        "who": names_of({pen.holder_id or 0}).get(pen.holder_id or 0, ""),
        "when": moment_in_words(pen.until) if pen.until else "",
    }


def _give(pen: Pen, to: User, moment: datetime, *, action: str, by: Actor, reason: str = "") -> Pen:
    pen.holder, pen.until = to, moment + LEASE
    return _kept(pen, action, by, reason)


def _kept(pen: Pen, action: str, by: Actor, reason: str = "") -> Pen:
    pen.version += 1
    pen.full_clean()
    pen.save()
    record(by, action, pen, after={"holder": pen.holder_id}, reason=reason)
    return pen
