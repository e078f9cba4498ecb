"""An address of the API with a slash at its end leads to the question."""


def test_a_slash_at_the_end_leads_on_with_the_parameters(db, client):
    response = client.get("/api/v1/meetings/?limit=2&process=a%20b")

    assert response.status_code == 302
    assert response["Location"] == "/api/v1/meetings?limit=2&process=a+b"
    assert client.get("/api/v1/meetings/").headers["Location"] == "/api/v1/meetings"
    assert client.get("/api/v1//evil.example/").headers["Location"].startswith("/api/v1/")
    assert client.get("/api/v1/").status_code == 200
