import pytest
from django.urls import reverse

from comity.accounts.models import User
from tests.factories.outbox import MessageFactory

pytestmark = pytest.mark.django_db
PAGE = "outbox:list"


@pytest.fixture
def administrator(client):
    user = User.objects.create_user("admin@comity.example", is_superuser=True)
    client.force_login(user)


def test_outbox_does_not_exist_for_others(client):
    MessageFactory()
    visitor = client.get(reverse(PAGE)).status_code
    client.force_login(User.objects.create_user("reader@meridian.example"))

    assert (visitor, client.get(reverse(PAGE)).status_code) == (404, 404)


@pytest.mark.parametrize("count", [1, 5])
def test_outbox_asks_the_same_queries_for_any_length(
    client, administrator, count, django_assert_num_queries
):
    for _ in range(count):
        MessageFactory(about=MessageFactory(), cause="test.listed")

    with django_assert_num_queries(6):  # session, person, their name, count, page, files
        response = client.get(reverse(PAGE))

    assert len(response.context["page"]) == 2 * count


def test_outbox_of_a_demonstration_shows_the_texts(client, administrator, settings):
    settings.PRODUCTION = False
    MessageFactory(text="Follow https://meridian.example/reset/ <b>now</b>")

    html = client.get(reverse(PAGE)).content.decode()

    assert '<a href="https://meridian.example/reset/"' in html
    assert "&lt;b&gt;now&lt;/b&gt;" in html


def test_outbox_of_production_hides_what_could_open_an_account(client, administrator, settings):
    settings.PRODUCTION = True
    MessageFactory(subject="New password", text="https://meridian.example/reset/")

    html = client.get(reverse(PAGE)).content.decode()

    assert "New password" in html
    assert "meridian.example/reset" not in html


@pytest.mark.parametrize(
    ("transport", "state"),
    [("", "Kept here, not sent: this is a demonstration"), ("any", "Waiting")],
)
def test_outbox_says_where_a_mail_stays(client, administrator, settings, transport, state):
    settings.OUTBOX_TRANSPORT = transport
    MessageFactory()

    html = client.get(reverse(PAGE)).content.decode()

    states = {"Kept here, not sent: this is a demonstration", "Waiting"}
    assert {each for each in states if f">{each}<" in html} == {state}


def test_outbox_names_the_cause_of_each_mail(client, administrator):
    for cause in ("account.password_reset_key", "person.erased", "not.known"):
        MessageFactory(cause=cause)

    rows = client.get(reverse(PAGE)).context["rows"]

    assert [words for _message, words in rows] == [
        "not.known",
        "erased a person",
        "link for a new password",
    ]
