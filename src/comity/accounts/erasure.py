"""What else holds data of somebody who is erased: each app that does adds an eraser."""

from collections.abc import Callable
from dataclasses import dataclass

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.core.registry import Registry


@dataclass(frozen=True)
class Leaving:
    """Somebody who is erased: their account, if any, and the addresses that reached them."""

    account: User | None
    addresses: frozenset[str]
    reason: str
    by: Actor


# An app that keeps personal data besides the record of people adds one in ``ready()``. It takes
# out of its tables what tells who that was; what the record rests on stays, without a name.
Eraser = Callable[[Leaving], None]

erasers = Registry[Eraser]("eraser of personal data")
