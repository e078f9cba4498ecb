from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import User
from comity.jobs.kinds import Kind, kinds
from tests.factories.jobs import JobFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NOW = timezone.now()


@pytest.fixture
def owner(client):
    user = User.objects.create_user("reader@meridian.example")
    client.force_login(user)
    return user


def text_of(response):
    return " ".join(response.content.decode().split())


def test_job_does_not_exist_for_others(client):
    job = JobFactory(owner=User.objects.create_user("owner@meridian.example"))
    nobodys = JobFactory()

    visitor = client.get(job.get_absolute_url()).status_code
    client.force_login(User.objects.create_user("other@meridian.example", is_superuser=True))

    assert visitor == 404
    assert client.get(job.get_absolute_url()).status_code == 404
    assert client.get(nobodys.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "This waits for its turn."),
        ({"attempts": 1}, "This is under way."),
        (
            {"attempts": 1, "progress_done": 2, "progress_total": 8, "progress_words": "Reading"},
            "25&nbsp;%</progress> 2 of 8 </p> <p>Reading</p>",
        ),
        ({"attempts": 1, "failure": "OSError: x"}, "An attempt failed; it is tried again shortly."),
    ],
)
def test_unfinished_job_is_asked_for_every_second(client, owner, fields, sentence):
    job = JobFactory(owner=owner, **fields)

    page = text_of(client.get(job.get_absolute_url()))
    part = text_of(client.get(job.get_absolute_url(), headers=HTMX))

    assert sentence in page
    assert sentence in part
    assert "<h1>" in page
    assert "<h1>" not in part
    assert 'hx-trigger="every 1s"' in part
    assert "OSError" not in page


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({"done_at": NOW}, ["This is done."]),
        (
            {"done_at": NOW, "result_words": "12 rows.", "result_url": "/files/1/"},
            ["12 rows.", '<a class="action" href="/files/1/">Open the result</a>'],
        ),
        (
            {"given_up_at": NOW, "refusal": "Row 3 has <b> no country."},
            ["This could not be done:", "Row 3 has &lt;b&gt; no country."],
        ),
        (
            {"given_up_at": NOW, "failure": "OSError: x"},
            ["This could not be done. It was tried several times"],
        ),
    ],
)
def test_finished_job_shows_what_became_of_it_and_is_asked_for_no_more(
    client, owner, fields, sentences
):
    response = client.get(JobFactory(owner=owner, **fields).get_absolute_url(), headers=HTMX)

    html = text_of(response)
    assert [sentence in html for sentence in sentences] == [True] * len(sentences)
    assert "hx-trigger" not in html
    assert "OSError" not in html
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("count", [1, 5])
def test_list_asks_the_same_queries_for_any_length(client, owner, count, django_assert_num_queries):
    JobFactory.create_batch(count, owner=owner)
    JobFactory(owner=User.objects.create_user("other@meridian.example"))

    with django_assert_num_queries(5):  # session, account, count, page, name
        response = client.get(reverse("jobs:list"))

    assert len(response.context["works"]) == count


def test_list_shows_the_reader_their_own_works_newest_first(client, owner, monkeypatch):
    monkeypatch.setitem(kinds._entries, "test.named", Kind(print, title="Reading of the list"))
    old = JobFactory(owner=owner, kind="test.named", created_at=NOW - timedelta(days=1))
    new = JobFactory(owner=owner, progress_done=1, progress_total=2)
    JobFactory(owner=User.objects.create_user("other@meridian.example"))

    works = client.get(reverse("jobs:list")).context["works"]

    assert [(work.job, work.title, work.percent) for work in works] == [
        (new, "Work", 50),
        (old, "Reading of the list", 0),
    ]


def test_list_asks_a_visitor_to_sign_in(client):
    response = client.get(reverse("jobs:list"))

    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={reverse('jobs:list')}")


def test_no_cache_keeps_what_somebody_asked_for(client, owner):
    job = JobFactory(owner=owner)

    answers = [client.get(url) for url in (reverse("jobs:list"), job.get_absolute_url())]

    kept = [{"no-store", "private"} <= set(each["Cache-Control"].split(", ")) for each in answers]
    assert kept == [True, True]
