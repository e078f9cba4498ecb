"""A call driven by random steps of random people: what the design promises holds after each."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import EmptyResultSet, PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.calls.models import Call, CallState, Entry, Release, Reply, ReplyState, Submission
from comity.calls.services import (
    accept_reply,
    close_call,
    confirm_answer,
    extend_reply,
    open_call,
    record_answer,
    reopen_call,
    reopen_reply,
    return_reply,
    save_entries,
    send_reply,
    withdraw_call,
    withdraw_reply,
)
from tests.calls.conftest import versions
from tests.conftest import PERSONAS
from tests.factories.calls import CallFactory, QuestionFactory

STEPS = (
    *("write", "send", "take_back", "accept", "return", "reopen_reply", "record", "confirm"),
    *("open", "close", "reopen", "extend", "withdraw"),
)
OF_SECRETARIAT = {
    *("accept", "return", "reopen_reply", "record"),
    *("open", "close", "reopen", "extend", "withdraw"),
}
MOVES = {
    CallState.PREPARED: {CallState.OPEN},
    CallState.OPEN: {CallState.CLOSED, CallState.WITHDRAWN},
    CallState.CLOSED: {CallState.OPEN},
    CallState.WITHDRAWN: set(),
}
START = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = START.date()
# Each move: what is done, by whom, on whose reply, and who looks on.
moves = st.lists(
    st.tuples(
        st.sampled_from(STEPS),
        st.sampled_from(PERSONAS),
        st.integers(0, 1),
        st.sampled_from(PERSONAS),
    ),
    min_size=4,
    max_size=16,
)
# These look on whenever a State writes: who asks, and the other State.
ALWAYS_LOOKING = ("secretariat", "focal_point", "other_focal_point")
# Most steps are refused to most people: these lead somewhere, so that the rest starts from it.
OPEN = ("open", "secretariat", 0, "visitor")
WRITE = ("write", "focal_point", 0, "chair")
SEND = ("send", "focal_point", 0, "observer")
leading = st.sampled_from(
    [
        [OPEN],
        [OPEN, WRITE, SEND],
        [OPEN, WRITE, SEND, ("accept", "secretariat", 0, "chair"), WRITE],
        [OPEN, ("record", "secretariat", 0, "partner"), ("close", "secretariat", 0, "partner")],
    ]
)


class Onlookers:
    """All that each person can learn of calls.

    Who may learn what is one SQL for each person, whatever happens to the call: it is put
    together once, and asked again and again.
    """

    def __init__(self, people):
        self.people, self.kept = people, {}

    def see(self, names):
        """Return what each of ``names`` can learn now."""
        return {name: [rows_of(*sql) for sql in self.questions_of(name)] for name in names}

    def questions_of(self, name):
        if name not in self.kept:
            person = self.people[name]
            shown = ("pk", "state", "version")
            self.kept[name] = [
                as_sql(rows)
                for rows in (
                    Call.objects.visible_to(person, TODAY).values_list(*shown),
                    Reply.objects.on_board_of(person, TODAY).values_list(*shown, "due_at"),
                    Reply.objects.of(person, TODAY).values_list(*shown),
                    Submission.objects.visible_to(person, TODAY).values_list(
                        "pk", "state", "values"
                    ),
                    Entry.objects.visible_to(person, TODAY).values_list("key", "value"),
                )
            ]
        return self.kept[name]


def as_sql(rows):
    """Return the SQL of ``rows`` with its values; what can never hold anything has none."""
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return "", ()


def rows_of(sql, values):
    """Return what the database answers, as it keeps it."""
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


class World:
    """A call, the people around it, and a clock that goes on."""

    def __init__(self, process, people, release):
        self.people, self.now, self.sent = people, START, {}
        self.was_closed = False
        self.call = CallFactory(
            process=process,
            state=CallState.PREPARED,
            opened_at=None,
            release=release,
            audience="participants",
        )
        self.key = f"q{QuestionFactory(call=self.call, is_required=True).pk}"

    def reply_for(self, which):
        """Return the focal point's reply, or the other focal point's."""
        name = ("focal_point", "other_focal_point")[which]
        person = self.people[name]
        return Reply.objects.filter(call=self.call).of(person, TODAY).get()

    def do(self, step, person, which):
        """Take one step; raise what the platform raises."""
        self.now += timedelta(hours=1)
        by, version = self.people[person], Call.objects.get(pk=self.call.pk).version
        more, at = self.now + timedelta(days=2), {"by": by, "now": self.now}
        match step:
            case "open":
                open_call(call=self.call, version=version, **at)
            case "close":
                close_call(call=self.call, version=version, **at)
            case "reopen":
                reopen_call(call=self.call, due_at=more, version=version, **at)
            case "withdraw":
                withdraw_call(call=self.call, reason="Enough.", version=version, by=by)
            case _:
                self.answer(step, self.reply_for(which), by, at, more)

    def answer(self, step, reply, by, at, more):
        last = reply.submissions.last()
        match step:
            case "write":
                values = {self.key: f"Written at {self.now}"}
                save_entries(reply=reply, values=values, seen=versions(reply), **at)
            case "send":
                self.keep(send_reply(reply=reply, seen=versions(reply), **at))
            case "take_back":
                withdraw_reply(reply=reply, by=by)
            case "record":
                values = {self.key: f"Said at {self.now}"}
                self.keep(record_answer(reply=reply, values=values, way="telephone", **at))
            case "extend":
                extend_reply(reply=reply, due_at=more, **at)
            case "reopen_reply":
                reopen_reply(reply=reply, reason="A new law.", **at)
            case "accept" if last:
                accept_reply(submission=last, **at)
            case "return" if last:
                return_reply(submission=last, reason="Incomplete.", **at)
            case "confirm" if last:
                confirm_answer(submission=last, **at)
            case _:
                raise ValidationError("Nothing was sent yet.")

    def keep(self, submission):
        self.sent[submission.pk] = submission.values

    def state(self):
        return CallState(Call.objects.get(pk=self.call.pk).state)


def may_take(step, person, which):
    """Tell who may take a step, by the design."""
    if step in OF_SECRETARIAT:
        return person == "secretariat"
    return person == ("focal_point", "other_focal_point")[which]


def check_states(world):
    """Check that each reply is in the state that what was sent puts it in."""
    call = Call.objects.get(pk=world.call.pk)
    sent = list(Submission.objects.filter(reply__call=call).order_by("number"))
    for reply in Reply.objects.filter(call=call):
        own = [each for each in sent if each.reply_id == reply.pk]
        found = Counter(each.state for each in own)
        assert found["sent"] == (reply.state == ReplyState.SENT)
        assert found["accepted"] <= 1
        if reply.state == ReplyState.ACCEPTED:
            assert found["accepted"] == 1
        if reply.state == ReplyState.AWAITED:
            assert found["accepted"] == 0
        assert [each.number for each in own] == list(range(1, len(own) + 1))
        if reply.released_at:
            assert found["accepted"] == 1
            assert call.release != "never"
            assert call.release == "clearance" or call.closed_at or world.was_closed
    assert {each.pk: each.values for each in sent} == world.sent


@pytest.fixture
def onlookers(people):
    return Onlookers(people)


@settings(
    max_examples=24,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(release=st.sampled_from(Release.values), first=leading, then=moves)
def test_no_step_leads_outside_the_design(
    process, people, affiliations, onlookers, release, first, then
):
    for name in ("focal_point", "other_focal_point"):
        affiliations[name].may_speak = True
        affiliations[name].save()
    with transaction.atomic():
        world = World(process, people, release)
        taken = 0
        for step, person, which, onlooker in [*first, *then]:
            stood, is_write = world.state(), step == "write"
            author = ("focal_point", "other_focal_point")[which]
            looking = {*ALWAYS_LOOKING, onlooker} - {author} if is_write else ()
            before = onlookers.see(looking)
            try:
                with transaction.atomic():
                    world.do(step, person, which)
            except PermissionDenied:
                assert not may_take(step, person, which), (step, person, which)
            except (ValidationError, Reply.DoesNotExist):
                pass
            else:
                assert may_take(step, person, which), (step, person, which)
                taken += 1
            now = world.state()
            world.was_closed |= now == CallState.CLOSED
            assert now == stood or now in MOVES[stood], (step, stood, now)
            assert onlookers.see(looking) == before
            check_states(world)
        assert taken >= len(first)
        transaction.set_rollback(True)
