"""The demonstration, made once for all tests of a module and taken back after them."""

import pytest
from django.db import transaction

from comity.pages.made_up import made_up
from comity.sources.models import Citation
from tests.factories.processes import ProcessFactory
from tests.factories.sources import SourceFactory


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Make the demonstration once, beside a process that the paper names and one it does not."""
    with django_db_blocker.unblock(), transaction.atomic():
        named = ProcessFactory(slug="rcm")
        Citation.objects.create(source=SourceFactory(slug="mc-inf-266"), target=named)
        ProcessFactory(slug="elsewhere")
        yield made_up()
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(made, db):
    """What was made; the test may change rows, they are put back."""
    return made
