import gzip
import json
import re
import subprocess
import sys

import pytest
from django.utils import timezone

from comity.jobs.models import Job
from comity.jobs.services import run_due_jobs
from comity.office.models import PUBLIC, Boundaries, Drawing, DrawingStatus
from comity.office.pictures import Chart, WorldMap
from comity.office.services import request_drawing
from comity.office.tasks import draw
from tests.factories.office import DrawingFactory
from tests.office.samples import TABLE, bars

SECRET = "file:///etc/passwd"


def ask(picture):
    return request_drawing(picture=picture, title="Members", table=TABLE, access=PUBLIC)


def run_worker(drawing):
    """Let the worker do what is due, and return the drawing as it is then."""
    run_due_jobs(timezone.now())
    drawing.refresh_from_db()
    return drawing


@pytest.mark.parametrize(
    ("vega_lite", "word"),
    [
        ({"data": {"url": SECRET}, "mark": "bar"}, "url"),
        ({"data": {"url": "https://elsewhere.example/a.csv"}, "mark": "bar"}, "url"),
        ({"layer": [{"mark": "bar"}, {"data": {"url": SECRET}, "mark": "bar"}]}, "url"),
        ({"data": {"values": [{}]}, "mark": {"type": "image", "url": SECRET}}, "url"),
        (
            {
                "data": {"values": [{"x": SECRET}]},
                "mark": "image",
                "encoding": {"url": {"field": "x"}},
            },
            "url",
        ),
        ({"data": {"values": [{}]}, "mark": {"type": "bar", "href": "http://a.example"}}, "href"),
        (
            {
                "data": {"values": [{"x": 1}]},
                "mark": "bar",
                "transform": [
                    {"lookup": "x", "from": {"data": {"url": SECRET}, "key": "k", "fields": ["f"]}}
                ],
            },
            "url",
        ),
    ],
)
def test_drawing_that_would_load_something_is_refused(db, vega_lite, word):
    drawing = run_worker(ask(Chart(vega_lite)))

    assert (drawing.status, drawing.failure, drawing.svg, drawing.png) == (
        DrawingStatus.FAILED,
        f"ValueError: A drawing loads nothing: {word}.",
        None,
        None,
    )


def test_chart_asked_for_in_a_request_is_drawn_by_the_worker(db):
    drawing = ask(bars())

    drawn = run_worker(drawing)

    svg = gzip.decompress(drawn.svg).decode()
    assert (drawn.status, drawn.failure, drawn.png[:4]) == ("ready", "", b"\x89PNG")
    assert svg.count('aria-label="year: 2003; members: 3"') == 1
    assert Job.objects.unfinished().count() == 0


def test_map_shows_each_country_in_the_colour_of_its_class(world):
    labels = {"100": "West: 2 processes", "200": "East & “South”"}
    drawing = ask(WorldMap(values={"100": 2, "200": "region-africa"}, labels=labels))

    svg = gzip.decompress(run_worker(drawing).svg).decode()

    assert [
        svg.count('aria-label="West: 2 processes"'),
        svg.count('aria-label="East &amp; “South”"'),
        svg.count('"var(--chart-2)"'),
        svg.count('"var(--region-africa)"'),
        svg.count('"#'),
    ] == [1, 1, 1, 1, 0]


def test_small_country_is_a_dot_too(world):
    drawing = ask(WorldMap(values={"100": 9}, labels={"100": "West"}, dots_under=500))

    svg = gzip.decompress(run_worker(drawing).svg).decode()

    assert svg.count('aria-label="West"') == 2
    assert svg.count('fill="var(--chart-5)"') == 2


def test_two_drawings_in_one_page_share_no_name(world):
    pages = [
        gzip.decompress(run_worker(ask(WorldMap(values={}, labels={}, width=width))).svg).decode()
        for width in (200, 300)
    ]

    names = [re.findall(r' id="([^"]*)"', page) for page in pages]
    assert not set(names[0]) & set(names[1])
    assert [set(re.findall(r"url\(#([^)]*)\)", page)) for page in pages] == [
        set(found) for found in names
    ]
    assert all(names)


def test_drawing_twice_leaves_the_first(db):
    drawing = run_worker(ask(bars()))
    Job.objects.update(done_at=None)
    made_at = drawing.made_at

    assert run_worker(drawing).made_at == made_at


def test_failed_drawing_is_drawn_when_it_can_be(db):
    drawing = DrawingFactory(spec=bars().as_json(), status="failed", failure="No memory")

    draw(drawing)

    assert (drawing.status, drawing.failure) == ("ready", "")
    assert drawing.made_at


def test_map_without_its_boundaries_fails_and_says_so(db):
    picture = WorldMap(values={}, labels={}).as_json()
    drawing = DrawingFactory(spec=json.loads(json.dumps(picture)))

    with pytest.raises(Boundaries.DoesNotExist):
        draw(drawing)

    assert Drawing.objects.get().failure == (
        "DoesNotExist: Boundaries matching query does not exist."
    )


def test_page_with_a_map_shows_it_once_drawn_and_loads_no_renderer(client, world, monkeypatch):
    monkeypatch.delitem(sys.modules, "vl_convert", raising=False)

    before = client.get("/").content.decode()
    is_loaded = "vl_convert" in sys.modules
    monkeypatch.undo()
    run_due_jobs(timezone.now())
    after = client.get("/").content.decode()

    assert not is_loaded
    assert [page.count("The chart is being drawn.") for page in (before, after)] == [1, 0]
    assert [page.count('<svg class="wide"') for page in (before, after)] == [0, 1]


def test_web_process_starts_without_the_renderer():
    heavy = {"vl_convert", "weasyprint", "docxtpl", "openpyxl"}
    code = f"import sys, comity.wsgi; print(sorted({heavy} & set(sys.modules)))"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert found.stdout == "[]\n"
