from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction

from comity.accounts.authority import SYSTEM
from comity.audit.chain import verify_chain
from comity.audit.models import AppendOnlyError, Event, Head
from comity.audit.services import black_out, record

pytestmark = pytest.mark.django_db
TRIGGERS = ("event_refuses_update", "event_refuses_delete")


@pytest.fixture
def log(token):
    """Three events: made, renamed, nothing more said."""
    record(SYSTEM, "token.renamed", token, before={"name": "Office"}, after={"name": "Ada"})
    record(SYSTEM, "token.seen", token, reason="An inspection")
    return list(Event.objects.order_by("pk"))


@pytest.fixture
def locked(db):
    """The database as installations have it: the tests of SQLite must empty their tables."""
    if connection.vendor == "sqlite":
        migration = import_module("comity.audit.migrations.0002_refuse_changes")
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS event_refuses_delete")
            cursor.execute(migration.SQLITE[1])


@pytest.fixture
def unlocked(db):
    """The database as somebody leaves it who may drop triggers."""
    on_table = " ON audit_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def change(event, **values):
    models.QuerySet(Event).filter(pk=event.pk).update(**values)


def test_empty_log_is_as_it_was_written(db):
    assert verify_chain() == []


def test_log_is_as_it_was_written(log, capsys):
    call_command("verify_log")

    assert verify_chain() == []
    assert capsys.readouterr().out == "3 events, each as it was written.\n"
    assert Head.objects.get().digest == log[-1].digest


def test_event_refuses_to_be_saved_again_or_deleted(log):
    for attempt in (
        log[0].save,
        log[0].delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(action="x"),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET action = 'x'",
        "UPDATE audit_event SET actor_id = NULL WHERE actor_id IS NOT NULL",
        "UPDATE audit_event SET digest = 'x'",
        "DELETE FROM audit_event",
    ],
)
def test_database_refuses_what_gets_past_our_code(log, statement, locked):
    with (
        pytest.raises(DatabaseError, match="The log is only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert verify_chain() == []


@pytest.mark.parametrize(
    "values",
    [{"action": "token.lost"}, {"actor": None}, {"object_id": 99}, {"digest": "0" * 64}],
)
def test_changed_event_is_found(unlocked, log, values):
    change(log[0], **values)

    assert f"Event {log[0].pk} does not follow from the one before it." in verify_chain()


@pytest.mark.parametrize(
    ("values", "name", "side"),
    [
        ({"before": {"name": "Other"}}, "name", "before"),
        ({"after": {"name": "Ada", "more": 1}}, "more", "after"),
        ({"reason": "Another"}, "reason", "reason"),
    ],
)
def test_changed_value_is_found(log, values, name, side):
    pk = log[1].pk
    change(log[1], **values)

    assert verify_chain() == [f"Event {pk}: “{name}” ({side}) is not what was written."]


def test_event_taken_out_of_the_middle_is_found(unlocked, log):
    models.QuerySet(Event).filter(pk=log[1].pk)._raw_delete("default")

    assert verify_chain() == [
        f"Event {log[2].pk} does not follow from the one before it.",
        "The log should end after 3 events; it has 2.",
    ]


def test_event_taken_off_the_end_is_found(unlocked, log):
    models.QuerySet(Event).filter(pk=log[2].pk)._raw_delete("default")

    assert verify_chain() == ["The log should end after 3 events; it has 2."]
    with pytest.raises(CommandError, match="should end after 3 events"):
        call_command("verify_log")


def test_value_emptied_without_a_word_is_found(log):
    pk = log[1].pk
    salts = {"before": {}, "after": log[1].salts["after"], "reason": log[1].salts["reason"]}
    change(log[1], before={}, salts=salts)

    assert verify_chain() == [f"Event {pk}: “name” was emptied, and no event says so."]


def test_one_value_blacked_out_excuses_no_other_that_was_emptied(token, silent_token, log):
    other = record(SYSTEM, "token.seen", silent_token, after={"name": "Ada"})
    later = record(SYSTEM, "token.seen", token, reason="Another inspection")
    black_out(target=token, fields=["name"], reason="Retention is over", by=SYSTEM)
    for event, values in ((later, {"reason": ""}), (other, {"after": {}})):
        salts = {side: {} if side in values else kept for side, kept in event.salts.items()}
        if "reason" in values:
            del salts["reason"]
        change(event, salts=salts, **values)

    assert verify_chain() == [
        f"Event {other.pk}: “name” was emptied, and no event says so.",
        f"Event {later.pk}: “reason” was emptied, and no event says so.",
    ]


def test_value_emptied_after_it_was_blacked_out_before_is_found(token, log):
    black_out(target=token, fields=["name"], reason="Retention is over", by=SYSTEM)
    event = record(SYSTEM, "token.renamed", token, after={"name": "Eve"})
    change(event, after={}, salts=event.salts | {"after": {}})

    assert verify_chain() == [f"Event {event.pk}: “name” was emptied, and no event says so."]


def test_blacked_out_values_leave_a_chain_that_verifies(token, log):
    black_out(target=token, fields=["name"], reason="Retention is over", by=SYSTEM)

    assert verify_chain() == []


def test_value_put_where_one_was_blacked_out_is_found(token, log):
    black_out(target=token, fields=["name"], reason="Retention is over", by=SYSTEM)
    change(log[1], before={"name": "Forged"})

    assert verify_chain() == [f"Event {log[1].pk}: “name” (before) is not what was written."]
