"""A kind of call of which that somebody answered says what: its board is not for the members."""

from django.utils import timezone

from comity.calls.models import Call, Reply
from comity.calls.models.calls import discreet_kinds
from tests.factories.calls import CallFactory, ReplyFactory


def test_board_of_a_discreet_kind_is_for_presidency_and_secretariat(
    people, affiliations, process, monkeypatch
):
    monkeypatch.setattr(discreet_kinds, "_entries", {"hushed": "hushed"})
    hushed, told = CallFactory(process=process, kind="hushed"), CallFactory(process=process)
    ReplyFactory(call=hushed, party=affiliations["focal_point"].party)
    today = timezone.localdate()

    boards = {
        name: sorted(Call.objects.on_board_of(person, today).values_list("kind", flat=True))
        for name, person in people.items()
    }

    both, one = ["hushed", "questions"], ["questions"]
    members = {"focal_point": one, "other_focal_point": one, "body_member": one}
    informed = {"chair": both, "secretariat": both}
    others = {name: [] for name in people}
    assert boards == others | members | informed
    assert not Reply.objects.on_board_of(people["other_focal_point"], today).exists()
    assert told in Call.objects.visible_to(people["focal_point"], today)
