"""Drawings in pages."""

import gzip
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.html import escape
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


# Any: Django's context
@register.inclusion_tag("office/figure.html")
def figure(
    drawing: Drawing, *, caption: str = "", key: str = "", is_open: bool = False
) -> dict[str, Any]:
    """Show a drawing with its title, key, source, downloads and table, drawn or not yet."""
    return {
        "drawing": drawing,
        "rows": _rows(drawing.table["rows"]),
        "caption": caption,
        "key": key,
        "is_open": is_open or not drawing.is_ready,
    }


def _rows(rows: Iterable[Sequence[object]]) -> SafeString:
    """Return the rows of the table; a long one costs a third of what a loop in a template does."""
    written = [
        f'<tr><th scope="row">{_cell(first)}</th>'
        + "".join([f"<td>{_cell(each)}</td>" for each in rest])
        + "</tr>"
        for first, *rest in rows
    ]
    return mark_safe("\n".join(written))  # noqa: S308 -- each cell is escaped


def _cell(value: object) -> str:
    return "–" if value is None else escape(str(value))
