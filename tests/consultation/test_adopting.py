"""What adoption asks: whether brackets are open, a meeting is under way, somebody writes."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from comity.consultation.adopting import (
    being_drafted,
    committee_seats,
    meeting_on,
    open_brackets,
)
from comity.consultation.services.draft import draft_for_merging
from comity.consultation.services.pen import lay_down_pen, take_pen
from comity.consultation.services.taking_along import check_out, give_up_checkout
from comity.documents.models import Document
from comity.processes.models import Seat
from comity.texts.models import Wording
from tests.consultation.conftest import TODAY
from tests.factories.processes import MeetingFactory


@pytest.mark.parametrize(
    ("words", "counts"), [("Agreed.", []), ("[a] [b] c [d]", [2]), ("never [ends", [1])]
)
def test_brackets_are_open_until_lifted_in_each_language(revision, paragraphs, words, counts):
    second = Wording.objects.filter(passage__paragraph=paragraphs[1])
    second.filter(language="es").update(words="Acordado.")
    second.filter(language="en").update(words=words)

    found = open_brackets(revision)

    assert [each.count for each in found] == counts
    assert {each.passage.paragraph for each in found} <= {paragraphs[1]}


def test_bracket_in_two_languages_is_one_and_paragraphs_stand_in_order(revision, paragraphs):
    Wording.objects.update(words="[a] [b]")

    found = [(each.passage.paragraph, each.count) for each in open_brackets(revision)]

    assert found == [(paragraph, 1) for paragraph in paragraphs]


@pytest.mark.parametrize(
    ("status", "day", "is_on"),
    [
        ("confirmed", date(2026, 5, 5), True),
        ("confirmed", date(2026, 5, 7), False),
        ("cancelled", date(2026, 5, 5), False),
        ("in-session", date(2026, 5, 7), False),
        ("in-session", None, True),
    ],
)
def test_meeting_is_under_way_on_its_days(process, text, status, day, is_on):
    meeting = MeetingFactory(process=process, days="2026-05-04/2026-05-06", status=status)
    Document.objects.filter(pk=text.document_id).update(meeting=meeting)
    text.document.refresh_from_db()

    assert meeting_on(text, day) == (meeting if is_on else None)


def test_text_without_a_meeting_has_none(text):
    assert meeting_on(text) is None


def test_somebody_who_writes_or_took_it_along_is_at_work(text, revision, people, committee):
    by, later = people["body_member"], timezone.now() + timedelta(days=1)
    assert not being_drafted(text)

    take_pen(text=text, by=by)
    assert (being_drafted(text), being_drafted(text, later)) == (True, False)
    lay_down_pen(text=text, by=by)

    draft = draft_for_merging(revision, people["secretariat"])
    checkout = check_out(revision=draft, language="en", by=by)
    assert being_drafted(text)
    give_up_checkout(checkout=checkout, by=by)
    assert not being_drafted(text)


def test_seats_of_the_committee_are_those_of_members(process, people, parties, committee):
    Seat.objects.create(body=committee, party=parties["observer"], begins="2020")

    def seated(name):
        return committee_seats(process, people[name], TODAY).exists()

    assert [name for name in ("body_member", "observer", "chair") if seated(name)] == [
        "body_member"
    ]
    assert not committee_seats(None, people["body_member"], TODAY).exists()


def test_process_without_a_committee_has_no_seats(process, people, body):
    assert not committee_seats(process, people["body_member"], TODAY).exists()
