"""What each person finds on the desk, and where they are led."""

import pytest

from tests.factories.processes import (
    MeetingFactory,
    ParticipationFactory,
    RequestFactory,
)


def test_pages_answer_before_anything_is_on_record(db, client):
    urls = ["/", "/processes/", "/groupings/", "/parties/", "/organisations/", "/meetings/",
            "/documents/", "/studies/", "/projects/", "/sources/", "/search/"]  # fmt: skip

    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


DESKS = {
    "outsider": {"lagoon": ("Secretariat", True)},
    "observer": {"meridian": ("observer", False)},
    "partner": {"meridian": ("partner", False)},
    "focal_point": {"meridian": ("member", False)},
    "other_focal_point": {"meridian": ("member", False)},
    "body_member": {"meridian": ("member", False)},
    "chair": {"meridian": ("member, Presidency", False)},
    "secretariat": {"meridian": ("Secretariat", True)},
    "administrator": {},
}


@pytest.mark.parametrize("persona", DESKS)
def test_desk_shows_what_the_person_s_party_holds(client, people, persona):
    client.force_login(people[persona])
    response = client.get("/desk/")
    desk, content = response.context["desk"], response.content.decode()
    found = {each.slug: (", ".join(each.words), each.keeps_record) for each in desk.standings}
    kept = [slug for slug, (_words, keeps) in DESKS[persona].items() if keeps]

    assert found == DESKS[persona]
    assert desk.is_administrator is (persona == "administrator")
    assert content.count('/edit/">') == len(kept)


def test_desk_of_a_visitor_is_behind_the_sign_in(client, people):
    response = client.get("/desk/")

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/desk/")


def test_desk_shows_meetings_ahead_of_own_processes_alone(client, people, process):
    ahead = MeetingFactory(process=process, status="planned", days="2999")
    MeetingFactory(process=process)
    MeetingFactory(status="planned", days="2999")
    client.force_login(people["focal_point"])

    desk = client.get("/desk/").context["desk"]

    assert [line.url for line in desk.meetings] == [ahead.get_absolute_url()]


def test_secretariat_alone_is_led_to_editing(client, people):
    found = {}
    for persona, person in people.items():
        client.logout()
        if persona != "visitor":
            client.force_login(person)
        content = client.get("/processes/meridian/").content.decode()
        found[persona] = "/processes/meridian/participants/edit/" in content

    assert [persona for persona, is_led in found.items() if is_led] == ["secretariat"]


def test_administrator_alone_sees_how_the_installation_runs(client, people):
    client.force_login(people["administrator"])
    response = client.get("/desk/")
    client.force_login(people["secretariat"])
    others = client.get("/desk/").context["desk"].running

    assert [label for label, _value in response.context["desk"].running] == [
        "Work waiting", "Work given up", "Mails waiting", "Mails given up", "Files kept",
        "Their size in kilobytes",
    ]  # fmt: skip
    assert b'href="/outbox/"' in response.content
    assert others == []


def test_desk_begins_with_the_requests_that_wait_for_ones_own_answer(
    client, people, affiliations, process
):
    asking = affiliations["other_focal_point"].party
    RequestFactory(process=process, party=asking, asked="2026-01")
    RequestFactory(process=process, party=None, asked="2026-01", state="done")
    RequestFactory(asked="2026-01")
    found = {}
    for persona in ("secretariat", "other_focal_point", "focal_point"):
        client.force_login(people[persona])
        desk = client.get("/desk/").context["desk"]
        found[persona] = (desk.waiting, sum(each.requests for each in desk.standings))

    assert found == {"secretariat": (1, 1), "other_focal_point": (0, 1), "focal_point": (0, 0)}


def test_who_only_keeps_records_is_not_said_to_take_part(client, people, process):
    def heading(persona):
        client.force_login(people[persona])
        return client.get("/desk/").content.decode().partition("<h1>")[2].partition("</h1>")[0]

    party = process.terms.get(office="secretariat").party
    assert heading("secretariat") == "You take part in 1 process"
    process.terms.filter(party=party).update(office="keeper")

    assert heading("secretariat") == "You keep the record of 1 process"
    ParticipationFactory(process=process, party=party, status="observer", begins="2000")
    assert heading("secretariat") == "You take part in 1 process"
