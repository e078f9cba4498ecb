"""What can be done to papers: added, changed, published, superseded, withdrawn."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, save_change
from comity.documents.indexing import index_document
from comity.documents.models import Document, PaperPart
from comity.documents.services.symbols import check_new_symbol, keep_former
from comity.documents.tasks import index_when_free
from comity.parties.models import Party
from comity.processes.audiences import Audience
from comity.processes.models import Body, Meeting, Process
from comity.processes.services.rows import add_row, change_row, lock_process
from comity.processes.services.slugs import free_slug
from comity.search.followers import follow


@dataclass(frozen=True)
class PaperFacts:
    """What is to be said of a paper: all that an editor may change of it."""

    title: dict[str, str]
    kind: str
    audience: str
    symbol: str = ""
    dated: str = ""
    meeting: Meeting | None = None
    of_body: Body | None = None
    body: Body | None = None
    named_parties: list[Party] = field(default_factory=list)
    named_process: Process | None = None
    embargo_until: datetime | None = None
    adopted_by: str = ""
    note: str = ""


@transaction.atomic
def add_paper(
    *,
    process: Process,
    facts: PaperFacts,
    by: Actor,
    part_of: Document | None = None,
    part: PaperPart | None = None,
    part_number: int | None = None,
) -> Document:
    """Let ``process`` have a paper, a draft that its secretariat reads.

    Raises:
        PermissionDenied: ``by`` does not run the process.
        ValidationError: the symbol is taken or not written as the process writes it, it is part
            of a paper of another process, or a value is wrong.
    """
    require(by, "documents.manage", process)
    document = Document(process=process, part_of=part_of, part=part or "", part_number=part_number)
    lock_process(document)
    if part_of is not None and part_of.process_id != process.pk:
        raise ValidationError(_("This paper belongs to another process."), code="process")
    _check(process, facts)
    values = dict(vars(facts))
    named = values.pop("named_parties")
    for name, value in values.items():
        setattr(document, name, value)
    document.slug = free_slug(Document, process, facts.title)
    document = add_row(document, action="paper.added", by=by, many={"named_parties": named})
    index_document(document)
    return document


@transaction.atomic
def change_paper(*, document: Document, facts: PaperFacts, version: int, by: Actor) -> Document:
    """Change what is said of a paper; the address of a symbol that it gives up still leads to it.

    Raises:
        PermissionDenied: ``by`` does not run its process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the symbol is taken or not written as the process writes it, or a value
            is wrong.
    """
    require(by, "documents.keep", document)
    assert document.process is not None
    lock_process(document)
    stood = Document.objects.get(pk=document.pk).symbol
    _check(document.process, facts, document, stood)
    changes = dict(vars(facts))
    document = change_row(document, changes, version=version, action="paper.changed", by=by)
    if facts.symbol != stood:
        keep_former(document, stood)
    _announce(document)
    return document


@transaction.atomic
def publish_paper(*, document: Document, version: int, by: Actor) -> Document:
    """Let the audience of a paper read it; a revision takes the place of what it revises.

    Under embargo the audience waits until its moment.

    Raises:
        PermissionDenied: ``by`` does not run its process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it is published or withdrawn already.
    """
    require(by, "documents.keep", document)
    document = lock_version(document, version)
    if document.is_published or document.is_withdrawn:
        raise ValidationError(_("This paper is out already."), code="published")
    document.published_at = timezone.now()
    save_change(document, {}, action="paper.published", by=by)
    if document.part == PaperPart.REVISION:
        revised = Document.objects.select_for_update(of=("self",)).filter(
            Q(pk=document.part_of_id)
            | Q(part_of=document.part_of_id, part=PaperPart.REVISION)
            & Q(part_number__lt=document.part_number),
            superseded_by=None,
        )
        for each in revised:
            save_change(each, {"superseded_by": document}, action="paper.superseded", by=by)
    _announce(document)
    return document


@transaction.atomic
def supersede_paper(
    *, document: Document, newer: Document | None, version: int, by: Actor
) -> Document:
    """Say that ``newer`` took the place of a paper, or that none did.

    Raises:
        PermissionDenied: ``by`` does not run its process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the newer one is of another process, or is superseded by this one.
    """
    require(by, "documents.keep", document)
    lock_process(document)
    changes = {"superseded_by": newer}
    document = lock_version(document, version, yours=changes)
    if newer is not None and newer.process_id != document.process_id:
        raise ValidationError(
            {"superseded_by": _("This paper belongs to another process.")}, code="process"
        )
    if newer is not None and document.pk in _what_followed(newer):
        raise ValidationError(
            {"superseded_by": _("This one is itself superseded by the paper.")}, code="circle"
        )
    save_change(document, changes, action="paper.superseded", by=by)
    return document


@transaction.atomic
def withdraw_paper(*, document: Document, reason: str, version: int, by: Actor) -> Document:
    """Withdraw a paper: its page stays and says why, its files are handed out no more.

    Raises:
        PermissionDenied: ``by`` does not run its process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: no reason is given, or it is withdrawn already.
    """
    require(by, "documents.keep", document)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")}, code="reason")
    document = lock_version(document, version)
    if document.is_withdrawn:
        raise ValidationError(_("This paper is withdrawn already."), code="withdrawn")
    document.withdrawn_at = timezone.now()
    document.withdrawn_because = reason.strip()
    save_change(document, {}, action="paper.withdrawn", by=by, reason=reason.strip())
    index_document(document)
    follow(document)
    return document


def _check(
    process: Process, facts: PaperFacts, document: Document | None = None, stood: str = ""
) -> None:
    if facts.symbol != stood:
        try:
            check_new_symbol(process, facts.symbol, document)
        except ValidationError as error:
            raise ValidationError({"symbol": error}) from error
    if facts.meeting is not None and facts.meeting.process_id != process.pk:
        raise ValidationError({"meeting": _("This meeting belongs to another process.")})
    if facts.audience == Audience.NAMED and not (facts.named_parties or facts.named_process):
        raise ValidationError({"named_parties": _("Name a party or a process.")})


def _what_followed(document: Document) -> set[int]:
    """Return the keys of what took the place of ``document``, and of that, as the tables say."""
    rows = Document.objects.filter(process=document.process_id, superseded_by__isnull=False)
    newer = dict(rows.values_list("pk", "superseded_by__pk"))
    found: list[int] = []
    pk: int | None = newer.get(document.pk)
    while pk is not None:
        found.append(pk)
        pk = newer.get(pk)
    return set(found)


def _announce(document: Document) -> None:
    """Bring the index up to date, now and at the end of an embargo; what rests on it follows."""
    index_document(document)
    follow(document)
    index_when_free(document)
