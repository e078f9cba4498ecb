"""Who may put a file into the store. Who may read one is for the app whose row refers to it."""

from comity.accounts.authority import Actor, declare


def has_signed_in(actor: Actor, _target: object) -> bool:
    """``actor`` is somebody known."""
    return getattr(actor, "is_authenticated", False) is True


declare("store.keep", has_signed_in)
