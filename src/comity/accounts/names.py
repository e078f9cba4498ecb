"""How accounts are called where people read about them.

An account has an e-mail address only; who knows the person behind it stands higher and adds a
namer in ``ready()``.
"""

from collections.abc import Callable, Collection

from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.core.registry import Registry

Namer = Callable[[Collection[int]], dict[int, str]]

namers = Registry[Namer]("namer of accounts")


def names_of(accounts: Collection[int]) -> dict[int, str]:
    """Return the name of each account by primary key: its e-mail address where none is known."""
    if not accounts:
        return {}
    rows = User.objects.filter(pk__in=accounts).values_list("pk", "email", "erased_at")
    found = {
        pk: _("Somebody whose data were erased") if erased_at else email
        for pk, email, erased_at in rows
    }
    for namer in namers:
        found |= namer(accounts)
    return found
