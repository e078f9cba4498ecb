import json

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from comity.office.boundaries import ring_area, thin_boundaries, thin_line, triangle
from tests.office.samples import topology

DEGREES = st.floats(-89, 89)
LINES = st.lists(st.tuples(DEGREES, DEGREES), min_size=2, max_size=40)


def test_countries_are_put_together_from_their_lines():
    west, east = thin_boundaries(topology())

    assert west.as_json() == {
        "code": "100",
        "name": "West",
        "area": 100.0,
        "centre": (6.0, 4.0),
        "polygons": [
            (
                100.0,
                [
                    [(10, 0), (10, 10), (0, 10), (0, 0), (10, 0)],
                    [(4, 4), (5, 4), (5, 5), (4, 5), (4, 4)],
                ],
            )
        ],
    }
    assert (east.code, east.area, east.centre) == ("200", 101.0, (14.0, 6.0))
    assert east.polygons == [
        (100.0, [[(10, 10), (10, 0), (20, 0), (20, 10), (10, 10)]]),
        (1.0, [[(30, 0), (31, 0), (31, 1), (30, 1), (30, 0)]]),
    ]


def test_points_that_show_are_kept():
    west, _east = thin_boundaries(topology(), least=0.01)

    assert west.polygons[0][1][0][:3] == [(10, 0), (10.01, 5), (10, 10)]


def test_country_without_a_code_has_none():
    world = topology()
    world["objects"]["countries"]["geometries"] = [{"type": "Polygon", "arcs": [[0, 1]]}]

    (shape,) = thin_boundaries(world)

    assert (shape.code, shape.name) == ("", "")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"objects": {"states": {}}}, "KeyError: 'countries'"),
        ({"arcs": []}, "IndexError: list index out of range"),
        ({"transform": {"scale": 1, "translate": 1}}, "TypeError: cannot unpack non-iterable"),
        ({"arcs": [[["a", 0, 1]]]}, "ValueError: too many values to unpack"),
    ],
)
def test_file_of_another_form_is_refused(change, error):
    with pytest.raises(ValidationError) as caught:
        thin_boundaries(topology() | change)

    sentence = f"The file is not TopoJSON with an object “countries” ({error}"
    assert caught.value.messages[0][: len(sentence)] == sentence


@hypothesis(max_examples=60, deadline=None)
@given(LINES, st.floats(0, 500))
def test_thinned_line_keeps_its_ends_and_adds_no_point(line, least):
    thinned = thin_line(line, least)

    rest = iter(line)
    assert all(point in rest for point in thinned)  # the same points, in the same order
    assert (thinned[0], thinned[-1]) == (line[0], line[-1])


@hypothesis(max_examples=60, deadline=None)
@given(LINES.filter(lambda line: len(line) > 2), st.floats(0, 1e9))
def test_thinned_ring_stays_a_ring(line, least):
    thinned = thin_line([*line, line[0]], least)

    assert thinned[0] == thinned[-1]
    assert len(thinned) >= 4


def test_triangle_is_as_wide_as_at_its_latitude():
    assert triangle((0, 0), (1, 0), (1, 2)) == 1
    assert triangle((0, 60), (1, 60), (1, 62)) == pytest.approx(0.5)


def test_area_of_a_ring_is_the_same_in_both_directions():
    ring = [(0, 0), (0, 2), (3, 2), (3, 0), (0, 0)]

    assert ring_area(ring) == ring_area(ring[::-1]) == 6


def test_world_of_the_platform_is_light():
    text = (settings.BASE_DIR / "data" / "geo" / "countries-50m.json").read_text(encoding="utf-8")

    shapes = thin_boundaries(json.loads(text))

    points = sum(len(ring) for each in shapes for _area, rings in each.polygons for ring in rings)
    assert (len(shapes), points < 12_000) == (240, True)
    assert "010" not in {shape.code for shape in shapes}
