import json

import pytest

from comity.office.boundaries import thin_boundaries
from comity.office.maps import map_spec
from comity.office.pictures import WorldMap
from tests.office.samples import topology


def spec(**options):
    asked = WorldMap(**{"values": {}, "labels": {}, **options}).as_json()
    shapes = [shape.as_json() for shape in thin_boundaries(topology())]
    return map_spec(json.loads(json.dumps(asked)), json.loads(json.dumps(shapes)))


def features(layer):
    return [
        (each["properties"]["colour"], each["properties"]["label"])
        for each in layer["data"]["values"]
    ]


def test_countries_with_words_are_marks_and_the_others_silent():
    silent, spoken = spec(values={"200": 1}, labels={"200": "East"})["layer"]

    assert (features(silent), silent["mark"]["aria"]) == ([("#e6eae8", "")], False)
    assert (features(spoken), "aria" in spoken["mark"]) == ([("#bcd7da", "East")], False)
    assert spoken["encoding"]["description"] == {"field": "properties.label"}


@pytest.mark.parametrize(
    ("value", "colour"), [(1, "#bcd7da"), (5, "#063a47"), (9, "#063a47"), ("ink", "#14201f")]
)
def test_class_or_name_gives_the_colour(value, colour):
    silent, _spoken = spec(values={"100": value})["layer"]

    assert features(silent) == [(colour, ""), ("#e6eae8", "")]


def test_colour_without_a_name_is_an_error():
    with pytest.raises(KeyError):
        spec(values={"100": "beige"})


def test_small_islands_are_left_out():
    silent, _spoken = spec(smallest=2)["layer"]

    shown = [len(each["geometry"]["coordinates"]) for each in silent["data"]["values"]]
    assert shown == [1, 1]


def test_small_country_without_a_class_is_left_out():
    silent, _spoken = spec(dots_under=101)["layer"]

    assert features(silent) == [("#e6eae8", "")]


def test_small_country_with_a_class_is_a_dot_in_its_middle():
    *_countries, dots = spec(values={"100": 2}, labels={"100": "West"}, dots_under=101)["layer"]

    assert dots["data"]["values"] == [{"x": 6.0, "y": 4.0, "colour": "#83b4bc", "label": "West"}]


def test_map_loads_nothing():
    assert '"url"' not in json.dumps(spec(values={"100": 2}, dots_under=101))
