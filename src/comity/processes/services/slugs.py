"""The last parts of the addresses of what a process has."""

from django.db import models
from django.utils.text import slugify

from comity.core.translated import text_in
from comity.processes.models import Process

ROOM_FOR_NUMBER = 6


def free_slug(model: type[models.Model], process: Process, name: dict[str, str]) -> str:
    """Return a slug that no row of ``model`` has, from the process and what the thing is called."""
    field = model._meta.get_field("slug")
    assert isinstance(field, models.SlugField)
    longest = (field.max_length or 0) - ROOM_FOR_NUMBER
    stem = slugify(f"{process.slug} {text_in(name, 'en')}")[:longest].strip("-")
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
