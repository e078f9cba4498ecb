"""The tag of the pages of editing."""

from django import template

from comity.processes.parts import RECORD, Part

register = template.Library()


@register.simple_tag
def record_parts() -> tuple[Part, ...]:
    """Return the pages on which the record is edited, in their order."""
    return RECORD
