"""A circular note goes out once, to each reader in their language, and is in the register."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import may
from comity.audit.queries import history_of
from comity.audit.services import EditConflict
from comity.correspondence.circular_files import (
    KIND,
    circular_pdf,
    circular_word,
    file_name,
    owner_of,
)
from comity.correspondence.models import Circular, Note
from comity.correspondence.queries import addressees
from comity.correspondence.services import (
    CircularFacts,
    change_circular,
    discard_circular,
    enclose,
    prepare_circular,
    send_circular,
    take_out,
)
from comity.correspondence.services.circulars import MOST_ENCLOSED_BYTES
from comity.office.services import keep_template
from comity.outbox.models import Message
from comity.parties.models import Affiliation
from comity.processes.models import Participation, Status
from comity.store.models import StoredFile
from tests.conftest import PERSONAS
from tests.correspondence.conftest import kept
from tests.factories.calls import CallFactory

TODAY = date(2026, 10, 5)
SPOKEN = ("focal_point", "other_focal_point", "observer")


def circular_facts(**others):
    known = {
        "number": "CIRC/2026/7",
        "subject": {"en": "Budget"},
        "text": {"en": "The budget is here."},
        "signatory": "A. Head",
        "dated": TODAY,
    }
    return CircularFacts(**(known | others))


@pytest.fixture
def speaking(affiliations):
    """Some parties have somebody who speaks for them."""
    for name in SPOKEN:
        Affiliation.objects.filter(pk=affiliations[name].pk).update(may_speak=True)


def send(circular, by):
    return send_circular(circular=circular, version=circular.version, by=by)


def test_circular_is_written_and_changed(process, secretariat, affiliations):
    row = prepare_circular(process=process, facts=circular_facts(), by=secretariat)
    chosen = [affiliations["chair"].party]
    change_circular(
        circular=row, facts=circular_facts(asked_parties=chosen), version=1, by=secretariat
    )

    row.refresh_from_db()
    assert (row.version, list(row.asked_parties.all()), row.sent_at) == (2, chosen, None)
    assert [each.action for each in history_of(row)] == ["circular.changed", "circular.prepared"]
    with pytest.raises(EditConflict):
        change_circular(circular=row, facts=circular_facts(), version=1, by=secretariat)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": {}}, "at least one language"),
        ({"text": {"en": "A", "fr": "B"}}, "same languages: fr"),
        ({"number": "CIRC/2026/1"}, "in the register already"),
    ],
)
def test_circular_says_what_is_wrong_with_it(process, secretariat, wrong, words):
    prepare_circular(process=process, facts=circular_facts(number="CIRC/2026/1"), by=secretariat)
    with pytest.raises(ValidationError, match=words):
        prepare_circular(process=process, facts=circular_facts(**wrong), by=secretariat)


def test_circular_of_a_call_of_another_process_is_refused(process, secretariat):
    with pytest.raises(ValidationError, match="another process"):
        prepare_circular(process=process, facts=circular_facts(call=CallFactory()), by=secretariat)


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"secretariat"}))
def test_nobody_else_writes_or_sends(process, circular, people, secretariat, name):
    file = kept(secretariat)
    enclosure = enclose(circular=circular, file=file, name="page.txt", by=secretariat)
    steps = [
        lambda by: prepare_circular(process=process, facts=circular_facts(), by=by),
        lambda by: change_circular(circular=circular, facts=circular_facts(), version=1, by=by),
        lambda by: discard_circular(circular=circular, version=1, by=by),
        lambda by: enclose(circular=circular, file=file, name="b.txt", by=by),
        lambda by: take_out(enclosure=enclosure, by=by),
        lambda by: send_circular(circular=circular, version=1, by=by),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step(people[name])
    assert not Circular.objects.visible_to(people[name], TODAY).exists()


def test_circular_goes_to_each_reader_in_their_language_with_its_pdf(
    circular, secretariat, people, speaking
):
    people["other_focal_point"].language = "es"
    people["other_focal_point"].save()
    enclose(circular=circular, file=kept(secretariat), name="page.txt", by=secretariat)

    note = send(circular, secretariat)

    mails = {mail.to: mail for mail in Message.objects.all()}
    english, spanish = people["focal_point"].email, people["other_focal_point"].email
    assert set(mails) == {english, spanish}
    assert mails[english].subject.endswith(": Senior officials")
    assert mails[spanish].subject.endswith(": Altos funcionarios")
    assert "La reunión es en mayo." in mails[spanish].text
    names = {to: [each.name for each in mail.attachments.all()] for to, mail in mails.items()}
    assert names == {
        english: [file_name(circular, "en", "pdf"), "page.txt"],
        spanish: [file_name(circular, "es", "pdf"), "page.txt"],
    }
    circular.refresh_from_db()
    assert (circular.note, note.number, note.direction) == (note, circular.number, "out")
    assert set(note.parties.all()) == set(addressees(circular, TODAY))


def test_reader_of_another_language_is_told_in_which_the_note_is(
    circular, secretariat, people, speaking
):
    people["focal_point"].language = "fr"
    people["focal_point"].save()

    send(circular, secretariat)

    mail = Message.objects.get(to=people["focal_point"].email)
    assert (mail.language, "The meeting is in May." in mail.text) == ("fr", True)
    assert "English" in mail.text or "anglais" in mail.text


def test_circular_is_sent_once(circular, secretariat, speaking):
    send(circular, secretariat)
    circular.refresh_from_db()

    for step in (
        lambda: send(circular, secretariat),
        lambda: change_circular(
            circular=circular, facts=circular_facts(), version=2, by=secretariat
        ),
        lambda: discard_circular(circular=circular, version=2, by=secretariat),
        lambda: enclose(circular=circular, file=kept(secretariat), name="b", by=secretariat),
        lambda: take_out(enclosure=circular.enclosures.first(), by=secretariat),
    ):
        with pytest.raises(ValidationError, match="was sent"):
            step()
    assert (Note.objects.count(), Message.objects.count()) == (1, 2)


def test_circular_that_somebody_changed_meanwhile_is_not_sent(circular, secretariat, speaking):
    change_circular(circular=circular, facts=circular_facts(), version=1, by=secretariat)

    with pytest.raises(EditConflict):
        send_circular(circular=circular, version=1, by=secretariat)
    assert not Message.objects.exists()


def test_circular_that_reaches_nobody_is_not_sent(circular, secretariat):
    with pytest.raises(ValidationError, match="Nobody can be reached"):
        send(circular, secretariat)
    assert not Note.objects.exists()


def test_who_is_barred_is_sent_nothing(circular, secretariat, people, affiliations, speaking):
    barred = Participation.objects.filter(party=affiliations["focal_point"].party)
    barred.update(status=Status.SUSPENDED)

    note = send(circular, secretariat)

    assert [mail.to for mail in Message.objects.all()] == [people["other_focal_point"].email]
    assert affiliations["focal_point"].party not in note.parties.all()


def test_chosen_parties_alone_are_addressed(circular, affiliations):
    circular.asked_parties.add(affiliations["observer"].party)

    assert addressees(circular, TODAY) == [affiliations["observer"].party]


def test_circular_that_was_not_sent_is_discarded(circular, secretariat):
    discard_circular(circular=circular, version=1, by=secretariat)

    assert not Circular.objects.exists()


def test_files_are_enclosed_and_taken_out(circular, secretariat):
    file = kept(secretariat)
    enclosure = enclose(circular=circular, file=file, name="page.txt", by=secretariat)
    with pytest.raises(ValidationError, match="enclosed already"):
        enclose(circular=circular, file=file, name="page.txt", by=secretariat)
    large = StoredFile.objects.create(
        sha256="0" * 64, size=MOST_ENCLOSED_BYTES, media_type="text/plain"
    )
    with pytest.raises(ValidationError, match="8 MB together"):
        enclose(circular=circular, file=large, name="large.txt", by=secretariat)

    take_out(enclosure=enclosure, by=secretariat)

    assert not circular.enclosures.exists()
    assert [each.action for each in history_of(circular)] == [
        "circular.taken_out",
        "circular.enclosed",
    ]


def words_of(content):
    import docx  # noqa: PLC0415 -- heavy

    return [each.text for each in docx.Document(BytesIO(content)).paragraphs]


def test_circular_is_a_word_file_and_a_pdf_in_each_language(circular):
    assert words_of(circular_word(circular, "en")) == [
        "A process",
        circular.number,
        "5 October 2026",
        "Senior officials",
        "The meeting is in May.",
        "Please come.",
        "A. Head",
        "",
    ]
    assert "5 de octubre de 2026" in words_of(circular_word(circular, "es"))
    assert circular_pdf(circular, "es").startswith(b"%PDF-")
    with pytest.raises(ValidationError):
        circular_word(circular, "fr")


def test_secretariat_keeps_its_own_template(circular, secretariat, people):
    import docx  # noqa: PLC0415 -- heavy

    own, stream = docx.Document(), BytesIO()
    own.add_paragraph("Our own paper: {{ number }}")
    own.save(stream)
    file = kept(secretariat, "own.docx", stream.getvalue())
    owner = owner_of(circular.process)

    keep_template(kind=KIND, owner=owner, language="en", file=file, version=0, by=secretariat)

    assert words_of(circular_word(circular, "en")) == [f"Our own paper: {circular.number}"]
    keepers = {n for n, p in people.items() if may(p, "office.keep_template", owner)}
    assert keepers == {"secretariat"}
    assert not may(secretariat, "office.keep_template", "correspondence:nowhere")
    assert not may(secretariat, "office.keep_template", "other")
