"""Who may open each page of this app, and the things that its addresses name."""

from functools import cache

from comity.consultation.models import ClosedRecord, ConsultationRules
from comity.consultation.services.draft import draft_for_merging
from comity.consultation.services.taking_along import check_out
from tests.access_rows import EDITED, MEMBERS, SECRETARIAT, Row
from tests.consultation.moments import NOW
from tests.factories.calls import ReplyFactory
from tests.factories.consultation import ConsultationFactory, DraftTextFactory, ProposalFactory
from tests.factories.documents import DocumentFactory

DRAFTERS = {"body_member", "chair", "secretariat"}
LEADERS = {"chair", "secretariat"}
OWN = {"focal_point"}
ANSWERED = ("consulting_call", "consulted_party")
ACCESS: dict[str, Row] = {
    "consultation:consultations": Row(MEMBERS, ("consulting_process",)),
    "consultation:rules": Row(SECRETARIAT, EDITED),
    "consultation:prepare": Row(SECRETARIAT, ("consulted_revision",)),
    "consultation:consultation": Row(MEMBERS, ("consultation",)),
    "consultation:paragraph": Row(SECRETARIAT, ("consultation", "consulted_paragraph")),
    "consultation:room": Row(DRAFTERS, ("drafted_text",)),
    "consultation:pen": Row(DRAFTERS, ("drafted_text",), "POST"),
    "consultation:projected": Row(DRAFTERS, ("drafted_text",)),
    "consultation:write": Row(DRAFTERS, ("drafted_text", "drafted_passage", "consulted_language")),
    "consultation:answer_word": Row(OWN, (*ANSWERED, "consulted_language")),
    "consultation:answer_sent": Row(OWN, ANSWERED),
    "consultation:take_along": Row(DRAFTERS, ("drafted_text",), "POST"),
    "consultation:along": Row(DRAFTERS, ("drafted_text", "taken_along")),
    "consultation:along_word": Row(DRAFTERS, ("drafted_text", "taken_along")),
    "consultation:record": Row(LEADERS, ("text_of_record",)),
}


def things(people, affiliations, process, body):
    """Return how to make what the addresses name: see ``tests/test_access.py``."""

    @cache
    def text():
        document = DocumentFactory(process=process, audience="participants", published_at=NOW)
        return DraftTextFactory(document=document)

    @cache
    def consultation():
        revision = text().revisions.get(number=1)
        made = ConsultationFactory(call__process=process, revision=revision)
        party = affiliations["focal_point"].party
        paragraph = revision.passages.first().paragraph
        ReplyFactory(call=made.call, party=party)
        ProposalFactory(consultation=made, paragraph=paragraph, party=party)
        return made

    @cache
    def draft():
        ConsultationRules.objects.create(process=process, committee=body)
        return draft_for_merging(text().revisions.get(number=1), people["secretariat"])

    def consulting_process():
        consultation()
        return process.slug

    def drafted():
        draft()
        return text().document.slug

    def checkout():
        return check_out(revision=draft(), language="en", by=people["chair"]).pk

    def adopted():
        ClosedRecord.objects.create(text=text(), way="sealed", content={}, closed_at=NOW)
        return text().document.slug

    return {
        "consulting_process": consulting_process,
        "consulted_revision": lambda: text().revisions.get(number=1).pk,
        "consultation": lambda: consultation().pk,
        "consulted_paragraph": lambda: consultation().proposals.get().paragraph_id,
        "drafted_text": drafted,
        "drafted_passage": lambda: draft().passages.first().pk,
        "taken_along": checkout,
        "consulting_call": lambda: consultation().call_id,
        "consulted_party": lambda: affiliations["focal_point"].party.code,
        "consulted_language": lambda: "en",
        "text_of_record": adopted,
    }
