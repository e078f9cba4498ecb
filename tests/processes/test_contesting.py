"""Why a party contests that it takes part is for the secretariat, and no source for all to read."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from comity.processes.models import Term
from comity.processes.services import contest_participation
from comity.sources.models import Grounds, Original
from comity.sources.services import cite
from tests.factories.processes import ParticipationFactory
from tests.factories.sources import SourceFactory

REASON = "Our minister never agreed."


@pytest.fixture
def listed(affiliations):
    """The party of the focal point, who speaks for it, as another process lists it."""
    speaking = affiliations["focal_point"]
    speaking.may_speak = True
    speaking.save()
    lagoon = Term.objects.get(party=affiliations["outsider"].party).process
    return ParticipationFactory(process=lagoon, party=speaking.party)


@pytest.mark.parametrize("is_sourced", [False, True])
def test_reason_stands_in_the_history_alone(client, people, listed, is_sourced):
    if is_sourced:
        cite(target=listed, source=SourceFactory(), locators="p. 1", by=people["administrator"])
    client.force_login(people["focal_point"])
    address = reverse("processes:participation_contest", args=[listed.pk])

    done = client.post(address, {"version": 1, "reason": REASON}).status_code
    shown = []
    for reader in ("focal_point", "outsider"):
        client.force_login(people[reader])
        for page in (listed.process, listed.party):
            shown += [client.get(page.get_absolute_url()).content.decode()]
    history = client.get(reverse("processes:history", args=[listed.process.slug]))

    assert done == 302
    assert [REASON in page for page in shown] == [False] * 4
    assert REASON in history.content.decode()
    assert not Grounds.objects.exists()
    assert list(Original.objects.values_list("grounds", flat=True)) == [""] * is_sourced


def test_reasons_that_became_sources_are_taken_out_of_them(people, listed):
    contest_participation(participation=listed, reason=REASON, version=1, by=people["focal_point"])
    at = {"content_type": ContentType.objects.get_for_model(listed), "object_id": listed.pk}
    Grounds.objects.create(**at, words=REASON)
    kept = Grounds.objects.create(**at, words="Note verbale 14/2026")
    Original.objects.create(**at, values={}, changed_on=timezone.localdate(), grounds=REASON)
    migration = import_module("comity.processes.migrations.0009_keep_reasons_from_sources")

    migration.keep_reasons_from_sources(apps, None)

    assert list(Grounds.objects.all()) == [kept]
    assert Original.objects.get().grounds == ""
