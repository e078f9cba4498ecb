"""Brackets are lifted by whoever holds the pen, in all languages that have the same."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.consultation.models import Alternative, Bracket
from comity.consultation.services.draft import draft_for_merging, passage_of, put_words
from comity.consultation.services.lifting import lift_bracket
from comity.consultation.services.pen import take_pen
from tests.consultation.conftest import NOW


@pytest.fixture
def writer(people, committee, text):
    take_pen(text=text, by=people["body_member"])
    return people["body_member"]


@pytest.fixture
def passage(revision, paragraphs, secretariat):
    found = passage_of(draft_for_merging(revision, secretariat), paragraphs[1].pk)
    put_words(found, "es", "Los Estados [harán] [podrán] [ya].", secretariat)
    put_words(found, "en", "States [will] [may] act [now].", secretariat)
    return found


@pytest.fixture
def bracket(passage):
    found = Bracket.objects.create(
        paragraph=passage.paragraph, opened_in=passage.revision, opened_at=NOW
    )
    for order, (english, spanish) in enumerate([("will", "harán"), ("may", "podrán")]):
        words = {"en": english, "es": spanish}
        Alternative.objects.create(bracket=found, order=order, words=words)
    return found


def words(passage):
    return dict(passage.wordings.values_list("language", "words"))


def lift(passage, by, **values):
    version = passage.wordings.get(language=values.get("language", "en")).version
    given = {"language": "en", "place": 0, "chosen": "may", "version": version, **values}
    lift_bracket(passage=passage, by=by, **given)


def test_alternative_is_chosen_in_both_languages(passage, bracket, writer):
    put_words(passage, "es", "Los Estados [harán] [podrán] actuar [ya].", writer)
    put_words(passage, "en", "States [will] [may] act [now].", writer, version=None)

    lift(passage, writer)
    assert words(passage) == {
        "en": "States may act [now].",
        "es": "Los Estados podrán actuar [ya].",
    }
    bracket.refresh_from_db()
    assert (bracket.chosen, bracket.lifted_by, bracket.lifted_in) == (
        "may",
        writer,
        passage.revision,
    )

    lift(passage, writer, language="es", chosen="")
    assert words(passage) == {"en": "States may act.", "es": "Los Estados podrán actuar."}
    assert Event.objects.filter(action="text.written", actor=writer).exists()


def test_brackets_that_were_opened_apart_are_lifted_apart(passage, bracket, writer):
    put_words(passage, "es", "Los Estados [72] [48] actuar [ya].", writer)
    apart = Bracket.objects.create(
        paragraph=passage.paragraph, opened_in=passage.revision, opened_at=NOW
    )
    for order, spanish in enumerate(["72", "48"]):
        Alternative.objects.create(bracket=apart, order=order, words={"es": spanish})

    lift(passage, writer)

    assert words(passage)["es"] == "Los Estados [72] [48] actuar [ya]."
    apart.refresh_from_db()
    assert apart.lifted_at is None


def test_brackets_typed_in_both_languages_are_lifted_together_where_they_are_alike(passage, writer):
    put_words(passage, "es", "Los Estados [1] [2] [3] actuar [ya].", writer)

    lift(passage, writer, place=1, chosen="now")
    assert words(passage)["es"] == "Los Estados [1] [2] [3] actuar ya."
    lift(passage, writer)
    assert words(passage)["es"] == "Los Estados [1] [2] [3] actuar ya."


def test_other_words_leave_a_bracket_alike_in_the_other_language(passage, writer):
    put_words(passage, "es", "Los Estados [harán] [podrán] actuar [ya].", writer)

    lift(passage, writer, chosen="shall")

    assert words(passage)["es"] == "Los Estados [harán] [podrán] actuar [ya]."


def test_language_with_other_brackets_keeps_them(passage, writer):
    lift(passage, writer)

    assert words(passage)["es"] == "Los Estados [harán] [podrán] [ya]."
    assert words(passage)["en"] == "States may act [now]."


def test_other_words_than_the_alternatives_are_chosen_in_one_language(passage, bracket, writer):
    put_words(passage, "es", "[Harán] [Podrán] actuar [ya].", writer)

    lift(passage, writer, chosen="shall")

    assert words(passage) == {
        "en": "States shall act [now].",
        "es": "[Harán] [Podrán] actuar [ya].",
    }
    bracket.refresh_from_db()
    assert bracket.chosen == "shall"


def test_bracket_with_other_alternatives_stays_open(passage, bracket, writer):
    lift(passage, writer, place=1, chosen="now")

    bracket.refresh_from_db()
    assert (bracket.lifted_at, words(passage)["en"]) == (None, "States [will] [may] act now.")


def test_what_is_not_there_is_not_lifted(passage, writer, people):
    with pytest.raises(ValidationError, match="not there any more"):
        lift(passage, writer, place=2)
    with pytest.raises(ValidationError, match="not there any more"):
        lift_bracket(passage=passage, language="fr", place=0, chosen="", version=1, by=writer)
    with pytest.raises(EditConflict):
        lift(passage, writer, version=0)


@pytest.mark.parametrize("name", ["observer", "focal_point", "administrator", "outsider"])
def test_nobody_else_lifts(passage, writer, people, name):
    with pytest.raises(PermissionDenied):
        lift(passage, people[name])


def test_who_does_not_hold_the_pen_lifts_nothing(passage, writer, people):
    with pytest.raises(ValidationError, match="writes until"):
        lift(passage, people["chair"])
