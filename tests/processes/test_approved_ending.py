"""What is in force ends: with what follows it, or on a day that the secretariat says."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from comity.processes.approved import approved_events
from comity.processes.services.approvals import approve_map, end_approved
from tests.factories.approved import ApprovedMapFactory

FIRST, SECOND = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def by(people):
    return people["secretariat"]


def test_map_comes_into_force_and_ends(process, by):
    first = ApprovedMapFactory(process=process)
    approve_map(prepared=first, begins=FIRST, decision="Plenary", version=1, by=by)
    second = ApprovedMapFactory(process=process)
    approve_map(prepared=second, begins=SECOND, decision="Plenary", version=1, by=by)
    end_approved(approved=second, last_day=SECOND, version=2, by=by)

    found = list(process.approved_maps.order_by("pk").values_list("begins", "ends"))

    assert found == [(FIRST, date(2026, 6, 30)), (SECOND, SECOND)]
    assert [event.action for event in approved_events(process)] == [
        "approved_map.ended",
        "approved_map.approved",
        "approved_map.ended",
        "approved_map.approved",
    ]


@pytest.mark.parametrize(
    ("last_day", "sentence"),
    [
        (date(2025, 12, 31), "This lies before the beginning."),
        (date(2026, 6, 30), "This is not in force then."),
    ],
)
def test_what_is_not_in_force_does_not_end(process, by, last_day, sentence):
    row = ApprovedMapFactory(
        process=process, begins=FIRST, ends=date(2026, 6, 30), decision="Plenary"
    )

    with pytest.raises(ValidationError) as refused:
        end_approved(approved=row, last_day=last_day, version=1, by=by)

    assert refused.value.message_dict == {"last_day": [sentence]}


def test_what_is_prepared_does_not_end(process, by):
    row = ApprovedMapFactory(process=process)

    with pytest.raises(ValidationError, match="This is not in force then"):
        end_approved(approved=row, last_day=FIRST, version=1, by=by)
