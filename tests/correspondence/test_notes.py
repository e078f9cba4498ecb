"""The register: unique numbers, who reads what, exchanges of notes, what is due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import SYSTEM, may
from comity.audit.queries import history_of
from comity.audit.services import EditConflict
from comity.calls.reminders.services import send_daily_mail
from comity.correspondence.desk import notes_on_desk
from comity.correspondence.models import Note, NumberPlan
from comity.correspondence.numbers import next_circular, next_number
from comity.correspondence.queries import Wanted, chain_of, lines_of, read_register
from comity.correspondence.services import Scan, change_note, register_note, set_numbers
from comity.outbox.models import Message
from comity.processes.audiences import Audience
from tests.access_rows import TAKING_PART
from tests.conftest import PERSONAS
from tests.correspondence.conftest import facts, kept
from tests.factories.calls import CallFactory, ReplyFactory
from tests.factories.correspondence import CircularFactory, NoteFactory
from tests.factories.parties import PartyNameFactory
from tests.factories.processes import ProcessFactory

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SERIES = {"received": "NV-IN", "sent": "NV-OUT", "circular": "CN"}


def seeing(people, note):
    visible = Note.objects.visible_to
    return {n for n, p in people.items() if visible(p, TODAY).filter(pk=note.pk).exists()}


def test_note_is_entered_with_all_that_is_known(process, party, secretariat):
    scan = Scan(kept(secretariat), "note.txt")
    row = register_note(
        process=process,
        facts=facts(party, scan=scan, reference="MFA/12", signatory="B. Minister"),
        by=secretariat,
    )

    row.refresh_from_db()
    assert (row.number, row.dated_earliest, row.dated_latest) == (
        "IN/2026/7",
        date(2026, 10, 1),
        date(2026, 10, 31),
    )
    assert (list(row.parties.all()), row.scan, row.scan_name) == ([party], scan.file, "note.txt")
    assert [each.action for each in history_of(row)] == ["note.registered"]


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"secretariat"}))
def test_nobody_else_keeps_the_register(process, note, party, people, name):
    steps = [
        lambda by: register_note(process=process, facts=facts(party), by=by),
        lambda by: change_note(note=note, facts=facts(party), version=1, by=by),
        lambda by: set_numbers(process=process, **SERIES, version=0, by=by),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step(people[name])


def test_number_stands_once_in_each_direction(process, party, secretariat):
    register_note(process=process, facts=facts(party), by=secretariat)

    with pytest.raises(ValidationError, match="in the register already"):
        register_note(process=process, facts=facts(party), by=secretariat)
    sent = register_note(process=process, facts=facts(party, direction="out"), by=secretariat)
    other = NoteFactory(process=ProcessFactory(), number="IN/2026/7")

    assert {sent.number, other.number} == {"IN/2026/7"}


def test_note_without_a_party_is_refused(process, party, secretariat):
    with pytest.raises(ValidationError, match="from whom"):
        register_note(process=process, facts=facts(party, parties=[]), by=secretariat)


def test_note_is_changed_and_its_history_keeps_what_stood_there(note, party, secretariat):
    scan = Scan(kept(secretariat), "note.txt")
    change_note(note=note, facts=facts(party, scan=scan), version=1, by=secretariat)
    change_note(note=note, facts=facts(party, subject="Returns"), version=2, by=secretariat)

    note.refresh_from_db()
    assert (note.version, note.subject, note.scan_name) == (3, "Returns", "note.txt")
    latest = history_of(note).first()
    assert latest.before["subject"] == "Figures of the year"
    with pytest.raises(EditConflict):
        change_note(note=note, facts=facts(party), version=2, by=secretariat)


def test_party_reads_its_own_notes_and_nobody_those_of_others(note, people):
    assert seeing(people, note) == {"secretariat", "focal_point"}
    assert Note.objects.visible_to(SYSTEM, TODAY).count() == 1


def test_note_is_read_by_the_audience_that_it_names(note, people):
    Note.objects.update(audience=Audience.MEMBERS)
    assert seeing(people, note) == {
        "secretariat",
        "focal_point",
        "other_focal_point",
        "body_member",
        "chair",
    }
    Note.objects.update(audience=Audience.PUBLIC)
    assert seeing(people, note) == set(PERSONAS)


def readers(process, people):
    return {name for name, one in people.items() if may(one, "correspondence.read", process)}


def test_register_is_found_by_who_takes_part_or_may_read_a_note_of_it(process, note, people):
    assert readers(process, people) == TAKING_PART | {"secretariat"}

    NoteFactory(process=process, audience=Audience.PUBLIC)

    assert readers(process, people) == set(PERSONAS)


def test_party_is_not_told_to_whom_else_a_note_went(process, note, party, affiliations, people):
    PartyNameFactory(party=party, name="Arvenia")
    PartyNameFactory(party=affiliations["chair"].party, name="Dorvane")
    note.parties.add(affiliations["chair"].party)

    (told,) = lines_of([note], process, people["focal_point"], TODAY, keeps=False)
    (kept_line,) = lines_of([note], process, people["secretariat"], TODAY, keeps=True)
    (public,) = lines_of([note], process, people["visitor"], TODAY, keeps=False)

    assert (told.parties, kept_line.parties) == (["Arvenia"], ["Arvenia", "Dorvane"])
    assert public.parties == []


def test_answer_goes_the_other_way_in_the_same_process(process, note, party, secretariat):
    for wrong, words in (
        (NoteFactory(process=process), "answers one that was sent"),
        (NoteFactory(process=ProcessFactory(), direction="out"), "another process"),
    ):
        with pytest.raises(ValidationError, match=words):
            register_note(process=process, facts=facts(party, answers=wrong), by=secretariat)


def test_answer_that_goes_round_in_a_circle_is_refused(process, note, party, secretariat):
    answer = NoteFactory(process=process, direction="out", answers=note)
    with pytest.raises(ValidationError, match="answers this one"):
        change_note(note=note, facts=facts(party, answers=answer), version=1, by=secretariat)


def test_exchange_is_shown_as_far_as_its_reader_may_see_it(process, note, party, people):
    ours = NoteFactory(process=process, direction="out", answers=note, parties=[party])
    theirs = NoteFactory(process=process, answers=ours)

    assert chain_of(ours, people["secretariat"], TODAY) == [note, ours, theirs]
    assert chain_of(theirs, people["secretariat"], TODAY) == [note, ours, theirs]
    assert chain_of(ours, people["focal_point"], TODAY) == [note, ours]
    hidden = NoteFactory(process=process, direction="out", answers=theirs, parties=[party])
    assert chain_of(hidden, people["focal_point"], TODAY) == [hidden]


def test_note_of_a_call_is_kept_with_the_reply_of_its_party(process, party, secretariat):
    call = CallFactory(process=process)
    reply = ReplyFactory(call=call, party=party)

    row = register_note(process=process, facts=facts(party, call=call), by=secretariat)
    sent = register_note(
        process=process, facts=facts(party, call=call, direction="out"), by=secretariat
    )

    assert (row.reply, sent.reply) == (reply, None)
    elsewhere = CallFactory()
    with pytest.raises(ValidationError, match="another process"):
        register_note(
            process=process, facts=facts(party, number="9", call=elsewhere), by=secretariat
        )
    row.call = CallFactory(process=process)
    with pytest.raises(ValidationError, match="another call"):
        row.full_clean()


def test_next_number_goes_on_after_the_highest_of_its_year(process, secretariat):
    for number in ("IN/2026/9", "IN/2026/10", "IN/2026/x", "IN/2025/44", "IN/2026/²"):
        NoteFactory(process=process, number=number)
    CircularFactory(process=process, number="CIRC/2026/3")

    assert next_number(process, "in", 2026) == "IN/2026/11"
    assert next_number(process, "out", 2026) == "OUT/2026/1"
    assert next_circular(process, 2026) == "CIRC/2026/4"


def test_process_sets_its_own_series(process, secretariat):
    set_numbers(process=process, **SERIES, version=0, by=secretariat)
    set_numbers(process=process, **SERIES | {"sent": "SM"}, version=1, by=secretariat)

    assert next_number(process, "in", 2026) == "NV-IN/2026/1"
    assert next_number(process, "out", 2026) == "SM/2026/1"
    assert history_of(NumberPlan.objects.get()).count() == 2
    with pytest.raises(ValidationError, match="stroke"):
        set_numbers(process=process, **SERIES | {"sent": "S/M"}, version=2, by=secretariat)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(), ["3", "2", "1"]),
        (Wanted(words="visa NOTE"), ["2"]),
        (Wanted(words="MFA/8"), ["1"]),
        (Wanted(direction="out"), ["2"]),
        (Wanted(year=2025), ["2", "1"]),
        (Wanted(year=2024), []),
        (Wanted(only_due=True), ["3"]),
    ],
)
def test_register_is_searched_and_filtered(process, secretariat, wanted, numbers):
    NoteFactory(process=process, number="1", dated="2025", reference="MFA/8")
    NoteFactory(
        process=process,
        number="2",
        direction="out",
        dated="2025-12",
        subject="Visa",
        signatory="Notes Ltd",
        reply_due_on=TODAY,
        is_settled=True,
    )
    NoteFactory(process=process, number="3", dated="2026-01-05", reply_due_on=TODAY)

    found = read_register(process, wanted, secretariat, TODAY)

    assert [row.number for row in found] == numbers


def test_register_is_filtered_by_party(process, note, party, secretariat):
    NoteFactory(process=process)

    assert list(read_register(process, Wanted(party=party), secretariat, TODAY)) == [note]


@pytest.mark.parametrize("count", [1, 5])
def test_register_costs_the_same_at_any_length(
    process, party, people, count, django_assert_num_queries
):
    for _each in range(count):
        NoteFactory(process=process, parties=[party])
    notes = list(read_register(process, Wanted(), people["secretariat"], TODAY))

    with django_assert_num_queries(3):
        assert len(lines_of(notes, process, people["secretariat"], TODAY, keeps=True)) == count


def told_of(person):
    mails = Message.objects.filter(to=person.email).order_by("pk")
    return list(mails.values_list("text", flat=True))


def test_secretariat_is_told_before_a_reply_is_due_and_once_after(process, party, people):
    due = TODAY + timedelta(days=3)
    NoteFactory(process=process, number="IN/2026/7", parties=[party], reply_due_on=due)

    for day in range(12):
        send_daily_mail(now=NOON + timedelta(days=day))

    before, after = told_of(people["secretariat"])
    assert "IN/2026/7, “Figures of the year”, is due on 26 November 2026" in before
    assert "was due on 26 November 2026" in after
    assert Message.objects.count() == 2


def test_note_that_is_answered_or_settled_is_not_told(process, people):
    NoteFactory(process=process, reply_due_on=TODAY, is_settled=True)
    asked = NoteFactory(process=process, reply_due_on=TODAY)
    NoteFactory(process=process, direction="out", answers=asked)

    assert send_daily_mail(now=NOON) == 0


def test_desk_of_the_secretariat_has_the_notes_that_await_a_reply(
    process, people, django_assert_num_queries
):
    NoteFactory(process=process, number="1", reply_due_on=TODAY)
    NoteFactory(process=process, number="2", direction="out", reply_due_on=TODAY)
    NoteFactory(process=process, number="3", reply_due_on=TODAY + timedelta(days=90))

    with django_assert_num_queries(1):
        items = list(notes_on_desk(people["secretariat"], TODAY))

    assert [(item.words[:1], item.group) for item in items] == [("1", "decide"), ("2", "follow")]
    for name in sorted({*PERSONAS} - {"secretariat", "visitor"}):
        assert list(notes_on_desk(people[name], TODAY)) == []
