"""The directory of a process, its files, and the way to it."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from comity.accounts.authority import SYSTEM
from comity.directory.forms import DirectoryForm
from comity.directory.queries import Filter, read_directory
from comity.office.tables import BOM
from comity.parties.directory import read_posts
from tests.factories.parties import AffiliationFactory, PostFactory
from tests.factories.processes import ParticipationFactory

DAY = date(2026, 7, 1)


@pytest.fixture
def member(client, people):
    client.force_login(people["other_focal_point"])
    return client


@pytest.fixture
def address(process):
    return reverse("directory:directory", args=[process.slug])


def shown(entry):
    """Return who is shown of a party: post, name or the day since which it is vacant."""
    found = []
    for post in entry.posts:
        found += [f"{post.title}: vacant since {post.since}"] * post.is_vacant
        found += [f"{post.title}: {one.name}, {one.place}" for one in post.people]
    return found


def entry_of(process, party, on=DAY):
    return next(e for e in read_directory(process, on, Filter(), SYSTEM) if e.pk == party.pk)


def test_directory_shows_focal_points_alternates_and_what_a_party_shows(process, arvenia):
    assert shown(entry_of(process, arvenia)) == [
        "Focal point: vacant since 2024-01-01",
        "Focal point: Pau Merindal, alternate",
        "Consul: Gonzalo Vea, holder",
    ]


def test_directory_of_another_day_shows_who_was_there(process, arvenia):
    assert shown(entry_of(process, arvenia, date(2021, 6, 1))) == [
        "Focal point: Rosa Altamar, holder",
        "Focal point: Pau Merindal, alternate",
        "Consul: vacant since ",
    ]


def test_party_itself_sees_all_of_its_people(arvenia):
    lines = read_posts([arvenia.pk], DAY, listed_only=False)[arvenia.pk]

    assert [(line.title, [one.name for one in line.people]) for line in lines][1:3] == [
        ("Consul", ["Gonzalo Vea"]),
        ("Analyst", ["Vera Nantes"]),
    ]
    assert [line.pk for line in lines][3:] == [None]


@pytest.mark.parametrize("number", [1, 5])
def test_directory_costs_the_same_queries_at_any_length(
    process, arvenia, number, django_assert_num_queries
):
    for _each in range(number):
        row = ParticipationFactory(process=process)
        post = PostFactory(party=row.party, is_focal_point=True)
        AffiliationFactory(party=row.party, post=post)

    with django_assert_num_queries(4):
        read_directory(process, DAY, Filter(), SYSTEM)


def test_page_says_plainly_what_is_vacant(member, address, arvenia):
    html = member.get(address).content.decode()

    assert "Focal point of Arvenia: vacant since 1 January 2024" in html
    assert "gonzalo@arvenia.example" in html
    assert "Vera Nantes" not in html


def test_page_is_filtered_by_party_and_network(member, address, arvenia, consulates):
    by_party = member.get(address, {"party": "QMA"})
    by_network = member.get(address, {"network": consulates.pk})
    wrong = member.get(address, {"party": "ZZZ", "network": "9", "on": "2026-02-30"})

    assert [entry.name for entry in by_party.context["entries"]] == ["Arvenia"]
    assert [shown(entry) for entry in by_network.context["entries"]] == [
        ["Consul: Gonzalo Vea, holder"]
    ]
    assert sorted(wrong.context["form"].errors) == ["network", "on", "party"]
    assert len(wrong.context["entries"]) == 6


def test_table_has_a_row_for_each_person_and_each_vacancy(member, process, arvenia, consulates):
    address = reverse("directory:directory_export", args=[process.slug, "csv"])

    response = member.get(address, {"party": "QMA"})

    text = b"".join(response.streaming_content).removeprefix(BOM).decode()
    rows = [row[4:9] + row[12:] for row in csv.reader(io.StringIO(text))]
    assert rows == [
        ["Post", "As", "Name", "E-mail address", "Telephone", "Networks"],
        ["Focal point", "vacant", "", "", "", ""],
        ["Focal point", "Alternate", "Pau Merindal", "pau@arvenia.example", "000 555 0110", ""],
        [
            "Consul",
            "Holder",
            "Gonzalo Vea",
            "gonzalo@arvenia.example",
            "000 555 0110",
            "Network of consulates",
        ],
    ]
    assert response["Cache-Control"] == "private, no-store"


def test_cards_are_for_an_address_book(member, process, arvenia, consulates):
    address = reverse("directory:directory_export", args=[process.slug, "vcf"])

    response = member.get(address, {"network": consulates.pk})

    text = b"".join(response.streaming_content).decode()
    pk = arvenia.affiliations.get(post__is_listed=True).pk
    assert text.split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"UID:urn:comity:affiliation:{pk}",
        "FN:Gonzalo Vea",
        "ORG:Arvenia",
        "TITLE:Consul",
        "EMAIL;TYPE=work:gonzalo@arvenia.example",
        "TEL;VALUE=text;TYPE=work:000 555 0110",
        "LANG:es",
        "CATEGORIES:Process,Network of consulates",
        "END:VCARD",
        "",
    ]


def test_workbook_is_handed_out_and_an_unknown_form_is_not(member, process, arvenia):
    answers = [
        member.get(reverse("directory:directory_export", args=[process.slug, form]))
        for form in ("xlsx", "pdf")
    ]

    assert [answer.status_code for answer in answers] == [200, 404]
    assert answers[0].content.startswith(b"PK")


def test_way_to_people_leads_to_own_party_and_processes(member, people, process, arvenia):
    own = member.get(reverse("directory:people"))
    member.force_login(people["observer"])
    of_observer = member.get(reverse("directory:people"))
    member.force_login(people["administrator"])
    of_nobody = member.get(reverse("directory:people"))

    assert [room.name for room in own.context["rooms"]] == ["Process"]
    assert len(own.context["parties"]) == 1
    assert of_observer.context["rooms"] == []
    assert "You belong to no party" in of_nobody.content.decode()


PAST = "2021-06-01"


def reached(client, page, on=PAST):
    """Return which addresses a page of that day shows."""
    html = b"".join(client.get(page, {"on": on})).decode()
    return [name for name in ("rosa", "pau", "gonzalo") if f"{name}@arvenia.example" in html]


@pytest.mark.parametrize("form", ["page", "csv", "vcf"])
def test_who_has_left_is_shown_on_a_past_day_without_an_address(member, process, arvenia, form):
    page = reverse("directory:directory", args=[process.slug])
    if form != "page":
        page = reverse("directory:directory_export", args=[process.slug, form])
    html = b"".join(member.get(page, {"on": PAST})).decode()

    assert "Rosa Altamar" in html
    assert reached(member, page) == ["pau"]


def test_own_people_are_reached_on_a_past_day_by_who_keeps_them(client, people, arvenia):
    page, found = reverse("parties:people", args=[arvenia.code]), []

    for persona in ("focal_point", "administrator"):
        client.force_login(people[persona])
        found.append(reached(client, page))

    assert found == [["pau"], ["rosa", "pau"]]


def test_contact_who_has_left_is_reached_by_nobody(member, process, consulates):
    page = reverse("directory:network", args=[process.slug, consulates.pk])
    before = reached(member, page, "2022-06-01")
    row = consulates.contacts.get().affiliation
    row.ends = "2023"
    row.save()

    assert [before, reached(member, page, "2022-06-01")] == [["gonzalo"], []]


def test_parties_are_offered_by_name(process):
    parties = [("qmz", "Zarvenia"), ("qme", "Ébraly"), ("qmd", "Dorvane")]

    form = DirectoryForm(parties=parties, networks=process.networks.all())

    offered = [label for _code, label in form.fields["party"].choices]
    assert offered == ["All", "Dorvane", "Ébraly", "Zarvenia"]
