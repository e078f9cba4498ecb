"""Drawings in pages."""

import gzip
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from comity.office.models import Drawing

register = template.Library()


@register.simple_tag
def svg_for(drawing: Drawing) -> SafeString:
    """Return the picture of a drawing, ready to stand in a page; nothing while it is not ready.

    It is safe to show as it stands: ``office.svg`` made it and refuses all that is active.
    """
    if drawing.svg is None:
        return SafeString()
    return mark_safe(gzip.decompress(drawing.svg).decode())  # noqa: S308 -- see above


@register.simple_tag
def rows_of(drawing: Drawing) -> SafeString:
    """Return the rows of the table beside a drawing; a map has two hundred of them."""
    return format_html_join("\n", "<tr>{}</tr>", ((_cells(row),) for row in drawing.table["rows"]))


def _cells(row: list[object]) -> SafeString:
    shown = ["–" if cell is None else cell for cell in row]
    others = format_html_join("", "<td>{}</td>", ((cell,) for cell in shown[1:]))
    return format_html('<th scope="row">{}</th>{}', shown[0], others)


# Any: Django's context
@register.inclusion_tag("office/figure.html")
def figure(drawing: Drawing, *, caption: str = "", is_open: bool = False) -> dict[str, Any]:
    """Show a drawing with its title, source, downloads and table, drawn or not yet."""
    return {"drawing": drawing, "caption": caption, "is_open": is_open or not drawing.is_ready}
