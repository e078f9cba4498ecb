"""The open data hold the whole public record, read back with means that are not ours."""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest
from django.conf import settings
from django.utils import timezone, translation

from comity.accounts.authority import SYSTEM
from comity.api.exports.archive import all_tables
from comity.api.models import Release
from comity.audit.models import Event
from comity.processes.models import Grouping
from comity.sources.models import Grounds, Original
from comity.sources.services import add_grounded, change_cited
from tests.api.reading import NOW, facts_of, opened, released, rows_of
from tests.factories.processes import (
    GroupingFactory,
    MeetingFactory,
    ProcessFactory,
)

# What the tables of the paper hold, and what its reading adds.
COUNTS = {
    "processes": 19,
    "aliases": 45,  # 29 of the paper, and names of other times
    "areas": 98,
    "websites": 1,
    "participation": 240,
    "bodies": 17,
    "meetings": 45,
    "attendances": 46,
    "partnerships": 106,
    "groupings": 47,
    "documents": 13,
    "studies": 17,
    "projects": 10,
    "sources": 3,
    "statements": 14,
    "grounds": 0,
}


def test_every_row_of_the_paper_is_in_both_forms(paper):
    archive = opened(released())

    names = [table.name for table in all_tables()]
    rows = {name: len(rows_of(archive, name)) for name in names}
    assert archive.testzip() is None
    assert rows == {name: len(facts_of(archive, name)) for name in names}
    assert {name: rows[name] for name in COUNTS} == COUNTS
    assert Counter(row["kind"] for row in rows_of(archive, "processes")) == {
        "process": 13,
        "forum": 6,
    }


@pytest.mark.parametrize(
    "name", ["parties", "names", "meetings", "documents", "studies", "projects", "sources"]
)
def test_a_fact_is_said_as_the_api_says_it(paper, client, settings, name):
    settings.SITE_ADDRESS = "http://testserver"
    facts = facts_of(opened(released()), name)
    said, url = [], f"/api/v1/{name}?limit=100"
    while url and len(said) < 500:
        page = client.get(url, headers={"accept-language": "en"}).json()
        said, url = said + page["items"], page["next"]

    def key(fact):
        return json.dumps(fact, sort_keys=True)

    alike = sorted(key({k: v for k, v in fact.items() if k != "id"}) for fact in facts)
    assert len(said) == min(len(facts), len(said))
    assert set(map(key, said)) <= set(alike)
    assert len(alike) == page["count"]


def test_each_column_is_described_and_each_key_leads_somewhere(paper):
    enter_and_change()
    archive = opened(released())
    package = json.loads(archive.read("datapackage.json"))

    columns = {}
    for resource in package["resources"]:
        content = archive.read(resource["path"])
        rows = rows_of(archive, resource["name"])
        columns[resource["name"]] = {name: [row[name] for row in rows] for name in rows[0]}
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(rows[0])
        assert all(field["description"] for field in fields)
        assert (resource["bytes"], resource["rows"]) == (len(content), len(rows))
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        check_types(fields, rows)
    for resource in package["resources"]:
        own, schema = columns[resource["name"]], resource["schema"]
        assert len(set(own[schema["primaryKey"]])) == resource["rows"]
        for key in schema["foreignKeys"]:
            there = columns[key["reference"]["resource"]][key["reference"]["fields"]]
            assert set(own[key["fields"]]) - {""} <= set(there)
    rests = [
        (table, row)
        for name in ("citations", "statements", "grounds")
        for table, row in zip(columns[name]["table"], columns[name]["row"], strict=True)
    ]
    keys = {each["name"]: each["schema"]["primaryKey"] for each in package["resources"]}
    assert all(row in set(columns[table][keys[table]]) for table, row in set(rests))
    assert package["licenses"] == [{"name": "Apache-2.0"}]
    assert len(package["sources"]) == len(rows_of(archive, "sources"))


def enter_and_change():
    """Let somebody enter a grouping by a letter, and change another that rests on the paper."""
    entered = GroupingFactory(region="africa", name="New grouping", order=99)
    add_grounded(entered, action="grouping.added", by=SYSTEM, grounds="Letter of 3 May")
    row = Grouping.objects.get(acronym="MIDSA", focus="focus")
    changes = {"name": "Another name"}
    change_cited(row, changes, action="grouping.changed", by=SYSTEM, grounds="Note of 4 May")
    return row


def test_what_people_entered_or_changed_says_where_they_know_it_from(paper):
    changed = enter_and_change()
    archive = opened(released())

    entered = Grouping.objects.get(name="New grouping")
    today = timezone.localdate().isoformat()
    assert [tuple(row.values()) for row in rows_of(archive, "grounds")] == [
        (
            f"entered-{Grounds.objects.get().pk}",
            "groupings",
            str(entered.pk),
            "Letter of 3 May",
            "",
            "",
        ),
        (
            f"changed-{Original.objects.get().pk}",
            "groupings",
            str(changed.pk),
            "Note of 4 May",
            today,
            "name",
        ),
    ]
    said = {row["id"]: row["grounds"] for row in facts_of(archive, "groupings") if row["grounds"]}
    assert said == {entered.pk: ["Letter of 3 May"], changed.pk: ["Note of 4 May"]}


def test_a_partner_is_said_with_its_role_and_its_place(paper):
    [found] = [
        row
        for row in facts_of(opened(released()), "partnerships")
        if row["process"] == "midsa" and "(ILO)" in row["name_in_source"]
    ]

    del found["id"]
    assert found == {
        "process": "midsa",
        "party": {"code": "ilo", "name": "International Labour Organization"},
        "partner_process": None,
        "name_in_source": "International Labour Organization (ILO)",
        "role": "special working group; attends by theme",
        "sources": [
            {"source": "mc-inf-266", "place": "Annex I ¶1"},
            {"source": "mc-inf-266", "place": "Annex I fn 6"},
        ],
        "grounds": [],
        "version": 1,
    }


def check_types(fields, rows):
    """Read each cell as what its column says that it is."""
    readers = {
        "string": str,
        "integer": int,
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "boolean": {"true": True, "false": False}.__getitem__,
    }
    for field in fields:
        for row in rows:
            if row[field["name"]]:
                readers[field["type"]](row[field["name"]])


def test_the_same_record_gives_the_same_bytes_and_no_new_release(paper):
    first = released()
    with translation.override("fr"):
        again = released(NOW + timedelta(days=400))

    assert again == first
    assert again.checked_at == NOW + timedelta(days=400)
    assert Release.objects.count() == 1
    assert Event.objects.filter(action="data.released").count() == 1
    MeetingFactory(slug="one-more", process=ProcessFactory())
    assert released().file != first.file


def test_each_language_of_the_interface_has_its_words(paper):
    archive = opened(released())

    names = {name for name in archive.namelist() if name.startswith("README")}
    assert names == {"README.txt", "README.es.txt", "README.fr.txt"}
    english = archive.read("README.txt").decode()
    assert "- meetings (45): Meetings" in english.splitlines()
    assert "Licence: Apache-2.0." in english


def test_the_page_says_what_is_in_the_file(paper, client, django_assert_max_num_queries):
    assert "The file is being made." in client.get("/open-data/").content.decode()
    release = released()

    with django_assert_max_num_queries(3):
        page = client.get("/open-data/").content.decode()

    assert release.file.sha256 in page
    assert settings.DATA_LICENCE in page
    assert all(f"<code>{table.name}</code>" in page for table in all_tables())
