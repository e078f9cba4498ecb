"""Make the calls of the Meridian Dialogue, and what its invented States answered.

They lie around the day on which they are made, so that one is open and one late whenever that is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from comity.accounts.models import User
from comity.calls.kinds import QUESTIONS
from comity.calls.models import AskedBy, Call, Release, Reply, Submission, Way
from comity.calls.services import (
    CallFacts,
    QuestionFacts,
    accept_reply,
    add_question,
    close_call,
    extend_reply,
    open_call,
    prepare_call,
    record_answer,
    return_reply,
    save_entries,
    send_reply,
)
from comity.pages.made_up import call_texts as said
from comity.processes.audiences import Audience
from comity.processes.models import Body, Process, Status

SECRETARIAT = "secretariat@meridian.example"
# Who speaks for a State in the demonstration.
FOCAL_POINTS = {
    "QMA": "focal.qma@meridian.example",
    "QMB": "focal.qmb@meridian.example",
    "QMD": "chair@meridian.example",
}
END_OF_DAY = time(23, 59)
Answer = Sequence[object]


@dataclass(frozen=True)
class Asking:
    """A call that was opened ``since`` days ago and is due in so many days."""

    facts: CallFacts
    questions: Sequence[said.Asked]
    since: int


@dataclass(frozen=True)
class Came:
    """How an answer came that the secretariat recorded."""

    way: Way
    note: str = ""


class Desk:
    """The secretariat at work: it asks, and takes what comes in."""

    def __init__(self, process: Process, now: datetime) -> None:
        self.process, self.now = process, now
        emails = [SECRETARIAT, *FOCAL_POINTS.values()]
        self.people = {user.email: user for user in User.objects.filter(email__in=emails)}

    @property
    def secretariat(self) -> User:
        """Who runs the process."""
        return self.people[SECRETARIAT]

    def days(self, count: int) -> datetime:
        """Return the end of the day that lies so many days ahead."""
        day = timezone.localdate(self.now) + timedelta(days=count)
        return timezone.make_aware(datetime.combine(day, END_OF_DAY))

    def before(self, count: int) -> datetime:
        """Return the moment so many days ago."""
        return self.now - timedelta(days=count)

    def prepare(self, asking: Asking) -> Call:
        """Prepare a call with its questions."""
        call = prepare_call(process=self.process, facts=asking.facts, by=self.secretariat)
        for order, each in enumerate(asking.questions, start=1):
            facts = QuestionFacts(
                order=order,
                words=each.words,
                shape=each.shape,
                options=each.options,
                is_required=each.is_required,
            )
            add_question(call=call, facts=facts, by=self.secretariat)
        return call

    def ask(self, asking: Asking) -> Call:
        """Prepare a call and open it."""
        call = self.prepare(asking)
        return open_call(
            call=call, version=call.version, by=self.secretariat, now=self.before(asking.since)
        )

    def draft(self, call: Call, party: str, answer: Answer, ago: int) -> Reply:
        """Let the focal point of a State write its draft."""
        reply = call.replies.get(party__code=party)
        by = self.people[FOCAL_POINTS[party]]
        save_entries(reply=reply, values=_keyed(call, answer), seen={}, by=by, now=self.before(ago))
        return reply

    def send(self, call: Call, party: str, answer: Answer, ago: int) -> Submission:
        """Let the focal point of a State clear its answer and send it."""
        reply = self.draft(call, party, answer, ago)
        seen = {entry.key: entry.version for entry in reply.entries.all()}
        by = self.people[FOCAL_POINTS[party]]
        return send_reply(reply=reply, seen=seen, by=by, now=self.before(ago))

    def accept(self, call: Call, party: str, answer: Answer, ago: int) -> None:
        """Let a State send its answer, and accept it."""
        sent = self.send(call, party, answer, ago)
        accept_reply(submission=sent, by=self.secretariat, now=self.before(ago))

    def record(self, call: Call, party: str, answer: Answer, ago: int, came: Came) -> None:
        """Enter what a State answered otherwise."""
        record_answer(
            reply=call.replies.get(party__code=party),
            values=_keyed(call, answer),
            way=came.way,
            note=came.note,
            by=self.secretariat,
            now=self.before(ago),
        )


def fill_calls() -> int:
    """Make the calls unless there are any; return how many were made."""
    process = Process.objects.get(slug="meridian")
    if Call.objects.filter(process=process).exists():
        return 0
    desk = Desk(process, timezone.now())
    for make in (_readmission, _minors, _themes, _permits, _guests, _nominations):
        make(desk)
    return Call.objects.filter(process=process).count()


def _readmission(desk: Desk) -> None:
    """An open call with replies in every state."""
    facts = CallFacts(
        kind=QUESTIONS,
        subject=said.READMISSION,
        instructions=said.READMISSION_WORDS,
        due_at=desk.days(17),
        release=Release.AT_CLOSE,
        audience=Audience.MEMBERS,
    )
    call = desk.ask(Asking(facts, said.READMISSION_QUESTIONS, since=12))
    desk.accept(
        call, "QMA", [True, 4, ["c1", "c2"], "El intercambio de listas de expertos."], ago=5
    )
    desk.send(call, "QMB", [True, 2, ["c1"], "Les délais de réponse."], ago=2)
    sent = desk.send(call, "QMD", [True, None, ["c1"], ""], ago=4)
    return_reply(
        submission=sent,
        reason="The number of agreements is missing. Does it include the one with Jorvia?",
        by=desk.secretariat,
        now=desk.before(3),
    )
    desk.record(call, "QMC", [False, 0, [], ""], 6, Came(Way.NOTE, "Note verbale 118/2026"))
    desk.record(call, "QME", [True, 1, ["c1", "c3"], ""], 1, Came(Way.TELEPHONE, "Ms Aubry-Vell"))
    extend_reply(
        reply=call.replies.get(party__code="QMH"),
        due_at=desk.days(31),
        by=desk.secretariat,
        reason="Its parliament sits until then.",
    )


def _minors(desk: Desk) -> None:
    """A call whose day is over while some answers are still to come."""
    facts = CallFacts(
        kind=QUESTIONS,
        subject=said.MINORS,
        instructions=said.MINORS_WORDS,
        due_at=desk.days(-6),
        release=Release.ON_CLEARANCE,
        audience=Audience.PARTICIPANTS,
    )
    call = desk.ask(Asking(facts, said.MINORS_QUESTIONS, since=40))
    desk.draft(call, "QMA", ["Dirección de Infancia", None, "español"], ago=8)
    desk.accept(call, "QMB", ["Cellule nationale de l’enfance", "2019-09-01", "français"], ago=15)
    desk.send(call, "QMD", ["Children’s desk", "2021-02-15", "English"], ago=7)
    for party, authority in (
        ("QMC", "Mesa de protección"),
        ("QME", "Bureau des mineurs"),
        ("QMG", "Child Protection Desk"),
        ("QMI", "Night desk of the border service"),
        ("QMJ", "Office for Children"),
        ("QMK", "Children’s Ombudsman"),
    ):
        desk.record(call, party, [authority, None, ""], 10, Came(Way.MAIL))


def _themes(desk: Desk) -> None:
    """A call that is closed, its answers released."""
    facts = CallFacts(
        kind=QUESTIONS,
        subject=said.THEMES,
        instructions=said.THEMES_WORDS,
        due_at=desk.days(-34),
        release=Release.AT_CLOSE,
        audience=Audience.PARTICIPANTS,
    )
    call = desk.ask(Asking(facts, said.THEMES_QUESTIONS, since=80))
    desk.accept(call, "QMA", ["c1", "Se acerca la temporada agrícola."], ago=60)
    desk.accept(call, "QMB", ["c3", "Sans chiffres communs, rien n’avance."], ago=58)
    desk.accept(call, "QMD", ["c1", "It follows from the last declaration."], ago=50)
    for party, theme in (("QMC", "c2"), ("QMG", "c1"), ("QMI", "c3"), ("QMK", "c1")):
        desk.record(call, party, [theme, ""], 45, Came(Way.IN_ROOM, "Meeting of senior officials"))
    close_call(call=call, version=call.version, by=desk.secretariat, now=desk.before(30))


def _permits(desk: Desk) -> None:
    """A call to those who sit in a body, which nobody has answered yet."""
    facts = CallFacts(
        kind=QUESTIONS,
        subject=said.PERMITS,
        instructions=said.PERMITS_WORDS,
        due_at=desk.days(9),
        asked_by=AskedBy.BODY,
        asked_statuses=(),
        asked_body=Body.objects.get(process=desk.process, slug="meridian-wg-statistics"),
    )
    desk.ask(Asking(facts, said.PERMITS_QUESTIONS, since=3))


def _guests(desk: Desk) -> None:
    """A call to those who take part without being members."""
    facts = CallFacts(
        kind=QUESTIONS,
        subject=said.GUESTS,
        instructions=said.GUESTS_WORDS,
        due_at=desk.days(14),
        asked_statuses=(Status.OBSERVER, Status.PARTNER, Status.INVITED),
    )
    desk.ask(Asking(facts, said.GUESTS_QUESTIONS, since=1))


def _nominations(desk: Desk) -> None:
    """A call that the secretariat still prepares."""
    facts = CallFacts(
        kind=QUESTIONS,
        subject=said.NOMINATIONS,
        instructions=said.NOMINATIONS_WORDS,
        due_at=desk.days(45),
    )
    desk.prepare(Asking(facts, said.NOMINATIONS_QUESTIONS, since=0))


def _keyed(call: Call, answer: Answer) -> Mapping[str, object]:
    """Return an answer under the keys of the questions, in their order."""
    return {
        f"q{question.pk}": value
        for question, value in zip(call.questions.all(), answer, strict=True)
    }
