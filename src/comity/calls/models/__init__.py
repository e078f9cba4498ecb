"""What a secretariat asks of States, and what each of them answers."""

from comity.calls.models.calls import (
    AskedBy,
    Call,
    CallQuerySet,
    CallState,
    Question,
    Release,
)
from comity.calls.models.reminders import (
    MailDay,
    News,
    Notice,
    Reminder,
    ReminderPlan,
    ReminderRound,
    RoundState,
    When,
)
from comity.calls.models.replies import (
    RECORDED,
    Entry,
    EntryQuerySet,
    Reply,
    ReplyQuerySet,
    ReplyState,
    Submission,
    SubmissionQuerySet,
    SubmissionState,
    Way,
)

__all__ = [
    "RECORDED",
    "AskedBy",
    "Call",
    "CallQuerySet",
    "CallState",
    "Entry",
    "EntryQuerySet",
    "MailDay",
    "News",
    "Notice",
    "Question",
    "Release",
    "Reminder",
    "ReminderPlan",
    "ReminderRound",
    "Reply",
    "ReplyQuerySet",
    "ReplyState",
    "RoundState",
    "Submission",
    "SubmissionQuerySet",
    "SubmissionState",
    "Way",
    "When",
]
