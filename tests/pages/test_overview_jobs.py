"""A long overview is drawn by the worker, and found again by who asked for it."""

import io

import pypdf
import pytest
from django.utils import timezone

from comity.jobs.models import Job
from comity.jobs.services import run_due_jobs
from comity.pages import overview_jobs
from tests.factories.processes import ProcessFactory

ADDRESS = "/overview.pdf?on=2003-03-01&language=es&record=made-up"


@pytest.fixture
def long(db, monkeypatch):
    """An overview with more processes than are drawn at once."""
    monkeypatch.setattr(overview_jobs, "MOST_AT_ONCE", 1)
    for number in range(2):
        ProcessFactory(slug=f"made-{number}", is_made_up=True, name={"en": f"Dialogue {number}"})


def test_long_overview_is_drawn_after_the_page_and_kept(long, client, people):
    client.force_login(people["focal_point"])

    response = client.get(ADDRESS)
    (job,) = Job.objects.filter(kind="pages.overview")
    assert response["Location"] == job.get_absolute_url()
    run_due_jobs(timezone.now())

    job.refresh_from_db()
    assert (job.progress_done, job.progress_total, job.failure) == (2, 2, "")
    file = client.get(job.result_url)
    assert file["Content-Disposition"] == 'attachment; filename="overview-2003-03-01-es.pdf"'
    text = pypdf.PdfReader(io.BytesIO(file.content)).pages[0].extract_text()
    assert "Dialogue 0" in text
    assert "Dialogue 1" in text


def test_the_same_asked_twice_is_drawn_once(long, client, people):
    client.force_login(people["focal_point"])

    first, second = client.get(ADDRESS), client.get(ADDRESS)
    other = client.get(ADDRESS.replace("es", "fr"))

    assert first["Location"] == second["Location"] != other["Location"]
    assert Job.objects.filter(kind="pages.overview").count() == 2


def test_visitor_signs_in_for_a_long_overview(long, client):
    response = client.get(ADDRESS)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/overview.pdf")
    assert not Job.objects.filter(kind="pages.overview").exists()


def test_page_of_a_long_overview_is_shown_to_all(long, client):
    response = client.get("/overview/?record=made-up")

    assert len(response.context["overview"].rows) == 2


@pytest.mark.parametrize("address", ["/overview/drawn/nowhere.pdf", "/overview/drawn/a.exe"])
def test_what_is_not_kept_is_not_there(db, client, address):
    assert client.get(address).status_code == 404
