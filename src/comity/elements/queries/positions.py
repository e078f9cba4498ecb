"""What States say of an adopted text, and whom that leaves unasked."""

from comity.elements.models import Element, Position, PositionKind


def parties_not_asked(element: Element) -> set[int]:
    """Return the keys of the parties that are not asked about ``element``.

    Those are the ones that dissociated themselves from its paragraph or from the whole text, and
    have not withdrawn that.
    """
    said = Position.objects.holding().filter(kind=PositionKind.DISSOCIATION)
    about = said.about(element.text, element.paragraph_id)
    return set(about.values_list("party", flat=True))
