"""A revision is started from the one before, written, and goes out frozen."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.accounts.models import User
from comity.audit.services import lock_version, record_creation, save_change
from comity.texts.models import Passage, Revision, RevisionState, Text, Wording


@transaction.atomic
def start_revision(
    *,
    text: Text,
    by: Actor,
    label: Mapping[str, str] | None = None,
    based_on: Revision | None = None,
) -> Revision:
    """Start the next revision of ``text``: a copy of the latest, or of the one it is ``based_on``.

    Each paragraph stays itself. The first revision is empty.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of its process.
        ValidationError: a draft is being written, or ``based_on`` belongs to another text.
    """
    require(by, "texts.write", text)
    Text.objects.select_for_update().get(pk=text.pk)
    latest = text.revisions.latest_first().first()
    if latest is not None and not latest.is_frozen:
        raise ValidationError(
            _("A draft of this text is being written. Circulate it first."), code="draft"
        )
    if based_on is not None and based_on.text_id != text.pk:
        raise ValidationError(_("This revision is of another text."), code="text")
    model = based_on or latest
    revision = Revision(
        text=text,
        number=latest.number + 1 if latest else 1,
        label=dict(label or {}),
        based_on=model,
        made_by=by if isinstance(by, User) else None,
    )
    revision.full_clean()
    revision.save()
    if model is not None:
        _copy(model, revision)
    record_creation(revision, action="revision.started", by=by)
    return revision


@transaction.atomic
def label_revision(
    *, revision: Revision, label: Mapping[str, str], version: int, by: Actor
) -> Revision:
    """Name a revision; its words stay as they are.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of its process.
        EditConflict: somebody changed it after ``version``.
    """
    require(by, "texts.write", revision.text)
    changes = {"label": dict(label)}
    current = lock_version(revision, version, yours=changes)
    save_change(current, changes, action="revision.labelled", by=by)
    return current


@transaction.atomic
def circulate_revision(
    *, revision: Revision, version: int, by: Actor, now: datetime | None = None
) -> Revision:
    """Give a draft to the audience of its document; from now on its words never change.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of its process.
        EditConflict: somebody changed the order of its paragraphs after ``version``.
        ValidationError: it is out, is empty, lacks original words, or nobody could read it.
    """
    require(by, "texts.write", revision.text)
    current = lock_version(revision, version)
    if current.is_frozen:
        raise ValidationError(_("This revision is out already."), code="state")
    _refuse_unready(current)
    changes = {"state": RevisionState.CIRCULATED, "frozen_at": now or timezone.now()}
    save_change(current, changes, action="revision.circulated", by=by)
    return current


@transaction.atomic
def finish_revision(
    *, revision: Revision, version: int, by: Actor, now: datetime | None = None
) -> Revision:
    """Make a revision the final words of its text, whether it was circulated before or not.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of its process.
        EditConflict: somebody changed the order of its paragraphs after ``version``.
        ValidationError: it is final, is empty, lacks original words, or nobody could read it.
    """
    require(by, "texts.write", revision.text)
    current = lock_version(revision, version)
    if current.state == RevisionState.FINAL:
        raise ValidationError(_("This revision is final already."), code="state")
    _refuse_unready(current)
    frozen_at = current.frozen_at or now or timezone.now()
    changes = {"state": RevisionState.FINAL, "frozen_at": frozen_at}
    save_change(current, changes, action="revision.finished", by=by)
    return current


def _refuse_unready(revision: Revision) -> None:
    """Refuse to let out what says nothing, or what nobody outside could read."""
    text = revision.text
    if not text.document.is_published:
        raise ValidationError(
            _("The document is not published: nobody but you would read this."), code="unpublished"
        )
    passages = revision.passages.all()
    if not passages.exists():
        raise ValidationError(_("This revision has no paragraphs yet."), code="empty")
    lacking = passages.exclude(wordings__language=text.original).order_by("order").first()
    if lacking is not None:
        raise ValidationError(
            _("Paragraph “%(paragraph)s” has no words in the original language yet.")
            % {"paragraph": lacking},
            code="words",
        )


def _copy(model: Revision, revision: Revision) -> None:
    """Let each passage of ``model`` stand in ``revision`` too, with all its words."""
    old = list(model.passages.prefetch_related("wordings").order_by("order"))
    new = Passage.objects.bulk_create(
        Passage(
            revision=revision,
            paragraph_id=each.paragraph_id,
            order=each.order,
            level=each.level,
            kind=each.kind,
            number=each.number,
        )
        for each in old
    )
    Wording.objects.bulk_create(
        Wording(
            passage=copy,
            language=wording.language,
            words=wording.words,
            standing=wording.standing,
            is_behind=wording.is_behind,
        )
        for each, copy in zip(old, new, strict=True)
        for wording in each.wordings.all()
    )
