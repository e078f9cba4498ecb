"""The boards: who has answered, in protocol order, told to those who may know."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comity.calls.models import Call, CallState, Reply
from comity.calls.models.calls import discreet_kinds
from comity.calls.queries.board import MOST_COLUMNS, read_process_board
from comity.calls.queries.standing import standing_of
from comity.calls.services import accept_reply, record_answer, save_entries
from tests.calls.conftest import versions
from tests.factories.approved import ApprovedListFactory, ApprovedNameFactory, FootnoteFactory
from tests.factories.calls import CallFactory, ReplyFactory
from tests.factories.parties import PartyFactory, PartyNameFactory

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAST = NOW - timedelta(days=6)
AHEAD = NOW + timedelta(days=9)


@pytest.fixture
def office(client, secretariat):
    client.force_login(secretariat)
    return client


def named(name):
    return PartyNameFactory(name=name).party


def board_of(client, process):
    return client.get(reverse("calls:board", args=[process.slug]))


def call_page(client, call):
    return client.get(reverse("calls:call", args=[call.pk]))


def words_of(row):
    return [cell.standing and (cell.standing.words, cell.standing.remark) for cell in row.cells]


@pytest.mark.parametrize(
    ("call", "reply", "expected"),
    [
        ({"due_at": AHEAD}, {}, ("awaited", "awaited", "")),
        ({"due_at": PAST}, {}, ("late", "late", "6 days")),
        ({"due_at": NOW - timedelta(hours=1)}, {}, ("late", "late", "")),
        ({"due_at": PAST}, {"state": "returned"}, ("late", "late", "6 days, returned")),
        ({"due_at": PAST}, {"due_at": AHEAD}, ("awaited", "awaited", "more time")),
        ({"due_at": AHEAD}, {"due_at": PAST}, ("awaited", "awaited", "")),
        ({"due_at": PAST}, {"state": "sent"}, ("submitted", "sent", "")),
        ({"due_at": PAST}, {"state": "accepted"}, ("cleared", "accepted", "")),
        ({"due_at": PAST, "state": "closed"}, {}, ("awaited", "no answer", "")),
        (
            {"due_at": PAST, "state": "closed"},
            {"due_at": AHEAD},
            ("awaited", "awaited", "more time"),
        ),
        ({"due_at": AHEAD, "state": "withdrawn"}, {}, ("awaited", "no answer", "")),
        ({"due_at": PAST, "state": "closed"}, {"state": "returned"}, ("returned", "returned", "")),
    ],
)
def test_standing_says_how_far_a_reply_is(call, reply, expected):
    asked = Call(**{"state": CallState.OPEN, **call})

    found = standing_of(asked, Reply(call=asked, **reply), NOW)

    assert (found.kind, found.words, found.remark) == expected


def test_board_stands_in_the_approved_order_and_never_by_lateness(office, process, call):
    listed = ApprovedListFactory(process=process, begins="2026-01-01", decision="Plenary")
    note = FootnoteFactory(listed_in=listed, mark="*")
    late, early, other = named("Aland"), named("Zembla"), named("Mundania")
    ApprovedNameFactory(
        listed_in=listed, party=early, name={"en": "Zembla"}, positions={"en": 1}, footnote=note
    )
    ApprovedNameFactory(
        listed_in=listed, party=late, name={"en": "Aland (Isles of)"}, positions={"en": 2}
    )
    lagging = CallFactory(process=process, due_at=timezone.now() - timedelta(days=2))
    for party, state in ((late, "awaited"), (other, "accepted"), (early, "accepted")):
        ReplyFactory(call=call, party=party)
        ReplyFactory(call=lagging, party=party, state=state)

    shown = board_of(office, process).context["board"]
    of_call = call_page(office, lagging).context["board"]

    assert [row.name for row in shown.rows] == ["Zembla*", "Aland (Isles of)", "Mundania"]
    assert [line.name for line in of_call.lines] == ["Zembla*", "Aland (Isles of)", "Mundania"]
    assert [asked for asked, _totals in shown.calls] == [lagging, call]
    assert [words_of(row) for row in shown.rows] == [
        [("accepted", ""), ("awaited", "")],
        [("late", "2 days"), ("awaited", "")],
        [("accepted", ""), ("awaited", "")],
    ]
    assert (dict(shown.notes), shown.late) == ({"*": "Without prejudice."}, 1)
    assert [(totals.asked, totals.answered, totals.late) for _call, totals in shown.calls] == [
        (3, 2, 1),
        (3, 0, 0),
    ]


def test_board_of_a_process_holds_open_calls_of_that_process_alone(office, process, call, reply):
    for state in (CallState.PREPARED, CallState.CLOSED, CallState.WITHDRAWN):
        opened = None if state == CallState.PREPARED else NOW
        ReplyFactory(call=CallFactory(process=process, state=state, opened_at=opened))
    ReplyFactory(call=CallFactory())
    other = ReplyFactory(call=CallFactory(process=process, due_at=datetime(2031, 1, 1, tzinfo=UTC)))

    shown = board_of(office, process).context["board"]

    assert [asked for asked, _totals in shown.calls] == [call, other.call]
    assert {row.code: words_of(row) for row in shown.rows} == {
        reply.party.code: [("awaited", ""), None],
        other.party.code: [None, ("awaited", "")],
    }


def test_members_are_not_told_who_answered_a_discreet_call(client, people, process, reply):
    reply.call.kind = next(iter(discreet_kinds))
    reply.call.save()

    told = {}
    for name in ("secretariat", "chair", "other_focal_point"):
        client.force_login(people[name])
        asked = [call for call, _totals in board_of(client, process).context["board"].calls]
        file = client.get(reverse("calls:call_file", args=[reply.call_id, "csv"]))
        told[name] = (asked, file.status_code)

    assert told == {
        "secretariat": ([reply.call], 200),
        "chair": ([reply.call], 200),
        "other_focal_point": ([], 404),
    }


def test_calls_beyond_the_width_of_the_board_are_counted(process, secretariat):
    for _each in range(MOST_COLUMNS + 2):
        CallFactory(process=process)

    board = read_process_board(process, secretariat, NOW.date(), NOW)

    assert (len(board.calls), board.left_out) == (MOST_COLUMNS, 2)


def test_board_without_open_calls_says_so(office, process, affiliations):
    assert "No call is open." in board_of(office, process).content.decode()


def test_board_betrays_no_draft(client, people, process, reply, keys, focal_point):
    def seen():
        pages = []
        for name in ("secretariat", "chair", "other_focal_point"):
            client.force_login(people[name])
            pages += [board_of(client, process), call_page(client, reply.call)]
        return [page.content.decode().split("csrfmiddlewaretoken")[-1][90:] for page in pages]

    before = seen()
    save_entries(reply=reply, values={keys[0]: "A draft."}, seen={}, by=focal_point)

    assert versions(reply)
    assert seen() == before


def test_names_of_people_are_for_the_secretariat(client, people, reply, sent, focal_point):
    cleared_by = {}
    for name in ("secretariat", "chair", "other_focal_point"):
        client.force_login(people[name])
        response = call_page(client, reply.call)
        (line,) = response.context["board"].lines
        cleared_by[name] = line.person
        assert (str(focal_point.person) in response.content.decode()) == (name == "secretariat")

    assert cleared_by == {
        "secretariat": str(focal_point.person),
        "chair": "",
        "other_focal_point": "",
    }


def test_recorded_answers_are_marked(office, call, reply, keys, secretariat):
    record_answer(reply=reply, values={keys[0]: "Said."}, way="telephone", by=secretariat)

    shown = " ".join(call_page(office, call).content.decode().split())

    assert "recorded, by telephone" in shown
    assert "confirmed by the party" not in shown


def rows_of(response):
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def test_board_of_a_process_is_handed_out_as_a_table(office, process, call, reply):
    rows = rows_of(office.get(reverse("calls:board_file", args=[process.slug, "csv"])))

    assert rows == [
        ["Party", "Code", "Readmission (31 January 2030)"],
        [str(reply.party), reply.party.code, "awaited"],
    ]
    book = office.get(reverse("calls:board_file", args=[process.slug, "xlsx"]))
    assert (book.status_code, book.content[:2]) == (200, b"PK")
    assert office.get(reverse("calls:board_file", args=[process.slug, "doc"])).status_code == 404


def test_board_of_a_call_is_handed_out_without_people_to_members(
    client, people, call, sent, secretariat, focal_point
):
    address = reverse("calls:call_file", args=[call.pk, "csv"])
    accept_reply(submission=sent, by=secretariat)
    client.force_login(secretariat)
    for_secretariat = rows_of(client.get(address))
    client.force_login(people["chair"])
    for_chair = rows_of(client.get(address))

    assert for_secretariat[0][-1] == "Cleared or recorded by"
    assert for_secretariat[1][-1] == str(focal_point.person)
    assert for_chair == [row[:-1] for row in for_secretariat]
    assert for_chair[1][2:5] == ["accepted", "31 January 2030", "on this site"]


@pytest.mark.parametrize("name", ["board", "board_file", "call", "call_file"])
def test_boards_ask_as_much_of_the_database_at_any_size(office, process, call, name):
    party = ("board", "board_file")
    args = [process.slug] if name in party else [call.pk]
    address = reverse(f"calls:{name}", args=[*args, *(["csv"] if "file" in name else [])])

    def cost():
        with CaptureQueriesContext(connection) as asked:
            response = office.get(address)
            if response.streaming:
                b"".join(response.streaming_content)
        return len(asked)

    Reply.objects.bulk_create(Reply(call=call, party=PartyFactory()) for _each in range(5))
    few = cost()
    few = min(few, cost())
    Reply.objects.bulk_create(Reply(call=call, party=PartyFactory()) for _each in range(60))

    assert cost() == few
    assert few <= 24
