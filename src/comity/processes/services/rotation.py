"""What can be done to the order in which the presidency goes round."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record
from comity.parties.models import Party
from comity.processes.models import Process, Turn


@transaction.atomic
def set_rotation(*, process: Process, parties: Sequence[Party], version: int, by: Actor) -> Process:
    """Set the order in which the presidency goes round; who is passed over stays so.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved the process after ``version``.
        ValidationError: a party stands in the order twice.
    """
    require(by, "processes.edit", process)
    if len({party.pk for party in parties}) < len(parties):
        raise ValidationError(_("A party stands in the order twice."), code="duplicate")
    process = lock_version(process, version)
    before = {turn.party_id: turn for turn in process.rotation.select_related("party")}
    process.rotation.all().delete()
    turns = [Turn(process=process, party=party, order=n) for n, party in enumerate(parties, 1)]
    for turn in turns:
        if known := before.get(turn.party_id):
            turn.passed_over_on, turn.reason = known.passed_over_on, known.reason
    Turn.objects.bulk_create(turns)
    process.version += 1
    process.save()
    name = "order_of_rotation"
    codes = {name: [turn.party.code for turn in before.values()]}
    after = {name: [party.code for party in parties]}
    record(by, "rotation.set", process, before=codes, after=after)
    return process


@transaction.atomic
def pass_over(*, turn: Turn, reason: str, version: int, by: Actor) -> Turn:
    """Pass ``turn`` over until another presidency begins; ``version`` is that of the process.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved the process after ``version``.
        ValidationError: no reason is given.
    """
    require(by, "processes.edit", turn.process)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this turn is passed over.")}, code="reason")
    process = lock_version(turn.process, version)
    turn.passed_over_on, turn.reason = timezone.localdate(), reason.strip()
    turn.full_clean()
    return _keep(turn, process, action="rotation.passed_over", by=by)


@transaction.atomic
def restore_turn(*, turn: Turn, version: int, by: Actor) -> Turn:
    """Let ``turn`` count again; ``version`` is that of the process.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved the process after ``version``.
    """
    require(by, "processes.edit", turn.process)
    process = lock_version(turn.process, version)
    turn.passed_over_on, turn.reason = None, ""
    return _keep(turn, process, action="rotation.restored", by=by)


def _keep(turn: Turn, process: Process, *, action: str, by: Actor) -> Turn:
    turn.save()
    process.version += 1
    process.save()
    record(by, action, process, after={"party": turn.party_id}, reason=turn.reason)
    return turn
