"""Who holds which post of which party on a day, and which posts are vacant."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from comity.core.dates import parse_date
from comity.core.facts import perhaps_in_force
from comity.core.translated import text_in
from comity.parties.models import Affiliation, Place, Post
from comity.parties.models.parties import name_of


@dataclass(frozen=True)
class Held:
    """A person at their place in a party on a day."""

    affiliation: int
    person: int
    name: str
    email: str
    telephone: str
    language: str
    place: str
    place_words: str
    begins: str
    ends: str
    may_speak: bool
    seconded_by: str
    is_entered_for_party: bool
    is_erased: bool = False
    has_left: bool = False


@dataclass(frozen=True)
class PostLine:
    """A post with its holders, alternates and staff; ``since`` when it is vacant, if that is known.

    A line without a primary key is of those who hold no post.
    """

    pk: int | None
    title: str
    ministry: str
    is_focal_point: bool
    is_listed: bool
    people: list[Held] = field(default_factory=list)
    since: str = ""

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds the post; alternates do not fill it."""
        return self.pk is not None and all(one.place != Place.HOLDER for one in self.people)


def read_posts(
    parties: Collection[int], on: date, *, listed_only: bool, to_keepers: bool = False
) -> dict[int, list[PostLine]]:
    """Return the posts of each party with who is there on that day, focal points first.

    ``listed_only`` leaves out what a party shows to nobody else: posts that are neither focal
    points nor listed, and those who hold none. ``to_keepers`` alone shows how to reach those who
    have left since. Costs three queries at any number of parties.
    """
    posts = Post.objects.filter(party__in=parties).select_related("ministry")
    if listed_only:
        posts = posts.filter(Q(is_focal_point=True) | Q(is_listed=True))
    people = _people(parties, on, to_keepers=to_keepers)
    found: dict[int, list[PostLine]] = defaultdict(list)
    listed = list(posts.order_by("-is_focal_point", "pk"))
    ended = _ended([post.pk for post in listed], on)
    for post in listed:
        line = PostLine(
            pk=post.pk,
            title=text_in(post.title),
            ministry=text_in(post.ministry.name) if post.ministry else "",
            is_focal_point=post.is_focal_point,
            is_listed=post.is_listed,
            people=people.get((post.party_id, post.pk), []),
            since=ended.get(post.pk, ""),
        )
        found[post.party_id].append(line)
    for (party, pk), without in people.items():
        if pk is None and not listed_only:
            found[party].append(
                PostLine(None, "", "", is_focal_point=False, is_listed=False, people=without)
            )
    return found


def _people(
    parties: Collection[int], on: date, *, to_keepers: bool
) -> dict[tuple[int, int | None], list[Held]]:
    """Return who is there on that day, by party and post: holders, then alternates, then staff."""
    present = (
        Affiliation.objects.filter(perhaps_in_force(on), party__in=parties)
        .select_related("person")
        .annotate(seconded_name=name_of("seconded_by", on))
        .order_by("begins_earliest", "pk")
    )
    found: dict[tuple[int, int | None], list[Held]] = defaultdict(list)
    for row in present:
        found[row.party_id, row.post_id].append(
            held_of(row, row.seconded_name, to_keepers=to_keepers)
        )
    for people in found.values():
        people.sort(key=lambda one: Place.values.index(one.place))
    return found


def held_of(row: Affiliation, seconded_by: str, *, to_keepers: bool = False) -> Held:
    """Return what is shown of an affiliation; an address of who has left, ``to_keepers`` alone.

    A past day shows who was there, not how to reach somebody who works elsewhere today.
    """
    person = row.person
    has_left = row.ends_latest is not None and row.ends_latest < timezone.localdate()
    is_reached = to_keepers or not has_left
    return Held(
        affiliation=row.pk,
        person=person.pk,
        name=str(person),
        email=person.email if is_reached else "",
        telephone=person.telephone if is_reached else "",
        language=person.language,
        place=row.place,
        place_words=str(row.get_place_display()),
        begins=row.begins,
        ends=row.ends,
        may_speak=row.may_speak,
        seconded_by=seconded_by if row.seconded_by_id else "",
        is_entered_for_party=row.is_entered_for_party,
        is_erased=bool(person.erased_on),
        has_left=has_left,
    )


def without_addresses(line: PostLine) -> PostLine:
    """Return who is there, without how to reach them."""
    return replace(line, people=[replace(one, email="", telephone="") for one in line.people])


def _ended(posts: Collection[int], on: date) -> dict[int, str]:
    """Return since when each post has had no holder, for those that ever had one."""
    past = Affiliation.objects.filter(post__in=posts, place=Place.HOLDER, ends_latest__lt=on)
    rows = past.order_by("ends_latest", "pk").values_list("post", "ends")
    return {post: _day_after(ends) for post, ends in rows if post is not None}


def _day_after(ends: str) -> str:
    """Return the day after an end that is a day; an end that is less precise, as it stands."""
    end = parse_date(ends)
    if end.earliest is None or end.earliest != end.latest:
        return ends
    return (end.earliest + timedelta(days=1)).isoformat()
