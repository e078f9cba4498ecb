"""What can be done to accounts: tokens, sessions, and the counting of wrong passwords."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.authority import Actor, require
from comity.accounts.journal import note
from comity.accounts.models import SignInAttempts, Token, User

TOKEN_BEGINS = "comity_"  # noqa: S105 -- how every token begins, no secret
MOST_ATTEMPTS = 5
PAUSE = timedelta(minutes=10)
# A token in steady use is noted this often, so that reading through it writes next to nothing.
USE_NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class NewToken:
    """A token just made, with the secret that is shown once."""

    token: Token
    secret: str


@transaction.atomic
def create_token(*, user: User, name: str, by: Actor, expires_on: date | None = None) -> NewToken:
    """Make a key to the API for ``user``, valid until the end of ``expires_on``.

    Raises:
        PermissionDenied: the account is not that of ``by``.
        ValidationError: the name is blank, or the last day is past.
    """
    require(by, "accounts.create_token", user)
    if expires_on and expires_on < timezone.localdate():
        raise ValidationError({"expires_on": _("This day is past.")})
    secret = TOKEN_BEGINS + secrets.token_urlsafe(32)
    token = Token(
        user=user,
        name=name.strip(),
        prefix=secret[: Token.PREFIX_LENGTH],
        digest=_digest(secret),
        expires_on=expires_on,
    )
    token.full_clean()
    token.save()
    note(by, "token.created", token, name=token.name, expires_on=expires_on)
    return NewToken(token, secret)


@transaction.atomic
def revoke_token(*, token: Token, by: Actor) -> Token:
    """End ``token`` at once and for good.

    Raises:
        PermissionDenied: ``by`` neither owns it nor runs the installation.
        ValidationError: it is revoked already.
    """
    require(by, "accounts.revoke_token", token)
    token = Token.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at:
        raise ValidationError(_("This token is revoked already."), code="revoked")
    token.revoked_at = timezone.now()
    token.save()
    note(by, "token.revoked", token, name=token.name)
    return token


def user_of_token(secret: str) -> User | None:
    """Return whose token ``secret`` is, if it is usable now, and note its use."""
    now = timezone.now()
    usable = Token.objects.usable(now).select_related("user")
    token = usable.filter(digest=_digest(secret)).first()
    if token is None:
        return None
    if token.last_used_at is None or token.last_used_at <= now - USE_NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.user


@transaction.atomic
def end_sessions(*, user: User, by: Actor) -> User:
    """Sign ``user`` out wherever they are signed in.

    Raises PermissionDenied where ``by`` is neither ``user`` nor runs the installation.
    """
    require(by, "accounts.end_sessions", user)
    user = User.objects.select_for_update().get(pk=user.pk)
    user.session_epoch += 1
    user.save()
    note(by, "account.signed_out_everywhere", user)
    return user


@transaction.atomic
def count_attempt(*, whose: str, address: str, now: datetime | None = None) -> int:
    """Count an attempt to sign in; return how many more there may be if it fails.

    Called before the password is checked: of attempts that come together, by whatever worker,
    none is missed. ``forget_attempts`` starts anew when one succeeds.

    Raises ValidationError while signing in pauses for this person from this address.
    """
    now = now or timezone.now()
    attempts, _made = SignInAttempts.objects.select_for_update().get_or_create(
        key=_attempts_key(whose, address), defaults={"last_at": now}
    )
    pause_ends = attempts.last_at + PAUSE
    if pause_ends <= now:
        attempts.count = 0
    if attempts.count >= MOST_ATTEMPTS:
        raise ValidationError(pause_sentence(pause_ends - now), code="paused")
    attempts.count += 1
    attempts.last_at = now
    attempts.save()
    return MOST_ATTEMPTS - attempts.count


def forget_attempts(*, whose: str, address: str) -> None:
    """Start counting anew, after an attempt that succeeded."""
    SignInAttempts.objects.filter(key=_attempts_key(whose, address)).delete()


def sweep_attempts(*, now: datetime | None = None) -> int:
    """Delete the counts whose pause is over; return how many. Nothing is lost if it never runs."""
    stale = SignInAttempts.objects.filter(last_at__lte=(now or timezone.now()) - PAUSE)
    return stale.delete()[0]


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
    minutes = max(1, -(-int(rest.total_seconds()) // 60))
    return ngettext(
        "After five wrong attempts signing in pauses. Try again in a minute.",
        "After five wrong attempts signing in pauses. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _attempts_key(whose: str, address: str) -> str:
    parts = f"{whose.strip().lower()}\n{address}"
    return salted_hmac("comity.accounts.attempts", parts, algorithm="sha256").hexdigest()
