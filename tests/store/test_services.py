import hashlib
import io
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import SYSTEM
from comity.accounts.models import User
from comity.audit.models import Event
from comity.store.models import StoredFile
from comity.store.services import keep_file, open_file, path_of, sweep_drafts
from tests.store import samples

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def keep(content, name="a.pdf", **options):
    return keep_file(stream=io.BytesIO(content), name=name, by=SYSTEM, **options)


def files_in(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_keep_file_stores_one_content_once(folder):
    sha256 = hashlib.sha256(samples.PDF).hexdigest()

    first = keep(samples.PDF)
    second = keep(samples.PDF, "the same.pdf")

    assert first == second
    assert list(StoredFile.objects.values_list("sha256", "size", "media_type")) == [
        (sha256, len(samples.PDF), "application/pdf")
    ]
    assert files_in(folder) == [f"{sha256[:2]}/{sha256}"]
    with open_file(first) as file:
        assert file.read() == samples.PDF
    assert [event.action for event in Event.objects.all()] == ["file.kept"]


def test_keep_file_mends_a_content_that_the_disk_has_damaged(folder):
    stored = keep(samples.PDF)
    path_of(stored).write_bytes(b"?")

    keep(samples.PDF)

    assert path_of(stored).read_bytes() == samples.PDF


def test_keep_file_takes_files_of_those_who_signed_in(folder):
    by = User.objects.create_user("reader@meridian.example")

    stored = keep_file(stream=io.BytesIO(samples.PDF), name="a.pdf", by=by)

    assert list(StoredFile.objects.all()) == [stored]


def test_keep_file_takes_nothing_of_a_visitor(folder):
    with pytest.raises(PermissionDenied):
        keep_file(stream=io.BytesIO(samples.PDF), name="a.pdf", by=AnonymousUser())

    assert not folder.exists()


@pytest.mark.parametrize(
    ("content", "name", "options", "sentence"),
    [
        (samples.PDF, "a.xlsx", {}, "“a.xlsx” is not what its name says: its content is PDF."),
        (
            samples.PDF,
            "a.pdf",
            {"allowed": {"xlsx", "csv"}},
            "“a.pdf” is not of a type taken here: csv, xlsx.",
        ),
        (
            samples.PDF + b" " * 2_000_000,
            "a.pdf",
            {"most_bytes": 1_572_864},
            "“a.pdf” is too large: at most 1.5 MB are taken.",
        ),
    ],
)
def test_keep_file_leaves_nothing_of_what_it_refuses(folder, content, name, options, sentence):
    with pytest.raises(ValidationError) as refusal:
        keep(content, name, **options)

    assert refusal.value.messages == [sentence]
    assert StoredFile.objects.count() == 0
    assert not folder.exists() or files_in(folder) == []


class Endless:
    """A stream of zeros that counts what was read of it."""

    read_bytes = 0

    def read(self, size):
        self.read_bytes += size
        return b"0" * size


def test_keep_file_stops_reading_where_a_file_is_too_large(folder):
    stream = Endless()

    with pytest.raises(ValidationError, match="at most 50 MB are taken"):
        keep_file(stream=stream, name="a.csv", by=SYSTEM)

    assert stream.read_bytes == 51 * 1024 * 1024


class Broken:
    """A stream whose sender goes away."""

    def read(self, _size):
        raise ConnectionError


def test_keep_file_leaves_nothing_of_a_broken_upload(folder):
    with pytest.raises(ConnectionError):
        keep_file(stream=Broken(), name="a.csv", by=SYSTEM)

    assert files_in(folder) == []


def test_sweep_drafts_removes_what_a_killed_process_left(folder):
    stale, fresh = folder / "tmp" / "stale", folder / "tmp" / "fresh"
    stale.parent.mkdir(parents=True)
    for draft, age in ((stale, timedelta(hours=25)), (fresh, timedelta(hours=23))):
        draft.touch()
        moment = (NOW - age).timestamp()
        os.utime(draft, (moment, moment))

    assert sweep_drafts(NOW) == 1
    assert files_in(folder) == ["tmp/fresh"]
