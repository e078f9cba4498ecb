"""The steps of adopting a text: what each is called, who takes it, when, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.accounts.authority import Actor
from comity.calls.models import Way
from comity.elements.forms.adoption import (
    ActForm,
    ConfirmationForm,
    ConsensusForm,
    EndForm,
    ExtensionForm,
    LateObjectionForm,
    RoomForm,
    SilenceForm,
    WritingForm,
    WrittenForm,
)
from comity.elements.models import Adoption, AdoptionRule, AdoptionWay
from comity.elements.services import (
    adopt_in_room,
    adopt_in_writing,
    ask_to_confirm,
    end_adoption,
    extend_silence,
    open_silence,
    open_written,
    record_late_objection,
    state_consensus,
)

AtHand = Callable[[Adoption | None, AdoptionRule], bool]


@dataclass(frozen=True)
class Act:
    """A step of adopting: its form, who may take it, when it is at hand, and what it does."""

    heading: str | Promise
    form: type[ActForm]
    permission: str
    is_at_hand: AtHand
    do: Callable[[ActForm, Actor], object]


def none_with(way: AdoptionWay) -> AtHand:
    """Return the condition that nothing is under way, and the process adopts this way."""
    return lambda adoption, rule: (
        (adoption is None or (adoption.is_over and not adoption.is_adopted)) and way in rule.ways
    )


def under_way(way: AdoptionWay, *, asked: bool | None = None) -> AtHand:
    """Return the condition that such an adoption is under way, its members asked or not."""

    def is_at_hand(adoption: Adoption | None, _rule: AdoptionRule) -> bool:
        if adoption is None or adoption.is_over or adoption.way != way:
            return False
        return asked is None or asked == (adoption.call_id is not None)

    return is_at_hand


def _seen(form: ActForm) -> dict[str, Any]:  # Any: what the service takes
    """Return the adoption that the form is on, and the version of it that was seen."""
    return {"adoption": form.adoption, "version": form.cleaned_data["version"]}


def _typed(form: ActForm) -> dict[str, Any]:  # Any: as above
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _late(form: ActForm, by: Actor) -> object:
    typed = form.cleaned_data
    assert form.adoption is not None  # the page is of one that is over
    return record_late_objection(
        adoption=form.adoption,
        party=typed["party"],
        words=typed["words"],
        way=Way(typed["way"]),
        by=by,
    )


ACTS: dict[str, Act] = {
    "consensus": Act(
        _("State that all members agree"),
        ConsensusForm,
        "elements.state_consensus",
        lambda adoption, rule: rule.needs_consensus and not (adoption and adoption.is_adopted),
        lambda form, by: state_consensus(**_typed(form), by=by),
    ),
    "room": Act(
        _("Adopted in the room"),
        RoomForm,
        "elements.adopt",
        none_with(AdoptionWay.ROOM),
        lambda form, by: adopt_in_room(**_typed(form), by=by),
    ),
    "silence": Act(
        _("Open a silence procedure"),
        SilenceForm,
        "elements.adopt",
        none_with(AdoptionWay.SILENCE),
        lambda form, by: open_silence(**_typed(form), by=by),
    ),
    "written": Act(
        _("Begin a written procedure"),
        WrittenForm,
        "elements.adopt",
        none_with(AdoptionWay.WRITTEN),
        lambda form, by: open_written(**_typed(form), by=by),
    ),
    "confirm": Act(
        _("Ask members to confirm the revised text"),
        ConfirmationForm,
        "elements.adopt",
        under_way(AdoptionWay.WRITTEN, asked=False),
        lambda form, by: ask_to_confirm(**_seen(form), **_typed(form), by=by),
    ),
    "confirmed": Act(
        _("Adopt what the members confirmed"),
        WritingForm,
        "elements.adopt",
        under_way(AdoptionWay.WRITTEN, asked=True),
        lambda form, by: adopt_in_writing(**_seen(form), by=by),
    ),
    "extend": Act(
        _("Let silence last longer"),
        ExtensionForm,
        "elements.adopt",
        under_way(AdoptionWay.SILENCE),
        lambda form, by: extend_silence(**_seen(form), **_typed(form), by=by),
    ),
    "end": Act(
        _("End without adopting"),
        EndForm,
        "elements.adopt",
        lambda adoption, _rule: adoption is not None and not adoption.is_over,
        lambda form, by: end_adoption(**_seen(form), **_typed(form), by=by),
    ),
    "late": Act(
        _("Record a late objection"),
        LateObjectionForm,
        "elements.adopt",
        lambda adoption, _rule: (
            adoption is not None and adoption.is_over and adoption.way == AdoptionWay.SILENCE
        ),
        _late,
    ),
}
