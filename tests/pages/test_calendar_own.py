"""Who has processes of their own starts the calendar with those."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comity.processes.models import Process
from tests.factories.processes import MeetingFactory, ProcessFactory


@pytest.fixture
def meetings(people, process):
    """A meeting of the process of the tests, made up, and one of another on record."""
    Process.objects.filter(pk=process.pk).update(is_made_up=True)
    day = timezone.localdate() + timedelta(days=30)
    MeetingFactory(slug="ours", process=process, days=f"{day}")
    MeetingFactory(slug="theirs", process=ProcessFactory(slug="theirs"), days=f"{day}")


@pytest.mark.parametrize(
    ("person", "query", "ahead", "choices"),
    [
        ("secretariat", "", ["ours"], ["My processes", "On record", "Made up for demonstration"]),
        (
            "secretariat",
            "record=on-record",
            ["theirs"],
            ["My processes", "On record", "Made up for demonstration"],
        ),
        ("secretariat", "process=theirs", ["theirs"], ["On record", "Made up for demonstration"]),
        ("visitor", "", ["theirs"], ["On record", "Made up for demonstration"]),
        (
            "visitor",
            "record=on-record",
            ["theirs"],
            ["On record", "Made up for demonstration"],
        ),
    ],
)
def test_the_calendar_starts_with_ones_own_processes(
    meetings, people, client, person, query, ahead, choices
):
    if person != "visitor":
        client.force_login(people[person])

    context = client.get(f"/calendar/?{query}").context

    assert [each.entry.key for each in context["ahead"]] == [f"meeting-{slug}" for slug in ahead]
    assert [each.label for each in context["choices"][0].options] == choices
    assert context["shows_made_up"] == (ahead == ["ours"])


def test_the_file_of_the_calendar_knows_the_same_choice(meetings, client):
    assert client.get("/calendar.ics?record=on-record").status_code == 200
