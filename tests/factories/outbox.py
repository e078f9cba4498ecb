import factory
from factory.django import DjangoModelFactory

from comity.outbox.models import Message


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = Message

    to = factory.Sequence(lambda n: f"reader{n}@meridian.example")
    language = "en"
    subject = factory.Sequence(lambda n: f"Message {n}")
    text = "A text."
    cause = "test.posted"
