"""Drawings in pages."""

import gzip
from typing import Any

from django import template
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
def figure(drawing: Drawing, *, caption: str = "", is_open: bool = False) -> dict[str, Any]:
    """Show a drawing with its title, source, downloads and table, drawn or not yet."""
    return {"drawing": drawing, "caption": caption, "is_open": is_open or not drawing.is_ready}
