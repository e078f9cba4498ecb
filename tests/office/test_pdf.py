import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pypdf
import pytest

from comity.office.pdf import render_pdf

REPORT = """
<h1>Report of the ninth meeting</h1>
<p>Adopted in Lima – 28 May 2003, “as amended”.</p>
<table>
  <thead><tr><th scope="col">Party</th><th scope="col">Status</th></tr></thead>
  <tbody><tr><th scope="row">Peru</th><td>Member</td></tr></tbody>
</table>
"""
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAW"
    "jR9awAAAABJRU5ErkJggg=="
)


def render(html, *, title="Report", language="en"):
    return pypdf.PdfReader(io.BytesIO(render_pdf(html, title=title, language=language)))


def tags(node):
    """Yield the tag of every part of the structure that a screen reader goes through."""
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for child in node:
            yield from tags(child)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from tags(node["/K"])


@pytest.fixture
def elsewhere():
    """Another host, and what is asked of it."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_pdf_says_its_language_and_its_title():
    file = render(REPORT, title="Report & “annex”")

    root = file.trailer["/Root"]
    assert (root["/Lang"], file.metadata.title) == ("en", "Report & “annex”")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not False
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_pdf_is_tagged_for_screen_readers():
    root = render(REPORT).trailer["/Root"]

    found = list(tags(root["/StructTreeRoot"]))
    assert root["/MarkInfo"]["/Marked"]
    assert [found.count(tag) for tag in ("/H1", "/P", "/Table", "/THead", "/TR", "/TH", "/TD")] == [
        1,
        1,
        1,
        1,
        2,
        3,
        1,
    ]


def test_pdf_is_one_numbered_page_with_its_text():
    (page,) = render(REPORT).pages

    assert page.extract_text().split("\n") == [
        "Report of the ninth meeting",
        "Adopted in Lima – 28 May 2003, “as amended”.",
        "Party Status",
        "Peru Member",
        "1 / 1",
    ]


def test_table_on_a_second_page_repeats_its_header():
    rows = "".join(f"<tr><td>State {number}</td></tr>" for number in range(60))

    pages = render(f"<table><thead><tr><th>Party</th></tr></thead>{rows}</table>").pages

    texts = [page.extract_text() for page in pages]
    assert [text.count("Party") for text in texts] == [1, 1]
    assert texts[1].endswith("2 / 2")


def test_arabic_is_in_a_font_that_has_it():
    file = render("<h1>تقرير الاجتماع</h1>", title="تقرير", language="ar")

    fonts = file.pages[0]["/Resources"]["/Font"].values()
    assert file.trailer["/Root"]["/Lang"] == "ar"
    assert any("Arabic" in str(font.get_object()["/BaseFont"]) for font in fonts)


def test_picture_as_data_is_taken():
    (page,) = render(f'<img src="{DOT}" alt="A dot">').pages

    assert len(page.images) == 1


@pytest.mark.parametrize("address", ["ui/mark.svg", "/static/ui/mark.svg"])
def test_static_file_of_ours_is_taken(address):
    file = render(f'<link rel="attachment" href="{address}"><p>One</p>')

    (content,) = file.attachments["mark.svg"]
    assert content.startswith(b"<svg")


@pytest.mark.parametrize(
    "html",
    [
        '<img src="{address}/dot.png" alt="x">',
        '<link rel="stylesheet" href="{address}/a.css">',
        '<link rel="attachment" href="{address}/secret">',
        '<a rel="attachment" href="{address}/secret">x</a>',
        '<style>@import url("{address}/a.css");</style>',
        '<style>p {{ background: url("{address}/dot.png") }}</style>',
        '<style>@font-face {{ font-family: F; src: url("{address}/f.ttf") }}</style>',
        '<svg width="9" height="9"><image href="{address}/dot.png" width="9" height="9"/></svg>',
        '<object data="{address}/dot.svg"></object>',
    ],
)
@pytest.mark.parametrize("is_file", [False, True])
def test_pdf_takes_nothing_from_another_host_or_the_disk(html, is_file, elsewhere, tmp_path):
    host, asked = elsewhere
    for name in ("secret", "dot.png", "a.css", "f.ttf", "dot.svg"):
        (tmp_path / name).write_text("p { break-after: page } secret", encoding="utf-8")
    address = tmp_path.as_uri() if is_file else host

    file = render(html.format(address=address) + "<p>One</p><p>Two</p>")

    assert asked == []
    assert (dict(file.attachments), len(file.pages)) == ({}, 1)
    assert not file.pages[0].images


@pytest.mark.parametrize("address", ["../settings.py", "/etc/passwd", "%2e%2e/settings.py"])
def test_pdf_takes_no_file_beside_the_static_ones(address):
    file = render(f'<link rel="attachment" href="{address}"><p>One</p>')

    assert dict(file.attachments) == {}
