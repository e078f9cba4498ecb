"""Make the adoptions and elements of the Meridian Dialogue: two texts, and the thread between."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from comity.accounts.models import User
from comity.calls.models import Way
from comity.elements.models import (
    AddresseeKind,
    AdoptionRule,
    AdoptionWay,
    Element,
    PositionKind,
)
from comity.elements.services import (
    Cut,
    ElementFacts,
    PositionFacts,
    PrincipleFacts,
    RuleFacts,
    To,
    add_principle,
    adopt_in_room,
    cut_elements,
    open_silence,
    record_position,
    set_rule,
    settle_silence,
    state_consensus,
)
from comity.elements.verbs import suggest
from comity.parties.models import Party
from comity.processes.models import Meeting, Process, Status
from comity.texts.models import Kind, Passage, Revision, RevisionState

DECLARATION, FOLLOW_UP = "md-vellmar-declaration", "md-vellmar-follow-up"
SECRETARIAT, CHAIR = "secretariat@meridian.example", "chair@meridian.example"
PLENARY = "meridian-plenary-2025"
ADOPTED = date(2025, 5, 15)
EVENING = datetime(2025, 5, 15, 16, 30, tzinfo=UTC)
SILENCE = datetime(2026, 5, 22, 8, tzinfo=UTC)
DUE = datetime(2026, 6, 5, 16, tzinfo=UTC)
SETTLED = datetime(2026, 6, 5, 16, 1, tzinfo=UTC)
# Which element of the declaration each of the follow-up continues.
CONTINUES = {
    "2": "1", "3": "2", "4": "3", "5": "4b", "6": "5", "7": "6", "9": "7", "10": "8",
}  # fmt: skip
APART = {
    "en": "Isaura does not associate itself with this paragraph: its law sets no time limit.",
    "es": "Isaura no se suma a este párrafo: su ley no fija ningún plazo.",
    "fr": "Isaura ne s’associe pas à ce paragraphe\u00a0: sa loi ne fixe aucun délai.",
}
PRINCIPLES = (
    (
        {
            "en": "No figure lets a person be recognised.",
            "es": "Ninguna cifra permite reconocer a una persona.",
            "fr": "Aucun chiffre ne permet de reconnaître une personne.",
        },
        ((DECLARATION, "3"), (FOLLOW_UP, "4")),
    ),
    (
        {
            "en": "The consulate of a child who travels alone is told.",
            "es": "Se informa al consulado del niño que viaja solo.",
            "fr": "Le consulat d’un enfant qui voyage seul est prévenu.",
        },
        ((DECLARATION, "6"), (FOLLOW_UP, "7")),
    ),
)


def fill_elements() -> int:
    """Adopt and cut both texts unless the process has its rule; return how many rows were added."""
    process = Process.objects.get(slug="meridian")
    if AdoptionRule.objects.filter(process=process).exists():
        return 0
    by, chair = (User.objects.get(email=email) for email in (SECRETARIAT, CHAIR))
    ways = [AdoptionWay.ROOM, AdoptionWay.SILENCE]
    set_rule(process=process, facts=RuleFacts(ways), version=None, by=by)
    declaration = _final(DECLARATION)
    state_consensus(revision=declaration, by=chair, now=EVENING)
    meeting = Meeting.objects.get(slug=PLENARY)
    adopt_in_room(revision=declaration, meeting=meeting, day=ADOPTED, by=by, now=EVENING)
    cut_elements(revision=declaration, cuts=list(_cuts(declaration, {})), by=by, now=EVENING)
    follow_up = _final(FOLLOW_UP)
    silence = open_silence(revision=follow_up, due_at=DUE, by=by, now=SILENCE)
    settle_silence(adoption=silence, by=by, now=SETTLED)
    cuts = list(_cuts(follow_up, CONTINUES))
    cut_elements(revision=follow_up, cuts=cuts, by=by, now=SETTLED)
    _stand_apart(follow_up, by)
    for order, (words, sources) in enumerate(PRINCIPLES, start=1):
        elements = [_element(slug, number) for slug, number in sources]
        facts = PrincipleFacts(words, order, elements)
        add_principle(process=process, facts=facts, by=by)
    return Element.objects.count() + len(PRINCIPLES)


def _final(slug: str) -> Revision:
    rows = Revision.objects.select_related("text__document__process")
    return rows.get(text__document__slug=slug, state=RevisionState.FINAL)


def _cuts(revision: Revision, continues: Mapping[str, str]) -> Iterator[Cut]:
    """Yield a cut for each operative paragraph, described as its words propose."""
    passages = Passage.objects.filter(revision=revision, kind=Kind.OPERATIVE).order_by("order")
    for passage in passages.prefetch_related("wordings"):
        words = {wording.language: wording.words for wording in passage.wordings.all()}
        number = re.sub(r"[^0-9a-z]", "", passage.number)
        found = suggest(words)
        older = continues.get(number)
        facts = ElementFacts(
            verb=found.verb,
            addressees=tuple(_to(name) for name in found.addressees),
            due=found.due,
            continues=_element(DECLARATION, older) if older else None,
        )
        yield Cut(passage.paragraph, number, words, facts)


def _to(name: str) -> To:
    if name == Status.MEMBER:
        return To(AddresseeKind.STATUS, status=name)
    return To(AddresseeKind(name))


def _element(slug: str, number: str) -> Element:
    return Element.objects.get(text__document__slug=slug, number=number)


def _stand_apart(revision: Revision, by: User) -> None:
    """Let one invented State dissociate itself from a paragraph, by note."""
    facts = PositionFacts(
        PositionKind.DISSOCIATION,
        "en",
        APART["en"],
        paragraph=_element(FOLLOW_UP, "9").paragraph,
        translations={code: words for code, words in APART.items() if code != "en"},
    )
    record_position(
        text=revision.text,
        party=Party.objects.get(code="QMI"),
        facts=facts,
        way=Way.NOTE,
        by=by,
        now=SETTLED,
    )
