from datetime import timedelta

import pytest
from django.utils import timezone

from comity.jobs.models import Job
from comity.jobs.progress import LeaseLostError, Progress
from tests.factories.jobs import JobFactory

pytestmark = pytest.mark.django_db
LEASE = timedelta(minutes=5)


def told():
    fields = ("progress_done", "progress_total", "progress_words")
    return Job.objects.values_list(*fields).get()


def test_tell_shows_how_far_it_is_and_renews_the_lease():
    job = JobFactory(attempts=1, leased_until=timezone.now())

    Progress(job, LEASE).tell(1, 3, "Reading")

    job.refresh_from_db()
    assert told() == (1, 3, "Reading")
    assert job.leased_until > timezone.now() + LEASE - timedelta(seconds=30)


def test_tell_may_be_called_for_every_row(django_assert_num_queries):
    progress = Progress(JobFactory(), LEASE)

    with django_assert_num_queries(3):  # the first, the new words, the last
        for row in range(1000):
            progress.tell(row, 1000, "Reading")
        progress.tell(999, 1000, "Saving")
        progress.tell(1000, 1000, "Saving")

    assert told() == (1000, 1000, "Saving")


@pytest.mark.parametrize("lost", [{"attempts": 2}, {"done_at": timezone.now()}])
def test_tell_stops_a_worker_whose_job_is_no_longer_its_own(lost):
    progress = Progress(JobFactory(attempts=1), LEASE)
    Job.objects.update(**lost)

    with pytest.raises(LeaseLostError):
        progress.tell(1, 3)

    assert told() == (0, 0, "")
