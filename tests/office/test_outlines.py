"""Outlines of countries read from a file that somebody sent."""

import io
import json

import pytest
from django.core.exceptions import ValidationError

from comity.office import outlines
from comity.office.crossings import MOST_COMPARED, crosses_itself
from comity.office.outlines import extent_of, merged, read_outlines, shapes_of

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]
BOW = [[0, 0], [4, 4], [4, 0], [0, 3], [0, 0]]


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def feature(ring=SQUARE, code="QMA", **more):
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "id": code, "properties": {}, "geometry": geometry} | more


def read(content):
    return read_outlines(io.BytesIO(content), "map.geojson")


def refused(content):
    with pytest.raises(ValidationError) as error:
        read(content)
    return error.value.messages


def test_outlines_run_clockwise_and_holes_the_other_way():
    both_ways = feature(geometry={"type": "Polygon", "coordinates": [SQUARE, HOLE[::-1]]})
    turned = feature(geometry={"type": "Polygon", "coordinates": [SQUARE[::-1], HOLE]})

    found = [each.polygons for each in read(geojson(both_ways, turned))]

    clockwise = [(0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 0.0), (0.0, 0.0)]
    hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)]
    assert found == [[[clockwise, hole]], [[clockwise, hole]]]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"id": "QMB"}, "QMB"),
        ({"id": 36}, "036"),
        ({"id": "x", "properties": {"code": "QMC"}}, "QMC"),
        ({"id": "x", "properties": {"ISO_A3": "QMD", "name": "Dorvane"}}, "QMD"),
        ({"id": None, "properties": None}, ""),
        ({"id": ["x"], "properties": {"code": " "}}, ""),
    ],
)
def test_code_is_found_where_map_programs_put_it(more, code):
    assert [each.code for each in read(geojson(feature(**more)))] == [code]


def test_file_may_be_one_outline():
    assert [each.code for each in read(json.dumps(feature()).encode())] == ["QMA"]


def test_topojson_is_put_together_from_its_lines():
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
        "arcs": [[[0, 0], [8, 0]], [[8, 0], [0, 8], [-8, 0], [0, -8]]],
        "objects": {
            "land": {
                "type": "GeometryCollection",
                "geometries": [{"type": "Polygon", "id": "QMA", "arcs": [[0, 1]]}],
            },
            "one": {"type": "MultiPolygon", "id": "QMB", "arcs": [[[-2, -1]]]},
        },
    }
    plain = topology | {"transform": None, "arcs": [[[0, 0], [4, 0]], [[4, 0], [4, 4], [0, 0]]]}

    found = read(json.dumps(topology).encode())
    whole = read(json.dumps(plain).encode())

    assert [(each.code, extent_of([each])) for each in found] == [
        ("QMA", (10.0, 20.0, 14.0, 24.0)),
        ("QMB", (10.0, 20.0, 14.0, 24.0)),
    ]
    assert extent_of(whole) == (0.0, 0.0, 4.0, 4.0)


def test_islands_of_one_code_are_one_outline():
    island = [[10, 0], [11, 0], [11, 1], [10, 0]]
    found = read(geojson(feature(), feature(island), feature(island, ""), feature(island, "")))

    assert [(each.code, len(each.polygons)) for each in merged(found)] == [
        ("QMA", 2),
        ("", 1),
        ("", 1),
    ]


def test_shapes_are_thinned_and_the_largest_stands_first():
    fine = [[x / 1000, 0.0] for x in range(4000)] + SQUARE[1:]
    small = [[10, 0], [11, 0], [11, 1], [10, 0]]
    several = {"type": "MultiPolygon", "coordinates": [[small], [fine, HOLE]]}

    [shape] = shapes_of(read(geojson(feature(geometry=several))))

    (area, rings), (small_area, _ring) = shape.polygons
    assert (area, small_area, shape.area) == (16.0, 0.5, 16.5)
    assert (len(rings), len(rings[0]) < 50, shape.code) == (2, True, "QMA")


def test_everything_wrong_is_said_by_outline():
    found = refused(
        geojson(
            feature(SQUARE[:-1], "QMA"),
            feature([[0, 0], [1, 1], [2, 2], [0, 0]], "QMB"),
            feature([[0, 0], [999, 0], [4, 4], [0, 0]], "QMC"),
            feature([[0, 0], [0, "x"], [4, 4], [0, 0]], "QMD"),
            feature([[0, 0], 5, [4, 4], [0, 0]], "QME"),
            feature(BOW, "QMF"),
            feature("no", "QMG"),
            feature(geometry={"type": "Point", "coordinates": [1, 1]}, code="QMH"),
            feature(geometry=None, code=""),
            feature(geometry={"type": "Polygon", "coordinates": []}, code="QMI"),
            feature(geometry={"type": "MultiPolygon", "coordinates": [[]]}, code="QMJ"),
            "nothing",
        )
    )

    axes = "lies on no map: longitude comes first, then latitude."
    assert found == [
        "“map.geojson”, outline 1 (QMA): Ring 1 is not closed: its last point is not its first.",
        "“map.geojson”, outline 2 (QMB): Ring 1 covers nothing.",
        f"“map.geojson”, outline 3 (QMC): The point [999, 0] {axes}",
        "“map.geojson”, outline 4 (QMD): A point is no pair of numbers.",
        "“map.geojson”, outline 5 (QME): A point is no pair of numbers.",
        "“map.geojson”, outline 6 (QMF): Its line crosses itself near 0.00, 3.00.",
        "“map.geojson”, outline 7 (QMG): A ring is no list of points.",
        "“map.geojson”, outline 8 (QMH): It is no area but “Point”.",
        "“map.geojson”, outline 9 (no code): It is no area but “nothing”.",
        "“map.geojson”, outline 10 (QMI): It has no coordinates.",
        "“map.geojson”, outline 11 (QMJ): A polygon has no ring.",
        "“map.geojson”, outline 12 (no code): It is no area but “nothing”.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "cannot be read as JSON: something is wrong in line 1, character 2."),
        (b"\xff\xfe\xff", "cannot be read as JSON: it is not written in UTF-8."),
        (b"[1]", "cannot be read as JSON: it is no object."),
        (b'{"type": NaN}', "cannot be read as JSON: “NaN” is no number."),
        (b"[" * 200_000, "cannot be read as JSON: its lists are nested too deeply."),
        (b'{"type": "Sketch"}', "is neither a GeoJSON collection of features nor TopoJSON."),
        (b'{"type": "FeatureCollection", "features": []}', "holds no outline."),
        (b'{"type": "Topology"}', "is not whole TopoJSON (KeyError: 'arcs')."),
        (b'{"type": "Topology", "arcs": 5}', "is not whole TopoJSON"),
    ],
)
def test_file_that_is_no_map_is_refused(content, sentence):
    [found] = refused(content)

    assert found.startswith(f"“map.geojson” {sentence}")


