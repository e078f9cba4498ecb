"""How wrong passwords and codes are counted, in the database, for all workers together.

Three counts stand beside one another. One person from one address pauses after a few wrong
attempts. One account from all addresses together, and all accounts from one network together,
are slowed down: who has spent their attempts gets one back every so often. Nobody can be locked
out for good by others: a browser in which the person has signed in before is counted by itself,
and a new password, chosen through a mail, starts all counts anew.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.models import SignInAttempts

MOST_ATTEMPTS = 5
PAUSE = timedelta(minutes=10)
# All counts are back at nothing after this time without an attempt.
KEPT_FOR = timedelta(hours=6)
# Providers give a household or an office a network of this size, and a machine any address in it.
IPV6_PREFIX = 64


@dataclass(frozen=True)
class Slowing:
    """How many attempts may be made at once, and how long it takes to get one back."""

    most: int
    one_back_every: timedelta


OF_ACCOUNT = Slowing(20, timedelta(minutes=10))
# Many people of a ministry may share one address.
OF_NETWORK = Slowing(60, timedelta(minutes=1))


@transaction.atomic
def count_attempt(
    *, whose: str, address: str, device: str = "", now: datetime | None = None
) -> int:
    """Count an attempt to sign in; return how many more there may be if it fails.

    Called before the password is checked: of attempts that come together, by whatever worker,
    none is missed. ``forget_attempts`` starts anew when one succeeds. ``device`` names a
    browser in which this person has signed in before.

    Raises ValidationError while signing in pauses for this person from this address, for this
    account, or for this network.
    """
    now = now or timezone.now()
    # In one order, so that two workers never wait for one another.
    for key, slowing in sorted(_slowed(whose, address, device).items()):
        _count_slowed(key, slowing, now)
    return _count_paused(_key(whose, device or address), now)


@transaction.atomic
def forget_attempts(*, whose: str, address: str, device: str = "") -> None:
    """Start counting anew, after an attempt that succeeded.

    The network gets back this one attempt only: one good account is no licence to try others.
    """
    keys = [_key(whose, device or address)]
    if not device:
        keys.append(_account_key(whose))
    SignInAttempts.objects.filter(key__in=keys).delete()
    network = network_of(address)
    if network and not device:
        ours = SignInAttempts.objects.select_for_update().filter(key=_network_key(network))
        if (attempts := ours.first()) and attempts.count:
            attempts.count -= 1
            attempts.save()


def forget_account(*, whose: str) -> None:
    """Start counting anew for an account from all addresses, after a new password was chosen."""
    SignInAttempts.objects.filter(key=_account_key(whose)).delete()


def sweep_attempts(*, now: datetime | None = None) -> int:
    """Delete the counts that are back at nothing; return how many.

    Nothing is lost if it never runs.
    """
    stale = SignInAttempts.objects.filter(last_at__lte=(now or timezone.now()) - KEPT_FOR)
    return stale.delete()[0]


def network_of(address: str) -> str:
    """Return the network that ``address`` is counted with, or nothing.

    This machine is no network: a request from it came through a web server in front that does
    not tell whom it speaks for, and everybody would be counted as one.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return network_of(str(found.ipv4_mapped))
        if not found.is_loopback:
            return str(ipaddress.ip_network((found, IPV6_PREFIX), strict=False))
    return "" if found.is_loopback else str(found)


def left_sentence(left: int) -> str:
    """Say how many attempts are left."""
    if not left:
        return _("No attempt is left: signing in pauses for ten minutes.")
    return ngettext(
        "One attempt is left; then signing in pauses for ten minutes.",
        "%(left)s attempts are left; then signing in pauses for ten minutes.",
        left,
    ) % {"left": left}


def pause_sentence(rest: timedelta) -> str:
    """Say how long the pause still lasts."""
    minutes = _minutes(rest)
    return ngettext(
        "After five wrong attempts signing in pauses. Try again in a minute.",
        "After five wrong attempts signing in pauses. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


def account_sentence(rest: timedelta) -> str:
    """Say when the next attempt on an account may be made, and what lets its owner in now."""
    minutes = _minutes(rest)
    return ngettext(
        "Somebody has tried many passwords for this account. Try again in a minute, or choose a "
        "new password.",
        "Somebody has tried many passwords for this account. Try again in %(minutes)s minutes, or "
        "choose a new password.",
        minutes,
    ) % {"minutes": minutes}


def network_sentence(rest: timedelta) -> str:
    """Say when the next attempt from a network may be made."""
    minutes = _minutes(rest)
    return ngettext(
        "There were many wrong attempts from your network. Try again in a minute.",
        "There were many wrong attempts from your network. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


def _slowed(whose: str, address: str, device: str) -> dict[str, Slowing]:
    """Return what slows this attempt down, by key; nothing where the browser is known.

    Nor is a code that counts for no address, because its sender knows the password.
    """
    if device or not address:
        return {}
    found = {_account_key(whose): OF_ACCOUNT}
    if network := network_of(address):
        found[_network_key(network)] = OF_NETWORK
    return found


def _count_slowed(key: str, slowing: Slowing, now: datetime) -> None:
    attempts = _locked(key, now)
    back = min(attempts.count, int((now - attempts.last_at) / slowing.one_back_every))
    attempts.count -= back
    # What has gone by of the next one is not lost.
    attempts.last_at = attempts.last_at + back * slowing.one_back_every if attempts.count else now
    if attempts.count >= slowing.most:
        rest = attempts.last_at + slowing.one_back_every - now
        sentence = account_sentence if slowing is OF_ACCOUNT else network_sentence
        raise ValidationError(sentence(rest), code="paused")
    attempts.count += 1
    attempts.save()


def _count_paused(key: str, now: datetime) -> int:
    attempts = _locked(key, now)
    pause_ends = attempts.last_at + PAUSE
    if pause_ends <= now:
        attempts.count = 0
    if attempts.count >= MOST_ATTEMPTS:
        raise ValidationError(pause_sentence(pause_ends - now), code="paused")
    attempts.count += 1
    attempts.last_at = now
    attempts.save()
    return MOST_ATTEMPTS - attempts.count


def _locked(key: str, now: datetime) -> SignInAttempts:
    rows = SignInAttempts.objects.select_for_update()
    return rows.get_or_create(key=key, defaults={"last_at": now})[0]


def _minutes(rest: timedelta) -> int:
    return max(1, -(-int(rest.total_seconds()) // 60))


def _account_key(whose: str) -> str:
    return _key(whose, "everywhere")


def _network_key(network: str) -> str:
    return _key("everybody", network)


def _key(whose: str, place: str) -> str:
    parts = f"{whose.strip().lower()}\n{place}"
    return salted_hmac("comity.accounts.attempts", parts, algorithm="sha256").hexdigest()
