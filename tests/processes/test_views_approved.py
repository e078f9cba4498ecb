"""The pages on which names, order and map are prepared, seen and had in force."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comity.processes.approved_workbook import names_workbook
from comity.processes.models import ApprovedList, ApprovedMap, Participation
from comity.store.models import StoredFile
from tests.factories.approved import (
    ApprovedListFactory,
    ApprovedMapFactory,
    ApprovedNameFactory,
    FootnoteFactory,
)
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import ParticipationFactory
from tests.office.filled import filled, upload
from tests.processes.conftest import sent

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]


@pytest.fixture
def parties(process, people):
    Participation.objects.all().delete()
    found = []
    for code, name in (("QMA", "Arvenia"), ("QMB", "Belmora")):
        party = PartyFactory(code=code, kind="state")
        PartyNameFactory(party=party, name=name)
        ParticipationFactory(process=process, party=party)
        found.append(party)
    return found


def coasts(*codes, name="coasts.geojson"):
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    listed = [{"type": "Feature", "id": code, "geometry": geometry} for code in codes]
    content = json.dumps({"type": "FeatureCollection", "features": listed}).encode()
    return SimpleUploadedFile(name, content)


def test_list_is_prepared_seen_edited_and_has_its_day(editor, page, parties, process):
    started = editor.post(page("approved_list_start"), {"languages": ["en", "fr"]})
    listed = ApprovedList.objects.get()
    at = listed.pk
    editor.post(page("footnote_add", at), {"mark": "*", "text_en": "N", "text_fr": "N"})
    note = listed.footnotes.get()
    name = listed.names.get(party=parties[1])
    typed = {
        "version": 1,
        "name_en": "Belmora (Union of)",
        "name_fr": "Union de Belmore",
        "place_en": "1",
        "place_fr": "2",
        "footnote": note.pk,
    }
    changed = editor.post(page("approved_name", at, name.pk), typed)
    shown = editor.get(page("approved_list", at), {"in": "fr"})
    listed.refresh_from_db()
    early = {"version": listed.version, "begins": "2026-01-01", "decision": "Plenary"}
    refused = editor.post(page("approved_list_approve", at), early)
    other = {"version": 1, "name_en": "Arvenia", "name_fr": "Arvénie", "place_en": 2, "place_fr": 1}
    editor.post(page("approved_name", at, listed.names.get(party=parties[0]).pk), other)
    listed.refresh_from_db()
    approved = editor.post(page("approved_list_approve", at), early | {"version": listed.version})

    listed.refresh_from_db()
    assert (sent(started)[:2], sent(changed)[:2]) == (
        (302, page("approved")),
        (302, page("approved_list", at)),
    )
    assert [called.shown for _row, called in shown.context["shown"]] == [
        "Union de Belmore*",
        "Arvenia",
    ]
    assert refused.status_code == 422
    assert "Without a name in Français: Arvenia." in refused.content.decode()
    assert sent(approved)[:2] == (302, page("approved"))
    assert (listed.begins, listed.decision) == (date(2026, 1, 1), "Plenary")


def test_page_of_a_list_says_who_is_left_out_and_what_is_to_be_mended(
    editor, page, parties, process
):
    listed = ApprovedListFactory(process=process)
    ApprovedNameFactory(listed_in=listed, party=parties[0], name={"en": "Arvenia"})

    context = editor.get(page("approved_list", listed.pk), {"in": "xx"}).context

    assert (context["shown_in"], context["left_out"]) == ("en", ["Belmora"])
    assert context["problems"] == ["Without a name in Français: Arvenia."]


def test_list_in_other_languages_than_the_readers_shows_its_first(editor, page, process):
    listed = ApprovedListFactory(process=process, languages=["pt", "fr"])

    context = editor.get(page("approved_list", listed.pk)).context

    assert context["shown_in"] == "pt"


def test_names_and_footnotes_are_added_and_removed(editor, page, parties, process):
    listed = ApprovedListFactory(process=process)
    at = listed.pk
    PartyNameFactory(party=PartyFactory(code="QMC"), name="Castaria")
    typed = {"party": "QMC", "name_en": "Castaria", "name_fr": "Castarie"}
    added = editor.post(page("approved_name_add", at), typed)
    name, note = listed.names.get(), FootnoteFactory(listed_in=listed)
    changed = editor.post(
        page("footnote", at, note.pk), {"version": 1, "mark": "†", "text_en": "M", "text_fr": "M"}
    )
    mark = listed.footnotes.get().mark
    removed = [
        editor.post(page("approved_name_remove", at, name.pk), {"version": 1}),
        editor.post(page("footnote_remove", at, note.pk), {"version": 2}),
    ]

    back = page("approved_list", at)
    assert (sent(added)[:2], sent(changed)[:2], mark) == ((302, back), (302, back), "†")
    assert [(*sent(each)[:2], sent(each)[2][-1]) for each in removed] == [
        (302, back, "“Castaria” is removed."),
        (302, back, "“Footnote †” is removed."),
    ]
    assert (listed.names.count(), listed.footnotes.count()) == (0, 0)


def test_list_is_numbered_and_discarded_by_a_button(editor, page, parties, process):
    listed = ApprovedListFactory(process=process)
    for party, name in zip(parties, ("Zet", "Alpha"), strict=True):
        ApprovedNameFactory(listed_in=listed, party=party, name={"en": name, "fr": name})
    numbered = editor.post(page("approved_list_number", listed.pk), {"version": 1})
    places = [each.positions for each in listed.names.all()]
    stale = editor.post(page("approved_list_discard", listed.pk), {"version": 1})
    listed.refresh_from_db()
    gone = editor.post(page("approved_list_discard", listed.pk), {"version": listed.version})

    assert sent(numbered) == (
        302,
        page("approved_list", listed.pk),
        ["The names are numbered in the order of the alphabet of each language."],
    )
    assert places == [{"en": 2, "fr": 2}, {"en": 1, "fr": 1}]
    assert (stale.status_code, sent(gone)[:2]) == (422, (302, page("approved")))
    assert not ApprovedList.objects.exists()


def test_workbook_of_names_is_fetched_sent_seen_and_taken_over(editor, page, parties, process):
    listed = ApprovedListFactory(process=process)
    name = ApprovedNameFactory(listed_in=listed, party=parties[0])
    fetched = editor.get(page("approved_names_fetch", listed.pk))
    content = filled(names_workbook(listed), lambda rows: rows.set(2, "Place (English)", 7))

    seen = editor.post(page("approved_names_send", listed.pk), {"workbook": upload(content)})
    name.refresh_from_db()
    before = name.positions
    shown = editor.get(seen["Location"]).content.decode()
    taken = editor.post(seen["Location"])

    name.refresh_from_db()
    assert fetched["Content-Disposition"].startswith('attachment; filename="meridian-names-')
    assert (seen.status_code, before, "<ins>7</ins>" in shown) == (302, {}, True)
    assert sent(taken) == (
        302,
        page("approved_list", listed.pk),
        ["The workbook is taken over: 0 added, 1 changed, 0 ended."],
    )
    assert name.positions == {"en": 7}


def test_list_in_force_is_only_read_and_ends_on_a_day(editor, page, process):
    listed = ApprovedListFactory(process=process, begins="2026-01-01", decision="Plenary")
    name = ApprovedNameFactory(listed_in=listed)
    closed = [
        page("approved_list_approve", listed.pk),
        page("approved_name_add", listed.pk),
        page("approved_name", listed.pk, name.pk),
        page("approved_names_send", listed.pk),
        page("footnote_add", listed.pk),
    ]
    statuses = [editor.get(address).status_code for address in closed]
    typed = {"version": 1, "last_day": "2026-06-30"}
    ended = editor.post(page("approved_list_end", listed.pk), typed)

    listed.refresh_from_db()
    assert (statuses, sent(ended)[:2]) == ([404] * 5, (302, page("approved")))
    assert listed.ends == date(2026, 6, 30)


def test_map_is_sent_seen_and_has_its_day(editor, page, parties, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    typed = {"file": coasts("QMA"), "source": "Ours", "disclaimer_en": "No treaty."}
    usual = editor.get(page("approved_map_add")).content.decode()
    prepared = editor.post(page("approved_map_add"), typed)
    row = ApprovedMap.objects.get()
    shown = editor.get(page("approved_map", row.pk))
    day = {"version": 1, "begins": "2026-01-01", "decision": "Plenary"}
    approved = editor.post(page("approved_map_approve", row.pk), day)
    ended = editor.post(page("approved_map_end", row.pk), {"version": 2, "last_day": "2026-06-30"})

    row.refresh_from_db()
    assert [sent(each)[:2] for each in (prepared, approved, ended)] == [
        (302, page("approved_map", row.pk)),
        (302, page("approved")),
        (302, page("approved")),
    ]
    assert "do not imply official endorsement or acceptance." in usual
    assert shown.context["preview"].not_drawn == ["Belmora"]
    assert "No treaty." in shown.content.decode()
    assert (row.begins, row.ends) == (date(2026, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"file": coasts("QMX"), "source": "Ours"},
            "“coasts.geojson”, outline 1: no party has the code “QMX”.",
        ),
        ({"file": coasts("QMA")}, "Say who drew the outlines."),
        (
            {"file": coasts("QMA", name="coasts.csv"), "source": "Ours"},
            "“coasts.csv” is not of a type taken here: geojson, json, topojson.",
        ),
        ({"disclaimer_en": ""}, "Give the text in at least one language."),
    ],
)
def test_map_that_is_wrong_is_refused_at_its_field(
    editor, page, parties, settings, tmp_path, typed, sentence
):
    settings.DATA_DIR = tmp_path
    if "file" in typed:
        typed["file"].seek(0)

    answer = editor.post(page("approved_map_add"), {"disclaimer_en": "No treaty."} | typed)

    errors = [each for those in answer.context["form"].errors.values() for each in those]
    assert (answer.status_code, errors) == (422, [sentence])
    assert not ApprovedMap.objects.exists()


def test_disclaimer_needs_no_file_and_a_prepared_map_is_discarded(editor, page, process):
    editor.post(page("approved_map_add"), {"disclaimer_en": "No treaty."})
    row = ApprovedMap.objects.get()
    shown = editor.get(page("approved_map", row.pk)).content.decode()
    gone = editor.post(page("approved_map_discard", row.pk), {"version": 1})

    assert "Maps keep the outlines of the platform." in shown
    assert sent(gone)[:2] == (302, page("approved"))
    assert not ApprovedMap.objects.exists()
    assert not StoredFile.objects.exists()


def test_page_of_all_says_what_is_in_force_prepared_and_done(editor, page, process):
    current = ApprovedListFactory(process=process, begins="2026-01-01", decision="Plenary")
    ApprovedMapFactory(
        process=process, begins="2020-01-01", ends="2020-12-31", decision="Plenary of old"
    )
    editor.post(page("approved_map_add"), {"disclaimer_en": "No treaty."})
    prepared = ApprovedListFactory(process=process)

    context = editor.get(page("approved")).context

    assert (context["current_list"], context["current_map"]) == (current, None)
    assert (context["prepared_list"], context["lists"]) == (prepared, [prepared, current])
    assert [each.begins and each.begins.year for each in context["maps"]] == [None, 2020]
    assert [entry.what for entry in context["entries"]] == ["prepared a map"]
