"""What can be done to what a process is called and works on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.processes.indexing import index_process
from comity.processes.models import Alias, Area, Process, Theme
from comity.processes.services.rows import add_row, change_row, lock_process, remove_row


@dataclass(frozen=True)
class AliasFacts:
    """Another name of a process, as somebody writes it."""

    name: str
    language: str = "en"
    kind: str = ""


@dataclass(frozen=True)
class AreaFacts:
    """An area of interest in the words of the process, and the themes it belongs to."""

    order: int
    words: str
    language: str = "en"
    part_of: Area | None = None
    themes: Sequence[Theme] = field(default_factory=list)


@transaction.atomic
def change_names(
    *,
    process: Process,
    name: dict[str, str],
    short_name: dict[str, str],
    version: int,
    by: Actor,
    grounds: str = "",
) -> Process:
    """Change what a process is called, language by language; ``grounds`` is where it comes from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: a name is missing or in a language that we do not know.
    """
    require(by, "processes.edit", process)
    changes = {"name": name, "short_name": short_name}
    process = change_row(
        process, changes, version=version, action="process.renamed", by=by, grounds=grounds
    )
    index_process(process)
    return process


@transaction.atomic
def add_alias(*, process: Process, facts: AliasFacts, by: Actor, grounds: str = "") -> Alias:
    """Keep another name of a process, so that it is found by it; ``grounds`` says where from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: the process has this name already.
    """
    require(by, "processes.edit", process)
    alias = Alias(process=process, **vars(facts))
    alias = add_row(alias, action="alias.added", by=by, grounds=grounds)
    index_process(process)
    return alias


@transaction.atomic
def change_alias(
    *, alias: Alias, facts: AliasFacts, version: int, by: Actor, grounds: str = ""
) -> Alias:
    """Change another name of a process; ``grounds`` is where the change comes from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the process has this name already.
    """
    require(by, "processes.edit", alias.process)
    changes = {**vars(facts)}
    alias = change_row(
        alias, changes, version=version, action="alias.changed", by=by, grounds=grounds
    )
    index_process(alias.process)
    return alias


@transaction.atomic
def remove_alias(*, alias: Alias, version: int, by: Actor) -> None:
    """Remove another name of a process, which is then no longer found by it."""
    require(by, "processes.edit", alias.process)
    remove_row(alias, version=version, action="alias.removed", by=by)
    index_process(alias.process)


@transaction.atomic
def add_area(*, process: Process, facts: AreaFacts, by: Actor, grounds: str = "") -> Area:
    """Keep an area of interest of a process, with its themes; ``grounds`` says where from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: the number is taken, or the area would be part of one elsewhere.
    """
    require(by, "processes.edit", process)
    area = Area(process=process, **_columns(facts))
    lock_process(area)
    _refuse_wrong_place(area, facts)
    many = {"themes": facts.themes}
    area = add_row(area, action="area.added", by=by, many=many, grounds=grounds)
    index_process(process)
    return area


@transaction.atomic
def change_area(
    *, area: Area, facts: AreaFacts, version: int, by: Actor, grounds: str = ""
) -> Area:
    """Change an area of interest and its themes; ``grounds`` is where the change comes from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the number is taken, or the area would be part of one elsewhere.
    """
    require(by, "processes.edit", area.process)
    _refuse_wrong_place(area, facts)
    changes = {**_columns(facts), "themes": list(facts.themes)}
    area = change_row(area, changes, version=version, action="area.changed", by=by, grounds=grounds)
    index_process(area.process)
    return area


@transaction.atomic
def remove_area(*, area: Area, version: int, by: Actor) -> None:
    """Remove an area of interest.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: it has parts, or somebody saved it after ``version``.
    """
    require(by, "processes.edit", area.process)
    if area.parts.exists():
        raise ValidationError(_("This area has parts. Remove them first."), code="parts")
    remove_row(area, version=version, action="area.removed", by=by)
    index_process(area.process)


def _columns(facts: AreaFacts) -> dict[str, object]:
    return {name: value for name, value in vars(facts).items() if name != "themes"}


def _refuse_wrong_place(area: Area, facts: AreaFacts) -> None:
    above = facts.part_of
    # The constraint does not see areas that are part of none: to it, no null equals another.
    others = Area.objects.filter(process=area.process_id, part_of=above, order=facts.order)
    if others.exclude(pk=area.pk).exists():
        raise ValidationError(
            {"order": _("There is an area with this number already.")}, code="number"
        )
    if above and above.process_id != area.process_id:
        raise ValidationError({"part_of": _("This area belongs to another process.")})
    if above and (above.part_of_id or above.pk == area.pk):
        raise ValidationError({"part_of": _("Choose an area that is not itself a part.")})
    if above and area.pk and area.parts.exists():
        raise ValidationError({"part_of": _("This area has parts of its own.")})
