"""A consultation as a kind of call: what is asked of each paragraph, and whom it may ask."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from comity.calls.fields import Field, Shape
from comity.calls.models import Call, Release
from comity.consultation.models import Consultation, ProposalKind
from comity.consultation.permissions import is_member
from comity.core.languages import language_name
from comity.parties.models import Party
from comity.processes.audiences import Audience
from comity.processes.models import Status
from comity.texts.models import Passage

KIND = "consultation"
LANGUAGE, GENERAL = "language", "general"
KEY = re.compile(r"^p(?P<paragraph>\d+)\.(?P<part>words|after|delete|comment)$")


@dataclass(frozen=True)
class Said:
    """What an answer wants of one paragraph, or of the whole text where that is ``None``."""

    paragraph: int | None
    kind: ProposalKind
    words: str = ""
    comment: str = ""


def key_of(paragraph: int, part: str) -> str:
    """Return the key of one box on a paragraph: the same on the page, in Word and in Excel."""
    return f"p{paragraph}.{part}"


def fields_of_consultation(call: Call, party: Party) -> list[Field]:
    """Return the boxes of an answer; one who is no member is asked nothing."""
    consultation = Consultation.objects.select_related("revision__text").get(call=call)
    if not is_member(party, call.process):
        return []
    languages = consultation.revision.text.languages
    fields = [
        Field(
            LANGUAGE,
            _("Language of your words"),
            Shape.CHOICE,
            options=[(code, language_name(code)) for code in languages],
            is_required=True,
        )
    ]
    for passage in passages_asked(consultation):
        fields += _boxes(passage)
    return [*fields, Field(GENERAL, _("Comment on the whole text"))]


def passages_asked(consultation: Consultation) -> Iterable[Passage]:
    """Return the passages that are consulted on, in their order."""
    return Passage.objects.filter(revision=consultation.revision_id).order_by("order")


def place_of(passage: Passage) -> str:
    """Return how a passage is called: by its number, or by what it is."""
    if passage.number:
        return _("Paragraph %(number)s") % {"number": passage.number}
    return capfirst(str(passage.get_kind_display()))


def _boxes(passage: Passage) -> list[Field]:
    place = {"place": place_of(passage)}
    labels = {
        "words": (_("%(place)s: other words"), Shape.TEXT),
        "delete": (_("%(place)s: delete it"), Shape.YES_NO),
        "after": (_("%(place)s: a new paragraph after it"), Shape.TEXT),
        "comment": (_("%(place)s: comment"), Shape.TEXT),
    }
    return [
        Field(key_of(passage.paragraph_id, part), label % place, shape)
        for part, (label, shape) in labels.items()
    ]


def said_in(values: dict[str, object], standing: dict[int, str]) -> list[Said]:
    """Return what an answer wants; ``standing`` is what each paragraph says in its language.

    The words that stand there already are no proposal. A comment belongs to what is proposed on
    its paragraph, and stands alone where nothing is.
    """
    parts: dict[int, dict[str, object]] = {}
    for key, value in values.items():
        if (match := KEY.match(key)) and value not in (None, "", False):
            parts.setdefault(int(match["paragraph"]), {})[match["part"]] = value
    found = []
    for paragraph, wanted in parts.items():
        words, after = str(wanted.get("words", "")), str(wanted.get("after", ""))
        comment = str(wanted.get("comment", ""))
        said = []
        if "delete" in wanted:
            said.append(Said(paragraph, ProposalKind.DELETE, "", comment))
        elif words and words.split() != standing.get(paragraph, "").split():
            said.append(Said(paragraph, ProposalKind.WORDS, words, comment))
        if after:
            said.append(Said(paragraph, ProposalKind.AFTER, after, "" if said else comment))
        if comment and not said:
            said.append(Said(paragraph, ProposalKind.COMMENT, "", comment))
        found += said
    if general := values.get(GENERAL):
        found.append(Said(None, ProposalKind.COMMENT, "", str(general)))
    return found


def admit(call: Call, parties: Sequence[Party]) -> None:
    """Refuse a consultation that would ask others than members, or show answers by itself.

    What was proposed is shown by ``Proposal.visible_to`` alone; an answer that the call released
    would tell its author.

    Raises ValidationError with what is wrong.
    """
    if not Consultation.objects.filter(call=call).exists():
        raise ValidationError(_("Say first on which text you consult."), code="text")
    if call.release != Release.NEVER or call.audience != Audience.SECRETARIAT:
        raise ValidationError(
            _(
                "Answers to a consultation are never released: the rules of consultation say who"
                " reads the proposals."
            ),
            code="release",
        )
    for party in parties:
        if not is_member(party, call.process):
            words = _("%(party)s is not a member. Only members propose words.")
            raise ValidationError(words % {"party": party}, code="observer")


MEMBERS = (Status.MEMBER,)
