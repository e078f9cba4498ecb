"""Drawings in pages."""

import gzip
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.html import format_html_join
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
    return format_html_join(
        "\n",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (_cell(first), format_html_join("", "<td>{}</td>", ((_cell(each),) for each in rest)))
            for first, *rest in rows
        ),
    )


def _cell(value: object) -> object:
    return "–" if value is None else value
