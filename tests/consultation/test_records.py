"""The negotiating record after adoption: kept, sealed or destroyed."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from comity.accounts.authority import SYSTEM
from comity.audit.chain import verify_chain
from comity.audit.models import Event
from comity.calls.models import Call, Entry, Submission
from comity.calls.services import record_answer
from comity.consultation.models import (
    Alternative,
    Bracket,
    ClosedRecord,
    Consultation,
    Proposal,
    RecordOpening,
)
from comity.consultation.services.records import close_record, open_record
from comity.outbox.models import Message
from comity.store.models import StoredFile
from tests.conftest import PERSONAS
from tests.consultation.conftest import NOW
from tests.factories.calls import CallFactory, ReplyFactory
from tests.factories.consultation import ConsultationFactory
from tests.factories.store import StoredFileFactory

SECRET = "Xylophone-like words"


@pytest.fixture
def negotiated(answered, paragraphs, revision, parties, secretariat):
    """A text on which a State proposed, the secretariat recorded a note, a bracket was lifted."""
    answered(**{f"p{paragraphs[1].pk}_words": SECRET, f"p{paragraphs[1].pk}_comment": f"{SECRET}."})
    proposal = Proposal.objects.get()
    Proposal.objects.filter(pk=proposal.pk).update(outcome="not_taken", reason=f"No {SECRET}")
    bracket = Bracket.objects.create(
        paragraph=paragraphs[1], opened_in=revision, opened_at=NOW, chosen=SECRET
    )
    row = Alternative.objects.create(bracket=bracket, order=1, words={"en": SECRET})
    row.proposals.add(proposal)
    call = Call.objects.get()
    noted = ReplyFactory(call=call, party=parties["chair"])
    values = {"language": "en", "general": SECRET}
    scan = StoredFileFactory()
    record_answer(reply=noted, values=values, way="note", note=SECRET, scan=scan, by=secretariat)
    return revision.text


def anywhere(words):
    """Return the tables of the database in which ``words`` stand, whatever the column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- a table of ours
            if any(words in str(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return sorted(found)


def test_kept_record_stays_as_it_is(negotiated, secretariat):
    assert close_record(text=negotiated, by=secretariat) is None

    assert Proposal.objects.count() == 2
    assert not ClosedRecord.objects.exists()


def test_destroyed_record_is_nowhere_any_more(negotiated, rules, secretariat):
    rules(record_after="destroyed")
    assert SECRET in str(anywhere(SECRET)) or len(anywhere(SECRET)) > 3

    closed = close_record(text=negotiated, by=secretariat, now=NOW)

    assert (closed.way, closed.content, closed.closed_at) == ("destroyed", None, NOW)
    assert anywhere(SECRET) == []
    assert not StoredFile.objects.exists()
    assert not any(each.objects.exists() for each in (Proposal, Bracket, Entry, Alternative))
    assert verify_chain() == []
    assert {each.values == {} for each in Submission.objects.all()} == {True}
    assert Call.objects.get().state == "closed"
    with pytest.raises(ValidationError, match="was destroyed"):
        open_record(closed=closed, reason="Court", by=secretariat, site="")


def test_sealed_record_is_in_one_row_alone(negotiated, rules, secretariat):
    rules(record_after="sealed")

    closed = close_record(text=negotiated, by=SYSTEM)

    assert anywhere(SECRET) == [ClosedRecord._meta.db_table]
    assert [scan.pk for scan in closed.scans.all()] == [StoredFile.objects.get().pk]
    assert verify_chain() == []
    assert close_record(text=negotiated, by=SYSTEM) is None


def test_what_was_being_prepared_or_asked_is_over(negotiated, rules, secretariat, revision):
    prepared = CallFactory(
        process=revision.text.document.process,
        kind="consultation",
        state="prepared",
        opened_at=None,
    )
    ConsultationFactory(call=prepared, revision=revision)
    over = CallFactory(process=prepared.process, kind="consultation", state="closed")
    ConsultationFactory(call=over, revision=revision)
    rules(record_after="destroyed")

    close_record(text=negotiated, by=secretariat)

    assert Consultation.objects.count() == 2
    assert set(Call.objects.values_list("state", flat=True)) == {"closed"}


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"secretariat"}))
def test_nobody_else_closes_it(negotiated, rules, people, name):
    rules(record_after="destroyed")

    with pytest.raises(PermissionDenied):
        close_record(text=negotiated, by=people[name])


def test_sealed_record_is_opened_for_a_reason_that_the_presidency_is_told(
    negotiated, rules, secretariat, people
):
    rules(record_after="sealed")
    closed = close_record(text=negotiated, by=secretariat)
    with pytest.raises(ValidationError, match="Say why"):
        open_record(closed=closed, reason=" ", by=secretariat, site="")

    content = open_record(
        closed=closed, reason="A court asks.", by=secretariat, site="https://c.example/", now=NOW
    )

    (proposed,) = content["consultations"]
    assert [each["words"] for each in proposed["proposals"]].count(SECRET) == 1
    assert json.dumps(content).count(SECRET) > 5
    opening = RecordOpening.objects.get()
    assert (opening.opened_by, opening.reason) == (secretariat, "A court asks.")
    message = Message.objects.get()
    assert message.to == people["chair"].email
    assert "A court asks." in message.text
    assert SECRET not in message.text + message.subject
    assert Event.objects.get(action="record.opened").reason == "A court asks."


def test_presidency_opens_it_and_is_not_told_of_itself(negotiated, rules, people, secretariat):
    rules(record_after="sealed")
    closed = close_record(text=negotiated, by=secretariat)

    open_record(closed=closed, reason="To know.", by=people["chair"], site="")

    assert not Message.objects.exists()


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"chair", "secretariat"}))
def test_nobody_else_opens_it(negotiated, rules, people, secretariat, committee, name):
    rules(record_after="sealed")
    closed = close_record(text=negotiated, by=secretariat)

    with pytest.raises(PermissionDenied):
        open_record(closed=closed, reason="Why not", by=people[name], site="")
