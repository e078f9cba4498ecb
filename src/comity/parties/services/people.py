"""What can be done to the people of a party.

An affiliation of somebody who can sign in gives rights. So it takes more than the keeping of a
directory to make or change one, and nobody makes their own.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.accounts.erasure import Leaving, erasers
from comity.accounts.invitations import open_account, send_invitation
from comity.accounts.models import User
from comity.accounts.services import erase_account
from comity.audit.services import black_out, lock_version, record_creation, save_change
from comity.core.dates import parse_date
from comity.core.facts import certainly_overlapping, perhaps_in_force
from comity.parties.models import Affiliation, Party, Person, Place, Post
from comity.parties.people import departures
from comity.parties.services.doubles import refuse_second_person

# What of a person is personal data: it leaves the row and the log when they are erased.
PERSONAL = ("name", "email", "telephone", "language", "user")
NAMELESS = "–"
KEPT_YEARS = 5


@dataclass(frozen=True)
class PersonFacts:
    """Who a person is and how to reach them."""

    name: str
    email: str = ""
    telephone: str = ""
    language: str = ""


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
        ValidationError: the same person was added already, or a value is wrong.
    """
    require(by, "parties.keep_people", party)
    person = Person(**vars(facts))
    refuse_second_person(person, Affiliation(party=party, **vars(affiliation)))
    person.full_clean()
    person.save()
    record_creation(person, action="person.added", by=by)
    affiliate(person=person, party=party, facts=affiliation, by=by)
    return person


@transaction.atomic
def change_person(*, person: Person, facts: PersonFacts, version: int, by: Actor) -> Person:
    """Change how a person is called and reached.

    Raises:
        PermissionDenied: ``by`` is neither that person nor keeps the people of their party.
        EditConflict: somebody saved it after ``version``.
        ValidationError: a value is wrong, or the address is that of somebody else's account.
    """
    require(by, "parties.change_person", person)
    changes = {**vars(facts)}
    person = lock_version(person, version, yours=changes)
    if facts.email.lower() != person.email.lower():
        _refuse_address_of_another(person, facts.email)
    save_change(person, changes, action="person.changed", by=by)
    return person


@transaction.atomic
def erase_person(*, person: Person, reason: str, version: int, by: Actor) -> Person:
    """Take who a person is out of the record and of the log; that somebody held a post stays.

    The account, if any, is emptied and closed with them, and each app takes out what else it
    holds of them (``accounts.erasure``).

    Raises:
        PermissionDenied: ``by`` does not run the installation.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the person still belongs to a party or is ``by``, or no reason is given.
    """
    require(by, "parties.erase_person", person)
    if person.user is not None and person.user == by:
        raise ValidationError(
            _("These are your own data. Another administrator erases them."), code="own"
        )
    changes = {**dict.fromkeys(PERSONAL, ""), "name": NAMELESS, "user": None}
    person = lock_version(person, version, yours=changes)
    if person.affiliations.filter(perhaps_in_force(timezone.localdate())).exists():
        raise ValidationError(
            _("This person still belongs to a party. End that first."), code="present"
        )
    account = person.user
    addresses = {person.email, account.email if account else ""} - {""}
    save_change(
        person, changes | {"erased_on": timezone.localdate()}, action="person.erased", by=by
    )
    black_out(target=person, fields=[*PERSONAL], reason=reason, by=by, and_reasons=True)
    leaving = Leaving(account, frozenset(addresses), reason, by)
    for erase in erasers:
        erase(leaving)
    if account:
        erase_account(user=account, by=by)
    return person


@transaction.atomic
def erase_people_gone(*, on: date, reason: str, by: Actor) -> int:
    """Erase everybody who has belonged to no party for ``KEPT_YEARS``; return how many they were.

    Raises PermissionDenied where ``by`` does not run the installation.
    """
    since = on.replace(year=on.year - KEPT_YEARS, day=min(on.day, 28))
    later = Affiliation.objects.filter(perhaps_in_force(since), person=OuterRef("pk"))
    begun = Affiliation.objects.filter(person=OuterRef("pk"), begins_earliest__gt=since)
    people = Person.objects.filter(erased_on=None, affiliations__isnull=False).distinct()
    gone = people.exclude(Exists(later)).exclude(Exists(begun))
    for person in gone:
        erase_person(person=person, reason=reason, version=person.version, by=by)
    return len(gone)


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
def invite_person(*, person: Person, email: str, language: str, version: int, by: Actor) -> Person:
    """Make an account for ``person`` and mail them how to choose its password.

    Who was invited and has not chosen one yet is mailed once more, at the address of the account.

    Raises:
        PermissionDenied: ``by`` does not give rights in every party of the person.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the person signs in already, the address is none or has an account.
    """
    require(by, "parties.invite", person)
    changes: dict[str, object] = {} if person.email else {"email": email}
    person = lock_version(person, version, yours=changes)
    if person.user is None:
        user = open_account(email=email, language=language, by=by)
        save_change(person, changes | {"user": user}, action="person.invited", by=by)
    elif person.user.has_usable_password():
        raise ValidationError(_("This person has an account already."), code="linked")
    else:
        send_invitation(user=person.user, by=by)
    return person


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
    affiliation = Affiliation(person=person, party=party, **vars(facts))
    require(by, "parties.affiliate", affiliation)
    affiliation.is_entered_for_party = _is_another(by, party)
    _refuse_wrong_post(affiliation)
    affiliation.full_clean()
    affiliation.save()
    record_creation(affiliation, action="affiliation.added", by=by)
    return affiliation


