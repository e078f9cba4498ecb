"""What can be done to parties and their people.

An affiliation of somebody who can sign in gives rights. So it takes more than the keeping of a
directory to make one, and nobody makes their own.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.accounts.models import User
from comity.audit.services import lock_version, record, record_creation, save_change
from comity.core.dates import parse_date
from comity.core.facts import certainly_overlapping
from comity.parties.indexing import index_parties
from comity.parties.models import (
    Affiliation,
    Ministry,
    NameKind,
    Party,
    PartyName,
    Person,
    Place,
    Post,
)


@dataclass(frozen=True)
class PersonFacts:
    """Who a person is and how to reach them."""

    name: str
    email: str = ""
    telephone: str = ""
    language: str = ""


@dataclass(frozen=True)
class PostFacts:
    """What a post is called, and in which ministry it stands."""

    title: dict[str, str]
    ministry: Ministry | None = None
    is_focal_point: bool = False


@dataclass(frozen=True)
class AffiliationFacts:
    """How and when a person belongs to a party."""

    begins: str
    ends: str = ""
    post: Post | None = None
    place: Place = Place.HOLDER
    may_speak: bool = False
    seconded_by: Party | None = None


@transaction.atomic
def add_person(
    *, party: Party, facts: PersonFacts, affiliation: AffiliationFacts, by: Actor
) -> Person:
    """Keep a person who works for ``party``; an account is linked later.

    Raises:
        PermissionDenied: ``by`` does not keep the people of the party.
        ValidationError: a value is wrong.
    """
    require(by, "parties.keep_people", party)
    person = Person(**vars(facts))
    person.full_clean()
    person.save()
    record_creation(person, action="person.added", by=by)
    affiliate(person=person, party=party, facts=affiliation, by=by)
    return person


@transaction.atomic
def link_account(*, person: Person, user: User, version: int, by: Actor) -> Person:
    """Say that ``person`` signs in with the account ``user``; what they may do follows from that.

    Raises:
        PermissionDenied: ``by`` does not run the installation, or the account is their own.
        ValidationError: the person or the account is linked already.
    """
    require(by, "parties.link_account", person)
    if user == by:
        raise PermissionDenied("parties.link_account")
    changes = {"user": user}
    person = lock_version(person, version, yours=changes)
    if person.user_id is not None:
        raise ValidationError(_("This person has an account already."), code="linked")
    save_change(person, changes, action="person.linked", by=by)
    return person


@transaction.atomic
def add_ministry(*, party: Party, name: dict[str, str], by: Actor) -> Ministry:
    """Keep a ministry, agency or department of ``party``."""
    require(by, "parties.keep_people", party)
    ministry = Ministry(party=party, name=name)
    ministry.full_clean()
    ministry.save()
    record_creation(ministry, action="ministry.added", by=by)
    return ministry


@transaction.atomic
def add_post(*, party: Party, facts: PostFacts, by: Actor) -> Post:
    """Keep a post of ``party``, which goes on when its holder changes.

    Raises:
        PermissionDenied: ``by`` does not keep the people of the party.
        ValidationError: the ministry is another party's, or a value is wrong.
    """
    require(by, "parties.keep_people", party)
    if facts.ministry and facts.ministry.party_id != party.pk:
        raise ValidationError({"ministry": _("This ministry belongs to another party.")})
    post = Post(party=party, **vars(facts))
    post.full_clean()
    post.save()
    record_creation(post, action="post.added", by=by)
    return post


@transaction.atomic
def affiliate(*, person: Person, party: Party, facts: AffiliationFacts, by: Actor) -> Affiliation:
    """Say that ``person`` belongs to ``party``; where they can sign in, their rights begin.

    Raises:
        PermissionDenied: ``by`` does not keep the people of the party, may not give rights in
            it to somebody who has an account or is to speak for it, or is the person.
        ValidationError: the post is another party's, another certainly holds it at that time,
            or a value is wrong.
    """
    require(by, "parties.keep_people", party)
    if person.user_id is not None or facts.may_speak:
        require(by, "parties.give_rights", party)
    if isinstance(by, User) and person.user_id == by.pk:
        raise PermissionDenied("parties.give_rights")
    affiliation = Affiliation(person=person, party=party, **vars(facts))
    _refuse_wrong_post(affiliation)
    affiliation.full_clean()
    affiliation.save()
    record_creation(affiliation, action="affiliation.added", by=by)
    return affiliation


@transaction.atomic
def end_affiliation(
    *, affiliation: Affiliation, last_day: date, version: int, by: Actor
) -> Affiliation:
    """End an affiliation after ``last_day``; the rights of the person end with it.

    Raises:
        PermissionDenied: ``by`` does not keep the people of the party.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it has ended by then, or begins later.
    """
    require(by, "parties.keep_people", affiliation.party)
    changes = {"ends": last_day.isoformat()}
    affiliation = lock_version(affiliation, version, yours=changes)
    latest = parse_date(affiliation.ends).latest if affiliation.ends else None
    if latest and latest <= last_day:
        raise ValidationError(_("This has ended already."), code="ended")
    save_change(affiliation, changes, action="affiliation.ended", by=by)
    return affiliation


@transaction.atomic
def rename_party(
    *, party: Party, language: str, name: str, on: date, by: Actor, source: str = ""
) -> PartyName:
    """Call ``party`` by ``name`` in ``language`` from that day; before it, by the name it had.

    Raises:
        PermissionDenied: ``by`` does not run the installation.
        ValidationError: the present name does not begin before that day, or a value is wrong.
    """
    require(by, "parties.rename", party)
    party = lock_version(party, party.version)
    names = party.names.filter(language=language, kind=NameKind.OFFICIAL)
    present = (
        names.filter(ends="").order_by(F("begins_earliest").desc(nulls_last=True), "-pk").first()
    )
    if present:
        _end_name(present, on - timedelta(days=1))
    following = PartyName(
        party=party, language=language, name=name, begins=on.isoformat(), source=source
    )
    following.full_clean()
    following.save()
    party.version += 1
    party.save()
    before = {"name": present.name if present else "", "language": language}
    after = {"name": name, "language": language, "begins": following.begins}
    record(by, "party.renamed", party, before=before, after=after)
    index_parties(Party.objects.filter(pk=party.pk).prefetch_related("names"))
    return following


def _end_name(present: PartyName, last_day: date) -> None:
    begins = parse_date(present.begins).earliest if present.begins else None
    if begins and begins > last_day:
        raise ValidationError(
            {"on": _("The present name does not begin before this day.")}, code="early"
        )
    present.ends = last_day.isoformat()
    present.save()


def _refuse_wrong_post(affiliation: Affiliation) -> None:
    post = affiliation.post
    if post is None:
        return
    if post.party_id != affiliation.party_id:
        raise ValidationError({"post": _("This post belongs to another party.")})
    if affiliation.place != Place.HOLDER:
        return
    others = Affiliation.objects.filter(
        certainly_overlapping(affiliation), post=post, place=Place.HOLDER
    )
    if others.exists():
        raise ValidationError(
            _("Another holds this post at that time. End that affiliation first."), code="held"
        )
