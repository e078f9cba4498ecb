"""The pages answer with what the paper brings, in three languages."""

import pytest

PAGES = [
    "/",
    "/about/",
    "/about/functions/",
    "/processes/",
    "/processes/rcm/",
    "/processes/arab/",
    "/groupings/",
    "/parties/",
    "/parties/?page=2",
    "/parties/CAN/",
    "/parties/SCG/",
    "/parties/EC/",
    "/organisations/",
    "/organisations/iom/",
    "/meetings/",
    "/meetings/m-budapest-2003/",
    "/documents/",
    "/documents/d-dakar/",
    "/studies/",
    "/studies/s-rcm-2001/",
    "/projects/",
    "/projects/p-cbmmp/",
    "/sources/",
    "/sources/differences/",
    "/sources/mc-inf-266/",
    "/search/?q=trafficking",
]
HEADINGS = {
    "en": "Regional consultative processes on migration",
    "es": "Procesos consultivos regionales sobre migración",
    "fr": "Processus consultatifs régionaux sur la migration",
}


@pytest.mark.parametrize("language", HEADINGS)
def test_pages_answer_in_the_language_of_the_reader(paper, client, language):
    found = {}
    for url in PAGES:
        response = client.get(url, headers={"accept-language": language})
        found[url] = (response.status_code, response.content.count(b"<h1"))
        assert f'<html lang="{language}"' in response.content.decode()

    home = client.get("/", headers={"accept-language": language}).content.decode()
    assert found == dict.fromkeys(PAGES, (200, 1))
    assert f"<h1>{HEADINGS[language]}</h1>" in home


@pytest.mark.parametrize(
    "url",
    [
        "/processes/none/",
        "/processes/rcm/participants.pdf",
        "/processes/none/participants.csv",
        "/parties/XXX/",
        "/organisations/none/",
        "/meetings/none/",
        "/documents/none/",
        "/studies/none/",
        "/projects/none/",
        "/sources/none/",
    ],
)
def test_what_is_not_there_is_not_found(paper, client, url):
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("url", PAGES)
def test_pages_are_only_read(db, client, url):
    assert client.post(url).status_code == 405


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("/parties/can/", "/parties/CAN/"),
        ("/parties/iom/", "/organisations/iom/"),
        ("/organisations/CAN/", "/parties/CAN/"),
    ],
)
def test_other_address_of_a_party_leads_to_its_own(paper, client, url, address):
    response = client.get(url)

    assert (response.status_code, response["Location"]) == (301, address)


@pytest.mark.parametrize("number", ["0", "x", "99", "-1"])
def test_list_shows_a_page_whatever_number_is_asked(paper, client, number):
    assert client.get("/meetings/", {"page": number}).context["listing"].rows != []


def test_htmx_gets_the_rows_alone(paper, client):
    response = client.get("/meetings/", headers={"hx-request": "true"})
    content = response.content.decode()

    assert "<h1" not in content
    assert content.count("<tr>") == 46
    assert "HX-Request" in response["Vary"]


def test_table_of_another_day_speaks_the_reader_s_language(paper, client):
    response = client.get(
        "/processes/cluster/participants.csv?on=2003-03-01", headers={"accept-language": "fr"}
    )
    lines = response.getvalue().decode("utf-8-sig").splitlines()

    assert len(lines) == 10
    assert [line.split(",")[0] for line in lines[1:4]] == ["Allemagne", "Arménie", "Azerbaïdjan"]


def test_participants_of_bali_are_handed_out_whole(paper, client):
    lines = client.get("/processes/bali/participants.csv").getvalue().decode().splitlines()

    assert len(lines) == 38


def test_the_page_of_a_source_calls_parties_by_their_names(paper, client):
    pages = client.get("/sources/mc-inf-266/").context["page"].paginator.page_range
    titles = [
        str(fact.title)
        for number in pages
        for place in client.get(f"/sources/mc-inf-266/?page={number}").context["places"]
        for fact in place.facts
    ]

    assert [each for each in titles if ": iom – " in each or ": samp – " in each] == []
    assert "RCM: International Organization for Migration – Secretariat" in titles


def test_an_agreement_is_said_once_to_have_no_date(paper, client):
    line = client.get("/organisations/iom/").context["page"].record.agreements.lines

    assert [(each.when, each.remark) for each in line if each.title == "Cooperation Agreement"] == [
        ("not dated", "")
    ]
