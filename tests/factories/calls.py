from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from comity.calls.models import Call, CallState, Question, Reply
from tests.factories.parties import PartyFactory
from tests.factories.processes import ProcessFactory


class CallFactory(DjangoModelFactory):
    class Meta:
        model = Call

    process = factory.SubFactory(ProcessFactory)
    kind = "questions"
    subject = {"en": "Readmission"}
    due_at = datetime(2030, 1, 31, tzinfo=UTC)
    asked_statuses = ["member"]
    state = CallState.OPEN
    opened_at = datetime(2026, 1, 1, tzinfo=UTC)


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    call = factory.SubFactory(CallFactory)
    order = factory.Sequence(lambda n: n)
    words = {"en": "What has been done?"}
    shape = "text"


class ReplyFactory(DjangoModelFactory):
    class Meta:
        model = Reply

    call = factory.SubFactory(CallFactory)
    party = factory.SubFactory(PartyFactory)
