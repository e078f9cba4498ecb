import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from comity.calls.models import CallState, Question
from comity.calls.services import move_question
from tests.factories.calls import CallFactory, QuestionFactory

CHOICES = {
    "words_en": "Which?",
    "words_es": "¿Cuál?",
    "shape": "choice",
    "options_en": "One\nTwo\n",
    "options_es": "Uno\n\nDos",
    "is_required": "on",
}


@pytest.fixture
def office(client, secretariat):
    client.force_login(secretariat)
    return client


@pytest.fixture
def prepared(process):
    return CallFactory(process=process, state=CallState.PREPARED, opened_at=None)


@pytest.fixture
def three(prepared):
    return [QuestionFactory(call=prepared, order=7, words={"en": word}) for word in "ABC"]


def page(name, *args):
    return reverse(f"calls:{name}", args=args)


def order_of(call):
    return [(str(row), row.order) for row in call.questions.all()]


def test_question_is_added_after_the_last(office, prepared, three):
    response = office.post(page("question_add", prepared.pk), CHOICES)

    added = prepared.questions.get(words__en="Which?")
    assert response.url == f"{page('call', prepared.pk)}#questions"
    assert (added.order, added.shape, added.is_required, added.words) == (
        8,
        "choice",
        True,
        {"en": "Which?", "es": "¿Cuál?"},
    )
    assert added.options == [
        {"code": "c1", "words": {"en": "One", "es": "Uno"}},
        {"code": "c2", "words": {"en": "Two", "es": "Dos"}},
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"options_es": "Uno"}, "Give as many choices in every language."),
        ({"options_en": "One", "options_es": "Uno"}, "Give at least two choices."),
        ({"options_en": f"One\n{'x' * 401}", "options_es": "Uno\nDos"}, "A choice is too long."),
    ],
)
def test_choices_that_cannot_be_are_refused(office, prepared, typed, sentence):
    response = office.post(page("question_add", prepared.pk), CHOICES | typed)

    assert (response.status_code, prepared.questions.count()) == (422, 0)
    assert dict(response.context["form"].errors) == {"options": [sentence]}


def test_choices_of_an_answer_in_words_are_dropped(office, prepared):
    office.post(page("question_add", prepared.pk), CHOICES | {"shape": "text"})

    assert (prepared.questions.get().shape, prepared.questions.get().options) == ("text", [])


def test_question_is_changed_as_it_was_seen(office, prepared):
    office.post(page("question_add", prepared.pk), CHOICES)
    row = prepared.questions.get()
    shown = office.get(page("question", prepared.pk, row.pk)).context["form"]

    assert shown["options"].value() == {"en": "One\nTwo", "es": "Uno\nDos"}
    typed = CHOICES | {"version": row.version, "words_en": "Which one?"}
    office.post(page("question", prepared.pk, row.pk), typed)
    again = office.post(page("question", prepared.pk, row.pk), typed)

    assert Question.objects.get().words["en"] == "Which one?"
    assert again.status_code == 422


def test_question_is_removed_as_it_was_seen(office, prepared, three):
    remove = page("question_remove", prepared.pk, three[1].pk)

    stale = office.post(remove, {"version": 99})
    response = office.post(remove, {"version": three[1].version})

    assert (stale.status_code, response.status_code) == (422, 302)
    assert [str(row) for row in prepared.questions.all()] == ["A", "C"]


def test_questions_move_up_and_down_without_a_script(office, prepared, three):
    shown = office.get(page("call", prepared.pk)).content.decode()
    assert (shown.count('value="up"'), shown.count('value="down"')) == (2, 2)

    office.post(page("question_move", prepared.pk, three[2].pk), {"to": "up", "version": 1})
    assert order_of(prepared) == [("A", 1), ("C", 2), ("B", 3)]

    office.post(page("question_move", prepared.pk, three[0].pk), {"to": "down", "version": 1})
    assert order_of(prepared) == [("C", 1), ("A", 2), ("B", 3)]


def test_question_moves_no_further_than_to_the_end(prepared, three, secretariat):
    move_question(question=three[0], places=-1, by=secretariat)
    move_question(question=three[2], places=5, by=secretariat)

    assert order_of(prepared) == [("A", 1), ("B", 2), ("C", 3)]


def test_nobody_else_moves_questions(three, people):
    with pytest.raises(PermissionDenied):
        move_question(question=three[0], places=1, by=people["chair"])


@pytest.mark.parametrize("name", ["question", "question_remove", "question_move"])
def test_questions_of_an_open_call_have_no_pages_to_change_them(office, call, keys, name):
    question = call.questions.first()

    response = office.post(page(name, call.pk, question.pk), {"version": question.version})

    assert response.status_code == 404
    assert office.get(page("question_add", call.pk)).status_code == 404


def test_questions_of_a_kind_of_its_own_cannot_be_written(office, prepared, three):
    prepared.kind = "another"
    prepared.save()

    assert office.get(page("question_add", prepared.pk)).status_code == 404
