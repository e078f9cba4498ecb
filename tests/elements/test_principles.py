"""The register of common principles names the elements that say each."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comity.audit.services import EditConflict
from comity.elements.models import Principle
from comity.elements.services import (
    PrincipleFacts,
    add_principle,
    change_principle,
    remove_principle,
)
from tests.factories.elements import ElementFactory, PrincipleFactory

WORDS = {"en": "Families stay together."}


@pytest.fixture
def sources(process):
    return [ElementFactory(revision__text__document__process=process) for _each in range(2)]


def test_register_is_kept_by_the_secretariat(process, sources, secretariat, people):
    facts = PrincipleFacts(WORDS, 1, sources[:1])
    for name in people.keys() - {"secretariat"}:
        with pytest.raises(PermissionDenied):
            add_principle(process=process, facts=facts, by=people[name])

    principle = add_principle(process=process, facts=facts, by=secretariat)
    for name in people.keys() - {"secretariat"}:
        with pytest.raises(PermissionDenied):
            change_principle(principle=principle, facts=facts, version=1, by=people[name])
        with pytest.raises(PermissionDenied):
            remove_principle(principle=principle, version=1, by=people[name])
    more = PrincipleFacts(WORDS, 2, sources)
    changed = change_principle(principle=principle, facts=more, version=1, by=secretariat)

    assert (changed.order, set(changed.sources.all())) == (2, set(sources))
    with pytest.raises(EditConflict):
        remove_principle(principle=principle, version=1, by=secretariat)
    remove_principle(principle=principle, version=2, by=secretariat)
    assert not Principle.objects.exists()


def test_principle_has_sources_of_its_own_process(process, sources, secretariat):
    elsewhere = ElementFactory()
    for wrong, words in (([], "at least one"), ([elsewhere], "another process")):
        with pytest.raises(ValidationError, match=words):
            add_principle(process=process, facts=PrincipleFacts(WORDS, 1, wrong), by=secretariat)


def test_principle_is_seen_with_one_of_its_sources(process, sources, people):
    principle = PrincipleFactory(process=process)
    today = timezone.localdate()

    def readers():
        return {
            name
            for name, person in people.items()
            if Principle.objects.visible_to(person, today).exists()
        }

    assert readers() == {"secretariat"}
    principle.sources.set(sources)
    document = sources[0].text.document
    document.audience, document.published_at = "public", timezone.now()
    document.save()
    assert readers() == set(people)
    assert Principle.objects.visible_to(AnonymousUser(), today).get() == principle
