"""Cards of people, as address books take them: vCard 4.0 (RFC 6350)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_LINE = 75


@dataclass(frozen=True)
class Card:
    """What one card says; ``uid`` lets an address book see that it has it already."""

    uid: str
    name: str
    organisation: tuple[str, ...]
    title: str
    email: str = ""
    telephone: str = ""
    language: str = ""
    categories: tuple[str, ...] = ()


def write_cards(cards: Iterable[Card]) -> Iterator[str]:
    """Yield the cards, one after the other."""
    for card in cards:
        yield "".join(f"{_fold(line)}\r\n" for line in _lines(card))


def _lines(card: Card) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"UID:{_escape(card.uid)}")
    yield f"FN:{_escape(card.name)}"
    if card.organisation:
        yield "ORG:" + ";".join(_escape(part) for part in card.organisation)
    if card.title:
        yield f"TITLE:{_escape(card.title)}"
    if card.email:
        yield f"EMAIL;TYPE=work:{_escape(card.email)}"
    if card.telephone:
        yield f"TEL;VALUE=text;TYPE=work:{_escape(card.telephone)}"
    if card.language:
        yield f"LANG:{_escape(card.language)}"
    if card.categories:
        yield "CATEGORIES:" + ",".join(_escape(each) for each in card.categories)
    yield "END:VCARD"


def _escape(text: str) -> str:
    """Return ``text`` so that no sign of it ends the value or the line."""
    for sign in ("\\", ",", ";"):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _fold(line: str) -> str:
    """Return ``line`` in parts of 75 octets, each after the first begun with a space."""
    parts, part, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST_LINE:
            parts.append(part)
            part, size = " ", 1
        part, size = part + sign, size + width
    return "\r\n".join([*parts, part])
