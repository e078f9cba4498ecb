"""The paper, loaded once for all tests of a module and taken back after them."""

import pytest
from django.db import transaction

from comity.pages.loading import load_paper


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load the paper once; each test of the module stands on a savepoint behind it.

    Every test of such a module finds the paper: those that start from nothing stand in others.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_paper()
        transaction.set_rollback(True)


@pytest.fixture
def paper(loaded, db):
    """What the loading of the paper brought; the test may change rows, they are put back."""
    return loaded
