"""What a party does inside its own walls, and what it sends out of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.accounts.models import User
from comity.audit.services import record, save_change
from comity.calls.kinds import check_values, fields_of
from comity.calls.models import (
    RECORDED,
    Entry,
    Reply,
    ReplyState,
    Submission,
    SubmissionState,
    Way,
)
from comity.calls.services.steps import accepted, lock_reply, refuse_shut, waiting
from comity.parties.models import Ministry

Versions = Mapping[str, int]


class DraftConflict(ValidationError):  # noqa: N818 -- no fault of the editor's
    """A colleague wrote a field after it was shown; ``entries`` is how it now stands."""

    def __init__(self, entries: list[Entry]) -> None:
        sentence = _("A colleague has written here since you opened this page. Nothing was saved.")
        super().__init__({entry.key: sentence for entry in entries}, code="version")
        self.entries = entries


@transaction.atomic
def save_entries(
    *,
    reply: Reply,
    values: Mapping[str, object],
    seen: Versions,
    by: Actor,
    ministry: Ministry | None = None,
    now: datetime | None = None,
) -> list[Entry]:
    """Keep fields of a draft, all or none; nobody outside the party sees that there is one.

    ``seen`` are the versions of the entries as ``by`` was shown them, without those that had
    none. Fields that are left out stay as they are: several ministries write side by side. The
    log keeps who wrote when, never what: a draft is a working paper.

    Raises:
        PermissionDenied: ``by`` does not belong to the party today, or it is barred.
        DraftConflict: a colleague wrote one of the fields since.
        ValidationError: the call is shut, or a value is wrong.
    """
    require(by, "calls.write", reply)
    moment = now or timezone.now()
    current = lock_reply(reply)
    refuse_shut(current, moment)
    if ministry is not None and ministry.party_id != current.party_id:
        raise ValidationError({"ministry": _("This is a ministry of another party.")}, code="party")
    asked = fields_of(current.call, current.party)
    # A draft may be unfinished: what must be answered is asked for when it is sent.
    unforced = {
        key: replace(field, is_required=False) for key, field in asked.items() if key in values
    }
    checked = check_values(unforced, values)
    known = {entry.key: entry for entry in current.entries.all()}
    _refuse_changed({key: known[key] for key in checked if key in known}, seen)
    written = []
    for key, value in checked.items():
        entry = known.get(key)
        if entry is not None and entry.value == value:
            continue
        if entry is None:
            entry = Entry(reply=current, key=key, version=0)
        entry.value, entry.ministry = value, ministry
        entry.written_by, entry.written_at = _user(by), moment
        entry.version += 1
        entry.save()
        written.append(entry)
    if written:
        record(by, "draft.written", written[0])
    return written


@transaction.atomic
def send_reply(
    *,
    reply: Reply,
    seen: Versions,
    by: Actor,
    way: Way = Way.ONLINE,
    note: str = "",
    now: datetime | None = None,
) -> Submission:
    """Clear the draft for the party and send it; what was sent before and waits is replaced.

    ``seen`` are the versions of the entries that were cleared: what a colleague wrote after the
    page was shown is never cleared unseen.

    Raises:
        PermissionDenied: ``by`` does not speak for the party today, or it is barred.
        DraftConflict: a colleague wrote a field since.
        ValidationError: the call is shut, a required field is empty, or a value is wrong.
    """
    require(by, "calls.clear", reply)
    if way in RECORDED:
        raise ValueError(f"What came by {way} is recorded, not sent.")
    moment = now or timezone.now()
    current = lock_reply(reply)
    refuse_shut(current, moment)
    entries = {entry.key: entry for entry in current.entries.all()}
    _refuse_changed(entries, seen)
    asked = fields_of(current.call, current.party)
    values = {key: entry.value for key, entry in entries.items() if key in asked}
    checked = check_values(asked, values)
    if earlier := waiting(current):
        earlier.state = SubmissionState.REPLACED
        earlier.save(update_fields=["state"])
    submission = Submission.objects.create(
        reply=current,
        number=current.submissions.count() + 1,
        values=checked,
        way=way,
        note=note,
        sent_by=_user(by),
        sent_at=moment,
    )
    save_change(current, {"state": ReplyState.SENT}, action="reply.sent", by=by)
    return submission


@transaction.atomic
def withdraw_reply(*, reply: Reply, by: Actor) -> Reply:
    """Take back what was sent and not decided on; an answer accepted before holds on.

    Raises:
        PermissionDenied: ``by`` does not speak for the party today, or it is barred.
        ValidationError: nothing waits for a decision.
    """
    require(by, "calls.clear", reply)
    current = lock_reply(reply)
    sent = waiting(current)
    if sent is None or sent.is_recorded:
        raise ValidationError(_("Nothing that you sent waits for a decision."), code="state")
    sent.state = SubmissionState.WITHDRAWN
    sent.save(update_fields=["state"])
    state = ReplyState.ACCEPTED if accepted(current) else ReplyState.AWAITED
    save_change(current, {"state": state}, action="reply.withdrawn", by=by)
    return current


def _refuse_changed(entries: Mapping[str, Entry], seen: Versions) -> None:
    changed = [entry for key, entry in entries.items() if seen.get(key, 0) != entry.version]
    if changed:
        raise DraftConflict(changed)


def _user(by: Actor) -> User | None:
    return by if isinstance(by, User) else None
