"""What stands beside a text where it is read: its elements, and what States say of it."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, may
from comity.elements.models import Adoption, Element, Position
from comity.parties.models.parties import name_of
from comity.texts.margins import MarginNote, TextLink
from comity.texts.models import Revision, RevisionState


def positions_beside(actor: Actor, revision: Revision) -> Mapping[int, Sequence[MarginNote]]:
    """Return what States hold of each paragraph of the adopted words."""
    if revision.state != RevisionState.FINAL:
        return {}
    today = timezone.localdate()
    said = Position.objects.visible_to(actor, today).holding()
    rows = said.filter(text=revision.text_id, paragraph__isnull=False)
    url = reverse("elements:text", args=[revision.text.document.slug])
    found: dict[int, list[MarginNote]] = {}
    for row in rows.annotate(name=name_of("party", today)).order_by("name", "pk"):
        assert row.paragraph_id is not None  # asked for
        note = MarginNote(
            who=str(getattr(row, "name", "")),
            kind=row.get_kind_display(),
            words=row.words,
            url=f"{url}#position-{row.pk}",
        )
        found.setdefault(row.paragraph_id, []).append(note)
    return found


def elements_beside(actor: Actor, revision: Revision) -> Mapping[int, Sequence[MarginNote]]:
    """Return the elements that were cut from each paragraph of the adopted words."""
    if revision.state != RevisionState.FINAL:
        return {}
    visible = Element.objects.visible_to(actor, timezone.localdate())
    rows = visible.filter(revision=revision).select_related("text__document").order_by("order")
    found: dict[int, list[MarginNote]] = {}
    for row in rows:
        note = MarginNote(
            who=_("Element %(number)s") % {"number": row.number},
            kind=row.get_status_display(),
            url=row.get_absolute_url(),
        )
        found.setdefault(row.paragraph_id, []).append(note)
    return found


def links_beside_text(actor: Actor, revision: Revision) -> Sequence[TextLink]:
    """Return the ways from a text to its adoption and its elements, where there is either."""
    text, slug = revision.text, revision.text.document.slug
    adoptions = Adoption.objects.visible_to(actor, timezone.localdate()).filter(text=text)
    links = []
    if may(actor, "elements.adopt", text) or adoptions.exists():
        links.append(TextLink(_("Adoption"), reverse("elements:adoption", args=[slug])))
    if revision.state == RevisionState.FINAL:
        links.append(TextLink(_("Elements"), reverse("elements:text", args=[slug])))
    return links
