"""What can be done with drawings, boundaries and templates."""

import hashlib
import json
import logging
from pathlib import Path
from typing import Final

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record, save_change
from comity.core.prepared import Prepared
from comity.jobs.services import enqueue
from comity.office.boundaries import thin_boundaries
from comity.office.models import NOT_SHOWN, Boundaries, Drawing, WordTemplate
from comity.office.pictures import Picture, Table, WorldMap
from comity.office.registries import template_kinds
from comity.office.tasks import draw
from comity.office.word import check_template
from comity.store.models import StoredFile
from comity.store.services import open_file

# Counted up whenever the same specification would be drawn differently.
RENDERER: Final = 2
log = logging.getLogger(__name__)
# What every page with a map asks.
DIGESTS = Prepared(lambda name: Boundaries.objects.filter(name=name).values_list("digest"))
DRAWINGS = Prepared(
    lambda key: Drawing.objects.filter(key=key).values_list(
        *(each.attname for each in Drawing._meta.concrete_fields if each.name not in NOT_SHOWN)
    )
)


def request_drawing(
    *, picture: Picture, title: str, table: Table, access: str, source: str = ""
) -> Drawing:
    """Return the drawing of ``picture``, asking the worker for it where there is none yet.

    ``access`` is ``PUBLIC`` or a key that a gate understands. A page that shows the drawing
    calls this each time: what was drawn before is found by its hash.
    """
    described = picture.as_json()
    values = {
        "access": access,
        "language": get_language() or "",
        "title": title,
        "source": source,
        "spec": described,
        "table": {"columns": table.columns, "rows": table.rows},
    }
    outlines = _digest_of_boundaries(picture) if isinstance(picture, WorldMap) else ""
    key = _hash([RENDERER, outlines, values])
    # Looked for first by itself: a page that shows what is drawn must wait for no writer.
    for row in DRAWINGS(key=key):
        return Drawing.from_db(DEFAULT_DB_ALIAS, row._fields, row)
    with transaction.atomic():
        drawing, _is_new = Drawing.objects.light().get_or_create(key=key, defaults=values)
        enqueue(
            "office.draw", drawing=drawing.pk
        )  # twice, where another asked meanwhile: it is safe
    return drawing


def draw_pending() -> int:
    """Draw now what waits or has failed; return how many were drawn.

    One that cannot be drawn keeps its reason, and the next is not to blame for it.
    """
    drawn = 0
    for drawing in Drawing.objects.unfinished():
        try:
            draw(drawing)
        except Exception:
            log.exception("Drawing %s failed", drawing.pk)
        else:
            drawn += 1
    return drawn


@transaction.atomic
def load_boundaries(
    *, path: Path, name: str, disclaimer: dict[str, str], source: str, by: Actor
) -> Boundaries:
    """Keep the outlines of a TopoJSON file, thinned, in place of those of that name.

    Raises ValidationError where the file holds none. Loading the same file again changes
    nothing; maps drawn from another are drawn anew when they are next asked for.
    """
    require(by, "office.load_boundaries", None)
    text = path.read_bytes()
    try:
        topology = json.loads(text)
    except ValueError as error:
        raise ValidationError(
            _("“%(name)s” is not JSON: %(error)s.") % {"name": path.name, "error": error},
            code="json",
        ) from error
    digest = hashlib.sha256(text).hexdigest()
    values = {"disclaimer": disclaimer, "source": source, "digest": digest}
    known = Boundaries.objects.filter(name=name).defer("shapes").first()
    if known and values == {field: getattr(known, field) for field in values}:
        return known
    boundaries = known or Boundaries(name=name)
    for field, value in values.items():
        setattr(boundaries, field, value)
    boundaries.shapes = [shape.as_json() for shape in thin_boundaries(topology)]
    boundaries.full_clean()
    boundaries.save()
    record(by, "boundaries.loaded", boundaries, after=values)
    return boundaries


@transaction.atomic
def keep_template(
    *, kind: str, owner: str, language: str, file: StoredFile, version: int, by: Actor
) -> WordTemplate:
    """Keep ``file`` as the owner's template of ``kind``; ``version`` is 0 for the first one.

    Raises ValidationError where the file is no template, or somebody has replaced it since.
    """
    require(by, "office.keep_template", owner)
    template_kinds[kind]  # an undeclared kind is an error
    with open_file(file) as stream:
        check_template(stream)
    if version:
        known = WordTemplate.objects.get(owner=owner, kind=kind, language=language)
        template = lock_version(known, version)
        save_change(template, {"file": file}, action="template.replaced", by=by)
        return template
    template = WordTemplate(owner=owner, kind=kind, language=language, file=file)
    template.full_clean()
    template.save()
    record(by, "template.kept", template, after={"owner": owner, "kind": kind, "file": file})
    return template


def _digest_of_boundaries(picture: WorldMap) -> str:
    for row in DIGESTS(name=picture.boundaries):
        return str(row.digest)
    raise LookupError(f"No boundaries of the name {picture.boundaries!r} are loaded.")


def _hash(values: object) -> str:
    plain = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()
