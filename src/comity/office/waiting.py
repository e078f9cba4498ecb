"""Keep a workbook that was sent until its sender has seen what it would change."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from comity.accounts.authority import SYSTEM, Actor, require
from comity.accounts.models import User
from comity.office.models import WaitingWorkbook
from comity.store.services import discard_file, keep_file

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_CHARACTERS_OF_A_NAME = 200


def keep_waiting(*, upload: "UploadedFile[bytes]", subject: str, by: User) -> WaitingWorkbook:
    """Keep what ``by`` sent about ``subject``, for ``WAITS_FOR``.

    Raises ValidationError where it is no workbook, harmful or too large.
    """
    require(by, "store.keep", None)
    name = str(upload.name)[-MOST_CHARACTERS_OF_A_NAME:]
    stored = keep_file(stream=upload, name=name, by=by, allowed={"xlsx"})
    waiting = WaitingWorkbook(file=stored, name=name, subject=subject, sent_by=by)
    waiting.full_clean()
    waiting.save()
    return waiting


@transaction.atomic
def forget_waiting(*, waiting: WaitingWorkbook, by: Actor) -> None:
    """Let a workbook wait no longer, and remove its content where nothing else needs it."""
    require(by, "store.keep", None)
    stored = waiting.file
    waiting.delete()
    discard_file(stored=stored, by=by)


def forget_expired(now: datetime) -> int:
    """Forget the workbooks that nobody took over in time; return how many there were."""
    expired = list(WaitingWorkbook.objects.expired(now).select_related("file"))
    for waiting in expired:
        forget_waiting(waiting=waiting, by=SYSTEM)
    return len(expired)
