"""An accepted answer becomes proposals; a correction replaces what its author stood by before."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.audit.services import record
from comity.calls.models import Submission
from comity.consultation.asking import LANGUAGE, Said, said_in
from comity.consultation.models import Consultation, Outcome, Proposal, ProposalKind
from comity.consultation.permissions import is_member
from comity.texts.models import Wording


def keep_proposals(submission: Submission, by: Actor) -> None:
    """Keep what an accepted answer proposes, in the transaction that accepts it.

    What its author proposes no more is replaced or withdrawn, unless somebody has decided on it:
    that stays on the record as it was decided.

    Raises ValidationError where the author is not a member any more, however the answer came.
    """
    reply = submission.reply
    if not is_member(reply.party, reply.call.process):
        words = _("%(party)s is not a member. Only members propose words.")
        raise ValidationError(words % {"party": reply.party}, code="observer")
    consultation = Consultation.objects.select_related("revision").get(call=reply.call_id)
    language = str(submission.values.get(LANGUAGE) or "")
    said = said_in(submission.values, words_standing(consultation, language))
    earlier = Proposal.objects.filter(consultation=consultation, party=reply.party_id).standing()
    known = {_identity(proposal): proposal for proposal in earlier}
    wanted = {(language, each): each for each in said}
    for identity, proposal in known.items():
        if identity not in wanted and proposal.is_open:
            _let_go(proposal, said, by)
    for identity, each in wanted.items():
        if identity not in known:
            _keep(consultation, submission, language, each, by)


def words_standing(consultation: Consultation, language: str) -> dict[int, str]:
    """Return what each paragraph says in the revision that is consulted on."""
    wordings = Wording.objects.filter(passage__revision=consultation.revision_id, language=language)
    return dict(wordings.values_list("passage__paragraph", "words"))


def _identity(proposal: Proposal) -> tuple[str, Said]:
    kind = ProposalKind(proposal.kind)
    said = Said(proposal.paragraph_id, kind, proposal.words, proposal.comment)
    return proposal.language, said


def _let_go(proposal: Proposal, said: list[Said], by: Actor) -> None:
    again = any(
        (each.paragraph, each.kind) == (proposal.paragraph_id, proposal.kind) for each in said
    )
    proposal.outcome = Outcome.REPLACED if again else Outcome.WITHDRAWN
    proposal.version += 1
    proposal.save(update_fields=["outcome", "version"])
    record(by, "proposal.replaced", proposal)


def _keep(
    consultation: Consultation, submission: Submission, language: str, said: Said, by: Actor
) -> None:
    proposal = Proposal(
        consultation=consultation,
        party=submission.reply.party,
        submission=submission,
        paragraph_id=said.paragraph,
        kind=said.kind,
        language=language,
        words=said.words,
        comment=said.comment,
    )
    proposal.full_clean()
    proposal.save()
    # Neither whose nor what: the log of a text is read by more than the record of its making.
    record(by, "proposal.kept", proposal)
