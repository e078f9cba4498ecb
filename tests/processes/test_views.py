import pytest

from comity.processes.models import Body, Office, Participation, Seat
from tests.factories.parties import PartyFactory
from tests.factories.processes import (
    AliasFactory,
    AreaFactory,
    BodyFactory,
    MeetingFactory,
    OpenSetFactory,
    ParticipationFactory,
    SeatFactory,
    TermFactory,
    ThemeFactory,
)


def test_rows_of_another_process_are_not_found(editor, page, people, process):
    rows = {
        "participant": [ParticipationFactory().pk],
        "body": [BodyFactory().pk],
        "seat_add": [BodyFactory().pk],
        "seat": [process.bodies.get().pk, SeatFactory().pk],
        "term": [TermFactory().pk],
        "alias": [AliasFactory().pk],
        "area": [AreaFactory().pk],
        "open_set": [OpenSetFactory().pk],
    }

    found = {name: editor.get(page(name, *args)).status_code for name, args in rows.items()}
    removed = [
        editor.post(page(f"{name}_remove", *rows[name])).status_code
        for name in ("alias", "area", "open_set")
    ]

    assert found == dict.fromkeys(rows, 404)
    assert removed == [404, 404, 404]


def fill(process, count):
    """Give the process ``count`` rows of each kind that the lists show."""
    for number in range(count):
        body = BodyFactory(process=process, part_of=BodyFactory(process=process))
        ParticipationFactory(
            process=process, for_territory=PartyFactory(), since_meeting=MeetingFactory()
        )
        SeatFactory(body=process.bodies.first())
        TermFactory(process=process, office=Office.BODY_CHAIR, body=body)
        AliasFactory(process=process)
        OpenSetFactory(process=process)
        area = AreaFactory(process=process, part_of=AreaFactory(process=process))
        area.themes.set([ThemeFactory(), ThemeFactory()])
        assert number < count


QUERIES = {
    "participants": 7,
    "bodies": 6,
    "terms": 6,
    "names": 6,
    "areas": 7,
}


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("name", QUERIES)
def test_list_asks_the_same_queries_for_any_length(
    editor, page, process, django_assert_num_queries, name, count
):
    fill(process, count)

    with django_assert_num_queries(
        QUERIES[name]
    ):  # session, person, their name, process, right, rows
        response = editor.get(page(name))

    assert response.status_code == 200


def test_lists_of_an_empty_process_say_so(editor, page, process):
    Participation.objects.all().delete()
    Seat.objects.all().delete()
    Body.objects.all().delete()

    found = {
        name: editor.get(page(name)).content.decode()
        for name in ("participants", "bodies", "names", "areas", "history")
    }

    words = {
        "participants": "Nobody takes part yet.",
        "bodies": "No body is known.",
        "names": "No other name is known.",
        "areas": "No area of interest is known.",
        "history": "Nobody has changed anything yet.",
    }
    assert {name: words[name] in html for name, html in found.items()} == dict.fromkeys(words, True)
