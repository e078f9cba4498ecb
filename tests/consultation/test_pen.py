"""One person writes at a time, and all see who."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comity.accounts.authority import may
from comity.audit.models import Event
from comity.consultation.models import Pen
from comity.consultation.services.pen import (
    LEASE,
    hand_pen,
    lay_down_pen,
    pen_of,
    require_pen,
    take_over_pen,
    take_pen,
)
from tests.conftest import PERSONAS

DRAFTERS = {"body_member", "chair", "secretariat"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def writer(people, committee):
    return people["body_member"]


def told(action):
    return Event.objects.filter(action=action).values_list("actor", "reason").first()


@pytest.mark.parametrize("name", sorted(PERSONAS))
def test_only_who_drafts_takes_the_pen(text, people, committee, name):
    by = people[name]
    if name in DRAFTERS:
        assert take_pen(text=text, by=by).holder == by
    else:
        with pytest.raises(PermissionDenied):
            take_pen(text=text, by=by)


def test_second_hand_is_refused_until_the_pen_runs_out(text, writer, people, now):
    take_pen(text=text, by=writer, now=now)
    with pytest.raises(ValidationError, match="writes until"):
        take_pen(text=text, by=people["chair"], now=now)

    later = now + LEASE + timedelta(seconds=1)
    assert take_pen(text=text, by=people["chair"], now=later).holder == people["chair"]


def test_writing_renews_the_pen_of_who_holds_it(text, writer, people, now):
    with pytest.raises(ValidationError, match="Take the pen first"):
        require_pen(text, writer, now)
    take_pen(text=text, by=writer, now=now)
    with pytest.raises(ValidationError, match="writes until"):
        require_pen(text, people["chair"], now)
    with pytest.raises(PermissionDenied):
        require_pen(text, people["observer"], now)

    soon = now + timedelta(minutes=5)
    assert require_pen(text, writer, soon).until == soon + LEASE
    assert take_pen(text=text, by=writer, now=soon).version == pen_of(text).version
    assert Event.objects.filter(action="pen.taken").count() == 1


def test_pen_is_handed_on_and_laid_down(text, writer, people):
    take_pen(text=text, by=writer)
    with pytest.raises(ValidationError, match="does not draft"):
        hand_pen(text=text, to=people["observer"], by=writer)

    hand_pen(text=text, to=people["chair"], by=writer)

    with pytest.raises(PermissionDenied):
        lay_down_pen(text=text, by=writer)
    lay_down_pen(text=text, by=people["chair"])
    assert (pen_of(text).holder, told("pen.handed")) == (None, (writer.pk, ""))
    assert take_pen(text=text, by=writer).holder == writer


def test_chair_and_secretariat_take_it_over_with_a_reason(text, writer, people):
    take_pen(text=text, by=writer)
    with pytest.raises(ValidationError, match="Say why"):
        take_over_pen(text=text, by=people["chair"], reason=" ")
    with pytest.raises(PermissionDenied):
        take_over_pen(text=text, by=writer, reason="Mine")

    take_over_pen(text=text, by=people["chair"], reason="He left.")
    assert (pen_of(text).holder, told("pen.taken_over")) == (
        people["chair"],
        (people["chair"].pk, "He left."),
    )
    take_over_pen(text=text, by=people["secretariat"], reason="To end.")
    assert pen_of(text).holder == people["secretariat"]


def test_who_drafts_no_more_holds_nothing(text, writer, people, rules):
    take_pen(text=text, by=writer)
    pen = pen_of(text)
    assert may(writer, "consultation.write", pen)

    rules(committee=None)
    assert not may(writer, "consultation.write", pen)


def test_pen_of_a_text_that_nobody_wrote_lies_on_the_table(text, now):
    pen = pen_of(text)

    assert (pen.pk, pen.held_at(now), Pen.objects.count()) == (None, None, 0)


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"chair", "secretariat"}))
def test_nobody_else_takes_the_pen_from_another(text, people, committee, name):
    take_pen(text=text, by=people["chair"])

    with pytest.raises(PermissionDenied):
        take_over_pen(text=text, by=people[name], reason="Why not")
