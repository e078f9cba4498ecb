"""The API says what the record says, in parts, as of a day, and to each what they may read."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from comity.accounts.authority import SYSTEM
from comity.accounts.services import create_token, revoke_token
from comity.parties.models import Party
from comity.sources.models import Citation
from comity.sources.services import add_grounded, change_cited
from comity.ui.days import DayField
from tests.factories.documents import DocumentFactory
from tests.factories.processes import MeetingFactory, ProcessFactory
from tests.factories.sources import SourceFactory

LISTS = {
    "parties": None,
    "names": None,
    "processes": None,
    "participation": 240,
    "bodies": None,
    "terms": None,
    "meetings": 45,
    "documents": 13,
    "studies": None,
    "projects": 10,
    "sources": None,
}


def get(client, path, **headers):
    response = client.get(f"/api/v1/{path}", headers=headers)
    return response.status_code, response.json() if response.content else None


@pytest.mark.parametrize("path", LISTS)
def test_the_parts_of_a_list_are_all_of_it_once(paper, client, path):
    _status, whole = get(client, f"{path}?limit=100")
    found, url = [], f"/api/v1/{path}?limit=7"
    while url and len(found) < 100:
        page = client.get(url).json()
        assert page["count"] == whole["count"]
        found += page["items"]
        url = page["next"]

    assert found[:100] == whole["items"][: len(found)][:100]
    assert LISTS[path] in {None, whole["count"]}


def test_a_participation_is_said_with_its_party_its_date_and_its_source(paper, client):
    _status, page = get(client, "participation?process=bali&party=FRA")

    assert page["items"] == [
        {
            "process": "bali",
            "party": {"code": "FRA", "name": "France"},
            "begins": {"text": "../2003-11", "earliest": None, "latest": "2003-11-30"},
            "ends": None,
            "note": page["items"][0]["note"],
            "sources": [{"source": "mc-inf-266", "place": "Annex II table row 12"}],
            "grounds": [],
            "version": 1,
            "status": "participant",
            "on_behalf_of": {"code": "NCL", "name": "New Caledonia"},
            "is_origin": False,
            "is_transit": False,
            "is_destination": False,
            "name_in_source": "France (New Caledonia)",
        }
    ]


def test_words_in_which_people_said_where_they_know_a_fact_from_stand_beside_its_sources(
    db, client
):
    entered = MeetingFactory(slug="entered")
    add_grounded(entered, action="meeting.added", by=SYSTEM, grounds="Letter of 3 May")
    changed = MeetingFactory(slug="changed", place="Lima")
    source = SourceFactory(slug="paper")
    Citation.objects.create(target=changed, source=source, locator="Annex I ¶1")
    changes = {"place": "Quito"}
    change_cited(changed, changes, action="meeting.changed", by=SYSTEM, grounds="Note of 4 May")

    told = [get(client, f"meetings/{slug}")[1] for slug in ("entered", "changed")]
    back = {"place": "Lima"}
    change_cited(changed, back, action="meeting.changed", by=SYSTEM, grounds="Note of 5 May")
    again = get(client, "meetings/changed")[1]

    assert [(each["sources"], each["grounds"]) for each in (*told, again)] == [
        ([], ["Letter of 3 May"]),
        ([{"source": "paper", "place": "Annex I ¶1"}], ["Note of 4 May"]),
        ([{"source": "paper", "place": "Annex I ¶1"}], []),
    ]


def test_a_party_is_called_as_on_the_day_and_in_the_language_asked_for(paper, client):
    _status, then = get(client, "parties/SWZ?on=2003-03-01")
    _status, now = get(client, "parties/SWZ")
    _status, french = get(client, "parties/DEU", **{"accept-language": "fr"})

    assert (then["name"], now["name"], french["name"]) == ("Swaziland", "Eswatini", "Allemagne")
    assert {name["language"] for name in now["names"]} >= {"ar", "en", "es", "fr", "ru", "zh"}


def test_an_answer_that_has_not_changed_is_not_sent_again(paper, client):
    first = client.get("/api/v1/processes/rcm")
    again = client.get("/api/v1/processes/rcm", headers={"if-none-match": first["ETag"]})
    other = client.get("/api/v1/processes/bali", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


def test_meetings_are_those_that_may_lie_in_the_time_asked_for(db, client):
    process = ProcessFactory(slug="dialogue")
    for slug, days in (("a", "2001"), ("b", "2002-05-01/2002-05-03"), ("c", "2003")):
        MeetingFactory(slug=slug, process=process, days=days)

    _status, page = get(client, "meetings?process=dialogue&since=2002-05-02&until=2002-12-31")
    _status, edge = get(client, "meetings?process=dialogue&since=2001-12-31&until=2002-05-01")

    assert [each["slug"] for each in page["items"]] == ["b"]
    assert [each["slug"] for each in edge["items"]] == ["b", "a"]


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("meetings?limit=0", "limit"),
        ("meetings?limit=101", "limit"),
        ("meetings?offset=-1", "offset"),
        ("meetings?since=soon", "since"),
        ("meetings?proces=rcm", "proces"),
        ("processes?region=a%00b", "region"),
        ("parties?on=2003-02-30", "on"),
        ("parties?on=1899-12-31", "on"),
        ("parties?on=2020-01-01T00:00", "on"),
        ("parties?on=1041552000", "on"),
        ("processes/rcm?on=9999-12-31", "on"),
        ("bodies?on=0001-01-01", "on"),
        ("meetings?on=1990-01-01", "on"),
        ("names?on=1990-01-01", "on"),
        ("parties?region=mars", "region"),
        ("parties?kind=planet", "kind"),
        ("names?party=ZZZ", "party"),
        ("processes?kind=club", "kind"),
        ("participation?status=nope", "status"),
        ("participation?process=nope", "process"),
        ("terms?office=nope", "office"),
        ("meetings?party=ZZZ", "party"),
        ("meetings?status=nope", "status"),
        ("meetings?since=2003-10-01&until=2003-01-01", "until"),
    ],
)
def test_a_parameter_that_cannot_be_is_named(db, client, path, parameter):
    status, answer = get(client, path)

    assert status == 422
    assert [line["parameter"] for line in answer["detail"]] == [parameter]


def test_a_day_outside_the_record_is_refused_as_on_pages_in_the_language_of_the_reader(db, client):
    last = f"{timezone.localdate().year + 10}-12-31"
    sentences = {language: refused_on_pages(language) for language in ("en", "es", "fr")}

    for language, sentence in sentences.items():
        status, told = get(client, "terms?on=1899-12-31", **{"accept-language": language})
        assert (status, told["detail"]) == (422, [{"parameter": "on", "reason": sentence}])
    assert sentences["en"] == (
        f"The record says nothing of 1899-12-31. Choose a day from 1900-01-01 to {last}."
    )
    assert len(set(sentences.values())) == 3
    assert [get(client, f"terms?on={day}")[0] for day in ("1900-01-01", last)] == [200, 200]


def refused_on_pages(language):
    with translation.override(language), pytest.raises(ValidationError) as error:
        DayField().clean("1899-12-31")
    with translation.override(language):
        return error.value.messages[0]


def test_nothing_holds_in_a_process_before_it_began(paper, client):
    counts = [
        get(client, path)[1]["count"]
        for path in (
            "participation?on=1900-01-01",
            "participation?process=rcm&on=1980-01-01",
            "terms?on=1900-01-01",
            "participation?on=1990-01-01",
        )
    ]
    _status, page = get(client, "processes?on=1980-01-01&limit=100")

    assert counts == [0, 0, 0, 17]
    assert page["count"] < 19
    assert {each["begins"] and each["begins"]["earliest"] for each in page["items"]} == {None}


def test_an_address_without_anything_says_so(db, client):
    assert get(client, "processes/none") == (
        404,
        {"detail": [{"parameter": "address", "reason": "There is nothing at this address."}]},
    )


def test_a_token_opens_what_its_person_may_read(people, process, client):
    draft = DocumentFactory(process=process)
    secret = create_token(user=people["secretariat"], name="Office", by=people["secretariat"])
    bearer = {"authorization": f"Bearer {secret.secret}"}

    path = f"documents/{draft.slug}"
    assert get(client, path)[0] == 404
    assert get(client, path, **bearer)[1]["slug"] == draft.slug
    assert draft.slug not in json.dumps(get(client, "documents?limit=100")[1])
    revoke_token(token=secret.token, by=people["secretariat"])
    status, answer = get(client, path, **bearer)
    assert (status, answer["detail"][0]["parameter"]) == (401, "Authorization")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_name_of_the_scheme_may_be_in_capitals_or_not(people, client, scheme):
    secret = create_token(user=people["observer"], name="O", by=people["observer"]).secret

    statuses = [
        get(client, "sources", authorization=f"{words}{secret}")[0]
        for words in (f"{scheme} ", f"{scheme}  ", "", "Basic ", f"{scheme}")
    ]

    assert statuses == [200, 200, 401, 401, 401]


def test_no_cache_keeps_what_is_answered_to_somebody(people, client):
    secret = create_token(user=people["observer"], name="O", by=people["observer"]).secret
    bearer = {"authorization": f"Bearer {secret}"}

    public = client.get("/api/v1/sources")
    by_token = client.get("/api/v1/sources", headers=bearer)
    refused = client.get("/api/v1/documents/none", headers=bearer)
    client.force_login(people["observer"])
    by_session = client.get("/api/v1/sources")
    same = client.get("/api/v1/sources", headers={"if-none-match": by_session["ETag"]})

    private = [by_token, refused, by_session, same]
    assert "Cache-Control" not in public
    assert [each["Cache-Control"] for each in private] == ["private, no-store"] * 4
    assert same.status_code == 304


def test_what_is_made_up_is_asked_for_by_itself(db, client):
    ours = {"real", "made-up"}
    ProcessFactory(slug="real")
    ProcessFactory(slug="made-up", is_made_up=True)

    _status, record = get(client, "processes")
    _status, made_up = get(client, "processes?made_up=true")

    slugs = [{each["slug"] for each in page["items"]} & ours for page in (record, made_up)]
    assert slugs == [{"real"}, {"made-up"}]
    assert Party.objects.filter(is_made_up=False).count() == get(client, "parties")[1]["count"]


@pytest.mark.parametrize("path", ["meetings/first", "documents/first", "parties/ALM"])
def test_one_record_refuses_what_it_does_not_know(client, db, path):
    status, told = get(client, f"{path}?unknown=1")

    assert status == 422
    assert [line["parameter"] for line in told["detail"]] == ["unknown"]


def test_parameter_given_twice_is_refused(client, db):
    status, told = get(client, "meetings?limit=1&limit=2")

    reason = "Give this parameter once."
    assert (status, told["detail"]) == (422, [{"parameter": "limit", "reason": reason}])


def test_addresses_are_those_of_the_site_whoever_asks_how(client, db, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_ADDRESS = "https://comity.example"
    for slug in ("first", "second"):
        MeetingFactory(slug=slug)

    _status, found = get(client, "meetings?limit=1", host="elsewhere.example")

    assert found["next"] == "https://comity.example/api/v1/meetings?limit=1&offset=1"
    assert found["items"][0]["url"].startswith("https://comity.example/meetings/")
