import pytest

from comity.office.svg import UnsafeSvgError, download_svg, page_svg
from comity.office.theme import TOKENS, colour_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="200" height="100.50">'


def page(inside, title="Members", *, marks=True):
    return page_svg(
        f"{HEAD}{inside}</svg>", title, name="drawing-a", size="narrow", marks=marks
    ).partition(">")


def inside(drawn, **options):
    return page(drawn, **options)[2].removesuffix("</svg>")


def test_picture_begins_with_its_size_and_its_title():
    begin, _end, _rest = page("", title='A & "<b>"')

    assert begin == (
        '<svg class="narrow" viewBox="0 0 200 100.5" width="200" height="100.5" '
        'aria-label="A &amp; &quot;&lt;b&gt;&quot;" role="group" data-marks=""'
    )


def test_picture_without_marks_is_one_image():
    begin, _end, rest = page('<g role="img" aria-label="2003: 3"/>', marks=False)

    assert begin.endswith('aria-label="Members" role="img"')
    assert rest == "<g/></svg>"


def test_marks_keep_their_words():
    drawn = (
        '<path role="graphics-symbol" aria-roledescription="bar" aria-label="2003: 3" d="M0,0"/>'
    )

    assert inside(drawn) == '<path role="img" aria-label="2003: 3" d="M0,0"/>'


@pytest.mark.parametrize(("colour", "token"), TOKENS.items())
def test_every_colour_becomes_its_token_and_comes_back(colour, token):
    shown = inside(f'<path fill="{colour.upper()}"/>')

    assert shown == f'<path fill="var(--{token})"/>'
    assert download_svg(f"<svg>{shown}</svg>").endswith(f'><path fill="{colour}"/></svg>')
    assert colour_of(token) == colour


def test_any_other_computed_colour_is_that_of_the_text():
    shown = inside('<path fill="rgb(1, 2, 3)"/>')

    assert shown == '<path fill="currentColor"/>'
    assert '<path fill="#14201f"/>' in download_svg(f"<svg>{shown}</svg>")


def test_unknown_token_is_an_error():
    with pytest.raises(KeyError):
        colour_of("no-such-token")


def test_numbers_are_short_where_they_are_places_and_nowhere_else():
    drawn = '<path d="M1.2345,-2.04L3,4.5" aria-label="3.14159"/><text>2.7182</text>'

    assert inside(drawn) == '<path d="M1.2,-2L3,4.5" aria-label="3.14159"/><text>2.7182</text>'


def test_words_of_markup_stay_words():
    drawn = "<text>&lt;script&gt; url(http://a.example) &amp; onclick</text>"

    assert inside(drawn) == drawn


def test_parts_are_named_after_the_drawing():
    drawn = '<g clip-path="url(#clip7)"/><defs><clipPath id="clip7"/></defs>'

    assert inside(drawn) == (
        '<g clip-path="url(#drawing-a-1)"/><defs><clipPath id="drawing-a-1"/></defs>'
    )


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        ("<script>alert(1)</script>", "A drawing has no element <script>."),
        ('<image width="1"/>', "A drawing has no element <image>."),
        ("<a><text>x</text></a>", "A drawing has no element <a>."),
        ("<foreignObject/>", "A drawing has no element <foreignObject>."),
        ("<style>*{}</style>", "A drawing has no element <style>."),
        ('<use href="#a"/>', "A drawing has no element <use>."),
        ('<path href="file:///etc/passwd"/>', "A drawing has no attribute href."),
        (
            '<g xmlns:x="http://www.w3.org/1999/xlink"><path x:href="http://a.example"/></g>',
            "A drawing has no attribute href.",
        ),
        ('<path onload="alert(1)"/>', "A drawing has no attribute onload."),
        ('<path OnLoad="alert(1)"/>', "A drawing has no attribute onload."),
        ("<path style='fill: red'/>", "A drawing has no attribute style."),
        ('<path fill="url(http://a.example#x)"/>', "A drawing has no attribute fill."),
        ('<path fill="URL(//a.example)"/>', "A drawing has no attribute fill."),
    ],
)
def test_picture_that_runs_or_loads_anything_is_refused(drawn, reason):
    with pytest.raises(UnsafeSvgError) as caught:
        page(drawn)

    assert str(caught.value) == reason


def test_picture_with_an_entity_is_refused():
    bomb = f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{HEAD}<text>&a;</text></svg>'

    with pytest.raises(ValueError, match="EntitiesForbidden"):
        page_svg(bomb, "", name="drawing-a", size="wide", marks=True)


def test_what_is_no_picture_is_refused():
    with pytest.raises(UnsafeSvgError, match="The picture does not begin with its size"):
        page_svg("<svg></svg>", "", name="drawing-a", size="wide", marks=True)
