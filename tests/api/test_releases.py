"""What is released, to whom, and how it is handed out."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied

from comity.api.models import Release
from comity.api.services import KEPT, latest_releases, release_data
from comity.store.models import StoredFile
from comity.store.services import path_of
from tests.api.reading import NOW, facts_of, opened, released, rows_of
from tests.factories.documents import DocumentFactory
from tests.factories.parties import PartyFactory
from tests.factories.processes import MeetingFactory, ParticipationFactory, ProcessFactory


def test_only_what_everybody_may_see_and_nothing_made_up_is_in_it(db):
    process, invented = (
        ProcessFactory(slug="real"),
        ProcessFactory(slug="invented", is_made_up=True),
    )
    MeetingFactory(slug="shown", process=process)
    MeetingFactory(slug="invented-meeting", process=invented)
    DocumentFactory(slug="draft-paper", process=process, published_at=None)
    DocumentFactory(slug="members-paper", process=process, published_at=NOW, audience="members")
    DocumentFactory(slug="open-paper", process=process, published_at=NOW, audience="public")
    ParticipationFactory(process=invented, party=PartyFactory(code="ZZZ", is_made_up=True))

    archive = opened(released())

    assert [row["slug"] for row in rows_of(archive, "processes")] == ["real"]
    assert [row["slug"] for row in rows_of(archive, "meetings")] == ["shown"]
    assert [row["slug"] for row in rows_of(archive, "documents")] == ["open-paper"]
    assert rows_of(archive, "participation") == []
    everything = b"".join(archive.read(name) for name in archive.namelist())
    for hidden in (b"draft-paper", b"members-paper", b"invented", b"ZZZ"):
        assert hidden not in everything


def test_a_cell_that_a_spreadsheet_would_compute_is_made_safe(db):
    title = '=HYPERLINK("http://192.0.2.1")\nsecond line, “ü”'
    MeetingFactory(slug="shown", title={"en": title}, process=ProcessFactory())

    archive = opened(released())

    assert rows_of(archive, "meetings")[0]["title_en"] == f"'{title}"
    assert facts_of(archive, "meetings")[0]["title"] == {"en": title}


def test_old_releases_make_room_and_their_files_go(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = released()
        place = path_of(first.file)
        for number in range(1, KEPT):
            later = NOW + timedelta(days=number)
            file = StoredFile.objects.create(sha256=f"{number:064}", size=1)
            Release.objects.create(file=file, tables=[], made_at=later, checked_at=later)
        assert place.exists()
        MeetingFactory(slug="one-more", process=ProcessFactory())
        last = released(NOW + timedelta(days=KEPT))

    assert Release.objects.count() == KEPT
    assert latest_releases().first() == last
    assert not Release.objects.filter(pk=first.pk).exists()
    assert not StoredFile.objects.filter(pk=first.file_id).exists()
    assert not place.exists()


def test_nobody_but_the_platform_and_its_administrator_releases(people):
    for name, person in people.items():
        if name != "administrator":
            with pytest.raises(PermissionDenied):
                release_data(by=person, now=NOW)

    assert Release.objects.count() == 0


def test_the_file_is_handed_out_whole_with_its_size_and_tag(db, client):
    MeetingFactory(process=ProcessFactory())
    release = released()
    url = "/open-data/latest.zip"

    answer = client.get(url, headers={"accept-encoding": "gzip"})
    content = b"".join(answer.streaming_content)

    assert sha256(content).hexdigest() == release.file.sha256
    assert answer["ETag"] == f'"{release.file.sha256}"'
    assert answer["Content-Length"] == str(len(content)) == str(release.file.size)
    assert answer["Content-Disposition"] == 'attachment; filename="comity-2026-11-23.zip"'
    assert "Content-Encoding" not in answer
    head = client.head(url)
    assert (b"".join(head.streaming_content), head["Content-Length"]) == (b"", str(len(content)))
    again = client.get(url, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    kept = client.get(release.get_absolute_url())
    assert b"".join(kept.streaming_content) == content
    assert client.get("/open-data/0123456789abcdef.zip").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_everything_is_read_at_one_moment_outside_of_a_transaction():
    ProcessFactory(slug="real")

    release = released()

    assert [row["slug"] for row in rows_of(opened(release), "processes")] == ["real"]
