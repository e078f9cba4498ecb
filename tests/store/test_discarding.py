"""A file that no row needs any more is removed, row and content."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.office.models import WordTemplate
from comity.store.models import StoredFile
from comity.store.services import discard_file, keep_file, path_of
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
