"""Words change in one language, and the others are behind until somebody confirms them."""

import pytest
from django.core.exceptions import ValidationError

from comity.audit.queries import history_of
from comity.audit.services import EditConflict
from comity.texts.models import Wording
from comity.texts.services import change_languages, change_wording, confirm_wording
from tests.texts.conftest import passage_at, wording_of


@pytest.fixture
def passage(draft):
    return passage_at(draft, 1)


def change(passage, by, language="es", words="Informar en 72 horas.", version=1, **others):
    return change_wording(
        passage=passage, language=language, words=words, version=version, by=by, **others
    )


def test_new_original_leaves_the_others_behind(passage, draft, secretariat):
    changed = change(passage, secretariat)

    english = wording_of(passage, "en")
    assert (changed.words, changed.version, changed.is_behind) == (
        "Informar en 72 horas.",
        2,
        False,
    )
    assert (english.words, english.version, english.is_behind) == (
        "Inform without delay.",
        2,
        True,
    )
    assert not wording_of(passage_at(draft, 2), "en").is_behind
    assert [event.action for event in history_of(english)] == ["wording.fell_behind"]
    with pytest.raises(EditConflict):
        change(passage, secretariat, words="Otra cosa.")
    with pytest.raises(EditConflict):
        change(passage, secretariat, language="en", words="Inform within 72 hours.")


def test_translation_catches_up_by_new_words(passage, secretariat):
    change(passage, secretariat)

    caught = change(passage, secretariat, "en", "Inform within 72 hours.", 2, standing="official")

    assert (caught.is_behind, caught.standing) == (False, "official")
    assert not wording_of(passage, "es").is_behind


def test_translation_catches_up_by_being_confirmed(passage, secretariat):
    change(passage, secretariat)
    english = wording_of(passage, "en")
    with pytest.raises(EditConflict):
        confirm_wording(wording=english, version=1, by=secretariat)

    confirmed = confirm_wording(wording=english, version=2, by=secretariat)

    assert (confirmed.is_behind, confirmed.words) == (False, "Inform without delay.")
    with pytest.raises(ValidationError, match="not behind"):
        confirm_wording(wording=english, version=3, by=secretariat)


def test_same_words_change_nothing(passage, secretariat):
    change(passage, secretariat, words="Informar sin demora.")

    assert not Wording.objects.filter(is_behind=True).exists()
    assert [each.version for each in passage.wordings.all()] == [1, 1]


def test_standing_of_a_translation_changes_alone(passage, secretariat):
    changed = change(passage, secretariat, "en", "Inform without delay.", standing="official")

    assert (changed.standing, changed.version, wording_of(passage, "es").version) == (
        "official",
        2,
        1,
    )


def test_original_is_worth_what_it_is_whatever_is_said(passage, secretariat):
    Wording.objects.filter(passage=passage, language="es").update(standing="official")

    changed = change(passage, secretariat, words="Informar sin demora.", standing="official")

    assert (changed.standing, changed.version) == ("original", 2)
    assert not wording_of(passage, "en").is_behind


def test_words_are_written_where_there_were_none(text, passage, secretariat):
    change_languages(
        text=text, languages=["es", "en", "fr"], original="es", version=1, by=secretariat
    )
    passage.refresh_from_db()

    french = change(passage, secretariat, "fr", "Informer sans délai.", 0)

    assert (french.standing, french.is_behind, french.version) == ("unofficial", False, 1)
    with pytest.raises(EditConflict):
        change(passage, secretariat, "fr", "Informer.", 0)
    Wording.objects.filter(passage=passage, language="es").delete()
    with pytest.raises(EditConflict):
        change(passage, secretariat, "es", "Informar.", 1)
    change(passage, secretariat, "es", "Informar.", 0)
    assert wording_of(passage, "fr").is_behind


def test_words_of_no_language_of_the_text_are_refused(passage, secretariat):
    with pytest.raises(ValidationError, match="not written in this language"):
        change(passage, secretariat, "pt", "Informar.", 0)
    with pytest.raises(ValidationError, match="Only the original"):
        change(passage, secretariat, "en", "Inform.", standing="original")
    with pytest.raises(ValidationError, match="cannot be blank"):
        change(passage, secretariat, words="")
