"""Workbooks that wait for their sender, and what a workbook would do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import SYSTEM
from comity.office.models import WAITS_FOR, WaitingWorkbook
from comity.office.plans import Plan, RefusedError, Step, StepKind, carry_out, rehearse
from comity.office.problems import Problem
from comity.office.waiting import forget_expired, forget_waiting, keep_waiting
from comity.store.models import StoredFile
from tests.factories.accounts import UserFactory
from tests.office.filled import upload
from tests.office.workbook_samples import written

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def sender(db):
    return UserFactory()


def keep(sender, name="filled.xlsx"):
    return keep_waiting(upload=upload(written(), name), subject="matrix:1", by=sender)


def test_waiting_workbook_is_seen_by_its_sender_alone_while_it_waits(sender):
    waiting = keep(sender)
    sent_at = waiting.sent_at

    def seen_by(actor, now):
        return list(WaitingWorkbook.objects.visible_to(actor, now))

    assert str(waiting) == "filled.xlsx"
    assert seen_by(sender, sent_at) == [waiting]
    assert seen_by(sender, sent_at + WAITS_FOR) == []
    assert seen_by(UserFactory(), sent_at) == []
    assert seen_by(AnonymousUser(), sent_at) == []


def test_workbook_is_kept_and_forgotten_by_those_who_may(sender):
    with pytest.raises(PermissionDenied):
        keep(AnonymousUser())
    with pytest.raises(ValidationError, match="not of a type"):
        keep(sender, "filled.exe")
    waiting = keep(sender, f"{'x' * 300}.xlsx")
    assert len(waiting.name) == 200
    with pytest.raises(PermissionDenied):
        forget_waiting(waiting=waiting, by=AnonymousUser())

    forget_waiting(waiting=waiting, by=SYSTEM)

    assert (WaitingWorkbook.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_expired_workbooks_are_forgotten(sender):
    for hours in (1, 3):
        waiting = keep(sender)
        waiting.sent_at = NOW - timedelta(hours=hours)
        waiting.save()

    assert (forget_expired(NOW), forget_expired(NOW)) == (1, 0)
    assert (WaitingWorkbook.objects.count(), StoredFile.objects.count()) == (1, 1)


def step(kind, row, do):
    return Step(kind, f"row {row}", "Sheet", row, [], do, {"email": "E-mail address"})


def refuse(error):
    raise error


def test_steps_are_done_in_order_and_all_that_is_refused_is_told(db):
    done = []
    wrong = ValidationError({"email": "Not so.", "__all__": "Nor so.", "other": "Nor this."})
    plan = Plan(
        "p.xlsx",
        [
            step(StepKind.ADDED, 2, lambda: done.append("added")),
            step(StepKind.CHANGED, 3, lambda: refuse(wrong)),
            step(StepKind.ENDED, 4, lambda: done.append("ended")),
            step(StepKind.CHANGED, 5, lambda: refuse(PermissionDenied())),
        ],
    )

    rehearsed = rehearse(plan)

    assert done == ["ended", "added"]
    assert rehearsed.problems == [
        Problem("p.xlsx", "Sheet", 3, "E-mail address", "Not so."),
        Problem("p.xlsx", "Sheet", 3, "", "Nor so."),
        Problem("p.xlsx", "Sheet", 3, "", "Nor this."),
        Problem("p.xlsx", "Sheet", 5, "", "You may not do this to row 5."),
    ]
    with pytest.raises(RefusedError) as refused:
        carry_out(rehearsed)
    assert (refused.value.plan, done) == (rehearsed, ["ended", "added"])


def test_rehearsal_takes_back_what_it_does_and_the_doing_does_not(db):
    plan = Plan("p.xlsx", [step(StepKind.ADDED, 2, UserFactory)])
    count = type(UserFactory()).objects.count

    rehearse(plan)
    after_rehearsal = count()
    carry_out(plan)

    assert (after_rehearsal, count()) == (1, 2)


def test_more_steps_than_one_waits_for_are_refused(db):
    steps = [step(StepKind.CHANGED, row, lambda: refuse(PermissionDenied())) for row in range(301)]

    found = rehearse(Plan("p.xlsx", steps)).problems

    assert [str(problem) for problem in found] == [
        "p.xlsx: This changes 301 rows, and at most 300 at once are taken."
    ]
