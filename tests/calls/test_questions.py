"""The secretariat's own questions, and what is wrong with an answer."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from comity.audit.services import EditConflict
from comity.calls.fields import Field, Shape
from comity.calls.kinds import Kind, check_values, fields_of, kinds
from comity.calls.models import CallState, Question
from comity.calls.services import (
    QuestionFacts,
    add_question,
    change_question,
    remove_question,
)
from tests.conftest import PERSONAS
from tests.factories.calls import CallFactory, QuestionFactory
from tests.factories.parties import PartyFactory

YES, NO = {"en": "Fully", "fr": "Entièrement"}, {"en": "Not yet", "fr": "Pas encore"}
CHOICE = QuestionFacts(
    1, {"en": "How far?", "fr": "Où en êtes-vous ?"}, Shape.CHOICE, options=[YES, NO]
)


@pytest.fixture
def prepared(process):
    return CallFactory(process=process, state=CallState.PREPARED, opened_at=None)


def test_question_is_asked_in_the_language_of_who_answers(prepared, secretariat):
    question = add_question(call=prepared, facts=CHOICE, by=secretariat)

    with translation.override("fr"):
        found = fields_of(prepared, PartyFactory())

    key = f"q{question.pk}"
    options = [("c1", "Entièrement"), ("c2", "Pas encore")]
    assert found == {
        key: Field(key=key, label="Où en êtes-vous ?", shape=Shape.CHOICE, options=options)
    }


def test_question_is_changed_and_removed(prepared, secretariat):
    question = add_question(call=prepared, facts=CHOICE, by=secretariat)
    line = QuestionFacts(2, {"en": "Who?"}, Shape.LINE, is_required=True)

    changed = change_question(question=question, facts=line, version=1, by=secretariat)

    assert (changed.words, changed.shape, changed.options, changed.is_required) == (
        {"en": "Who?"},
        "line",
        [],
        True,
    )
    with pytest.raises(EditConflict):
        remove_question(question=question, version=1, by=secretariat)
    remove_question(question=question, version=2, by=secretariat)
    assert not Question.objects.exists()


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"secretariat"}))
def test_nobody_else_writes_questions(prepared, people, name):
    question = QuestionFactory(call=prepared)
    steps = [
        lambda by: add_question(call=prepared, facts=CHOICE, by=by),
        lambda by: change_question(question=question, facts=CHOICE, version=1, by=by),
        lambda by: remove_question(question=question, version=1, by=by),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step(people[name])


def test_what_was_asked_is_not_changed_any_more(call, secretariat):
    question = QuestionFactory(call=call)
    steps = [
        lambda: add_question(call=call, facts=CHOICE, by=secretariat),
        lambda: change_question(question=question, facts=CHOICE, version=1, by=secretariat),
        lambda: remove_question(question=question, version=1, by=secretariat),
    ]
    for step in steps:
        with pytest.raises(ValidationError, match="opened already"):
            step()


def test_other_kinds_ask_what_they_always_ask(prepared, secretariat):
    prepared.kind = "matrix"
    prepared.save()

    with pytest.raises(ValidationError, match="always asks"):
        add_question(call=prepared, facts=CHOICE, by=secretariat)


@pytest.mark.parametrize(
    ("shape", "options", "sentence"),
    [
        (Shape.CHOICE, [YES], "at least two choices"),
        (Shape.CHOICES, [], "at least two choices"),
        (Shape.TEXT, [YES, NO], "not answered by a choice"),
    ],
)
def test_choices_belong_to_a_choice(prepared, secretariat, shape, options, sentence):
    facts = QuestionFacts(1, {"en": "How far?"}, shape, options=options)

    with pytest.raises(ValidationError, match=sentence):
        add_question(call=prepared, facts=facts, by=secretariat)


OPTIONS = (("a", "First"), ("b", "Second"), ("c", "Third"))


@pytest.mark.parametrize(
    ("shape", "value", "plain"),
    [
        (Shape.LINE, "  One line ", "One line"),
        (Shape.TEXT, "Two\r\nlines", "Two\nlines"),
        (Shape.TEXT, "   ", None),
        (Shape.NUMBER, "12", 12),
        (Shape.NUMBER, 1.5, 1.5),
        (Shape.NUMBER, 0, 0),
        (Shape.DAY, "2026-11-23", "2026-11-23"),
        (Shape.YES_NO, False, False),
        (Shape.CHOICE, "b", "b"),
        (Shape.CHOICES, ["c", "a", "a"], ["a", "c"]),
        (Shape.CHOICES, [], None),
        (Shape.CHOICE, None, None),
    ],
)
def test_value_is_kept_in_one_form(shape, value, plain):
    found = Field("q", "Question", shape, options=OPTIONS).plain(value)

    assert (found, type(found)) == (plain, type(plain))


@pytest.mark.parametrize(
    ("shape", "value", "sentence"),
    [
        (Shape.LINE, "Two\nlines", "on one line"),
        (Shape.LINE, "x" * 401, "401 characters; at most 400"),
        (Shape.TEXT, "x" * 20_001, "20001 characters"),
        (Shape.TEXT, "a\u202eb", "U\\+202E"),
        (Shape.NUMBER, "many", "Write a number"),
        (Shape.NUMBER, "nan", "Write a number"),
        (Shape.NUMBER, True, "Write a number"),
        (Shape.NUMBER, [1], "Write a number"),
        (Shape.DAY, "2026-02-30", "Write a day"),
        (Shape.YES_NO, "yes", "Choose yes or no"),
        (Shape.CHOICE, "d", "Choose from the list"),
        (Shape.CHOICE, ["a"], "Choose from the list"),
        (Shape.CHOICES, "a", "Choose from the list"),
        (Shape.CHOICES, ["a", "d"], "Choose from the list"),
    ],
)
def test_value_that_a_field_does_not_hold_is_refused(shape, value, sentence):
    with pytest.raises(ValidationError, match=sentence):
        Field("q", "Question", shape, options=OPTIONS).plain(value)


def test_everything_wrong_with_an_answer_is_said_at_once():
    fields = {
        "n": Field("n", "How many?", Shape.NUMBER),
        "w": Field("w", "Who?", Shape.LINE, is_required=True),
        "d": Field("d", "When?", Shape.DAY),
    }

    with pytest.raises(ValidationError) as caught:
        check_values(fields, {"n": "many", "w": " ", "x": 1})

    assert caught.value.message_dict == {
        "n": ["Write a number."],
        "w": ["This must be answered."],
        "x": ["This is not asked."],
    }
    assert check_values(fields, {"w": "Us"}) == {"n": None, "w": "Us", "d": None}


def test_kinds_are_declared_once():
    with pytest.raises(LookupError, match="declared twice"):
        kinds.add("questions", Kind("Questions", lambda _call, _party: []))
