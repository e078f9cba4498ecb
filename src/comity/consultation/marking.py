"""The words of a text with what stands in brackets, for a page."""

from dataclasses import dataclass

from comity.consultation.brackets import groups_in


@dataclass(frozen=True)
class Bracketed:
    """Words of a text; ``mark`` says that they stand in brackets."""

    words: str
    mark: str = ""


def with_brackets(words: str) -> list[Bracketed]:
    """Return ``words`` in pieces, those in brackets marked so, for a page."""
    pieces: list[Bracketed] = []
    place = 0
    for group in groups_in(words):
        if group.start > place:
            pieces.append(Bracketed(words[place : group.start]))
        pieces.append(Bracketed(words[group.start : group.end], "bracket"))
        place = group.end
    if place < len(words):
        pieces.append(Bracketed(words[place:]))
    return pieces
