"""Programs of every host may ask the API for what everybody may read, and for no more."""

import pytest

from comity.accounts.services import create_token

FROM_ELSEWHERE = {"origin": "https://statistics.example"}


def crossing(response):
    return {
        name: value
        for name, value in response.headers.items()
        if name.startswith("Access-Control") or name == "Cache-Control"
    }


@pytest.mark.parametrize(
    "path", ["processes", "processes/none", "meetings?limit=0", "openapi.json"]
)
def test_what_everybody_may_read_is_read_from_every_host(db, client, path):
    answer = client.get(f"/api/v1/{path}", headers=FROM_ELSEWHERE)

    assert crossing(answer) == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag",
    }
    assert {"Accept-Language", "Authorization", "Cookie"} <= set(answer["Vary"].split(", "))


def test_what_a_token_or_a_session_opens_is_for_no_other_host(people, process, client):
    made = create_token(user=people["secretariat"], name="Office", by=people["secretariat"])
    bearer = {"authorization": f"Bearer {made.secret}"}

    with_token = client.get("/api/v1/documents", headers=FROM_ELSEWHERE | bearer)
    wrong = client.get("/api/v1/documents", headers={"authorization": "Bearer x"})
    client.force_login(people["secretariat"])
    signed_in = client.get("/api/v1/documents", headers=FROM_ELSEWHERE)

    for answer in (with_token, wrong, signed_in):
        assert crossing(answer) == {"Cache-Control": "private, no-store"}


def test_a_browser_is_told_beforehand_what_it_may_ask(db, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.options("/api/v1/meetings", headers=FROM_ELSEWHERE)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert crossing(answer) == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "Accept-Language, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    refused = client.post("/api/v1/meetings")
    assert (refused.status_code, refused["Allow"]) == (405, answer["Allow"])


def test_the_head_alone_says_what_the_whole_would(db, client):
    whole = client.get("/api/v1/processes")
    head = client.head("/api/v1/processes")
    again = client.head("/api/v1/processes", headers={"if-none-match": head["ETag"]})

    assert head.content == b""
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]
    assert again.status_code == 304
