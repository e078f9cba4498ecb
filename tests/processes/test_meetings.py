import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.processes.models import Meeting, MeetingStatus, Series
from comity.processes.services import (
    MeetingFacts,
    add_meeting,
    add_series,
    cancel_meeting,
    change_meeting,
    postpone_meeting,
)
from comity.search.models import SearchEntry
from tests.conftest import PERSONAS
from tests.factories.processes import MeetingFactory, SeriesFactory

FACTS = MeetingFacts(title={"en": "Tenth plenary"}, kind="plenary", status=MeetingStatus.PLANNED)


def facts(**changes):
    return MeetingFacts(**vars(FACTS) | changes)


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def meeting(process):
    return MeetingFactory(process=process, status="planned", days="2027-05-04")


def titles():
    """Return what the index shows of meetings."""
    return list(SearchEntry.objects.filter(kind="meeting").values_list("title", flat=True))


def test_meeting_is_added_under_an_address_of_its_own_and_found(secretariat, process):
    series = SeriesFactory(process=process)

    first = add_meeting(process=process, facts=facts(series=series, number=10), by=secretariat)
    second = add_meeting(process=process, facts=facts(days="2028"), by=secretariat)

    assert [first.slug, second.slug] == ["meridian-tenth-plenary", "meridian-tenth-plenary-2"]
    assert (first.series, first.number) == (series, 10)
    assert titles() == ["Tenth plenary", "Tenth plenary"]
    assert set(Event.objects.values_list("action", flat=True)) == {"meeting.added"}


def test_meeting_is_changed_and_found_by_its_new_title(secretariat, meeting):
    wanted = facts(title={"en": "Eleventh plenary"}, days="2027-06")

    changed = change_meeting(meeting=meeting, facts=wanted, version=1, by=secretariat)

    assert (changed.days, changed.version, titles()) == ("2027-06", 2, ["Eleventh plenary"])
    with pytest.raises(EditConflict):
        change_meeting(meeting=meeting, facts=FACTS, version=1, by=secretariat)


@pytest.mark.parametrize("days", ["2027-09-01/2027-09-03", ""])
def test_meeting_is_postponed_for_a_reason(secretariat, meeting, days):
    postponed = postpone_meeting(
        meeting=meeting, days=days, reason="Elections", version=1, by=secretariat
    )

    assert (postponed.status, postponed.days) == (MeetingStatus.POSTPONED, days)
    event = Event.objects.get()
    assert (event.action, event.reason) == ("meeting.postponed", "Elections")


def test_cancelled_meeting_stays_on_the_record(secretariat, meeting):
    cancelled = cancel_meeting(meeting=meeting, reason="No quorum", version=1, by=secretariat)

    assert (cancelled.status, cancelled.days) == (MeetingStatus.CANCELLED, "2027-05-04")
    event = Event.objects.get()
    assert (event.action, event.reason, event.before, event.after) == (
        "meeting.cancelled",
        "No quorum",
        {"status": "planned"},
        {"status": "cancelled"},
    )
    # What is called off already keeps its status when its note is changed.
    changed = change_meeting(
        meeting=cancelled,
        facts=facts(status="cancelled", note="See MD/3"),
        version=2,
        by=secretariat,
    )
    assert changed.note == "See MD/3"


def test_meeting_is_not_called_off_without_a_reason_or_after_it_was_held(secretariat, meeting):
    with pytest.raises(ValidationError) as silent:
        cancel_meeting(meeting=meeting, reason=" ", version=1, by=secretariat)
    with pytest.raises(ValidationError) as late:
        cancel_meeting(
            meeting=MeetingFactory(process=meeting.process),
            reason="Late",
            version=1,
            by=secretariat,
        )

    assert silent.value.message_dict == {"reason": ["Say why."]}
    assert late.value.messages == ["Only a meeting that lies ahead is called off."]
    assert not Meeting.objects.filter(status=MeetingStatus.CANCELLED).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": MeetingStatus.CANCELLED}, "status"),
        ({"number": 3}, "number"),
        ({"days": "2027-13"}, "days"),
        ({"days": "9999-12-31"}, "days"),
        ({"days": "2027-01-01/2028-01-02"}, "days"),
    ],
)
def test_wrong_meeting_is_refused_at_its_field(secretariat, process, changes, field):
    with pytest.raises(ValidationError) as caught:
        add_meeting(process=process, facts=facts(**changes), by=secretariat)

    assert list(caught.value.message_dict) == [field]
    assert titles() == []


def test_series_of_another_process_and_a_number_taken_are_refused(secretariat, meeting):
    series = SeriesFactory(process=meeting.process)
    MeetingFactory(process=meeting.process, series=series, number=1)

    wanted = facts(series=SeriesFactory())
    with pytest.raises(ValidationError) as elsewhere:
        change_meeting(meeting=meeting, facts=wanted, version=1, by=secretariat)
    wanted = facts(series=series, number=1)
    with pytest.raises(ValidationError) as taken:
        change_meeting(meeting=meeting, facts=wanted, version=1, by=secretariat)

    assert elsewhere.value.message_dict == {"series": ["This series belongs to another process."]}
    assert taken.value.messages == ["The series has a meeting with this number already."]


def test_meeting_of_no_process_is_edited_by_nobody(secretariat):
    meeting = MeetingFactory(process=None)

    with pytest.raises(ValidationError):
        change_meeting(meeting=meeting, facts=FACTS, version=1, by=secretariat)


def test_series_is_added(secretariat, process):
    series = add_series(process=process, name={"en": "Plenaries"}, by=secretariat)

    assert list(Series.objects.values_list("process", "name")) == [(process.pk, series.name)]
    assert Event.objects.get().action == "series.added"


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"secretariat"}))
def test_meetings_are_for_who_keeps_the_record(people, process, meeting, persona):
    by = people[persona]
    acts = [
        lambda: add_meeting(process=process, facts=FACTS, by=by),
        lambda: change_meeting(meeting=meeting, facts=FACTS, version=1, by=by),
        lambda: cancel_meeting(meeting=meeting, reason="No", version=1, by=by),
        lambda: add_series(process=process, name={"en": "Plenaries"}, by=by),
    ]

    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert not Event.objects.exists()


@pytest.mark.parametrize("days", ["2099-02-20", "2099", "2099-02-20/2099-02-22"])
def test_meeting_was_not_held_on_days_that_lie_ahead(secretariat, process, meeting, days):
    held = facts(status=MeetingStatus.HELD, days=days)

    for step in (
        lambda: add_meeting(process=process, facts=held, by=secretariat),
        lambda: change_meeting(meeting=meeting, facts=held, version=1, by=secretariat),
    ):
        with pytest.raises(ValidationError) as error:
            step()
        assert list(error.value.message_dict) == ["days"]


@pytest.mark.parametrize("days", ["", "2020-02-20", "2020/2099"])
def test_meeting_that_may_lie_behind_us_was_held(secretariat, process, days):
    held = facts(status=MeetingStatus.HELD, days=days)

    assert add_meeting(process=process, facts=held, by=secretariat).status == "held"


def test_meeting_held_on_no_date_is_told_by_its_field(secretariat, process):
    held = facts(status=MeetingStatus.HELD, days="soon")

    with pytest.raises(ValidationError) as error:
        add_meeting(process=process, facts=held, by=secretariat)

    assert "not a date" in str(error.value) or "soon" in str(error.value)
