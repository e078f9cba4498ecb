import pytest

from comity.processes.models import Meeting, MeetingStatus
from tests.factories.processes import MeetingFactory, SeriesFactory
from tests.processes.conftest import sent

TYPED = {"title_en": "Tenth plenary", "kind": "plenary", "status": "planned", "days": "2027-05"}


def test_meeting_is_added_and_changed(editor, page, process):
    series = SeriesFactory(process=process)

    added = editor.post(page("meeting_add"), TYPED | {"series": series.pk, "number": 10})
    made = Meeting.objects.get()
    changed = editor.post(page("meeting", made.pk), TYPED | {"version": 1, "place": "Havenor Bay"})

    assert sent(added) == (302, page("meetings"), ["This is saved."])
    assert added["Location"].endswith(f"#row-{made.pk}")
    assert sent(changed)[:2] == (302, page("meetings"))
    made.refresh_from_db()
    assert (made.title, made.series, made.number, made.place, made.days) == (
        {"en": "Tenth plenary"},
        None,
        None,
        "Havenor Bay",
        "2027-05",
    )


def test_meeting_is_called_off_on_its_own_pages_alone(editor, page, process):
    meeting = MeetingFactory(process=process, status="planned")
    held = MeetingFactory(process=process)

    offered = editor.get(page("meeting", meeting.pk))
    forced = editor.post(page("meeting", meeting.pk), TYPED | {"version": 1, "status": "cancelled"})
    postponed = editor.post(
        page("meeting_postpone", meeting.pk), {"version": 1, "days": "", "reason": "Elections"}
    )
    cancelled = editor.post(
        page("meeting_cancel", meeting.pk), {"version": 2, "reason": "No quorum"}
    )
    late = editor.post(page("meeting_cancel", held.pk), {"version": 1, "reason": "Late"})

    statuses = [value for value, _label in offered.context["form"].fields["status"].choices]
    assert (offered.context["lies_ahead"], MeetingStatus.CANCELLED in statuses) == (True, False)
    assert (forced.status_code, late.status_code) == (422, 422)
    assert sent(postponed)[:2] == sent(cancelled)[:2] == (302, page("meetings"))
    meeting.refresh_from_db()
    assert (meeting.status, meeting.days) == (MeetingStatus.CANCELLED, "")
    assert "cancelled" in dict(
        editor.get(page("meeting", meeting.pk)).context["form"].fields["status"].choices
    )


def test_series_is_added_and_then_offered(editor, page, process):
    response = editor.post(page("series_add"), {"name_en": "Plenaries"})

    assert sent(response)[:2] == (302, page("meeting_add"))
    form = editor.get(page("meeting_add")).context["form"]
    assert [str(series) for series in form.fields["series"].queryset] == ["Plenaries"]


def test_meeting_of_another_process_is_not_found(editor, page):
    meeting = MeetingFactory()

    names = ("meeting", "meeting_postpone", "meeting_cancel")
    assert [editor.get(page(name, meeting.pk)).status_code for name in names] == [404] * 3


@pytest.mark.parametrize("count", [1, 5])
def test_meetings_ask_the_same_queries_for_any_length(
    editor, page, process, django_assert_num_queries, count
):
    for _ in range(count):
        MeetingFactory(process=process, series=SeriesFactory(process=process))

    with django_assert_num_queries(8):  # session, person, name, process, right, series, count, rows
        response = editor.get(page("meetings"))

    assert len(response.context["page"]) == count
