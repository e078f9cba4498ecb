from datetime import date

import pytest

from comity.processes.models import Turn
from tests.factories.processes import TermFactory, TurnFactory
from tests.processes.conftest import sent


@pytest.fixture
def turns(process, affiliations):
    """The turns of the chair and of three members, in this order."""
    names = ("chair", "focal_point", "other_focal_point", "body_member")
    return [TurnFactory(process=process, party=affiliations[name].party) for name in names]


def order(process):
    return list(process.rotation.values_list("party", flat=True))


def places(turns, *given):
    typed = {f"place_{turn.party_id}": place for turn, place in zip(turns, given, strict=True)}
    return typed | {"version": 1}


def test_everybody_reads_who_presides_and_members_whose_turn_is_next(client, page, people, turns):
    address = page("rotation")

    public = client.get(address).content.decode()
    client.force_login(people["focal_point"])
    member = client.get(address).content.decode()

    chair, following = turns[0].party.code, turns[1].party.code
    assert (chair in public, following in public, "Order of rotation" in public) == (
        True,
        False,
        False,
    )
    assert (chair in member, following in member, "Pass over" in member) == (True, True, False)


def test_term_to_come_is_next_for_everybody(client, page, process, turns, arvenia):
    process.terms.filter(office="presidency").update(ends="2026", ends_latest=date(2026, 12, 31))
    TermFactory(process=process, party=arvenia, begins="2027")
    TermFactory(process=process, begins="2010", ends="2019")

    response = client.get(page("rotation"))

    chair = response.context["chair"]
    assert [term.party for term in chair.following] == [arvenia]
    assert response.context["next_term"].party_name == "Arvenia"
    assert [term.begins for term in response.context["terms"]] == ["2027", "2020", "2010"]


@pytest.mark.parametrize("count", [1, 5])
def test_rotation_asks_the_same_queries_for_any_length(
    editor, page, process, django_assert_num_queries, count
):
    TurnFactory.create_batch(count, process=process)
    for number in range(count):
        TermFactory(process=process, begins=f"20{number:02}", ends=f"20{number:02}")

    with django_assert_num_queries(8):  # session, person, name, process, terms, turns, two rights
        response = editor.get(page("rotation"))

    assert len(response.context["chair"].turns) == count


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((1, 2, 3, 4), [0, 1, 2, 3]),
        ((1, 2, 3, 2), [0, 3, 1, 2]),  # up: before who has the place now
        ((1, 4, 3, 4), [0, 2, 3, 1]),  # down: after who has the place now
        ((1, "", 3, 4), [0, 2, 3]),
    ],
)
def test_new_place_lets_the_others_make_room(editor, page, process, turns, given, expected):
    response = editor.post(page("rotation_edit"), places(turns, *given))

    assert sent(response) == (302, page("rotation"), ["This is saved."])
    assert order(process) == [turns[number].party_id for number in expected]


def test_one_new_place_for_two_is_refused(editor, page, process, turns):
    response = editor.post(page("rotation_edit"), places(turns, 1, 2, 1, 1))

    other = turns[2].party.code
    assert (response.status_code, dict(response.context["form"].errors)) == (
        422,
        {f"place_{turns[3].party_id}": [f"You gave this place to {other} too."]},
    )
    assert order(process) == [turn.party_id for turn in turns]


def test_order_changed_meanwhile_is_not_overwritten_unseen(editor, page, process, turns):
    editor.post(page("rotation_edit"), places(turns, 1, 2, 3, 2))

    response = editor.post(page("rotation_edit"), places(turns, 1, 2, 3, 4))

    assert response.status_code == 422
    assert response.context["conflict"].current == process


def test_members_without_a_turn_are_offered_a_place(editor, page, affiliations, turns):
    form = editor.get(page("rotation_edit")).context["form"]

    observer = affiliations["observer"].party
    assert [party.pk for party in form.parties] == [turn.party_id for turn in turns]
    assert observer not in form.parties


def test_turn_is_passed_over_and_restored(editor, page, process, turns):
    silent = editor.post(page("turn_pass_over", turns[1].pk), {"version": 1})
    passed = editor.post(page("turn_pass_over", turns[1].pk), {"version": 1, "reason": "Elections"})
    shown = editor.get(page("rotation")).content.decode()
    stale = editor.post(page("turn_restore", turns[1].pk), {"version": 1})
    restored = editor.post(page("turn_restore", turns[1].pk), {"version": 2})

    assert (silent.status_code, stale.status_code) == (422, 422)
    assert sent(passed)[:2] == sent(restored)[:2] == (302, page("rotation"))
    assert "Elections" in shown
    assert not Turn.objects.exclude(reason="").exists()
