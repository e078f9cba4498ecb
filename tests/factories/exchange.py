import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from comity.exchange.models import RemoteMeeting, RemoteProcess, Subscription


class SubscriptionFactory(DjangoModelFactory):
    class Meta:
        model = Subscription

    slug = factory.Sequence(lambda n: f"other-{n}")
    name = "Southern Secretariat"
    address = factory.LazyAttribute(lambda row: f"https://{row.slug}.example/")
    due_at = factory.LazyFunction(timezone.now)


class RemoteProcessFactory(DjangoModelFactory):
    class Meta:
        model = RemoteProcess

    subscription = factory.SubFactory(SubscriptionFactory, fetched_at=timezone.now())
    slug = factory.Sequence(lambda n: f"theirs-{n}")
    order = 0
    kind = "process"
    name = {"en": "Their process"}
    short_name = {"en": "Theirs"}
    region = "africa"
    participants = 7
    link = factory.LazyAttribute(lambda row: f"{row.subscription.address}processes/{row.slug}/")
    is_made_up = False
    their_version = 1


class RemoteMeetingFactory(DjangoModelFactory):
    class Meta:
        model = RemoteMeeting

    process = factory.SubFactory(RemoteProcessFactory)
    slug = factory.Sequence(lambda n: f"their-meeting-{n}")
    title = {"en": "Their meeting"}
    kind = "workshop"
    status = "planned"
    days = "2030-05-06/2030-05-07"
    link = factory.LazyAttribute(
        lambda row: f"{row.process.subscription.address}meetings/{row.slug}/"
    )
    their_version = 1
