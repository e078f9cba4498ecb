"""A world of two square countries, and a chart of two bars."""

from comity.office.pictures import Chart, Table

# Hundredths of a degree: the border between the countries has one point that does not show.
BORDER = [[1000, 0], [1, 500], [-1, 500]]
WEST = [[1000, 1000], [-1000, 0], [0, -1000], [1000, 0]]
EAST = [[1000, 1000], [1000, 0], [0, -1000], [-1000, 0]]
ISLAND = [[3000, 0], [100, 0], [0, 100], [-100, 0], [0, -100]]
POND = [[200, 200], [10, 0], [0, 10], [-10, 0], [0, -10]]
LAKE = [[400, 400], [100, 0], [0, 100], [-100, 0], [0, -100]]


def topology():
    """Return the TopoJSON of a country with a lake and one with an island; no Antarctica."""
    countries = [
        {
            "type": "Polygon",
            "id": "100",
            "properties": {"name": "West"},
            "arcs": [[0, 1], [4], [5]],
        },
        {
            "type": "MultiPolygon",
            "id": "200",
            "properties": {"name": "East"},
            "arcs": [[[3]], [[-1, -3]]],
        },
        {"type": "Polygon", "id": "010", "properties": {"name": "Antarctica"}, "arcs": [[3]]},
        {"type": "LineString", "id": "300", "arcs": [0]},
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
        "arcs": [BORDER, WEST, EAST, ISLAND, POND, LAKE],
        "objects": {"countries": {"type": "GeometryCollection", "geometries": countries}},
    }


TABLE = Table(["Year", "Members"], [["2003", 3], ["2004", 5]])


def bars(**options):
    """Return a chart of the members of two years."""
    values = [{"year": "2003", "members": 3}, {"year": "2004", "members": 5}]
    return Chart(
        {
            "data": {"values": values},
            "mark": "bar",
            "width": 200,
            "height": 100,
            "encoding": {
                "x": {"field": "year", "type": "nominal"},
                "y": {"field": "members", "type": "quantitative"},
            },
        },
        **options,
    )
