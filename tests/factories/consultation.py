from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from comity.calls.models import Submission, SubmissionState
from comity.consultation.models import Consultation, ConsultationRules, Proposal
from comity.texts.models import Paragraph, Passage, Revision, RevisionState, Text, Wording
from tests.factories.calls import CallFactory, ReplyFactory
from tests.factories.documents import DocumentFactory
from tests.factories.parties import PartyFactory

THEN = datetime(2026, 3, 1, 9, tzinfo=UTC)
WORDS = {
    "en": ["We recognize it.", "States will ensure that no return is made.", "We thank you."],
    "es": ["Lo reconocemos.", "Los Estados garantizarán que no haya retorno.", "Gracias."],
}


class DraftTextFactory(DjangoModelFactory):
    """A text in two languages, of three paragraphs, circulated as its first revision."""

    class Meta:
        model = Text
        skip_postgeneration_save = True

    document = factory.SubFactory(DocumentFactory, audience="participants", published_at=THEN)
    languages = ["es", "en"]
    original = "es"

    @factory.post_generation
    def revision(text, _create, _given):  # noqa: N805 -- as factory_boy calls it
        revision = Revision.objects.create(
            text=text, number=1, state=RevisionState.CIRCULATED, frozen_at=THEN
        )
        for order in range(1, 4):
            passage = Passage.objects.create(
                revision=revision,
                paragraph=Paragraph.objects.create(text=text),
                order=order,
                number=str(order),
            )
            for language, words in WORDS.items():
                standing = "original" if language == "es" else "official"
                Wording.objects.create(
                    passage=passage, language=language, words=words[order - 1], standing=standing
                )
        return revision


class RulesFactory(DjangoModelFactory):
    class Meta:
        model = ConsultationRules


class ConsultationFactory(DjangoModelFactory):
    class Meta:
        model = Consultation

    call = factory.SubFactory(CallFactory, kind="consultation")


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    party = factory.SubFactory(PartyFactory)
    kind = "words"
    language = "en"
    words = "States will endeavour to ensure that no return is made."

    @factory.lazy_attribute
    def submission(proposal):  # noqa: N805 -- as factory_boy calls it
        call = proposal.consultation.call
        reply = call.replies.filter(party=proposal.party).first() or ReplyFactory(
            call=call, party=proposal.party, state="accepted"
        )
        number = reply.submissions.count() + 1
        state = SubmissionState.REPLACED if number > 1 else SubmissionState.ACCEPTED
        return Submission.objects.create(
            reply=reply, number=number, way="online", sent_at=THEN, state=state
        )
