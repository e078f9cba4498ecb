"""What the pages about the people of one party ask."""

from collections.abc import Callable
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from comity.accounts.models import User
from comity.audit.models import Event, EventQuerySet, Versioned
from comity.core.facts import perhaps_in_force
from comity.core.registry import Registry
from comity.parties.models import Affiliation, Ministry, Party, Person, Post

PEOPLE: tuple[tuple[type[Versioned], str], ...] = (
    (Ministry, "party"),
    (Post, "party"),
    (Affiliation, "party"),
    (Person, "affiliations__party"),
)
REMOVABLE = (Ministry, Post)
MOST_PAST = 200
# What is asked before somebody's last day in a party is set: an app above raises
# ValidationError where nobody would be left whom it cannot do without.
departures = Registry[Callable[[Affiliation, date], None]]("check before somebody leaves a party")


def past_people(party: Party, on: date) -> QuerySet[Affiliation]:
    """Return what people held in the party before that day, the latest ended first."""
    past = party.affiliations.filter(ends_latest__lt=on).select_related("person", "post")
    return past.order_by("-ends_latest", "pk")[:MOST_PAST]


def signs_in(party: Party, on: date) -> bool:
    """Tell whether somebody of the party can sign in on that day; else it works by mail."""
    return Party.objects.signing_in(on).filter(pk=party.pk).exists()


def to_invite(party: Party, by: User, on: date) -> QuerySet[Person]:
    """Return whom of the party ``by``, who gives rights in it, may invite to sign in.

    Those who were invited before and have chosen no password are among them. Who belongs to a
    party as well in which ``by`` gives no rights is not.
    """
    present = Affiliation.objects.filter(perhaps_in_force(on), party=party, person=OuterRef("pk"))
    elsewhere = Affiliation.objects.filter(person=OuterRef("pk")).exclude(ends_latest__lt=on)
    has_no_password = Q(user=None) | Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    found = Person.objects.filter(Exists(present), has_no_password, erased_on=None)
    if not by.is_superuser:
        spoken_for = Party.objects.spoken_for_by(by, on)
        found = found.exclude(Exists(elsewhere.exclude(party__in=spoken_for)))
    return found.order_by("name", "pk")


def people_events(party: Party) -> EventQuerySet:
    """Return what was done to the ministries, posts and people of a party, latest first.

    Rows that are gone are found by what the log says of them: that they were the party's.
    """
    wanted = Q(pk__in=())
    for model, path in PEOPLE:
        rows = model._default_manager.filter(**{path: party.pk}).values("pk")
        wanted |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=rows)
    for model in REMOVABLE:
        content_type = ContentType.objects.get_for_model(model)
        gone = Event.objects.filter(content_type=content_type, before__party=party.pk)
        wanted |= Q(content_type=content_type, object_id__in=gone.values("object_id"))
    return Event.objects.filter(wanted)
