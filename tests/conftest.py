"""The people of the tests, and the process they meet in."""

import gc
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import translation

from comity.processes.models import Office, Status
from tests.factories.accounts import UserFactory
from tests.factories.parties import AffiliationFactory
from tests.factories.processes import (
    BodyFactory,
    ParticipationFactory,
    ProcessFactory,
    SeatFactory,
    TermFactory,
)
from tests.installation import installation, prepared  # noqa: F401 -- fixtures
from tests.paper import database_of_the_paper, loaded, paper  # noqa: F401 -- fixtures

# Each party has confirmed that it takes part; what a test lists beside, it has not.
CONFIRMED_AT = datetime(2020, 1, 2, tzinfo=UTC)
PERSONAS = (
    "visitor",
    "outsider",
    "observer",
    "partner",
    "focal_point",
    "other_focal_point",
    "body_member",
    "chair",
    "secretariat",
    "administrator",
)


def pytest_collection_modifyitems(config, items):
    """Leave to SQLite what cannot differ on PostgreSQL: tests without the tests' database."""
    if connection.vendor == "sqlite":
        return
    asking, kept, left = {"db", "transactional_db", "django_db_setup"}, [], []
    for item in items:
        asks = item.get_closest_marker("django_db") or asking & set(item.fixturenames)
        (kept if asks else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def pytest_collection_finish():
    """Let what is loaded lie, and look for waste less often: a twentieth of the time is saved."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(autouse=True)
def _default_language():
    """Begin each test in the default language: a page leaves that of its reader behind."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let tests of SQLite that commit empty the log after them; tests/audit locks it again."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER IF EXISTS event_refuses_delete")


@pytest.fixture
def process(db):
    return ProcessFactory(slug="meridian")


@pytest.fixture
def body(process):
    return BodyFactory(process=process)


@pytest.fixture
def affiliations(process, body):
    """What ties each person who can sign in to a party; its party's facts all begin in 2020."""
    by_status = {
        "observer": Status.OBSERVER,
        "partner": Status.PARTNER,
        "focal_point": Status.MEMBER,
        "other_focal_point": Status.MEMBER,
        "body_member": Status.MEMBER,
        "chair": Status.MEMBER,
    }
    found = {name: AffiliationFactory() for name in (*by_status, "outsider", "secretariat")}
    for name, status in by_status.items():
        ParticipationFactory(
            process=process, party=found[name].party, status=status, confirmed_at=CONFIRMED_AT
        )
    SeatFactory(body=body, party=found["body_member"].party)
    TermFactory(process=process, party=found["chair"].party, office=Office.PRESIDENCY)
    TermFactory(process=process, party=found["secretariat"].party, office=Office.SECRETARIAT)
    elsewhere = ProcessFactory(slug="lagoon")
    TermFactory(process=elsewhere, party=found["outsider"].party, office=Office.SECRETARIAT)
    return found


@pytest.fixture
def people(affiliations):
    """Every kind of person there is, by persona name."""
    return {
        "visitor": AnonymousUser(),
        "administrator": UserFactory(is_superuser=True),
        **{name: affiliation.person.user for name, affiliation in affiliations.items()},
    }
