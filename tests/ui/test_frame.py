import re

import pytest
from django.test import Client
from django.urls import reverse

from comity.accounts.models import User
from comity.accounts.names import namers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pattern_pages")]


@pytest.fixture
def reader():
    return User.objects.create_user("reader@arvenia.example", "x", language="fr")


def text_of(response):
    return response.content.decode()


def test_frame_marks_where_the_page_belongs(client):
    html = text_of(client.get("/form/"))

    links = re.findall(r'<li><a href="([^"]*)"( aria-current="true")?>([^<]*)</a></li>', html)
    assert links[:2] == [("/", "", "Processes"), ("/form/", ' aria-current="true"', "Meetings")]


def test_visitor_needs_no_cookie_and_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/")

    assert response.cookies == {}
    assert "csrf" not in text_of(response)
    assert 'href="/accounts/login/?next=%2F"' in text_of(response)
    assert ">Desk</a>" not in text_of(response)


def test_reader_is_named_and_may_leave(client, reader, monkeypatch):
    monkeypatch.setattr(namers, "_entries", {"people": lambda found: dict.fromkeys(found, "Ana")})
    client.force_login(reader)

    html = text_of(client.get("/"))

    assert '<a class="person" href="/accounts/" title="Votre compte"><bdi>Ana</bdi></a>' in html
    assert 'action="/accounts/logout/"' in html
    assert ">Desk</a>" in html


def test_reader_without_a_name_is_known_by_address(client, reader):
    client.force_login(reader)

    assert "<bdi>reader@arvenia.example</bdi></a>" in text_of(client.get("/"))


def test_language_is_kept_and_the_page_too(client):
    answer = client.post(
        reverse("ui:language"), {"language": "fr", "next": "/form/?page=2&words=a"}
    )
    page = client.get("/form/")

    assert (answer.status_code, answer["Location"]) == (303, "/form/?page=2&words=a")
    assert '<html lang="fr" dir="ltr">' in text_of(page)
    assert '<input type="hidden" name="next" value="/form/">' in text_of(page)


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_choice_of_language_leads_to_no_other_host(client, next_page):
    answer = client.post(reverse("ui:language"), {"language": "fr", "next": next_page})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("language", ["xx", "", "ar"])
def test_language_that_is_not_offered_is_not_kept(client, language):
    answer = client.post(reverse("ui:language"), {"language": language, "next": "/"})

    assert answer.cookies == {}


def test_page_is_in_the_language_of_the_reader_unless_the_browser_keeps_one(client, reader):
    client.force_login(reader)
    kept = text_of(client.get("/"))
    client.cookies["django_language"] = "es"

    chosen = text_of(client.get("/"))

    assert '<html lang="fr"' in kept
    assert '<html lang="es"' in chosen


def test_arabic_runs_from_right_to_left(client, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "العربية")]

    html = text_of(client.get("/", headers={"accept-language": "ar"}))

    assert '<html lang="ar" dir="rtl">' in html


def test_one_language_offers_no_choice(client, settings):
    settings.LANGUAGES = [("en", "English")]

    assert "/language/" not in text_of(client.get("/"))


def test_installation_may_have_its_own_name(client, settings):
    settings.INSTALLATION_NAME = "Meridian Dialogue"

    assert '<span class="installation">Meridian Dialogue</span>' in text_of(client.get("/"))


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/nowhere/", 404, "There is nothing at this address, or nothing that you may see"),
        ("/forbidden/", 403, "You may see this, but you may not do it"),
        ("/language/", 405, "This address does not answer requests of this kind"),
    ],
)
def test_refusal_is_a_page_in_the_frame(client, path, status, heading):
    response = client.get(path)

    assert response.status_code == status
    assert re.findall("<h1>(.*?)</h1>", text_of(response)) == [heading]
    assert 'class="masthead"' in text_of(response)


def test_refused_kind_of_request_says_which_are_answered(client):
    assert client.get("/language/")["Allow"] == "POST"


def test_failure_is_a_page_that_asks_no_database(client, reader, django_assert_num_queries):
    client.raise_request_exception = False
    client.force_login(reader)
    with django_assert_num_queries(2):  # session and person, before the page fails
        response = client.get("/fails/")

    assert response.status_code == 500
    assert "<h1>Une erreur s’est produite ici, et non de votre côté</h1>" in text_of(response)


def test_failure_of_the_page_on_failures_is_words(client, settings):
    client.raise_request_exception = False
    settings.LOGIN_URL = "there:is_no_such_page"

    response = client.get("/fails/")

    assert (response.status_code, text_of(response)) == (
        500,
        "Something went wrong here, not on your side.",
    )


def test_form_without_its_token_is_refused_with_words():
    response = Client(enforce_csrf_checks=True).post("/form/", {})

    assert response.status_code == 403
    assert re.findall("<h1>(.*?)</h1>", text_of(response)) == ["This form is no longer valid"]


def test_too_much_at_once_is_refused_with_words(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

    response = client.post(
        "/form/", "mandate=" + "x" * 100, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 413
    assert "<h1>This is more than the platform takes at once</h1>" in text_of(response)


def test_request_that_cannot_be_read_is_refused_with_words(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1

    response = client.post("/form/", {"a": "1", "b": "2"}, headers={"host": "testserver"})

    assert response.status_code == 400
    assert "<h1>The platform could not read this</h1>" in text_of(response)


def test_frame_is_drawn_anew_in_each_language(client):
    english = text_of(client.get("/", headers={"accept-language": "en"}))
    french = text_of(client.get("/", headers={"accept-language": "fr"}))

    assert "<h2>This platform</h2>" in english
    assert "<h2>Cette plateforme</h2>" in french


def test_host_that_is_not_ours_is_refused_with_words_and_without_a_trace(client, caplog):
    response = client.get("/form/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "<h1>The platform could not read this</h1>" in text_of(response)
    assert caplog.records == []


def test_icon_at_its_old_address_leads_to_the_mark(client):
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer["Location"]) == (302, "/static/ui/mark.svg")
