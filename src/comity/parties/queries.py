"""What is asked of parties and their people, across models."""

from collections.abc import Collection

from comity.parties.models import Person


def names_of_people(accounts: Collection[int]) -> dict[int, str]:
    """Return the name of the person behind each account, by its primary key."""
    people = Person.objects.filter(user__in=accounts).values_list("user", "name")
    return {user: name for user, name in people if user is not None}
