"""What lists and pages of elements show, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.core.translated import text_in
from comity.elements.models import (
    Addressee,
    AddresseeKind,
    Element,
    ElementQuerySet,
    ElementStatus,
    Position,
)
from comity.elements.verbs import verbs
from comity.parties.models.parties import name_of
from comity.processes.models import Status

LONGEST_TITLE = 110
# How each status is drawn.
MARKS = {
    ElementStatus.OPEN: "awaited",
    ElementStatus.CARRIED: "submitted",
    ElementStatus.TAKEN_UP: "cleared",
    ElementStatus.SUPERSEDED: "draft",
    ElementStatus.ELAPSED: "due",
    ElementStatus.CLOSED: "done",
}


@dataclass(frozen=True)
class ElementRow:
    """One element, as a line or a page shows it."""

    element: Element
    words: Mapping[str, str]
    verb: str
    to: str
    due: str
    theme: str
    status: str
    mark: str
    url: str

    @property
    def title(self) -> str:
        """Its beginning in the reader's language."""
        return shortened(text_in(self.words))


@dataclass(frozen=True)
class PositionRow:
    """What one party says of an element's paragraph or of the whole text."""

    position: Position
    party: str
    kind: str


def shortened(words: str) -> str:
    """Return the beginning of ``words``, whole words only."""
    if len(words) <= LONGEST_TITLE:
        return words
    return words[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def read_elements(elements: ElementQuerySet, on: date) -> list[ElementRow]:
    """Return ``elements`` as rows: three queries, however many they are."""
    addressees = Addressee.objects.annotate(name=name_of("party", on)).select_related("body")
    found = elements.select_related(
        "text__document__process", "theme", "continues__text__document"
    ).prefetch_related(Prefetch("addressees", addressees))
    return [row_of(element) for element in found]


def row_of(element: Element) -> ElementRow:
    """Return one element, read with all that a line says.

    What only notes, affirms or thanks asks nothing of anybody, and is never open.
    """
    verb = verbs[element.verb] if element.verb else None
    status, mark = element.get_status_display(), MARKS[ElementStatus(element.status)]
    if verb and not verb.asks and element.status == ElementStatus.OPEN:
        status, mark = _("nothing to follow"), "draft"
    return ElementRow(
        element=element,
        words=element.words,
        verb=str(verb.label) if verb else "",
        to=", ".join(addressee_words(each) for each in element.addressees.all()),
        due=element.due,
        theme=str(element.theme or ""),
        status=status,
        mark=mark,
        url=element.get_absolute_url(),
    )


def addressee_words(addressee: Addressee) -> str:
    """Return what an addressee is called."""
    match addressee.kind:
        case AddresseeKind.STATUS:
            return status_words(addressee.status)
        case AddresseeKind.PARTY:
            return str(getattr(addressee, "name", addressee.party))
        case AddresseeKind.BODY:
            return str(addressee.body)
        case _:
            return addressee.get_kind_display()


def status_words(status: str) -> str:
    """Return what those of one status are called together."""
    words = {
        Status.MEMBER: _("the members"),
        Status.PARTICIPANT: _("the participants"),
        Status.OBSERVER: _("the observers"),
        Status.INVITED: _("the invited"),
        Status.PARTNER: _("the partners"),
    }
    return words.get(Status(status), status)


def positions_on(text: int, paragraph: int | None, on: date) -> list[PositionRow]:
    """Return what States say of a text, or of one of its paragraphs and of the whole.

    What was withdrawn is there too, and says so.
    """
    said = Position.objects.filter(text=text)
    if paragraph is not None:
        said = said.filter(paragraph=paragraph) | said.filter(paragraph=None)
    rows = said.annotate(name=name_of("party", on)).order_by("paragraph", "name", "pk")
    return [
        PositionRow(each, str(getattr(each, "name", "")), each.get_kind_display()) for each in rows
    ]


def count_words(rows: Iterable[ElementRow]) -> list[tuple[str, str, int]]:
    """Return how many elements stand in each status: its mark, its words and their number."""
    return [
        (mark, words, count)
        for (mark, words), count in Counter((row.mark, row.status) for row in rows).items()
    ]


def texts_with_elements(actor: Actor, process: int, on: date) -> ElementQuerySet:
    """Return the elements of a process that ``actor`` may read, the latest text first."""
    visible = Element.objects.visible_to(actor, on).filter(text__document__process=process)
    return visible.order_by("-text__document__dated_latest", "text", "order", "pk")
