"""What a secretariat asks of States, and what each of them answers."""

from comity.calls.models.calls import (
    AskedBy,
    Call,
    CallQuerySet,
    CallState,
    Question,
    Release,
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
    "Question",
    "Release",
    "Reply",
    "ReplyQuerySet",
    "ReplyState",
    "Submission",
    "SubmissionQuerySet",
    "SubmissionState",
    "Way",
]
