"""What can be done to accounts: tokens and sessions."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.attempts import forget_account
from comity.accounts.authority import Actor, require
from comity.accounts.journal import note
from comity.accounts.models import Remembered, Token, TokenUse, User

TOKEN_BEGINS = "comity_"  # noqa: S105 -- how every token begins, no secret
# Under a domain that nobody can ever have.
ERASED_ADDRESS = "erased-{pk}@erased.invalid"
# A token in steady use is noted this often, so that reading through it writes next to nothing.
USE_NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class NewToken:
    """A token just made, with the secret that is shown once."""

    token: Token
    secret: str


@transaction.atomic
def create_token(
    *,
    user: User,
    name: str,
    by: Actor,
    expires_on: date | None = None,
    use: TokenUse = TokenUse.API,
) -> NewToken:
    """Make a key for ``user``, valid until the end of ``expires_on``, for one use.

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
        use=use,
        prefix=secret[: Token.PREFIX_LENGTH],
        digest=_digest(secret),
        expires_on=expires_on,
    )
    token.full_clean()
    token.save()
    note(by, "token.created", token, name=token.name, use=token.use, expires_on=expires_on)
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


def user_of_token(secret: str, use: TokenUse = TokenUse.API) -> User | None:
    """Return whose token ``secret`` is, if it is usable now and for that, and note its use."""
    now = timezone.now()
    usable = Token.objects.usable(now).filter(use=use).select_related("user")
    token = usable.filter(digest=_digest(secret)).first()
    if token is None:
        return None
    if token.last_used_at is None or token.last_used_at <= now - USE_NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.user


@transaction.atomic
def choose_language(*, user: User, language: str, by: Actor) -> User:
    """Keep the language in which ``user`` reads pages, mails and files; blank asks the browser.

    Raises:
        PermissionDenied: the account is not that of ``by``.
        ValidationError: the interface does not speak this language.
    """
    require(by, "accounts.choose_language", user)
    if language and language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("The pages are not in this language.")})
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.language != language:
        user.language = language
        user.full_clean(exclude=["password"])
        user.save()
        note(by, "account.language_chosen", user, language=language)
    return user


@transaction.atomic
def end_sessions(*, user: User, by: Actor) -> User:
    """Sign ``user`` out wherever they are signed in, and end their tokens.

    Whoever lost a device, or fears that somebody knows their password, need not know which keys
    were made with it: the addresses of calendars end as well.

    Raises PermissionDenied where ``by`` is neither ``user`` nor runs the installation.
    """
    require(by, "accounts.end_sessions", user)
    user = User.objects.select_for_update().get(pk=user.pk)
    user.session_epoch += 1
    user.save()
    note(by, "account.signed_out_everywhere", user)
    end_tokens(user=user, by=by)
    return user


@transaction.atomic
def end_tokens(*, user: User, by: Actor) -> int:
    """End all tokens of ``user``, those of calendars too; return how many there were.

    Raises PermissionDenied where ``by`` is neither ``user`` nor runs the installation.
    """
    require(by, "accounts.end_sessions", user)
    standing = list(user.tokens.filter(revoked_at=None))
    for token in standing:
        revoke_token(token=token, by=by)
    return len(standing)


@transaction.atomic
def erase_account(*, user: User, by: Actor) -> User:
    """Empty the account of ``user`` and close it for good: nobody signs in with it again.

    The row stays, because the log says what was done with it, but tells nobody who that was.

    Raises PermissionDenied where ``by`` does not run the installation, or it is their own.
    """
    require(by, "accounts.erase", user)
    user = User.objects.select_for_update().get(pk=user.pk)
    forget_account(whose=user.email)
    user.email = ERASED_ADDRESS.format(pk=user.pk)
    user.language = ""
    user.is_superuser = user.is_active = False
    user.session_epoch += 1
    user.erased_at = timezone.now()
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    user.tokens.all().delete()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    # A session ends with the epoch, but what it holds would stay until it is swept.
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
    note(by, "account.erased", user)
    return user


def sweep_remembered(*, now: datetime | None = None) -> int:
    """Delete what need not be remembered any longer; return how much. Nothing relies on it."""
    return Remembered.objects.filter(expires__lt=now or timezone.now()).delete()[0]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
