import pytest
from django.core.exceptions import ValidationError

from comity.core.texts import validate_lines, validate_one_line
from comity.parties.models import Party, PartyName
from tests.factories.processes import BodyFactory

LEGITIMATE = {
    "English": "Return – and “readmission”",
    "Arabic": "عملية التشاور الإقليمية",
    "Persian with its joiner": "می\u200cخواهم",
    "Hindi with its joiner": "क्\u200dष",
    "Malayalam with a joiner at its end": "അവന\u0d4d\u200d",
    "Hebrew": "הגירה",
    "number sign of Arabic": "\u0600١٢",
    "accents apart from their letters": "Pérou",
    "space that does not break": "Côte\u00a0d’Ivoire",
    "flag": "\U0001f1e8\U0001f1ed",
}
UNSEEN = {
    "bell": "\x07",
    "delete": "\x7f",
    "next line of another code": "\x85",
    "override to the left": "\u202e",
    "isolate": "\u2067",
    "end of isolate": "\u2069",
    "zero width": "\u200b",
    "word joiner": "\u2060",
    "order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "line separator": "\u2028",
    "tag": "\U000e0041",
    "private use": "\ue000",
    "filler of Hangul": "\u3164",
    "blank of Braille": "\u2800",
    "joiner between Latin letters": "\u200d",
}


@pytest.mark.parametrize("text", LEGITIMATE.values(), ids=LEGITIMATE)
def test_letters_of_every_script_are_welcome(text):
    validate_one_line(text)
    validate_lines(f"{text}\r\n\t{text}")


@pytest.mark.parametrize("character", UNSEEN.values(), ids=UNSEEN)
@pytest.mark.parametrize("check", [validate_one_line, validate_lines])
def test_character_that_cannot_be_seen_is_refused_and_named(check, character):
    with pytest.raises(ValidationError) as refusal:
        check(f"Pe{character}ru")

    assert refusal.value.messages == [
        f"This holds a character that cannot be seen: U+{ord(character):04X}. Type the text anew."
    ]


@pytest.mark.parametrize("text", ["می\u200c\u200cخواهم", "\u200cPeru", "Peru\u200d"])
def test_joiner_that_joins_nothing_is_refused(text):
    with pytest.raises(ValidationError, match="cannot be seen"):
        validate_one_line(text)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_name_stands_on_one_line(end):
    with pytest.raises(ValidationError, match="Write this on one line"):
        validate_one_line(f"Peru{end}Chile")


def test_marks_of_direction_belong_to_texts_and_not_to_names():
    validate_lines("رقم\u200f 12")

    with pytest.raises(ValidationError, match="U\\+200F"):
        validate_one_line("رقم\u200f 12")


@pytest.mark.django_db
def test_row_names_each_field_that_is_wrong():
    body = BodyFactory.build(process=BodyFactory().process)
    body.name = {"en": "Steering\u202e group"}
    body.terms_of_reference = {"en": "First line\nSecond line\x00"}

    with pytest.raises(ValidationError) as refusal:
        body.full_clean()
    body.kind = ""
    with pytest.raises(ValidationError) as without_name:
        body.full_clean(exclude=["name"])

    assert sorted(refusal.value.message_dict) == ["name", "terms_of_reference"]
    assert sorted(without_name.value.message_dict) == ["kind", "terms_of_reference"]


@pytest.mark.django_db
def test_row_takes_lines_where_a_text_may_have_them():
    body = BodyFactory()
    body.terms_of_reference = {"en": "First line\nSecond line"}

    body.full_clean()


@pytest.mark.django_db
def test_name_of_a_party_is_one_line():
    name = PartyName(party=Party(code="QMA"), language="en", name="Qu\u200bma")

    with pytest.raises(ValidationError) as refusal:
        name.clean_fields(exclude=["party"])

    assert refusal.value.message_dict == {
        "name": ["This holds a character that cannot be seen: U+200B. Type the text anew."]
    }
