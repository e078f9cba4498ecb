import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import SYSTEM
from comity.accounts.models import Token
from comity.audit.models import Event
from comity.audit.services import (
    EditConflict,
    black_out,
    lock_version,
    record,
    record_creation,
    record_removal,
    save_change,
)
from comity.processes.models import Process
from tests.factories.accounts import UserFactory
from tests.factories.parties import PartyFactory
from tests.factories.processes import ProcessFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return ProcessFactory(slug="meridian")


def renamed(row, editor, name, **more):
    return save_change(row, {"name": {"en": name}}, action="process.changed", by=editor, **more)


def test_record_keeps_who_what_and_plain_values(token, editor):
    event = record(
        editor, "token.moved", token, before={"user": editor}, after={"user": None}, reason="Why"
    )

    event.refresh_from_db()
    assert (event.actor, event.action, event.target, event.reason) == (
        editor,
        "token.moved",
        token,
        "Why",
    )
    assert (event.before, event.after) == ({"user": editor.pk}, {"user": None})


def test_record_knows_the_platform_by_nobody(token):
    assert record(SYSTEM, "token.seen", token).actor is None


def test_save_change_logs_only_what_differs_and_counts_the_version_up(row, editor):
    before = row.version
    changes = {"name": {"en": "Meridian Dialogue"}, "slug": row.slug}

    event = save_change(row, changes, action="process.changed", by=editor, reason="New name")

    row.refresh_from_db()
    assert (row.version, row.name) == (before + 1, {"en": "Meridian Dialogue"})
    assert event.before == {"name": {"en": "A process"}}
    assert event.after == {"name": {"en": "Meridian Dialogue"}}
    assert event.reason == "New name"


def test_save_change_refuses_a_row_that_would_be_wrong(row, editor):
    with pytest.raises(ValidationError):
        save_change(row, {"slug": "not a slug"}, action="process.changed", by=editor)

    assert not Event.objects.filter(action="process.changed").exists()
    assert Process.objects.get(pk=row.pk).slug == "meridian"


def test_lock_version_returns_the_row_as_it_stands(row, editor):
    shown = Process.objects.get(pk=row.pk)
    renamed(row, editor, "Meridian Dialogue")

    current = lock_version(shown, row.version)

    assert current.name == {"en": "Meridian Dialogue"}


def test_second_editor_is_told_who_was_first_and_what_differs(row, editor):
    shown = Process.objects.get(pk=row.pk)
    event = renamed(row, editor, "Meridian Dialogue")
    yours = {"name": {"en": "Meridian Talks"}, "slug": "meridian"}

    with pytest.raises(EditConflict, match=r"editor@meridian\.example changed this on") as caught:
        lock_version(shown, shown.version, yours=yours)

    assert caught.value.code == "version"
    assert caught.value.current == row
    (difference,) = caught.value.differences
    assert (difference.name, difference.who, difference.at) == (
        "name",
        "editor@meridian.example",
        event.at,
    )
    assert (difference.yours, difference.theirs) == (
        "English: Meridian Talks",
        "English: Meridian Dialogue",
    )


def test_conflict_is_told_also_where_the_log_is_silent(row):
    with pytest.raises(EditConflict, match="Somebody else has changed this") as caught:
        lock_version(row, row.version + 1, yours={"slug": "other"})

    (difference,) = caught.value.differences
    assert (difference.who, difference.at) == ("", None)
    assert (difference.yours, difference.theirs) == ("other", "meridian")


def test_conflict_without_a_proposal_has_no_differences(row):
    with pytest.raises(EditConflict) as caught:
        lock_version(row, row.version + 1)

    assert caught.value.differences == []


def test_record_creation_and_removal_keep_all_that_was_entered(silent_token, editor):
    made = record_creation(silent_token, action="token.made", by=editor)
    removed = record_removal(silent_token, action="token.removed", by=editor, reason="Lost")

    entered = {"user": editor.pk, "name": "Office", "expires_on": None}
    assert (made.before, made.after) == ({}, entered)
    assert (removed.before, removed.after, removed.reason) == (entered, {}, "Lost")


def test_passwords_are_never_in_the_log(editor):
    event = record_creation(editor, action="account.made", by=SYSTEM)

    assert sorted(event.after) == ["email", "is_active", "is_superuser", "language", "last_login"]


def test_save_change_sets_and_logs_rows_of_many_to_many(editor):
    party, *successors = (PartyFactory() for _ in range(3))

    event = save_change(party, {"successors": successors}, action="party.changed", by=editor)

    keys = [successor.pk for successor in successors]
    assert (event.before, event.after) == ({"successors": []}, {"successors": keys})
    assert list(party.successors.order_by("pk")) == successors


def test_black_out_leaves_no_trace_of_the_value(token):
    record(SYSTEM, "token.renamed", token, before={"name": "Office"}, after={"name": "Ada"})
    record(SYSTEM, "token.seen", token, after={"expires_on": None}, reason="Ada asked")

    black_out(target=token, fields=["name"], reason="Retention", by=SYSTEM, and_reasons=True)

    rows = list(Event.objects.order_by("pk").values("before", "after", "salts", "reason"))
    assert "Ada" not in json.dumps(rows)
    assert "Office" not in json.dumps(rows)
    assert [row["after"] for row in rows] == [
        {"use": "api", "expires_on": None},
        {},
        {"expires_on": None},
        {"fields": ["name", "reason"]},
    ]
    assert rows[-1]["reason"] == "Retention"


def test_black_out_keeps_reasons_and_other_fields_and_rows(token, editor):
    other = Token.objects.create(user=editor, name="Other", prefix="p", digest="o")
    record(editor, "token.renamed", other, after={"name": "Kept"}, reason="Kept too")
    record(editor, "token.renamed", token, after={"name": "Gone"}, reason="Kept as well")

    event = black_out(
        target=token, fields=["name"], reason="Retention", by=UserFactory(is_superuser=True)
    )

    kept = Event.objects.filter(action="token.renamed").order_by("pk")
    assert [(row.after, row.reason) for row in kept] == [
        ({"name": "Kept"}, "Kept too"),
        ({}, "Kept as well"),
    ]
    assert event.after == {"fields": ["name"]}


def test_black_out_is_for_who_runs_the_installation_and_needs_a_reason(token, editor):
    with pytest.raises(PermissionDenied):
        black_out(target=token, fields=["name"], reason="Retention", by=editor)
    with pytest.raises(ValidationError, match="Say why"):
        black_out(target=token, fields=["name"], reason=" ", by=SYSTEM)

    assert Event.objects.get().after["name"] == "Office"
