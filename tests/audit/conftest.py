import pytest

from comity.accounts.models import Token
from comity.accounts.services import create_token
from tests.factories.accounts import UserFactory


@pytest.fixture
def editor(db):
    return UserFactory(email="editor@meridian.example")


@pytest.fixture
def token(editor):
    """Any row that has fields of several kinds; the log says that it was made."""
    return create_token(user=editor, name="Office", by=editor).token


@pytest.fixture
def silent_token(editor):
    """A row of which the log knows nothing."""
    return Token.objects.create(user=editor, name="Office", prefix="p", digest="d")
