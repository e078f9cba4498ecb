"""What stands beside a text on its own page: proposals in the margin, and ways to the rooms."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, may
from comity.consultation.models import ClosedRecord, Consultation, Proposal
from comity.parties.models.parties import name_of
from comity.texts.margins import MarginNote, TextLink
from comity.texts.models import Revision, RevisionState

MOST_CHARACTERS = 160


def proposals_in_margin(actor: Actor, revision: Revision) -> Mapping[int, Sequence[MarginNote]]:
    """Return what was proposed on each paragraph of ``revision``, as ``actor`` may read it."""
    today = timezone.localdate()
    visible = Proposal.objects.visible_to(actor, today).with_names_for(actor, today).standing()
    rows = visible.filter(consultation__revision=revision, paragraph__isnull=False)
    notes: dict[int, list[MarginNote]] = {}
    # Any: the stubs do not know what is annotated
    named: Iterable[Any] = rows.annotate(party_name=name_of("party", today))
    for row in named:
        page = reverse("consultation:consultation", args=[row.consultation_id])
        note = MarginNote(
            who=row.party_name if row.is_named else _("A member"),
            kind=str(row.get_kind_display()),
            words=Truncator(row.words or row.comment).chars(MOST_CHARACTERS),
            url=f"{page}#p{row.paragraph_id}",
        )
        notes.setdefault(row.paragraph_id or 0, []).append(note)
    return notes


def ways_from_text(actor: Actor, revision: Revision) -> Sequence[TextLink]:
    """Return the ways from ``revision`` to where it is negotiated, that ``actor`` may go."""
    text, slug = revision.text, revision.text.document.slug
    found = Consultation.objects.visible_to(actor, timezone.localdate())
    links = [
        TextLink(_("What was proposed"), reverse("consultation:consultation", args=[row.pk]))
        for row in found.filter(revision=revision)
    ]
    if may(actor, "consultation.draft", text):
        links.append(TextLink(_("Drafting room"), reverse("consultation:room", args=[slug])))
    is_out = revision.state == RevisionState.CIRCULATED
    if is_out and may(actor, "consultation.run_text", text):
        address = reverse("consultation:prepare", args=[revision.pk])
        links.append(TextLink(_("Ask members for words"), address))
    closed = ClosedRecord.objects.filter(text=text).first()
    if closed and may(actor, "consultation.open_record", closed):
        links.append(TextLink(_("Negotiating record"), reverse("consultation:record", args=[slug])))
    return links
