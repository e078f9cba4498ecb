"""What can be done with adoptions, positions, elements and principles."""

from comity.elements.services.adopting import (
    RuleFacts,
    adopt_in_room,
    end_adoption,
    set_rule,
    state_consensus,
)
from comity.elements.services.elements import (
    Cut,
    ElementFacts,
    To,
    change_element,
    change_status,
    cut_elements,
)
from comity.elements.services.positions import (
    PositionFacts,
    confirm_position,
    record_position,
    take_position,
    translate_position,
    withdraw_position,
)
from comity.elements.services.principles import (
    PrincipleFacts,
    add_principle,
    change_principle,
    remove_principle,
)
from comity.elements.services.silence import (
    extend_silence,
    open_silence,
    record_late_objection,
    settle_silence,
    settle_silences,
)
from comity.elements.services.written import adopt_in_writing, ask_to_confirm, open_written

__all__ = [
    "Cut",
    "ElementFacts",
    "PositionFacts",
    "PrincipleFacts",
    "RuleFacts",
    "To",
    "add_principle",
    "adopt_in_room",
    "adopt_in_writing",
    "ask_to_confirm",
    "change_element",
    "change_principle",
    "change_status",
    "confirm_position",
    "cut_elements",
    "end_adoption",
    "extend_silence",
    "open_silence",
    "open_written",
    "record_late_objection",
    "record_position",
    "remove_principle",
    "set_rule",
    "settle_silence",
    "settle_silences",
    "state_consensus",
    "take_position",
    "translate_position",
    "withdraw_position",
]
