import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from comity.core.languages import language_name
from comity.core.translated import text_in, validate_translated


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({}, "at least one language"),
        ("Return", "at least one language"),
        ({"xx": "Return"}, "Unknown language: xx"),
        ({"en": " "}, "rather than keep it blank"),
    ],
)
def test_text_that_is_no_mapping_of_languages_is_refused(value, words):
    with pytest.raises(ValidationError, match=words):
        validate_translated(value)


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        ({"en": "Return", "es": "Retorno"}, "es", "Retorno"),
        ({"en": "Return"}, "es", "Return"),
        ({"ru": "Возвращение"}, "es", "Возвращение"),
        ({}, "es", ""),
    ],
)
def test_text_is_in_the_language_of_the_reader_if_it_can_be(value, language, text):
    with translation.override(language):
        assert text_in(value) == text


def test_every_language_of_content_has_a_name():
    unnamed = [code for code in settings.CONTENT_LANGUAGES if language_name(code) == code]

    assert (unnamed, language_name("zh"), language_name("xx")) == ([], "中文", "xx")
