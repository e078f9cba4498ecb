"""The description of the API is the one that programs were written from, and it is true."""

import json
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from comity.api.service import api
from comity.wsgi import application

SNAPSHOT = Path(__file__).parent / "openapi.json"
DESCRIPTION = schemathesis.openapi.from_dict(json.loads(SNAPSHOT.read_text()))
DESCRIPTION.app = application
OPERATIONS = {each.ok().path: each.ok() for each in DESCRIPTION.get_all_operations()}


@pytest.fixture
def kept_connection():
    """Keep the connection of the test beyond a request, as the client of Django does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_description_is_the_one_kept_beside_this_test(db):
    """Write it anew after a change on purpose, and say in the change log what is different."""
    assert json.loads(json.dumps(api.get_openapi_schema())) == json.loads(SNAPSHOT.read_text())


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_question_answers_as_it_is_described(paper, kept_connection, path):
    @given(case=OPERATIONS[path].as_strategy())
    @settings(
        max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def ask(case):
        # Codes that are not on record and times that end before they begin are refused, and no
        # description can say which those are.
        case.call_and_validate(
            headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance]
        )

    ask()
