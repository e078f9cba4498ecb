"""A text that was checked out comes in again: what was changed here, there, or on both sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

# Of one language: what each passage says, by the key of its paragraph.
Words = Mapping[int, str]


class Side(Enum):
    """Where a paragraph was changed since the text was checked out."""

    FILE = "file"
    HERE = "here"
    BOTH = "both"


@dataclass(frozen=True)
class Difference:
    """One paragraph that was changed; ``None`` where it was taken out."""

    paragraph: int
    side: Side
    base: str | None
    file: str | None
    here: str | None


def differences(base: Words, file: Words, here: Words) -> list[Difference]:
    """Return each paragraph that one side or both changed; the same change on both is none.

    Nothing is decided here for a paragraph that both changed: whoever brings the file chooses.
    """
    found = []
    for paragraph in dict.fromkeys([*base, *file, *here]):
        was, brought, stands = (side.get(paragraph) for side in (base, file, here))
        if brought == stands:
            continue
        side = Side.HERE if brought == was else Side.FILE if stands == was else Side.BOTH
        found.append(Difference(paragraph, side, was, brought, stands))
    return found
