"""A series of meetings is renamed; its meetings and its source stay."""

import pytest
from django.core.exceptions import PermissionDenied

from comity.audit.services import EditConflict
from comity.processes.loading.meetings import _series_by_name
from comity.processes.services import rename_series
from comity.sources.models import Citation
from tests.factories.processes import SeriesFactory
from tests.factories.sources import SourceFactory
from tests.processes.conftest import sent


def test_series_is_renamed_on_its_page(client, people, page, process):
    row = SeriesFactory(process=process)
    client.force_login(people["secretariat"])

    shown = client.get(page("series", row.pk)).content.decode()
    renamed = client.post(page("series", row.pk), {"name_en": "Ministers", "version": 1})
    listed = client.get(page("meetings")).content.decode()

    assert "Ministerial meetings" in shown
    assert sent(renamed)[:2] == (302, page("series", row.pk))
    assert ("Ministers" in listed, page("series", row.pk) in listed) == (True, True)


def test_history_tells_of_a_series_among_the_meetings(editor, page, process):
    editor.post(page("series_add"), {"name_en": "Ministerial meetings", "grounds": "Minutes ¶4"})
    row = process.series.get()
    editor.post(page("series", row.pk), {"name_en": "Ministers", "version": 1})

    entries = editor.get(page("history"), {"about": "meetings"}).context["entries"]

    assert [(entry.subject, entry.what, entry.reason) for entry in entries] == [
        ("Series of meetings: Ministers", "renamed a series of meetings", ""),
        ("Series of meetings: Ministers", "added a series of meetings", "Minutes ¶4"),
    ]


def test_series_is_not_renamed_by_others_nor_over_another(people, process):
    row, name = SeriesFactory(process=process), {"en": "Ministers"}

    with pytest.raises(PermissionDenied):
        rename_series(series=row, name=name, version=1, by=people["chair"])
    with pytest.raises(EditConflict):
        rename_series(series=row, name=name, version=2, by=people["secretariat"])


def test_renamed_series_is_still_found_by_what_its_source_calls_it(people, process):
    row = SeriesFactory(process=process)
    Citation.objects.create(target=row, source=SourceFactory(), locator="¶5")

    rename_series(series=row, name={"es": "Ministros"}, version=1, by=people["secretariat"])

    assert _series_by_name() == {(process.pk, "Ministerial meetings"): row}
