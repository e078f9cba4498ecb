import gzip

import pytest
from django.db.models import Q

from comity.accounts.authority import SYSTEM
from comity.office.models import Drawing
from tests.factories.office import DrawingFactory

ENDINGS = ("csv", "svg", "png")
PICTURE = b'<svg class="wide" role="group" data-marks=""><g fill="var(--chart-1)"/></svg>'
DOWNLOAD = (
    b'<svg xmlns="http://www.w3.org/2000/svg" font-family="Noto Sans, DejaVu Sans, sans-serif" '
    b'class="wide" role="group"><g fill="#bcd7da"/></svg>'
)


def address(drawing, ending):
    return f"/drawings/{drawing.key}.{ending}"


def answers(client, drawing):
    return {ending: client.get(address(drawing, ending)).status_code for ending in ENDINGS}


@pytest.mark.parametrize(
    ("ending", "media_type", "content"),
    [
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfYear,Members\r\n2003,3\r\n"),
        ("svg", "image/svg+xml", DOWNLOAD),
        ("png", "image/png", b"dots"),
    ],
)
def test_visitor_saves_a_public_drawing(client, db, ending, media_type, content):
    drawing = DrawingFactory(is_drawn=True, svg=gzip.compress(PICTURE))

    response = client.get(address(drawing, ending))

    assert response.status_code == 200
    assert response.getvalue() == content
    names = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control")
    assert [response[name] for name in names] == [
        media_type,
        f'attachment; filename="comity-{drawing.key[:12]}.{ending}"',
        "nosniff",
        "private, no-cache",
    ]


def test_addresses_of_a_drawing_are_those_of_its_downloads(db):
    drawing = DrawingFactory()

    assert [drawing.csv_url, drawing.svg_url, drawing.png_url] == [
        address(drawing, ending) for ending in ENDINGS
    ]


@pytest.mark.parametrize("status", ["waiting", "failed"])
def test_drawing_that_is_not_drawn_has_its_table_only(client, db, status):
    drawing = DrawingFactory(status=status)

    assert answers(client, drawing) == {"csv": 200, "svg": 404, "png": 404}


def test_formulas_in_a_table_are_disarmed(client, db):
    drawing = DrawingFactory(table={"columns": ["=A1"], "rows": [["@SUM(1)"], [-2], [None]]})

    response = client.get(drawing.csv_url)

    assert response.getvalue().decode("utf-8-sig") == "'=A1\r\n'@SUM(1)\r\n-2\r\n\"\"\r\n"


def test_confidential_drawing_does_not_exist_without_a_gate(client, people, drawing_gates):
    drawing = DrawingFactory(is_drawn=True, access="process:meridian")

    for person in (people["administrator"], people["secretariat"]):
        client.force_login(person)
        assert answers(client, drawing) == {"csv": 404, "svg": 404, "png": 404}


def test_confidential_drawing_is_there_for_those_whom_a_gate_lets_through(
    client, people, drawing_gates
):
    drawing = DrawingFactory(is_drawn=True, access="process:meridian")
    of_others = DrawingFactory(is_drawn=True, access="process:lagoon")
    drawing_gates.add(
        "meridian",
        lambda actor: (
            Q(access="process:meridian") if actor == people["focal_point"] else Q(pk__in=[])
        ),
    )

    opened = set()
    for name, person in people.items():
        client.logout()
        if person.is_authenticated:
            client.force_login(person)
        if set(answers(client, drawing).values()) == {200}:
            opened.add(name)
        assert set(answers(client, of_others).values()) == {404}

    assert opened == {"focal_point"}


def test_platform_itself_sees_every_drawing(db, drawing_gates):
    drawing = DrawingFactory(access="process:meridian")

    assert list(Drawing.objects.visible_to(SYSTEM)) == [drawing]


def test_unknown_drawing_is_not_found(client, db):
    DrawingFactory(is_drawn=True)

    assert answers(client, DrawingFactory.build()) == {"csv": 404, "svg": 404, "png": 404}


@pytest.mark.parametrize("ending", ENDINGS)
def test_downloads_are_only_read(client, db, ending):
    drawing = DrawingFactory(is_drawn=True)

    assert client.post(address(drawing, ending)).status_code == 405