@pytest.mark.parametrize("arcs", [[[5]], [["x"]], [[-9]], ["x"], [5]])
def test_line_that_the_file_has_not_is_named(arcs):
    topology = {
        "type": "Topology",
        "arcs": [SQUARE],
        "objects": {"land": {"type": "Polygon", "id": "QMA", "arcs": arcs}},
    }

    [found] = refused(json.dumps(topology).encode())

    assert found.startswith("“map.geojson”, outline 1 (QMA): It names line ")


def test_size_is_bounded(monkeypatch):
    monkeypatch.setattr(outlines, "MOST_BYTES", 100)

    assert refused(geojson(feature())) == ["“map.geojson” cannot be read as JSON: it is too large."]


def test_points_are_bounded_however_often_one_line_is_named(monkeypatch):
    monkeypatch.setattr(outlines, "MOST_POINTS", 12)
    topology = {
        "type": "Topology",
        "arcs": [SQUARE],
        "objects": {"land": {"type": "Polygon", "id": "QMA", "arcs": [[0, 0, 0]]}},
    }

    assert refused(geojson(feature(), feature(), feature())) == [
        "“map.geojson” has more than 12 points. Simplify its lines."
    ]
    assert refused(json.dumps(topology).encode()) == [
        "“map.geojson”, outline 1 (QMA): It has more than 12 points."
    ]


def test_outlines_are_bounded(monkeypatch):
    monkeypatch.setattr(outlines, "MOST_OUTLINES", 1)

    assert refused(geojson(feature(), feature())) == ["“map.geojson” has more than 1 outlines."]


def test_as_many_problems_are_said_as_one_reads(monkeypatch):
    monkeypatch.setattr(outlines, "MOST_PROBLEMS", 1)

    found = refused(geojson(*[feature(BOW)] * 3))

    assert found[1:] == ["And 2 more of the kind."]


def test_line_may_touch_itself_and_go_over_the_edge_of_the_map():
    touching = [(0, 0), (2, 2), (4, 0), (4, 4), (2, 2), (0, 4), (0, 0)]
    over_the_edge = [(179, 0), (-179, 1), (179, 1), (-179, 0), (179, 0)]

    assert (crosses_itself(touching), crosses_itself(over_the_edge)) == (None, None)
    assert crosses_itself([tuple(each) for each in BOW]) == (0, 3)


def test_line_made_to_cost_time_is_given_up_soon():
    comb = [(0, 0)]
    for step in range(4000):
        comb += [(100, step / 100), (0, step / 100 + 0.005)]
    assert len(comb) ** 2 > MOST_COMPARED

    assert crosses_itself([*comb, (0, 0)]) is None


def topology(**changed):
    arc = [[0, 0], [8, 0], [0, 8], [-8, 0], [0, -8]]
    whole = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
        "arcs": [arc],
        "objects": {"all": {"type": "Polygon", "arcs": [[0]], "id": "QMA"}},
    }
    return json.dumps(whole | changed).encode()


@pytest.mark.parametrize("far", [10**400, -(10**400)])
def test_number_too_large_to_reckon_with_lies_on_no_map(far):
    [told] = refused(geojson(feature([[far, 0], *SQUARE])))
    assert "lies on no map" in told


@pytest.mark.parametrize("bad", ["a" * 30, True, None, [1], 10**400])
def test_grid_of_anything_but_numbers_is_refused(bad):
    arcs = [[[1_000_000, 0], [0, 1]]]
    for changed in (
        {"transform": {"scale": [bad, 1], "translate": [0, 0]}, "arcs": arcs},
        {"transform": {"scale": [1, 1], "translate": [0, bad]}, "arcs": arcs},
        {"arcs": [[[0, bad], [1, 1]]]},
    ):
        [told] = refused(topology(**changed))
        assert "is not whole TopoJSON" in told


@pytest.mark.parametrize("kind", [["Polygon"], {}, 3])
def test_kind_that_is_no_text_is_no_area(kind):
    [told] = refused(geojson(feature(geometry={"type": kind, "coordinates": [SQUARE]})))
    assert told.endswith("It is no area but “nothing”.")


@pytest.mark.parametrize("key", ["code", "name"])
def test_text_that_no_page_can_hold_is_refused(key):
    [told] = refused(geojson(feature(properties={key: "a\ud800b"})))
    assert told.endswith("a text of it holds half of a character.")
    [told] = refused(geojson(feature(properties={key: "a\0b"})))
    assert told.endswith("cannot be seen: U+0000. Type the text anew.")
