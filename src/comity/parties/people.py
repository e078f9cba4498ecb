"""What the pages about the people of one party ask."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from comity.audit.models import Event, EventQuerySet, Versioned
from comity.core.facts import perhaps_in_force
from comity.parties.models import Affiliation, Ministry, Party, Person, Post

PEOPLE: tuple[tuple[type[Versioned], str], ...] = (
    (Ministry, "party"),
    (Post, "party"),
    (Affiliation, "party"),
    (Person, "affiliations__party"),
)
REMOVABLE = (Ministry, Post)
MOST_PAST = 200


def past_people(party: Party, on: date) -> QuerySet[Affiliation]:
    """Return what people held in the party before that day, the latest ended first."""
    past = party.affiliations.filter(ends_latest__lt=on).select_related("person", "post")
    return past.order_by("-ends_latest", "pk")[:MOST_PAST]


def signs_in(party: Party, on: date) -> bool:
    """Tell whether somebody of the party can sign in on that day; else it works by mail."""
    present = party.affiliations.filter(perhaps_in_force(on), person__user__isnull=False)
    return present.exists()


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
