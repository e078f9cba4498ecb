"""What can be done with notes: registered, numbered, written to all and sent."""

from comity.correspondence.services.circulars import (
    CircularFacts,
    change_circular,
    discard_circular,
    enclose,
    prepare_circular,
    send_circular,
    take_out,
)
from comity.correspondence.services.notes import (
    NoteFacts,
    Scan,
    change_note,
    register_note,
    set_numbers,
)

__all__ = [
    "CircularFacts",
    "NoteFacts",
    "Scan",
    "change_circular",
    "change_note",
    "discard_circular",
    "enclose",
    "prepare_circular",
    "register_note",
    "send_circular",
    "set_numbers",
    "take_out",
]
