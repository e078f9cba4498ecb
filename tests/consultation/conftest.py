"""A text of the process that its members are consulted on, in two languages."""

import pytest

from comity.calls.models import Call, Submission
from comity.calls.services import accept_reply, save_entries, send_reply
from comity.consultation.models import ConsultationRules
from comity.parties.models import Affiliation
from tests.consultation.moments import NOW
from tests.factories.calls import ReplyFactory
from tests.factories.consultation import ConsultationFactory, DraftTextFactory
from tests.factories.documents import DocumentFactory

TODAY = NOW.date()


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def parties(affiliations):
    """The party of each person, by persona name."""
    return {name: affiliation.party for name, affiliation in affiliations.items()}


@pytest.fixture
def focal_point(people, affiliations):
    """Somebody who speaks for a member."""
    Affiliation.objects.filter(pk=affiliations["focal_point"].pk).update(may_speak=True)
    return people["focal_point"]


@pytest.fixture
def text(process, affiliations):
    document = DocumentFactory(process=process, audience="participants", published_at=NOW)
    return DraftTextFactory(document=document)


@pytest.fixture
def revision(text):
    return text.revisions.get(number=1)


@pytest.fixture
def paragraphs(revision):
    """The three paragraphs of the text, in order."""
    return [passage.paragraph for passage in revision.passages.order_by("order")]


@pytest.fixture
def consultation(process, revision):
    return ConsultationFactory(call__process=process, revision=revision)


@pytest.fixture
def reply(consultation, parties):
    return ReplyFactory(call=consultation.call, party=parties["focal_point"])


@pytest.fixture
def rules(process):
    """Change what the process has decided."""

    def change(**values):
        found, _made = ConsultationRules.objects.update_or_create(process=process, defaults=values)
        return found

    return change


@pytest.fixture
def committee(rules, body):
    """The drafting committee, in which the body member sits."""
    rules(committee=body)
    return body


@pytest.fixture
def answered(reply, focal_point, secretariat):
    """Answer for the focal point's party and have that accepted; return what was sent."""

    def answer(**values):
        seen = {entry.key: entry.version for entry in reply.entries.all()}
        before = {entry.key: None for entry in reply.entries.all()}
        given = {key.replace("_", "."): value for key, value in values.items()}
        given = {**before, "language": "en", **given}
        save_entries(reply=reply, values=given, seen=seen, by=focal_point)
        seen = {entry.key: entry.version for entry in reply.entries.all()}
        sent = send_reply(reply=reply, seen=seen, by=focal_point)
        accept_reply(submission=sent, by=secretariat, now=NOW)
        return Submission.objects.get(pk=sent.pk)

    return answer


def close(consultation):
    Call.objects.filter(pk=consultation.call_id).update(state="closed")


def names(people, queryset):
    """Return by persona name who finds something; ``queryset`` takes the person."""
    return {name for name, person in people.items() if queryset(person).exists()}
