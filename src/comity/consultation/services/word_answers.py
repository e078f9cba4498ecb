"""A Word answer waits until its sender has seen what it proposes, and is kept whole or not."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import require
from comity.accounts.models import User
from comity.calls.kinds import check_values, fields_of
from comity.calls.models import Entry, Reply
from comity.calls.services import save_entries
from comity.consultation.asking import LANGUAGE
from comity.consultation.models import WaitingAnswer
from comity.core.languages import language_name


@transaction.atomic
def keep_waiting_answer(*, reply: Reply, values: Mapping[str, object], by: User) -> WaitingAnswer:
    """Keep what a file proposes until ``by`` has seen it; nothing is in the draft yet.

    Raises:
        PermissionDenied: ``by`` does not belong to the party today, or it is barred.
        ValidationError: a value is wrong, or the draft is in another language.
    """
    require(by, "calls.write", reply)
    asked = fields_of(reply.call, reply.party)
    check_values({key: field for key, field in asked.items() if key in values}, values)
    standing = {entry.key: entry for entry in Entry.objects.filter(reply=reply)}
    _refuse_other_language(standing, values)
    WaitingAnswer.objects.filter(reply=reply, sent_by=by).delete()
    seen = {key: entry.version for key, entry in standing.items() if key in values}
    return WaitingAnswer.objects.create(
        reply=reply,
        sent_by=by,
        sent_at=timezone.now(),
        values={"values": dict(values), "seen": seen},
    )


@transaction.atomic
def take_waiting_answer(*, waiting: WaitingAnswer, by: User) -> list[Entry]:
    """Put what a file proposes into the draft of its State, whole or not at all.

    Raises:
        PermissionDenied: ``by`` does not belong to the party today, or it is barred.
        DraftConflict: a colleague wrote one of the fields since the file was looked at.
        ValidationError: the call is shut.
    """
    kept = waiting.values
    written = save_entries(reply=waiting.reply, values=kept["values"], seen=kept["seen"], by=by)
    waiting.delete()
    return written


@transaction.atomic
def drop_waiting_answer(*, waiting: WaitingAnswer, by: User) -> None:
    """Forget what a file proposes.

    Raises PermissionDenied where ``by`` does not belong to the party today, or it is barred.
    """
    require(by, "calls.write", waiting.reply)
    waiting.delete()


def _refuse_other_language(standing: Mapping[str, Entry], values: Mapping[str, object]) -> None:
    """Refuse words in one language where the draft has others in another."""
    language = standing.get(LANGUAGE)
    written = any(
        entry.value for key, entry in standing.items() if key != LANGUAGE and key not in values
    )
    if language and language.value and written and language.value != values[LANGUAGE]:
        words = _("Your draft is written in %(language)s: answer in the file of that language.")
        name = language_name(str(language.value))
        raise ValidationError(words % {"language": name}, code="language")
