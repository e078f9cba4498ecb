"""How symbols are written: the pattern of a series, and the endings of parts of a paper."""

import re
from collections.abc import Iterable
from typing import Final, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIELD: Final = re.compile(r"\{([^{}]*)\}")
FIELDS: Final = {"year": r"\d{4}", "number": r"[1-9]\d{0,5}"}
# What stands between the fields: it goes into an address and the name of a file.
LITERAL: Final = re.compile(r"[A-Za-z0-9/.()_-]*")
ENDINGS: Final = r"(?:/(?:Rev|Add|Corr)\.[1-9]\d{0,2})*"


class Scheme(Protocol):
    """A series as its symbols are written."""

    letters: str
    pattern: str


def check_pattern(pattern: str, letters: str) -> None:
    """Refuse a pattern by which symbols could not be written or told apart."""
    fields = FIELD.findall(pattern)
    if unknown := [name for name in fields if name not in {*FIELDS, "series"}]:
        raise ValidationError(
            _("“{%(name)s}” is not known: write {year}, {series} and {number}.")
            % {"name": unknown[0]}
        )
    if fields.count("number") != 1 or len(set(fields)) != len(fields):
        raise ValidationError(_("Write {number} once, and the others at most once."))
    if ("series" in fields) != bool(letters):
        raise ValidationError(_("Write {series} where the series has letters, and only there."))
    if not all(
        LITERAL.fullmatch(part) for part in (*FIELD.sub("\n", pattern).split("\n"), letters)
    ):
        raise ValidationError(
            _("Write letters without accents, digits, strokes, points and hyphens.")
        )
    check_symbol(write_symbol(pattern, letters, year=2000, number=1))


def check_symbol(symbol: str) -> None:
    """Refuse a symbol that no address could end with."""
    if any(not part.strip(". ") for part in symbol.split("/")):
        raise ValidationError(_("Something is missing beside a stroke of this symbol."))


def write_symbol(pattern: str, letters: str, *, year: int, number: int | str) -> str:
    """Return the symbol of that number in a series."""
    values = {"year": f"{year:04}", "series": letters, "number": str(number)}
    return FIELD.sub(lambda found: values[found[1]], pattern)


def stem_of(scheme: Scheme, year: int) -> str:
    """Return what stands before the number in the symbols of a year."""
    before, _field, _after = scheme.pattern.partition("{number}")
    return write_symbol(before, scheme.letters, year=year, number="")


def number_in(scheme: Scheme, symbol: str, year: int) -> int:
    """Return the number that ``symbol`` has in that year of the series; 0 for none."""
    parts = FIELD.split(scheme.pattern)
    known = {"year": f"{year:04}", "series": re.escape(scheme.letters), "number": r"([1-9]\d{0,5})"}
    found = re.fullmatch(_joined(parts, known) + ENDINGS, symbol)
    return int(found[1]) if found else 0


def fits_any(schemes: Iterable[Scheme], symbol: str) -> bool:
    """Tell whether ``symbol`` is written as one of the schemes says; anything does for none."""
    given = list(schemes)
    return not given or any(
        re.fullmatch(
            _joined(FIELD.split(each.pattern), {**FIELDS, "series": re.escape(each.letters)})
            + ENDINGS,
            symbol,
        )
        for each in given
    )


def _joined(parts: list[str], fields: dict[str, str]) -> str:
    """Return the expression of a pattern taken apart: literals stand at even places."""
    return "".join(
        fields[part] if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
