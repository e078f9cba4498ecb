from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comity.accounts import names
from comity.accounts.authority import SYSTEM
from comity.accounts.models import Token, User
from comity.audit import queries
from comity.audit.queries import history_of, read_history, what_was_done
from comity.audit.services import black_out, record
from comity.audit.values import plain, shown
from comity.core.registry import Registry
from comity.processes.models import Office
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def told(entry):
    return [(field.label, field.before, field.after) for field in entry.fields]


def test_history_tells_who_did_what_field_by_field_latest_first(token, editor):
    other = UserFactory(email="other@meridian.example")
    event = record(
        SYSTEM,
        "token.moved",
        token,
        before={"user": editor, "name": "Office", "gone": True},
        after={"user": other, "name": "", "is_new": False},
        reason="She left",
    )

    latest, first = read_history(history_of(token))

    assert (latest.who, latest.what, latest.reason, latest.at) == (
        "the platform",
        "token.moved",
        "She left",
        event.at,
    )
    assert sorted(told(latest)) == [
        ("Gone", "yes", ""),
        ("Is new", "", "no"),
        ("Name", "Office", ""),
        ("User", "editor@meridian.example", "other@meridian.example"),
    ]
    assert first.who == "editor@meridian.example"
    assert told(first) == [("Name", "", "Office"), ("Use", "", "Programs")]


def test_history_of_several_rows_keeps_out_those_of_others(token, silent_token, editor):
    record(editor, "token.seen", silent_token)
    record(editor, "account.seen", editor)

    assert [event.action for event in history_of(token, silent_token)] == [
        "token.seen",
        "token.created",
    ]
    assert list(history_of()) == []


def test_history_says_what_was_blacked_out(token):
    black_out(target=token, fields=["expires_on", "name"], reason="Retention", by=SYSTEM)

    latest, first = read_history(history_of(token))

    assert (latest.what, latest.reason, told(latest)) == (
        "took personal data out of the log",
        "Retention",
        [("Taken out", "", "Last day, Name")],
    )
    assert [(field.name, field.is_blacked_out) for field in first.fields] == [
        ("name", True),
        ("use", False),
        ("expires_on", True),
    ]


def test_history_costs_the_same_at_any_length(token, editor, django_assert_num_queries):
    record(editor, "token.moved", token, after={"user": editor})
    with CaptureQueriesContext(connection) as short:
        read_history(history_of(token))
    for _ in range(5):
        record(UserFactory(), "token.moved", token, after={"user": UserFactory()})

    with django_assert_num_queries(len(short)):
        assert len(read_history(history_of(token))) == 7


def test_actions_have_the_names_that_apps_give_them(monkeypatch):
    labels = Registry("label of an action")
    labels.add("token.seen", "Token looked at")
    monkeypatch.setattr(queries, "action_labels", labels)

    assert [what_was_done("token.seen"), what_was_done("token.lost")] == [
        "Token looked at",
        "token.lost",
    ]


def test_people_are_called_by_who_knows_them(editor, monkeypatch):
    namers = Registry("namer of accounts")
    namers.add("parties", lambda accounts: dict.fromkeys(accounts, "Ada Lovelace"))
    monkeypatch.setattr(names, "namers", namers)

    assert names.names_of({editor.pk}) == {editor.pk: "Ada Lovelace"}
    assert names.names_of([]) == {}


def test_plain_values_are_what_json_can_keep(token, editor):
    assert plain(
        {
            "office": Office.PRESIDENCY,
            "row": editor,
            "moment": datetime(2026, 3, 1, 9, tzinfo=UTC),
            "day": date(2026, 3, 1),
            "hour": time(9),
            "set": {2, 1},
            "rows": User.objects.filter(pk=editor.pk),
            "related": editor.tokens,
            "amount": Decimal("1.50"),
            3: (True, None, 1.5),
        }
    ) == {
        "office": "presidency",
        "row": editor.pk,
        "moment": "2026-03-01T09:00:00+00:00",
        "day": "2026-03-01",
        "hour": "09:00:00",
        "set": [1, 2],
        "rows": [editor.pk],
        "related": [token.pk],
        "amount": "1.50",
        "3": [True, None, 1.5],
    }


def test_values_are_shown_in_words():
    assert [
        shown(Token, "user", 99, {}),
        shown(Token, "name", ["a", "b"], {}),
        shown(Token, "fields", "a", {}),
        shown(Token, "name", {"en": "Return", "es": "Retorno"}, {}),
    ] == ["something that is no longer there", "a, b", "a", "English: Return · Español: Retorno"]
