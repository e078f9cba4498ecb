"""The list of regional groupings, which belongs to no process."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from comity.accounts.authority import may
from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.parties.models import Region
from comity.processes.models import Grouping, GroupingFocus, Process
from comity.processes.services.groupings import (
    GroupingFacts,
    add_grouping,
    change_grouping,
    remove_grouping,
)
from comity.sources.models import Citation
from tests.conftest import PERSONAS
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import GroupingFactory
from tests.factories.sources import SourceFactory

LIST = reverse("processes:groupings")


def facts(**changed):
    values = {"region": Region.AMERICAS, "focus": GroupingFocus.FOCUS, "order": 7, "name": "ABC"}
    return GroupingFacts(**values | changed)


def keepers(people, region):
    return {name for name in PERSONAS if may(people[name], "processes.edit_groupings", region)}


def test_list_of_a_region_is_kept_by_its_keepers_and_the_administrator(people, process):
    Process.objects.exclude(pk=process.pk).update(region="europe")

    assert keepers(people, Region.AMERICAS) == {"secretariat", "administrator"}
    assert keepers(people, Region.EUROPE) == {"outsider", "administrator"}

    Process.objects.update(is_made_up=True)
    assert keepers(people, Region.AMERICAS) == {"administrator"}


def test_grouping_is_added_changed_and_removed_with_its_history(people):
    by = people["secretariat"]

    row = add_grouping(facts=facts(), by=by)
    party = PartyFactory(kind="organisation")
    change_grouping(grouping=row, facts=facts(name="Abc", party=party), version=1, by=by)
    row.refresh_from_db()
    assert (row.name, row.party, row.version) == ("Abc", party, 2)
    remove_grouping(grouping=row, version=2, by=by)

    assert Grouping.objects.count() == 0
    assert [event.action for event in Event.objects.order_by("pk")] == [
        "grouping.added",
        "grouping.changed",
        "grouping.removed",
    ]


def test_grouping_that_rests_on_a_source_keeps_what_that_says(people):
    row = GroupingFactory(name="As the paper writes it")
    Citation.objects.create(target=row, source=SourceFactory(), locator="Table 1")

    change_grouping(
        grouping=row,
        facts=facts(order=row.order),
        version=1,
        by=people["secretariat"],
        grounds="Letter of 3 May",
    )

    event = Event.objects.get(action="grouping.changed")
    assert (event.before["name"], event.reason) == ("As the paper writes it", "Letter of 3 May")


def test_grouping_is_not_changed_by_others_nor_twice_nor_to_what_cannot_be(people, process):
    row, by = GroupingFactory(order=1), people["secretariat"]
    GroupingFactory(order=2)
    Process.objects.exclude(pk=process.pk).update(region="europe")

    for wrong in (
        lambda: add_grouping(facts=facts(), by=people["chair"]),
        lambda: change_grouping(grouping=row, facts=facts(), version=1, by=people["outsider"]),
        lambda: change_grouping(grouping=row, facts=facts(region=Region.EUROPE), version=1, by=by),
        lambda: remove_grouping(grouping=row, version=1, by=people["outsider"]),
    ):
        with pytest.raises(PermissionDenied):
            wrong()
    with pytest.raises(ValidationError):
        add_grouping(facts=facts(order=2), by=by)
    with pytest.raises(ValidationError):
        add_grouping(facts=facts(process=process, party=PartyFactory()), by=by)
    with pytest.raises(EditConflict):
        change_grouping(grouping=row, facts=facts(), version=9, by=by)
    assert Event.objects.count() == 0


def test_pages_of_groupings_add_change_and_remove(client, people):
    client.force_login(people["secretariat"])
    typed = {"region": "americas", "focus": "focus", "order": 1, "name": "ABC", "version": 1}

    added = client.post(reverse("processes:grouping_add"), typed)
    row = Grouping.objects.get()
    page = reverse("processes:grouping", args=[row.pk])
    again = client.post(reverse("processes:grouping_add"), typed)
    changed = client.post(page, typed | {"acronym": "A"})
    conflict = client.post(page, typed | {"acronym": "B"})
    stale = client.post(reverse("processes:grouping_remove", args=[row.pk]), {"version": 1})
    public = client.get(reverse("pages:groupings")).content.decode()
    shown = client.get(page).content.decode()
    listed = client.get(LIST).content.decode()
    removed = client.post(reverse("processes:grouping_remove", args=[row.pk]), {"version": 2})

    assert [each.status_code for each in (added, again, changed, conflict, stale, removed)] == [
        302,
        422,
        302,
        422,
        422,
        302,
    ]
    assert (LIST in public, "changed a grouping" in shown, "ABC" in listed) == (True, True, True)
    assert Grouping.objects.count() == 0


def test_groupings_of_another_region_are_not_found(client, people, process):
    row = GroupingFactory(region="europe")
    Process.objects.update(region="americas")
    client.force_login(people["secretariat"])

    opened = client.get(reverse("processes:grouping", args=[row.pk]))

    assert opened.status_code == 404
    assert row.name not in client.get(LIST).content.decode()
    client.logout()
    assert LIST not in client.get(reverse("pages:groupings")).content.decode()


def test_the_list_names_what_a_grouping_is_here(people, client):
    party = PartyNameFactory(party=PartyFactory(code="xyz", kind="organisation"), name="Xyzania")
    GroupingFactory(region=Region.AMERICAS, name="XYZ", party=party.party)
    client.force_login(people["secretariat"])

    content = client.get(LIST).content.decode()

    assert ('">Xyzania</td>' in content, '">xyz</td>' in content) == (True, False)
