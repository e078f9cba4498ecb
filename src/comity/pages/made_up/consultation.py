"""Make a consultation on the next declaration: two invented States propose, in two languages.

It lies around the day on which it is made, so that it is open whenever that is.
"""

from collections.abc import Mapping

from django.utils import timezone

from comity.calls.services import accept_reply, open_call, save_entries, send_reply
from comity.consultation.models import Consultation, Proposal
from comity.consultation.services.consulting import ConsultationFacts, prepare_consultation
from comity.consultation.services.deciding import (
    bracket_proposals,
    refuse_proposal,
    take_proposal,
    translate_proposal,
)
from comity.consultation.services.rules import RulesFacts, set_rules
from comity.pages.made_up.calls import FOCAL_POINTS, Desk
from comity.processes.models import Body, Process
from comity.texts.models import Revision, RevisionState

DRAFT = "md-draft-declaration-2027"
COMMITTEE = "meridian-drafting"
SUBJECT = {
    "en": "Your words on the draft declaration",
    "es": "Sus propuestas sobre el proyecto de declaración",
    "fr": "Vos propositions sur le projet de déclaration",
}
INSTRUCTIONS = {
    "en": "Write other words only where you want them, and say in a comment why.",
    "es": "Escriba otras palabras solo donde las desee y explique en un comentario por qué.",
    "fr": "N’écrivez d’autres termes que là où vous le souhaitez ; dites pourquoi en commentaire.",
}
# By the number of the paragraph in the second draft.
ARVENIA = {
    "3": {
        "words": "We recommend that authorities inform the consulate of the country of origin"
        " without delay, in a language that the child understands.",
        "comment": "A fixed number of hours cannot be kept at remote border posts.",
    },
    "2": {"words": "We recommend that every child go to school within four weeks of arrival."},
    "10": {"comment": "We welcome this and will contribute to the report."},
}
BELMORA = {
    "3": {
        "words": "Recomendamos que las autoridades informen en un plazo de 48 horas al consulado"
        " del país de origen, en el idioma que el niño entienda.",
        "comment": "Así lo prevé ya nuestra ley.",
    },
    "9": {
        "words": "Recomendamos que se compartan cada semestre cifras por sexo y grupo de edad,"
        " protegidas contra la identificación.",
    },
}
IN_ENGLISH = (
    "We recommend that authorities inform the consulate of the country of origin within 48 hours,"
    " in a language that the child understands."
)
NOT_TAKEN = "The plenary agreed on two weeks in 2026."


def fill_consultation() -> int:
    """Make the consultation unless there is one; return how many were made."""
    process = Process.objects.get(slug="meridian")
    if Consultation.objects.filter(call__process=process).exists():
        return 0
    desk = Desk(process, timezone.now())
    by = desk.secretariat
    committee = Body.objects.get(slug=COMMITTEE)
    set_rules(process=process, facts=RulesFacts(committee=committee), version=1, by=by)
    out = Revision.objects.filter(text__document__slug=DRAFT, state=RevisionState.CIRCULATED)
    revision = out.latest_first().select_related("text__document__process")[0]
    facts = ConsultationFacts(SUBJECT, desk.days(12), INSTRUCTIONS)
    consultation = prepare_consultation(revision=revision, facts=facts, by=by)
    call = consultation.call
    open_call(call=call, version=call.version, by=by, now=desk.before(10))
    _answer(desk, consultation, "QMA", "en", ARVENIA)
    _answer(desk, consultation, "QMB", "es", BELMORA)
    _merge(desk, consultation)
    return 1


def _answer(
    desk: Desk,
    consultation: Consultation,
    party: str,
    language: str,
    said: Mapping[str, Mapping[str, str]],
) -> None:
    """Let a State write its answer, clear and send it; the secretariat accepts it."""
    reply = consultation.call.replies.get(party__code=party)
    by = desk.people[FOCAL_POINTS[party]]
    passages = consultation.revision.passages
    keys = dict(passages.exclude(number="").values_list("number", "paragraph"))
    values: dict[str, object] = {
        f"p{keys[number]}.{part}": words
        for number, parts in said.items()
        for part, words in parts.items()
    }
    values["language"] = language
    save_entries(reply=reply, values=values, seen={}, by=by, now=desk.before(6))
    seen = {entry.key: entry.version for entry in reply.entries.all()}
    sent = send_reply(reply=reply, seen=seen, by=by, now=desk.before(4))
    accept_reply(submission=sent, by=desk.secretariat, now=desk.before(3))


def _merge(desk: Desk, consultation: Consultation) -> None:
    """Take one proposal, refuse one, keep two in brackets; comments wait."""
    by, now = desk.secretariat, desk.before(1)
    words = {
        proposal.words: proposal
        for proposal in Proposal.objects.filter(consultation=consultation)
        .exclude(words="")
        .select_related("consultation__revision__text", "consultation__call")
    }
    both = [words[ARVENIA["3"]["words"]], words[BELMORA["3"]["words"]]]
    translate_proposal(proposal=both[1], language="en", words=IN_ENGLISH, by=by)
    seen = {each.pk: each.version for each in both}
    bracket_proposals(proposals=both, seen=seen, by=by, now=now)
    school, figures = words[ARVENIA["2"]["words"]], words[BELMORA["9"]["words"]]
    refuse_proposal(proposal=school, reason=NOT_TAKEN, version=school.version, by=by, now=now)
    take_proposal(proposal=figures, version=figures.version, by=by, now=now)
