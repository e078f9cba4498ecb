"""What a State says of an adopted text: by itself or entered for it, and withdrawn with a day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comity.elements.models import Position, PositionKind
from comity.elements.queries.positions import parties_not_asked
from comity.elements.services import (
    PositionFacts,
    confirm_position,
    record_position,
    take_position,
    translate_position,
    withdraw_position,
)
from tests.factories.elements import ElementFactory
from tests.factories.texts import ParagraphFactory


@pytest.fixture
def dissociation(paragraphs):
    return PositionFacts(
        PositionKind.DISSOCIATION, "es", "Arvenia se desvincula.", paragraph=paragraphs[1]
    )


@pytest.fixture
def recorded(final, member, dissociation, secretariat):
    return record_position(
        text=final.text,
        party=member,
        facts=dissociation,
        way="room",
        note="Closing session",
        by=secretariat,
    )


@pytest.fixture
def elements(final, paragraphs):
    return [
        ElementFactory(revision=final, paragraph=paragraph, number=str(number), order=number)
        for number, paragraph in enumerate(paragraphs, start=1)
    ]


def test_state_takes_a_position_in_its_own_language(final, member, speaker, dissociation):
    position = take_position(text=final.text, party=member, facts=dissociation, by=speaker)

    kept = (position.party, position.language, position.words, position.is_recorded)
    assert kept == (member, "es", "Arvenia se desvincula.", False)


def test_only_who_speaks_for_a_member_takes_one(final, member, people, dissociation, affiliations):
    for name, person in people.items():
        with pytest.raises(PermissionDenied):
            take_position(text=final.text, party=member, facts=dissociation, by=person)
        if name in affiliations:
            affiliations[name].may_speak = name != "focal_point"
            affiliations[name].save()
    observer = affiliations["observer"].party
    with pytest.raises(PermissionDenied):
        take_position(text=final.text, party=observer, facts=dissociation, by=people["observer"])


def test_dissociated_state_is_not_asked_about_its_elements(recorded, elements, member):
    assert [parties_not_asked(element) for element in elements] == [set(), {member.pk}]


def test_of_the_whole_text_it_holds_for_all_and_until_withdrawn(
    final, member, elements, secretariat
):
    facts = PositionFacts(PositionKind.DISSOCIATION, "en", "From all of it.")
    position = record_position(
        text=final.text, party=member, facts=facts, way="note", by=secretariat
    )
    reservation = PositionFacts(PositionKind.RESERVATION, "en", "On costs.")
    record_position(text=final.text, party=member, facts=reservation, way="note", by=secretariat)
    before = [parties_not_asked(element) for element in elements]

    withdraw_position(
        position=position, day=timezone.localdate(), version=1, by=secretariat, note="Note 4"
    )

    assert before == [{member.pk}, {member.pk}]
    assert [parties_not_asked(element) for element in elements] == [set(), set()]
    assert Position.objects.count() == 2


def test_secretariat_enters_for_members_alone(final, affiliations, dissociation, people, member):
    values = {"text": final.text, "facts": dissociation, "way": "room"}
    with pytest.raises(ValidationError, match="Only a member"):
        record_position(party=affiliations["observer"].party, by=people["secretariat"], **values)
    for name in people.keys() - {"secretariat"}:
        with pytest.raises(PermissionDenied):
            record_position(party=member, by=people[name], **values)
    with pytest.raises(ValueError, match="by the party itself"):
        record_position(party=member, by=people["secretariat"], **{**values, "way": "online"})


def test_said_once_on_adopted_texts_and_on_their_own_paragraphs(
    final, revision, recorded, member, secretariat, dissociation
):
    values = {"party": member, "way": "room", "by": secretariat}
    with pytest.raises(ValidationError, match="has said this of it already"):
        record_position(text=final.text, facts=dissociation, **values)
    elsewhere = PositionFacts("explanation", "en", "So.", paragraph=ParagraphFactory())
    with pytest.raises(ValidationError, match="another text"):
        record_position(text=final.text, facts=elsewhere, **values)
    final.text.adoptions.all().delete()
    with pytest.raises(ValidationError, match="not adopted yet"):
        record_position(text=final.text, facts=dissociation, **values)


def test_recorded_position_is_confirmed_once_by_its_state(recorded, speaker, people):
    for name in people.keys() - {"focal_point"}:
        with pytest.raises(PermissionDenied):
            confirm_position(position=recorded, version=1, by=people[name])

    confirmed = confirm_position(position=recorded, version=1, by=speaker)

    assert confirmed.confirmed_by == speaker
    with pytest.raises(ValidationError, match="nothing here to confirm"):
        confirm_position(position=confirmed, version=2, by=speaker)


def test_translation_is_unofficial_and_never_of_its_own_language(recorded, secretariat, people):
    for name in people.keys() - {"secretariat"}:
        with pytest.raises(PermissionDenied):
            translate_position(position=recorded, translations={}, version=1, by=people[name])
    translated = translate_position(
        position=recorded,
        translations={"en": "Arvenia dissociates itself."},
        version=1,
        by=secretariat,
    )

    with pytest.raises(ValidationError, match="in this language"):
        translate_position(
            position=translated, translations={"es": "No."}, version=2, by=secretariat
        )
    assert Position.objects.get().words == "Arvenia se desvincula."


def test_withdrawal_has_a_day_that_is_possible_and_is_kept_once(recorded, speaker, people):
    today = timezone.localdate()
    for day, words in ((today + timedelta(1), "lies ahead"), (today - timedelta(1), "before it")):
        with pytest.raises(ValidationError, match=words):
            withdraw_position(position=recorded, day=day, version=1, by=speaker)
    for name in people.keys() - {"secretariat", "focal_point"}:
        with pytest.raises(PermissionDenied):
            withdraw_position(position=recorded, day=today, version=1, by=people[name])

    withdrawn = withdraw_position(position=recorded, day=today, version=1, by=speaker)

    assert (withdrawn.withdrawn_on, withdrawn.words) == (today, "Arvenia se desvincula.")
    with pytest.raises(ValidationError, match="withdrawn already"):
        withdraw_position(position=withdrawn, day=today, version=2, by=speaker)
