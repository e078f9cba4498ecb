"""Who may open each page of this app, and the things that its addresses name."""

from functools import cache
from io import BytesIO

from comity.calls.models import CallState, ReminderRound, Submission
from comity.store.services import keep_file
from tests.access_rows import EDITED, MEMBERS, SECRETARIAT, TAKING_PART, Row
from tests.calls.answer_access import ANSWERING, answering_things
from tests.factories.calls import CallFactory, QuestionFactory, ReplyFactory
from tests.store.samples import picture

CALL = ("call",)
REPLY = ("call", "asked_party")
# Whoever takes part finds the list; it holds only what each may see.
LISTED = TAKING_PART | SECRETARIAT

ACCESS: dict[str, Row] = {
    **ANSWERING,
    "calls:add": Row(SECRETARIAT, EDITED, "POST"),
    "calls:answers": Row(LISTED, ("answered_call",)),
    "calls:answers_file": Row(LISTED, ("answered_call", "csv")),
    "calls:ask": Row(SECRETARIAT, CALL, "POST"),
    "calls:board": Row(MEMBERS, EDITED),
    "calls:board_file": Row(MEMBERS, (*EDITED, "csv")),
    "calls:call": Row(MEMBERS, CALL),
    "calls:call_file": Row(MEMBERS, (*CALL, "csv")),
    "calls:close": Row(SECRETARIAT, CALL, "POST"),
    "calls:discard": Row(SECRETARIAT, CALL, "POST"),
    "calls:edit": Row(SECRETARIAT, CALL, "POST"),
    "calls:extend": Row(SECRETARIAT, CALL, "POST"),
    "calls:history": Row(SECRETARIAT, CALL),
    "calls:list": Row(LISTED, EDITED),
    "calls:open": Row(SECRETARIAT, ("prepared_call",)),
    "calls:question": Row(SECRETARIAT, ("prepared_call", "question")),
    "calls:question_add": Row(SECRETARIAT, ("prepared_call",), "POST"),
    "calls:question_move": Row(SECRETARIAT, ("prepared_call", "question"), "POST"),
    "calls:question_remove": Row(SECRETARIAT, ("prepared_call", "question"), "POST"),
    "calls:call_reminders": Row(SECRETARIAT, CALL),
    "calls:reminders": Row(SECRETARIAT | {"chair"}, EDITED),
    "calls:round_decide": Row(SECRETARIAT | {"chair"}, (*EDITED, "round"), "POST"),
    "calls:reopen": Row(SECRETARIAT, CALL, "POST"),
    "calls:reply": Row(SECRETARIAT, REPLY),
    "calls:reply_accept": Row(SECRETARIAT, (*REPLY, "sent_number"), "POST"),
    "calls:reply_extend": Row(SECRETARIAT, REPLY, "POST"),
    "calls:reply_record": Row(SECRETARIAT, REPLY, "POST"),
    "calls:reply_reopen": Row(SECRETARIAT, REPLY, "POST"),
    "calls:reply_return": Row(SECRETARIAT, (*REPLY, "sent_number"), "POST"),
    "calls:reply_scan": Row(SECRETARIAT, (*REPLY, "scan_number")),
    "calls:withdraw": Row(SECRETARIAT, CALL, "POST"),
}


def things(people, affiliations, process, body):
    """Return how to make what the addresses name: see ``tests/test_access.py``."""
    prepared = cache(lambda: CallFactory(process=process, state=CallState.PREPARED, opened_at=None))
    asked = cache(
        lambda: ReplyFactory(
            call=CallFactory(process=process), party=affiliations["focal_point"].party
        )
    )

    def sent(**more):
        number = asked().submissions.count() + 1
        made = Submission.objects.create(
            reply=asked(),
            number=number,
            way="online",
            sent_by=people["focal_point"],
            sent_at=asked().call.opened_at,
            **more,
        )
        return made.number

    def scanned():
        stream = BytesIO(picture("PNG", (1, 1)))
        kept = keep_file(stream=stream, name="scan.png", by=people["secretariat"])
        return sent(state="accepted", scan=kept)

    def answered():
        call = CallFactory(process=process, audience="participants", release="clearance")
        reply = ReplyFactory(
            call=call,
            party=affiliations["other_focal_point"].party,
            state="accepted",
            released_at=call.opened_at,
        )
        Submission.objects.create(
            reply=reply, number=1, way="online", sent_at=call.opened_at, state="accepted"
        )
        return call.pk

    return {
        **answering_things(people, affiliations, process),
        "call": lambda: asked().call_id,
        "asked_party": lambda: asked().party.code,
        "prepared_call": lambda: prepared().pk,
        "question": lambda: QuestionFactory(call=prepared()).pk,
        "sent_number": sent,
        "scan_number": scanned,
        "answered_call": answered,
        "round": lambda: (
            ReminderRound.objects.create(
                call=asked().call, number=1, planned_on=asked().call.opened_at
            ).pk
        ),
    }
