"""What reaches across processes: the register of requests, and liaison visits."""

import pytest
from django.urls import reverse

from comity.processes.models import LiaisonVisit, Process
from tests.factories.processes import LiaisonVisitFactory, ProcessFactory, RequestFactory

REGISTER = reverse("processes:requests_across")
VISITS = reverse("processes:visits_across")


@pytest.fixture
def asked(process, affiliations):
    """A request of the focal point in each of two processes, and one of somebody else's."""
    party = affiliations["focal_point"].party
    elsewhere = Process.objects.get(slug="lagoon")
    RequestFactory(process=process, party=party, words="Definitions in French")
    RequestFactory(process=elsewhere, party=party, words="A seat at the table", state="done")
    RequestFactory(process=elsewhere, party=None, words="Asked by telephone", state="withdrawn")


def words_on(client, person, address=REGISTER, **typed):
    client.force_login(person)
    html = client.get(address, typed).content.decode()
    every = ("Definitions in French", "A seat at the table", "Asked by telephone")
    return [words for words in every if words in html]


def test_register_shows_what_its_reader_may_read(client, people, asked):
    found = {name: words_on(client, people[name]) for name in ("focal_point", "secretariat")}
    found["outsider"] = words_on(client, people["outsider"])
    found["chair"] = words_on(client, people["chair"])

    assert found == {
        "focal_point": ["Definitions in French", "A seat at the table"],
        "secretariat": ["Definitions in French"],
        "outsider": ["A seat at the table", "Asked by telephone"],
        "chair": [],
    }


def test_register_is_filtered_by_process_and_state(client, people, asked):
    reader = people["focal_point"]

    assert words_on(client, reader, process="lagoon") == ["A seat at the table"]
    assert words_on(client, reader, state="open") == ["Definitions in French"]
    assert words_on(client, reader, state="done") == ["A seat at the table"]
    assert words_on(client, reader, process="lagoon", state="open") == []
    assert words_on(client, reader, process="none", state="odd") == [
        "Definitions in French",
        "A seat at the table",
    ]
    assert "notice due" in client.get(REGISTER, {"process": "none"}).content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_register_costs_the_same_at_any_length(
    client, people, process, affiliations, django_assert_num_queries, count
):
    for _each in range(count):
        RequestFactory(process=process, party=affiliations["focal_point"].party)
    client.force_login(people["focal_point"])

    with django_assert_num_queries(6):  # session, person, name, processes, count, rows
        client.get(REGISTER)


def test_visits_are_read_on_both_sides_and_reported_on_one(client, people, process):
    lagoon, third = Process.objects.get(slug="lagoon"), ProcessFactory(slug="third")
    LiaisonVisitFactory(process=process, visited=lagoon, represented_by="Ada", report="Secret.")
    LiaisonVisitFactory(process=third, visited=process, represented_by="Ben", report="")
    LiaisonVisitFactory(process=third, visited=lagoon, represented_by="Cleo")
    client.force_login(people["secretariat"])
    own = client.get(VISITS).content.decode()
    client.force_login(people["outsider"])
    other = client.get(VISITS).content.decode()

    assert [name in own for name in ("Ada", "Ben", "Cleo")] == [True, True, False]
    assert [name in other for name in ("Ada", "Ben", "Cleo")] == [True, False, True]
    assert ("reported" in own, "reported" in other, "Secret." in own) == (True, False, False)
    pk = LiaisonVisit.objects.get(represented_by="Ada").pk
    address = reverse("processes:visit", args=[process.slug, pk])
    assert (address in own, address in other) == (True, False)


@pytest.mark.parametrize("count", [1, 5])
def test_visits_cost_the_same_at_any_length(
    client, people, process, django_assert_num_queries, count
):
    for _each in range(count):
        LiaisonVisitFactory(process=process)
    client.force_login(people["secretariat"])

    with django_assert_num_queries(7):  # session, person, right, processes, count, rows, name
        client.get(VISITS)
