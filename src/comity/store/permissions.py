"""Who may put a file into the store. Who may read one is for the app whose row refers to it."""

from comity.accounts.authority import Actor, declare
from comity.accounts.models import User


def has_signed_in(actor: Actor, _target: object) -> bool:
    """``actor`` is somebody known."""
    return isinstance(actor, User)


declare("store.keep", has_signed_in)
