"""What is asked of parties and their people, across models."""

from collections.abc import Collection

from django.utils import timezone

from comity.parties.models import Party, Person
from comity.parties.models.parties import name_of


def names_of_people(accounts: Collection[int]) -> dict[int, str]:
    """Return the name of the person behind each account, by its primary key."""
    people = Person.objects.filter(user__in=accounts).values_list("user", "name")
    return {user: name for user, name in people if user is not None}


def names_of_parties(keys: Collection[int]) -> dict[int, str]:
    """Return what each party is called today, by its primary key."""
    named = Party.objects.filter(pk__in=keys).annotate(called=name_of("pk", timezone.localdate()))
    return dict(named.values_list("pk", "called"))


def names_of_codes(codes: Collection[str]) -> dict[str, str]:
    """Return what each party is called today, by its code."""
    named = Party.objects.filter(code__in=codes).annotate(
        called=name_of("pk", timezone.localdate())
    )
    return dict(named.values_list("code", "called"))
