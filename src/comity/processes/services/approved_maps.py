"""What can be done to the outlines and the disclaimer that a process prepares for its maps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record_creation, record_removal
from comity.office.models import Boundaries
from comity.office.outlines import Outline, extent_of, merged, read_outlines, shapes_of, shortened
from comity.parties.models import Party
from comity.processes.models import ApprovedMap, Process
from comity.processes.services.approved_names import refuse_approved
from comity.store.models import StoredFile
from comity.store.services import open_file


@dataclass(frozen=True)
class MapFile:
    """A file of outlines in the store, under the name that its sender gave it."""

    stored: StoredFile
    name: str


@transaction.atomic
def prepare_map(
    *,
    process: Process,
    file: MapFile | None,
    source: str,
    disclaimer: Mapping[str, str],
    by: Actor,
) -> ApprovedMap:
    """Prepare outlines and a disclaimer; without a file, those of the platform are kept.

    Raises:
        PermissionDenied: ``by`` does not work for the secretariat.
        ValidationError: the file is no map, an outline is wrong, or a code names no party.
    """
    require(by, "processes.run", process)
    prepared = ApprovedMap(process=process, source=source, disclaimer=disclaimer)
    prepared.clean_fields(exclude=["boundaries", "file"])
    if file:
        outlines = _with_our_codes(_read(file), file.name, process)
        prepared.file, prepared.file_name = file.stored, file.name
        prepared.extent = list(extent_of(outlines))
        prepared.boundaries = _keep_boundaries(prepared, outlines)
    prepared.full_clean()
    prepared.save()
    record_creation(prepared, action="approved_map.prepared", by=by)
    return prepared


@transaction.atomic
def discard_map(*, prepared: ApprovedMap, version: int, by: Actor) -> None:
    """Remove outlines that were never approved; the file stays in the store."""
    require(by, "processes.run", prepared.process)
    current = lock_version(prepared, version)
    refuse_approved(current)
    record_removal(current, action="approved_map.discarded", by=by)
    current.delete()


def _read(file: MapFile) -> list[Outline]:
    with open_file(file.stored) as stream:
        return read_outlines(stream, file.name)


def _with_our_codes(outlines: Sequence[Outline], name: str, process: Process) -> list[Outline]:
    """Return ``outlines`` under the codes of our parties; name every code that is none.

    A file gives ISO or M49 codes, or ours. The invented and the real never mix.
    """
    known: dict[str, str] = {}
    rows = Party.objects.filter(is_made_up=process.is_made_up).values_list("code", "m49")
    for code, m49 in rows:
        known[code.casefold()] = code
        if m49:
            known[m49] = code
    found, problems = [], []
    for each in outlines:
        ours = known.get(each.code.casefold(), "") if each.code else ""
        if each.code and not ours:
            problems.append(
                _("“%(file)s”, outline %(number)d: no party has the code “%(code)s”.")
                % {"file": name, "number": each.number, "code": each.code}
            )
        found.append(replace(each, code=ours))
    if problems:
        raise ValidationError(shortened(problems), code="code")
    return merged(found)


def _keep_boundaries(prepared: ApprovedMap, outlines: Sequence[Outline]) -> Boundaries:
    """Return the shapes of a file, thinned once; the same file of the same process is one row."""
    assert prepared.file is not None
    digest = prepared.file.sha256
    name = f"{prepared.process.slug[:30]}-{digest[:16]}"
    boundaries, _is_new = Boundaries.objects.get_or_create(
        name=name,
        defaults={
            "digest": digest,
            "source": prepared.source,
            "disclaimer": prepared.disclaimer,
            "shapes": [shape.as_json() for shape in shapes_of(outlines)],
        },
    )
    return boundaries
