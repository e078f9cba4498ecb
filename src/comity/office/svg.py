"""Pictures in lines as they stand in a page and as they are downloaded."""

import re
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from django.utils.html import escape

from comity.office.theme import COLOURS, TOKENS

ELEMENTS: Final = {
    "svg",
    "g",
    "path",
    "text",
    "tspan",
    "rect",
    "line",
    "circle",
    "defs",
    "clipPath",
    "linearGradient",
    "stop",
    "title",
    "desc",
}
# A word in quotes after a sign of equality; what stands in a name is escaped by the renderer.
UNUSED: Final = re.compile(
    r' (?:xmlns:xlink|font-family|style|opacity|pointer-events|aria-roledescription)="[^"]*"'
    r'|(?<=<g) class="mark-[^"]*"|(?<=<path) class="mark-[^"]*"'
)
FRAME: Final = re.compile(r'<path class="(?:fore|back)ground"[^>]*/>')
LONG_NUMBER: Final = re.compile(r"-?\d+\.\d{2,}")
NUMBERS: Final = re.compile(r' (?:d|transform|x1|x2|y1|y2|x|y|cx|cy|r|width|height)="[^"]*"')
SIZE: Final = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>')
NAME: Final = re.compile(r'(?<= id=")[^"]*(?=")')
FONTS: Final = "Noto Sans, DejaVu Sans, sans-serif"


class UnsafeSvgError(ValueError):
    """A picture holds what no drawing of ours holds."""


def page_svg(svg: str, title: str, *, name: str, size: str, marks: bool) -> str:
    """Return what the renderer drew, with tokens for its colours and words for its marks.

    ``name`` begins the names of its parts, so that two drawings can stand in one page.
    """
    for colour, token in TOKENS.items():
        svg = re.sub(f'"{colour}"', f'"var(--{token})"', svg, flags=re.IGNORECASE)
    svg = re.sub(r'"rgb\([^"]*\)"', '"currentColor"', svg)
    svg = NUMBERS.sub(lambda attribute: LONG_NUMBER.sub(_short, attribute[0]), svg)
    svg = FRAME.sub("", UNUSED.sub("", svg))
    svg = re.sub(r' class="mark-[^"]*"', "", svg)
    svg = svg.replace(' role="graphics-object"', "")
    svg = svg.replace(' role="graphics-symbol"', ' role="img"')
    head = _head(svg, escape(title), size=size, marks=marks)
    if marks:
        group = r'<g role="img"(?: aria-label="[^"]*")?(?: aria-hidden="true")?>(?=<g transform)'
        svg = re.sub(group, '<g aria-hidden="true">', svg)
    else:
        svg = re.sub(r' (?:role="img"|aria-label="[^"]*")', "", svg)
    svg = _named_apart(SIZE.sub(lambda _found: head, svg, count=1), name)
    _check(fromstring(svg))
    return svg


def download_svg(svg: str) -> str:
    """Return the picture of a page as a file of its own, in the fixed colours of light."""
    svg = re.sub(r"var\(--([a-z0-9-]+)\)", lambda found: COLOURS[found[1]], svg)
    svg = svg.replace('"currentColor"', f'"{COLOURS["ink"]}"').replace(' data-marks=""', "", 1)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FONTS}"'
    return svg.replace("<svg", head, 1)


def _head(svg: str, title: str, *, size: str, marks: bool) -> str:
    found = SIZE.search(svg)
    if not found:
        raise UnsafeSvgError("The picture does not begin with its size.")
    width, height = found.groups()
    role = 'role="group" data-marks=""' if marks else 'role="img"'
    return (
        f'<svg class="{size}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-label="{title}" {role}>'
    )


def _named_apart(svg: str, name: str) -> str:
    """Give the parts names that no other drawing has; the renderer only counts."""
    for number, found in enumerate(dict.fromkeys(NAME.findall(svg)), start=1):
        svg = svg.replace(f' id="{found}"', f' id="{name}-{number}"')
        svg = svg.replace(f'="url(#{found})"', f'="url(#{name}-{number})"')
    return svg


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _check(picture: Element) -> None:
    """Refuse a picture that runs, loads or links to anything."""
    for element in picture.iter():
        name = str(element.tag).rpartition("}")[2]
        if name not in ELEMENTS:
            raise UnsafeSvgError(f"A drawing has no element <{name}>.")
        for attribute, value in element.attrib.items():
            plain = attribute.rpartition("}")[2].lower()
            outside = "url(" in value.lower().replace("url(#", "") and plain != "aria-label"
            if plain.startswith("on") or plain in {"href", "style"} or outside:
                raise UnsafeSvgError(f"A drawing has no attribute {plain}.")
