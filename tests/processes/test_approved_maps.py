"""A process prepares outlines and a disclaimer, sees its map, and has it in force."""

import io
import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.office.models import Boundaries, Drawing
from comity.processes.approved import (
    MapChoice,
    outline_map,
    preview_map,
    read_map,
)
from comity.processes.models import Participation
from comity.processes.services.approvals import approve_map
from comity.processes.services.approved_maps import MapFile, discard_map, prepare_map
from comity.store.services import keep_file
from tests.factories.approved import ApprovedListFactory, ApprovedMapFactory, ApprovedNameFactory
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import ParticipationFactory

DAY = date(2026, 1, 1)
SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
WORDS = {"en": "No treaty is prejudged."}


def features(*codes, ring=SQUARE):
    geometry = {"type": "Polygon", "coordinates": [ring]}
    listed = [{"type": "Feature", "id": code, "geometry": geometry} for code in codes]
    return json.dumps({"type": "FeatureCollection", "features": listed}).encode()


def kept(content, by, name="coasts.geojson"):
    return MapFile(keep_file(stream=io.BytesIO(content), name=name, by=by), name)


@pytest.fixture
def by(people):
    return people["secretariat"]


@pytest.fixture
def arvenia(process, people):
    Participation.objects.all().delete()
    party = PartyFactory(code="QMA", m49="901", kind="state")
    PartyNameFactory(party=party, name="Arvenia")
    ParticipationFactory(process=process, party=party)
    return party


@pytest.fixture
def prepare(process, by):
    def prepared(*codes, **about):
        file = kept(features(*codes), by)
        asked = {"process": process, "source": "Ours", "disclaimer": WORDS, "by": by}
        return prepare_map(file=file, **asked | about)

    return prepared


def test_outlines_are_kept_under_the_codes_of_our_parties(prepare, arvenia, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    by_code, by_m49 = prepare("qma", ""), prepare("901")

    assert [
        [(shape["code"], shape["area"]) for shape in row.boundaries.shapes]
        for row in (by_code, by_m49)
    ] == [[("QMA", 16.0), ("", 16.0)], [("QMA", 16.0)]]
    assert (by_code.extent, by_code.file_name) == ([0.0, 0.0, 4.0, 4.0], "coasts.geojson")


def test_same_file_is_thinned_once(prepare, arvenia, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    assert prepare("QMA").boundaries == prepare("QMA", source="Others").boundaries
    assert Boundaries.objects.count() == 1


def test_every_code_that_names_no_party_is_said(prepare, arvenia, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    PartyFactory(code="QMZ", is_made_up=True)

    with pytest.raises(ValidationError) as refused:
        prepare("QMA", "QMX", "QMZ")

    assert refused.value.messages == [
        "“coasts.geojson”, outline 2: no party has the code “QMX”.",
        "“coasts.geojson”, outline 3: no party has the code “QMZ”.",
    ]
    assert not Boundaries.objects.exists()


def test_disclaimer_is_needed(prepare, arvenia, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    with pytest.raises(ValidationError) as refused:
        prepare("QMA", disclaimer={})

    assert list(refused.value.message_dict) == ["disclaimer"]


def test_disclaimer_may_stand_beside_the_outlines_of_the_platform(process, by):
    row = prepare_map(process=process, file=None, source="", disclaimer=WORDS, by=by)
    approve_map(prepared=row, begins=DAY, decision="Plenary", version=1, by=by)

    assert read_map(process.pk, DAY) == MapChoice("", [], "", "No treaty is prejudged.")
    assert read_map(process.pk, date(2025, 12, 31)) is None
    assert preview_map(row, DAY).drawing is None


def test_nobody_but_the_secretariat_prepares_or_discards(process, people):
    row = ApprovedMapFactory(process=process)
    asked = {"process": process, "file": None, "source": "", "disclaimer": WORDS}
    for persona in set(people) - {"secretariat"}:
        with pytest.raises(PermissionDenied):
            prepare_map(**asked, by=people[persona])
        with pytest.raises(PermissionDenied):
            discard_map(prepared=row, version=1, by=people[persona])


def test_discarded_map_is_gone_and_an_approved_one_stays(process, by):
    gone, stays = ApprovedMapFactory(process=process), ApprovedMapFactory(process=process)
    approve_map(prepared=stays, begins=DAY, decision="Plenary", version=1, by=by)
    discard_map(prepared=gone, version=1, by=by)

    with pytest.raises(ValidationError, match="This is approved"):
        discard_map(prepared=stays, version=2, by=by)
    assert list(process.approved_maps.all()) == [stays]


def test_preview_is_for_the_secretariat_and_says_who_is_missing(
    process, prepare, arvenia, people, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    PartyNameFactory(party=PartyFactory(code="QMB", kind="state"), name="Belloria")
    for code, kind in (("QMC", "state"), ("ngo", "ngo")):
        ParticipationFactory(process=process, party=PartyFactory(code=code, kind=kind))
    listed = ApprovedListFactory(process=process, begins=DAY, decision="Plenary")
    ApprovedNameFactory(listed_in=listed, party=arvenia, name={"en": "Arvenia (Union of)"})

    preview = preview_map(prepare("QMA", "QMB", ""), DAY)

    assert (preview.not_drawn, preview.others) == (["QMC"], ["Belloria"])
    assert preview.drawing.spec["labels"] == {"QMA": "Arvenia (Union of)"}
    seen = {
        name
        for name, person in people.items()
        if Drawing.objects.visible_to(person).filter(pk=preview.drawing.pk).exists()
    }
    assert seen == {"secretariat"}


@pytest.mark.parametrize(
    ("extent", "kind", "scale"),
    [
        ([0, -10, 20, 10], "azimuthalEqualArea", 658.9),
        ([0, 40, 20, 60], "azimuthalEqualArea", 658.9),
        ([0, 40, 60, 60], "azimuthalEqualArea", 378.5),
        ([5, 5, 5, 5], "azimuthalEqualArea", 1_317_802.9),
        ([-180, -60, 180, 80], "equalEarth", 48.3),
    ],
)
def test_map_fits_its_frame(extent, kind, scale):
    picture = outline_map(MapChoice("ours", extent, "", ""), {"QMA": "Arvenia"}, "region-africa")

    projection = picture.projection
    assert (projection["type"], round(projection["scale"], 1)) == (kind, scale)
    assert (picture.values, picture.labels) == ({"QMA": "region-africa"}, {"QMA": "Arvenia"})
