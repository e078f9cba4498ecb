"""What allauth does to accounts by itself, told to the log."""

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from comity.accounts.attempts import forget_account
from comity.accounts.journal import note
from comity.accounts.middleware import SESSION_KEY
from comity.accounts.models import User
from comity.accounts.services import end_tokens


def listen() -> None:
    """Note changes of passwords, after which attempts count anew, and of second factors."""
    for changed in ("password_changed", "password_set"):
        getattr(account_signals, changed).connect(_note_password, dispatch_uid="comity.accounts")
    account_signals.password_reset.connect(_end_all, dispatch_uid="comity.accounts")
    mfa_signals.authenticator_added.connect(_note_added, dispatch_uid="comity.accounts")
    mfa_signals.authenticator_removed.connect(_note_removed, dispatch_uid="comity.accounts")


def _note_password(user: User, **_more: object) -> None:
    forget_account(whose=user.email)
    note(user, "account.password_changed", user)


def _end_all(user: User, **_more: object) -> None:
    """End the tokens too: whoever chooses a password by mail may have lost more than the old one.

    Sessions end with the password.
    """
    _note_password(user)
    end_tokens(user=user, by=user)


def _note_added(user: User, authenticator: Authenticator, **_more: object) -> None:
    note(user, "account.second_factor_added", user, kind=authenticator.type)


def _note_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **_more: object
) -> None:
    request.session.pop(SESSION_KEY, None)
    note(user, "account.second_factor_removed", user, kind=authenticator.type)
