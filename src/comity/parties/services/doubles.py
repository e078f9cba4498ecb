"""Who sends a form twice means one row: the second of two equal ones is refused."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comity.core.sorting import fold
from comity.parties.models import Affiliation, Ministry, Party, Person, Post


def refuse_second_ministry(ministry: Ministry) -> None:
    """Raise ValidationError where the party has a ministry of this name."""
    _lock(ministry.party)
    _refuse_namesake(ministry.party.ministries.all(), "name", ministry.name)


def refuse_second_post(post: Post) -> None:
    """Raise ValidationError where the party has a post of this title in the same ministry."""
    _lock(post.party)
    _refuse_namesake(post.party.posts.filter(ministry=post.ministry), "title", post.title)


def refuse_second_person(person: Person, affiliation: Affiliation) -> None:
    """Raise ValidationError where somebody of this name and address began there the same day.

    Two of one name are told apart by what else is said of them.
    """
    _lock(affiliation.party)
    equal = affiliation.party.affiliations.filter(
        person__name=person.name,
        person__email__iexact=person.email,
        person__telephone=person.telephone,
        post=affiliation.post,
        place=affiliation.place,
        begins=affiliation.begins,
    )
    if equal.exists():
        raise ValidationError(_("This person is in the list already."), code="equal")


def _lock(party: Party) -> None:
    """Let two who add to one party do so one after the other: the second sees what is stored."""
    Party.objects.select_for_update(of=("self",)).filter(pk=party.pk).values_list("pk").first()


def _refuse_namesake(
    rows: QuerySet[Ministry] | QuerySet[Post], field: str, texts: Mapping[str, str]
) -> None:
    wanted = {(language, fold(text)) for language, text in texts.items()}
    for row in rows:
        if wanted & {(language, fold(text)) for language, text in getattr(row, field).items()}:
            raise ValidationError(_("These words stand in the list already."), code="equal")
