"""Who opens the pages on which a party answers: its own people, and nobody else."""

from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from comity.accounts.authority import SYSTEM
from comity.calls.models import Way
from comity.calls.services import record_answer, save_entries, send_reply
from comity.calls.workbooks import answer_workbook
from comity.office.waiting import keep_waiting
from comity.office.workbook_writing import write_workbook
from tests.access_rows import SECRETARIAT, SIGNED_IN, Row
from tests.calls.scans import kept_scan
from tests.factories.calls import CallFactory, QuestionFactory, ReplyFactory

OWN_PEOPLE = {"focal_point"}
DRAFTED = ("drafted_call", "drafting_party")
ANSWERING = {
    "calls:asked": Row(SIGNED_IN),
    "calls:answer": Row(OWN_PEOPLE, DRAFTED),
    "calls:answer_clear": Row(OWN_PEOPLE, DRAFTED),
    "calls:answer_withdraw": Row(OWN_PEOPLE, ("sent_call", "drafting_party"), "POST"),
    "calls:answer_confirm": Row(
        OWN_PEOPLE, ("recorded_call", "drafting_party", "first_sent"), "POST"
    ),
    "calls:answer_fetch": Row(OWN_PEOPLE, DRAFTED),
    "calls:answer_send": Row(OWN_PEOPLE, DRAFTED),
    "calls:answer_take": Row(OWN_PEOPLE, ("filled_call", "drafting_party", "filled_answer")),
    "calls:handed_in_fetch": Row(SECRETARIAT, (*DRAFTED, "in_english")),
    "calls:handed_in_send": Row(SECRETARIAT, (*DRAFTED, "by_mail")),
    "calls:handed_in_take": Row(
        SECRETARIAT, ("filled_call", "drafting_party", "by_mail", "handed_in")
    ),
    "calls:answer_scan": Row(OWN_PEOPLE, ("recorded_call", "drafting_party", "first_sent")),
}


def answering_things(people, affiliations, process):
    """Return how to make what the addresses of answering name."""
    own, person = affiliations["focal_point"], people["focal_point"]

    def reply():
        own.may_speak = True
        own.save()
        call = CallFactory(process=process)
        QuestionFactory(call=call)
        return ReplyFactory(call=call, party=own.party)

    def drafted():
        found = reply()
        key = f"q{found.call.questions.get().pk}"
        save_entries(reply=found, values={key: "Two."}, seen={}, by=person)
        return found.call.pk

    def sent():
        found = reply()
        send_reply(reply=found, seen={}, by=person)
        return found.call.pk

    def recorded():
        found = reply()
        scan = kept_scan(people["secretariat"])
        record_answer(reply=found, values={}, way=Way.NOTE, by=SYSTEM, scan=scan)
        return found.call.pk

    @cache
    def filled():
        return ReplyFactory(call=CallFactory(process=process), party=own.party)

    def waiting(subject, sender):
        content = write_workbook(answer_workbook(filled(), {}), "en")
        upload = SimpleUploadedFile("filled.xlsx", content)
        about = f"{subject}:{filled().call_id}:{own.party.code}"
        about += ":mail" if subject == "handed-in" else ""
        return keep_waiting(upload=upload, subject=about, by=sender).token

    return {
        "filled_call": lambda: filled().call_id,
        "filled_answer": lambda: waiting("answer", person),
        "handed_in": lambda: waiting("handed-in", people["secretariat"]),
        "by_mail": lambda: "mail",
        "in_english": lambda: "en",
        "drafted_call": drafted,
        "sent_call": sent,
        "recorded_call": recorded,
        "drafting_party": lambda: own.party.code,
        "first_sent": lambda: 1,
    }
