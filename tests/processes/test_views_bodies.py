import pytest

from comity.processes.models import Body, Seat
from tests.factories.processes import SeatFactory
from tests.processes.conftest import sent


def test_body_is_added_changed_and_given_a_seat(editor, page, process, arvenia):
    typed = {"name_en": "Working group", "kind": "working group", "begins": "2003"}
    editor.post(page("body_add"), typed)
    made = Body.objects.get(name={"en": "Working group"})
    change = typed | {
        "version": 1,
        "name_es": "Grupo de trabajo",
        "terms_of_reference_en": "Advise.",
    }

    changed = editor.post(page("body", made.pk), change)
    seated = editor.post(page("seat_add", made.pk), {"party": "QMA", "begins": "2003"})
    shown = editor.get(page("body", made.pk))

    assert sent(changed)[:2] == (302, page("bodies"))
    assert sent(seated)[:2] == (302, page("body", made.pk))
    assert [seat.party_name for seat, _place in shown.context["seats"]] == ["Arvenia"]
    made.refresh_from_db()
    assert made.name == {"en": "Working group", "es": "Grupo de trabajo"}
    assert (made.terms_of_reference, made.slug) == ({"en": "Advise."}, "meridian-working-group")


def test_body_without_a_name_is_refused(editor, page):
    response = editor.post(page("body_add"), {"kind": "group"})

    assert dict(response.context["form"].errors) == {
        "name": ["Give the text in at least one language."]
    }


def test_seat_is_ended(editor, page, body):
    seat = body.seats.get()

    typed = {"version": 1, "begins": "2020", "ends": "2025", "note": ""}
    response = editor.post(page("seat", body.pk, seat.pk), typed)

    assert sent(response)[:2] == (302, page("body", body.pk))
    assert Seat.objects.get().ends == "2025"


@pytest.mark.parametrize("count", [1, 5])
def test_body_asks_the_same_queries_for_any_number_of_seats(
    editor, page, process, body, django_assert_num_queries, count
):
    for _ in range(count):
        SeatFactory(body=body)

    with django_assert_num_queries(10):  # as above, and body, others, seats, presidencies, turns
        response = editor.get(page("body", body.pk))

    assert len(response.context["seats"]) == count + 1
