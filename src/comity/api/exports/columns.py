"""The columns of the open data: how each is called, what it holds, where it stands in a fact."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings

from comity.api.facts.kinds import Facts
from comity.core.languages import language_name

JOINT: Final = "; "
EDTF: Final = "EDTF, level 0, as its source gives it; empty where no source gives it."


@dataclass(frozen=True)
class Column:
    """One column; ``kind`` is a type of Table Schema, ``path`` leads to the value in a fact."""

    name: str
    words: str
    kind: str = "string"
    path: tuple[str, ...] = ()

    def value(self, fact: Facts) -> object:
        """Return what stands in this column for ``fact``; nothing where a step is missing."""
        found: object = fact
        for step in self.path or (self.name,):
            if not isinstance(found, dict):
                return None
            found = found.get(step)
        if isinstance(found, list):
            return JOINT.join(map(str, found))
        if isinstance(found, bool):
            return "true" if found else "false"
        return found


def column(name: str, words: str, kind: str = "string") -> list[Column]:
    """Return one column that is called as in the fact."""
    return [Column(name, words, kind)]


def texts(name: str, words: str) -> list[Column]:
    """Return the columns of a text: one a language."""
    return [
        Column(f"{name}_{code}", f"{words} In {language_name(code)}.", path=(name, code))
        for code in settings.CONTENT_LANGUAGES
    ]


def dated(name: str, words: str) -> list[Column]:
    """Return the columns of a date: as its source gives it, and the days that it can be."""
    return [
        Column(name, f"{words} {EDTF}", path=(name, "text")),
        Column(
            f"{name}_earliest", f"{words} The earliest day it can be.", "date", (name, "earliest")
        ),
        Column(f"{name}_latest", f"{words} The latest day it can be.", "date", (name, "latest")),
    ]


def party(name: str, words: str) -> list[Column]:
    """Return the columns of a party: its code, and what it was last called."""
    return [
        Column(name, f"{words} The code of a party.", path=(name, "code")),
        Column(f"{name}_name", f"{words} Its latest name, in English.", path=(name, "name")),
    ]


IDENTIFIER: Final = [Column("id", "Stays the same for as long as the row is kept.", "integer")]
PROCESS: Final = [Column("process", "The slug of a process.")]
ADDRESS: Final = [Column("url", "Its permanent address.")]
VERSION: Final = [Column("version", "Counted up whenever somebody edits it.", "integer")]
