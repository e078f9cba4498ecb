from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.processes.models import StageKind
from comity.processes.services import StageFacts, change_stage, enter_stage
from tests.conftest import PERSONAS
from tests.factories.processes import ProcessFactory, StageFactory


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


def test_stage_is_changed_with_what_stood_there_before(secretariat, process):
    stage = StageFactory(process=process)

    changed = change_stage(
        stage=stage, facts=StageFacts("2019", "2021", "By letter"), version=1, by=secretariat
    )

    assert (changed.begins, changed.ends, changed.note) == ("2019", "2021", "By letter")
    event = Event.objects.get()
    assert (event.action, event.before) == (
        "stage.changed",
        {"begins": "2020", "ends": "", "note": ""},
    )
    with pytest.raises(EditConflict):
        change_stage(stage=stage, facts=StageFacts("2018"), version=1, by=secretariat)


def test_two_stages_never_certainly_overlap(secretariat, process):
    StageFactory(process=process, kind=StageKind.PROPOSED, begins="2015", ends="2019")
    stage = StageFactory(process=process)

    with pytest.raises(ValidationError) as overlap:
        change_stage(stage=stage, facts=StageFacts("2018"), version=1, by=secretariat)
    with pytest.raises(ValidationError) as order:
        change_stage(stage=stage, facts=StageFacts("2022", "2021"), version=1, by=secretariat)

    assert overlap.value.messages == [
        "The process stands at another stage then: Proposed, 2015–2019. Correct that first."
    ]
    assert order.value.message_dict == {"ends": ["This lies before the beginning."]}


def test_merger_is_taken_back_by_the_next_stage(secretariat, process):
    other = ProcessFactory()
    enter_stage(
        process=process,
        kind=StageKind.MERGED,
        on=date(2025, 1, 1),
        merged_into=other,
        by=secretariat,
    )
    process.refresh_from_db()
    merged_into = process.merged_into

    enter_stage(process=process, kind=StageKind.ONGOING, on=date(2026, 1, 1), by=secretariat)

    process.refresh_from_db()
    assert (merged_into, process.merged_into) == (other, None)
    actions = set(Event.objects.values_list("action", flat=True))
    assert actions == {"process.merged", "process.parted", "stage.entered", "stage.ended"}


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"secretariat"}))
def test_stages_are_for_who_keeps_the_record(people, process, persona):
    stage = StageFactory(process=process)

    with pytest.raises(PermissionDenied):
        change_stage(stage=stage, facts=StageFacts("2019"), version=1, by=people[persona])
