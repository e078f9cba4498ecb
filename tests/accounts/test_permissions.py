import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from comity.accounts.authority import SYSTEM, declare, may, require
from comity.accounts.models import Token
from comity.accounts.permissions import may_revoke
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_each_looks_after_the_own_account_and_the_administrator_ends_what_is_lost():
    owner, other, administrator = (
        UserFactory(),
        UserFactory(),
        UserFactory(is_superuser=True),
    )
    token = Token(user=owner)
    actors = [AnonymousUser(), owner, other, administrator, SYSTEM]

    assert {
        permission: [may(actor, permission, target) for actor in actors]
        for permission, target in {
            "accounts.choose_language": owner,
            "accounts.create_token": owner,
            "accounts.revoke_token": token,
            "accounts.end_sessions": owner,
            "accounts.erase": owner,
            "audit.black_out": token,
        }.items()
    } == {
        "accounts.choose_language": [False, True, False, False, True],
        "accounts.create_token": [False, True, False, False, True],
        "accounts.revoke_token": [False, True, False, True, True],
        "accounts.end_sessions": [False, True, False, True, True],
        "accounts.erase": [False, False, False, True, True],
        "audit.black_out": [False, False, False, True, True],
    }


def test_undeclared_permission_is_an_error():
    with pytest.raises(LookupError, match=r"accounts\.creat_token"):
        may(SYSTEM, "accounts.creat_token", None)


def test_permission_declared_twice_is_an_error():
    with pytest.raises(LookupError, match="declared twice"):
        declare("accounts.create_token", may_revoke)


def test_require_raises_where_the_rule_is_not_met():
    with pytest.raises(PermissionDenied):
        require(AnonymousUser(), "accounts.end_sessions", UserFactory())


def test_nobody_erases_their_own_account():
    administrator = UserFactory(is_superuser=True)

    assert not may(administrator, "accounts.erase", administrator)
