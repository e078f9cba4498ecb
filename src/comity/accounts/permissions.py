"""Who may do what to accounts."""

from comity.accounts.authority import Actor, declare, is_administrator
from comity.accounts.models import Token, User


def is_own_account(actor: Actor, account: User) -> bool:
    """``account`` is the one that ``actor`` signed in with."""
    return isinstance(actor, User) and actor.pk == account.pk


def may_end(actor: Actor, account: User) -> bool:
    """``account`` is ``actor``'s own, or ``actor`` runs the installation."""
    return is_own_account(actor, account) or is_administrator(actor, account)


def may_revoke(actor: Actor, token: Token) -> bool:
    """``token`` is ``actor``'s own, or ``actor`` runs the installation."""
    return may_end(actor, token.user)


def is_another_account(actor: Actor, account: User) -> bool:
    """``account`` is not the one that ``actor`` signed in with."""
    return not is_own_account(actor, account)


declare("accounts.choose_language", is_own_account)
declare("accounts.create_token", is_own_account)
declare("accounts.revoke_token", may_revoke)
declare("accounts.end_sessions", may_end)
declare("accounts.erase", is_administrator, is_another_account)
