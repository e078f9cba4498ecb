"""What can be done to subscriptions: made, changed, paused, removed, and fetched.

A fetch speaks to the other side outside of any transaction. What it found is then kept in one,
whole; where anything was wrong nothing of it is kept, and what was there before stays.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comity.accounts.authority import SYSTEM, Actor, require
from comity.audit.services import lock_version, record_creation, record_removal, save_change
from comity.exchange.addresses import (
    LONGEST,
    Reach,
    check_place,
    read_place,
    refuse_plain,
    usual_reach,
)
from comity.exchange.deadlines import Deadline
from comity.exchange.fetching import SECONDS, Conversation
from comity.exchange.indexing import index_theirs
from comity.exchange.keeping import forget_theirs, keep_theirs
from comity.exchange.models import Subscription
from comity.exchange.reading import MOST_PROCESSES, Reading, read_all
from comity.exchange.troubles import TroubleError
from comity.jobs.progress import Progress
from comity.jobs.services import enqueue

FETCH: Final = "exchange.fetch"
EVERY: Final = timedelta(hours=6)
FIRST_PAUSE: Final = timedelta(minutes=15)
LONGEST_PAUSE: Final = timedelta(days=1)
SECONDS_TO_LOOK_UP: Final = 5
# Slugs that are addresses of our own pages beside those of subscriptions.
OUR_OWN: Final = {"subscriptions"}


@dataclass(frozen=True)
class SubscriptionFacts:
    """What people enter: how the other side is called here, and what of it we want."""

    name: str
    processes: str = ""


def subscribe(
    *, address: str, facts: SubscriptionFacts, by: Actor, reach: Reach | None = None
) -> Subscription:
    """Show what the installation at ``address`` publishes, from its first good fetch on.

    Where the name leads is looked up now, before the transaction, so that an address that may
    never be asked is refused while it is typed; each fetch looks and checks again.

    Raises:
        PermissionDenied: ``by`` does not run this installation.
        ValidationError: it is no address of one that may be asked, or is subscribed to already.
    """
    require(by, "exchange.subscribe", None)
    return _subscribe(_place(address, reach or usual_reach()), facts, by)


@transaction.atomic
def _subscribe(place: str, facts: SubscriptionFacts, by: Actor) -> Subscription:
    if Subscription.objects.filter(address=place).exists():
        raise ValidationError({"address": _("This is subscribed to already.")}, code="twice")
    subscription = Subscription(
        slug=_free_slug(place),
        address=place,
        due_at=timezone.now(),
        name=facts.name,
        processes=_slugs(facts.processes),
    )
    subscription.full_clean()
    subscription.save()
    record_creation(subscription, action="subscription.added", by=by)
    _ask_soon(subscription)
    return subscription


@transaction.atomic
def change_subscription(
    *, subscription: Subscription, facts: SubscriptionFacts, version: int, by: Actor
) -> Subscription:
    """Call the other side otherwise, or want other processes of it; it is asked again soon.

    Raises:
        PermissionDenied: ``by`` does not run this installation.
        EditConflict: somebody saved it after ``version``.
        ValidationError: a value is wrong.
    """
    require(by, "exchange.subscribe", subscription)
    changes = {"name": facts.name, "processes": _slugs(facts.processes)}
    current = lock_version(subscription, version, yours=changes)
    current.tags = {}
    current.due_at = timezone.now()
    save_change(current, changes, action="subscription.changed", by=by)
    index_theirs(current)
    if not current.is_paused:
        _ask_soon(current)
    return current


@transaction.atomic
def pause(*, subscription: Subscription, version: int, by: Actor) -> Subscription:
    """Ask the other side no more, and keep showing what was fetched, with its date.

    Raises:
        PermissionDenied: ``by`` does not run this installation.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it is paused already.
    """
    require(by, "exchange.subscribe", subscription)
    current = lock_version(subscription, version)
    if current.is_paused:
        raise ValidationError(_("This is paused already."), code="paused")
    save_change(current, {"is_paused": True}, action="subscription.paused", by=by)
    return current


@transaction.atomic
def resume(*, subscription: Subscription, version: int, by: Actor) -> Subscription:
    """Ask the other side again, soon and then every few hours.

    Raises:
        PermissionDenied: ``by`` does not run this installation.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it is not paused.
    """
    require(by, "exchange.subscribe", subscription)
    current = lock_version(subscription, version)
    if not current.is_paused:
        raise ValidationError(_("This is not paused."), code="paused")
    current.due_at = timezone.now()
    save_change(current, {"is_paused": False}, action="subscription.resumed", by=by)
    _ask_soon(current)
    return current


@transaction.atomic
def unsubscribe(*, subscription: Subscription, version: int, by: Actor) -> None:
    """Remove the subscription with all that was fetched; the log keeps what was subscribed to.

    Raises:
        PermissionDenied: ``by`` does not run this installation.
        EditConflict: somebody saved it after ``version``.
    """
    require(by, "exchange.subscribe", subscription)
    current = lock_version(subscription, version)
    forget_theirs(current)
    record_removal(current, action="subscription.removed", by=by)
    current.delete()


@transaction.atomic
def ask_again(*, subscription: Subscription, by: Actor) -> Subscription:
    """Have the worker ask the other side now, whatever it last said.

    Raises:
        PermissionDenied: ``by`` does not run this installation.
        ValidationError: it is paused.
    """
    require(by, "exchange.subscribe", subscription)
    if subscription.is_paused:
        raise ValidationError(_("This is paused: resume it first."), code="paused")
    _ask_soon(subscription)
    return subscription


@transaction.atomic
def ask_due(*, now: datetime, by: Actor) -> int:
    """Put a fetch of each subscription that is due in the queue; return how many there were.

    Raises:
        PermissionDenied: ``by`` is not the platform and does not run it.
    """
    require(by, "exchange.subscribe", None)
    due = list(Subscription.objects.select_for_update().due(now))
    for subscription in due:
        # Until the fetch has said otherwise; if its worker dies, the clock asks again.
        subscription.due_at = now + FIRST_PAUSE
        subscription.save(update_fields=["due_at"])
        _ask_soon(subscription)
    return len(due)


def fetch(
    *,
    subscription: Subscription,
    by: Actor,
    reach: Reach | None = None,
    seconds: float = SECONDS,
) -> Subscription:
    """Ask the other side now, and keep what it says whole; where anything is wrong, only why.

    Raises PermissionDenied where ``by`` is not the platform and does not run it.
    """
    require(by, "exchange.subscribe", subscription)
    began = timezone.now()
    trouble: TroubleError | None = None
    reading: Reading | None = None
    try:
        line = Conversation(subscription.address, reach or usual_reach(), seconds)
        reading = read_all(line, subscription.wanted, subscription.tags)
    except TroubleError as error:
        trouble = error
    return _keep(subscription, began, reading, trouble)


def fetch_by_worker(*, subscription: int, progress: Progress | None = None) -> None:
    """Fetch as the worker does; if it never runs, the clock has it asked again.

    A subscription that was removed or paused meanwhile is left alone.
    """
    row = Subscription.objects.filter(pk=subscription, is_paused=False).first()
    if row:
        fetch(subscription=row, by=SYSTEM)


@transaction.atomic
def _keep(
    asked: Subscription, began: datetime, reading: Reading | None, trouble: TroubleError | None
) -> Subscription:
    """Keep what a fetch found, unless the subscription was changed or fetched anew meanwhile."""
    rows = Subscription.objects.select_for_update()
    current = rows.filter(pk=asked.pk, version=asked.version, is_paused=False).first()
    if current is None or (current.tried_at and current.tried_at > began):
        return asked
    if reading and trouble is None:
        try:
            with transaction.atomic():
                keep_theirs(current, reading)
        except ValidationError:
            trouble = TroubleError("shape", place="–")
    current.tried_at = began
    if trouble:
        current.failures += 1
        current.trouble, current.trouble_details = trouble.code, trouble.details
        current.due_at = began + _pause_after(current.failures)
    else:
        current.failures = 0
        current.trouble, current.trouble_details = "", {}
        current.fetched_at = began
        current.due_at = began + EVERY
        if reading:
            current.tags = reading.tags
    current.save()
    return current


def _pause_after(failures: int) -> timedelta:
    """Return how long a side that failed is left alone: twice as long each time, up to a day."""
    pause_now: timedelta = FIRST_PAUSE * 2 ** min(failures - 1, 10)
    return min(pause_now, LONGEST_PAUSE)


def _ask_soon(subscription: Subscription) -> None:
    enqueue(FETCH, subscription=subscription.pk)


def _place(address: str, reach: Reach) -> str:
    """Return ``address`` in the one way it is kept; raise ValidationError at its field."""
    try:
        place = read_place(address.strip())
        refuse_plain(place, reach)
        check_place(place, reach, Deadline(place.host, SECONDS_TO_LOOK_UP))
    except TroubleError as error:
        raise ValidationError({"address": error.sentence}, code=error.code) from error
    if len(str(place)) > LONGEST:
        raise ValidationError({"address": TroubleError("form").sentence}, code="form")
    return str(place)


def _slugs(text: str) -> str:
    """Return the slugs that ``text`` names, once each, in one way of writing."""
    found = list(dict.fromkeys(text.replace(",", " ").split()))
    if any(slug != slugify(slug) for slug in found):
        raise ValidationError(
            {"processes": _("Write the last part of each process’s address, such as “puebla”.")},
            code="slug",
        )
    if len(found) > MOST_PROCESSES:
        raise ValidationError(
            {"processes": _("Name at most %(most)s processes.") % {"most": MOST_PROCESSES}},
            code="many",
        )
    return " ".join(found)


def _free_slug(address: str) -> str:
    """Return a slug that no other subscription has, from the address."""
    words = address.partition("//")[2].replace(".", "-").replace(":", "-").replace("/", "-")
    stem = slugify(words)[:70].strip("-") or "installation"
    taken = OUR_OWN | set(Subscription.objects.values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
