import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from comity.accounts.authority import SYSTEM
from comity.store import uploads
from comity.store.services import keep_file
from comity.store.uploads import BoundedUploadHandler

CHUNK = BoundedUploadHandler.chunk_size


@pytest.fixture
def upload(monkeypatch):
    """Return the files of one request, of which each may have two chunks and all have five."""
    monkeypatch.setattr(uploads, "MOST_BYTES", 2 * CHUNK - 1)
    monkeypatch.setattr(uploads, "MOST_BYTES_A_REQUEST", 5 * CHUNK - 1)

    opened = []

    def send(*sizes):
        files = [SimpleUploadedFile(f"{n}.csv", b"x" * size) for n, size in enumerate(sizes)]
        request = RequestFactory().post("/", {"files": files})
        opened.extend(request.FILES.getlist("files"))
        return opened

    yield send
    for file in opened:
        file.close()


def written(file):
    return len(file.read())


def test_uploads_are_bounded_in_every_installation():
    assert settings.FILE_UPLOAD_HANDLERS == ["comity.store.uploads.BoundedUploadHandler"]


def test_upload_within_the_bounds_arrives_whole(upload):
    files = upload(CHUNK, 10)

    assert [(file.size, written(file)) for file in files] == [(CHUNK, CHUNK), (10, 10)]


@pytest.mark.parametrize(
    ("sizes", "most"),
    [((9 * CHUNK,), 3 * CHUNK), ((2 * CHUNK, 2 * CHUNK, 2 * CHUNK, 2 * CHUNK), 6 * CHUNK)],
    ids=["one file", "all together"],
)
def test_upload_beyond_the_bounds_fills_no_disk_and_says_what_was_sent(upload, sizes, most):
    files = upload(*sizes)

    assert [file.size for file in files] == list(sizes)
    assert most - 2 * CHUNK < sum(written(file) for file in files) <= most


def test_upload_that_is_not_whole_is_refused(upload, folder):
    (file,) = upload(9 * CHUNK)

    with pytest.raises(ValidationError) as refusal:
        keep_file(stream=file, name="a.csv", by=SYSTEM)

    assert refusal.value.messages == ["“a.csv” is too large: at most 50 MB are taken."]
