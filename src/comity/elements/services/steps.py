"""What every way of adopting shares: what stands against it, and what adopting does."""

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from comity.accounts.authority import SYSTEM, Actor
from comity.audit.services import record_creation, save_change
from comity.consultation.services.records import close_record
from comity.core.dates import day_in_words
from comity.documents.indexing import index_documents, whole_documents
from comity.documents.models import Document
from comity.elements.models import (
    Adoption,
    AdoptionState,
    AdoptionWay,
    Consensus,
)
from comity.elements.queries.adopting import obstacles, rule_of
from comity.texts.models import Revision, RevisionState, Text
from comity.texts.services import finish_revision

# How the record of an adoption is called among the kinds of documents.
RECORD = "record of adoption"


def refuse_obstacles(
    revision: Revision, way: AdoptionWay, on: date, *, except_open: Adoption | None = None
) -> None:
    """Refuse what cannot be adopted, with every reason at once."""
    found = [ValidationError(each, code="obstacle") for each in obstacles(revision, way, on)]
    under_way = Adoption.objects.filter(text=revision.text_id, state=AdoptionState.OPEN)
    if except_open is not None:
        under_way = under_way.exclude(pk=except_open.pk)
    if under_way.exists():
        found.append(ValidationError(_("An adoption of this text is under way."), code="open"))
    if found:
        raise ValidationError(found)


def refuse_without_consensus(revision: Revision) -> None:
    """Refuse to adopt before the presidency has stated that all agree, where that is the rule."""
    rule = rule_of(revision.text.document.process)
    if rule.needs_consensus and not Consensus.objects.filter(revision=revision).exists():
        raise ValidationError(
            _("The presidency has not stated that all members agree."), code="consensus"
        )


def lock_text(text: Text) -> Text:
    """Return ``text`` locked: two who adopt it do so one after the other."""
    current = Text.objects.select_for_update(of=("self",)).select_related("document__process")
    return current.get(pk=text.pk)


def conclude(
    adoption: Adoption, *, day: date, at: datetime, adopted_by: str, by: Actor
) -> Adoption:
    """Adopt: freeze the revision, date the document, record the adoption, close the negotiation.

    Who adopts is checked before; what this does is the platform's own consequence.
    """
    revision, document = adoption.revision, adoption.text.document
    current = Revision.objects.get(pk=revision.pk)
    if current.state != RevisionState.FINAL:
        adoption.revision = finish_revision(
            revision=current, version=current.version, by=by, now=at
        )
    locked = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    save_change(
        locked,
        {"adopted_by": adopted_by, "dated": day.isoformat()},
        action="document.adopted",
        by=by,
    )
    paper = _record_of(adoption, day=day, at=at, adopted_by=adopted_by, by=by)
    changes = {
        "state": AdoptionState.ADOPTED,
        "adopted_on": day,
        "adopted_at": at,
        "record": paper,
    }
    save_change(adoption, changes, action="adoption.concluded", by=by)
    close_record(text=adoption.text, by=SYSTEM, now=at)
    index_documents(whole_documents().filter(pk__in=[document.pk, paper.pk]))
    return adoption


def end(adoption: Adoption, state: AdoptionState, reason: str, *, by: Actor) -> Adoption:
    """End an attempt without adopting."""
    changes = {"state": state, "reason": reason}
    save_change(adoption, changes, action=f"adoption.{state}", by=by)
    return adoption


def _record_of(
    adoption: Adoption, *, day: date, at: datetime, adopted_by: str, by: Actor
) -> Document:
    """Keep the record of an adoption: a document of its own, for whoever may read the text."""
    text = adoption.text.document
    title = {}
    for language, words in text.title.items():
        with translation.override(_spoken(language)):
            title[language] = _("Record of adoption: %(title)s") % {"title": words}
    with translation.override(settings.LANGUAGE_CODE):
        note = _("Adopted %(way)s on %(day)s. %(who)s") % {
            "way": adoption.get_way_display(),
            "day": day_in_words(day),
            "who": adopted_by,
        }
    paper = Document(
        slug=_free_slug(text.slug),
        process=text.process,
        audience=text.audience,
        body=text.body,
        named_process=text.named_process,
        title=title,
        kind=RECORD,
        dated=day.isoformat(),
        meeting=adoption.meeting,
        note=note[:400],
        published_at=text.published_at and at,
    )
    paper.full_clean()
    paper.save()
    paper.named_parties.set(text.named_parties.all())
    record_creation(paper, action="paper.added", by=by)
    return paper


def _spoken(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _free_slug(slug: str) -> str:
    stem = f"{slug[:60]}-adoption"
    taken = set(Document.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        each
        for each in (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
        if each not in taken
    )