@transaction.atomic
def change_affiliation(
    *, affiliation: Affiliation, facts: AffiliationFacts, version: int, by: Actor
) -> Affiliation:
    """Change how a person belongs to a party.

    Raises:
        PermissionDenied: as in ``affiliate``; what stood before counts as well.
        EditConflict: somebody saved it after ``version``.
        ValidationError: as in ``affiliate``, or somebody is needed who would be gone.
    """
    require(by, "parties.affiliate", affiliation)
    changes = {**vars(facts)}
    affiliation = lock_version(affiliation, version, yours=changes)
    changed = Affiliation(
        pk=affiliation.pk, person=affiliation.person, party=affiliation.party, **changes
    )
    require(by, "parties.affiliate", changed)
    _refuse_wrong_post(changed)
    _refuse_departure(affiliation, changed)
    entered = {"is_entered_for_party": _is_another(by, affiliation.party)}
    save_change(affiliation, changes | entered, action="affiliation.changed", by=by)
    return affiliation


@transaction.atomic
def end_affiliation(
    *, affiliation: Affiliation, last_day: date, version: int, by: Actor
) -> Affiliation:
    """End an affiliation after ``last_day``; the rights of the person end with it.

    Raises:
        PermissionDenied: ``by`` does not keep the people of the party.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it has ended by then, begins later, or nobody would be left whom a
            process cannot do without.
    """
    require(by, "parties.keep_people", affiliation.party)
    changes = {"ends": last_day.isoformat()}
    affiliation = lock_version(affiliation, version, yours=changes)
    latest = parse_date(affiliation.ends).latest if affiliation.ends else None
    if latest and latest <= last_day:
        raise ValidationError(_("This has ended already."), code="ended")
    for refuse_departure in departures:
        refuse_departure(affiliation, last_day)
    save_change(affiliation, changes, action="affiliation.ended", by=by)
    return affiliation


def _is_another(by: Actor, party: Party) -> bool:
    """Tell whether ``by`` enters something for a party that is not their own."""
    if not isinstance(by, User):
        return False
    return not Party.objects.of(by, timezone.localdate()).filter(pk=party.pk).exists()


def _refuse_address_of_another(person: Person, email: str) -> None:
    """Raise ValidationError for the address with which somebody else signs in."""
    if User.objects.filter(email__iexact=email).exclude(person=person).exists():
        raise ValidationError({"email": _("With this address somebody else signs in.")})


def _refuse_departure(affiliation: Affiliation, changed: Affiliation) -> None:
    """Refuse new dates by which somebody would be gone whom a process cannot do without."""
    if not _dates_can_be(changed):
        return
    begins, ends = parse_date(changed.begins).latest, changed.ends and parse_date(changed.ends)
    today = timezone.localdate()
    last_days = [ends.earliest] if ends and changed.ends != affiliation.ends else []
    if begins is None or begins > today:
        last_days.append(today - timedelta(days=1))
    for last_day in last_days:
        for refuse_departure in departures:
            refuse_departure(affiliation, last_day or date.min)


def _refuse_wrong_post(affiliation: Affiliation) -> None:
    post = affiliation.post
    if post is None:
        return
    if post.party_id != affiliation.party_id:
        raise ValidationError({"post": _("This post belongs to another party.")})
    if affiliation.place != Place.HOLDER or not _dates_can_be(affiliation):
        return
    # Two who fill one post do so one after the other: the second sees what the first stored.
    Post.objects.select_for_update(of=("self",)).filter(pk=post.pk).values_list("pk").first()
    others = Affiliation.objects.filter(
        certainly_overlapping(affiliation), post=post, place=Place.HOLDER
    )
    if others.exclude(pk=affiliation.pk).exists():
        raise ValidationError(
            _("Another holds this post at that time. End that affiliation first."), code="held"
        )


def _dates_can_be(affiliation: Affiliation) -> bool:
    """Tell whether the dates can be compared; ``full_clean`` says what is wrong with others."""
    try:
        affiliation.clean_fields(exclude=["person", "party", "post", "place", "seconded_by"])
    except ValidationError:
        return False
    return True
