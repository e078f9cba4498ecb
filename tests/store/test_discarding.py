"""A file that no row needs any more is removed, row and content."""

import io
import os
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.office.models import WordTemplate
from comity.store.models import StoredFile
from comity.store.services import contents_stay, discard_file, keep_file, path_of, sweep_contents
from tests.store import samples


@pytest.fixture
def stored(folder):
    return keep_file(stream=io.BytesIO(samples.PDF), name="a.pdf", by=SYSTEM)


def test_file_is_discarded_with_its_content_once_that_is_certain(
    stored, django_capture_on_commit_callbacks
):
    place = path_of(stored)

    with django_capture_on_commit_callbacks(execute=True):
        gone = discard_file(stored=stored, by=SYSTEM)
        there_until_then = place.exists()

    assert (gone, there_until_then, place.exists()) == (True, True, False)
    assert StoredFile.objects.count() == 0
    assert [event.action for event in Event.objects.order_by("pk")] == [
        "file.kept",
        "file.discarded",
    ]


def test_file_that_a_row_still_needs_stays(stored):
    WordTemplate.objects.create(owner="x", kind="y", language="en", file=stored)

    assert discard_file(stored=stored, by=SYSTEM) is False
    assert (StoredFile.objects.count(), path_of(stored).exists()) == (1, True)
    assert [event.action for event in Event.objects.all()] == ["file.kept"]


def test_content_that_was_sent_anew_meanwhile_stays(stored, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        discard_file(stored=stored, by=SYSTEM)
        again = keep_file(stream=io.BytesIO(samples.PDF), name="b.pdf", by=SYSTEM)

    assert path_of(again).read_bytes() == samples.PDF


def test_stranger_discards_nothing(stored):
    with pytest.raises(PermissionDenied):
        discard_file(stored=stored, by=AnonymousUser())


def test_content_stays_while_a_backup_copies_and_is_swept_a_day_later(
    stored, folder, django_capture_on_commit_callbacks
):
    place = path_of(stored)
    other = keep_file(stream=io.BytesIO(samples.PNG), name="b.png", by=SYSTEM)
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(path_of(other), (long_ago, long_ago))

    with contents_stay(), django_capture_on_commit_callbacks(execute=True):
        discard_file(stored=stored, by=SYSTEM)
    there_after_the_backup = place.exists()
    swept_at_once = sweep_contents(timezone.now())
    os.utime(place, (long_ago, long_ago))
    with contents_stay():
        swept_while_another_copies = sweep_contents(timezone.now())
    swept_later = sweep_contents(timezone.now())

    assert (there_after_the_backup, swept_at_once, swept_while_another_copies) == (True, 0, 0)
    assert (swept_later, place.exists(), path_of(other).exists()) == (1, False, True)
