"""The fields of an answer: what each holds, and what is wrong with a value."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.core.texts import validate_lines, validate_one_line

MOST_CHARACTERS = 20_000
MOST_OF_A_LINE = 400


class Shape(models.TextChoices):
    """By what a field is answered."""

    LINE = "line", gettext_lazy("a line of text")
    TEXT = "text", gettext_lazy("a text")
    NUMBER = "number", gettext_lazy("a number")
    DAY = "day", gettext_lazy("a day")
    YES_NO = "yes_no", gettext_lazy("yes or no")
    CHOICE = "choice", gettext_lazy("one of several")
    CHOICES = "choices", gettext_lazy("any of several")


Value = str | int | float | bool | list[str] | None


@dataclass(frozen=True)
class Field:
    """One field of an answer, in the language of who answers.

    ``key`` is the same in page, workbook and Word file. ``options`` are pairs of what is stored
    and what is read, for a field that has choices.
    """

    key: str
    label: str
    shape: Shape = Shape.TEXT
    help: str = ""
    options: Sequence[tuple[str, str]] = ()
    is_required: bool = False
    _known: frozenset[str] = field(init=False, repr=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", frozenset(code for code, _words in self.options))

    def plain(self, value: object) -> Value:
        """Return ``value`` as it is stored; nothing at all is ``None``.

        Raises ValidationError with a sentence for what this field does not hold.
        """
        if value is None or (isinstance(value, str) and not value.strip()) or value == []:
            return None
        check: Callable[[object], Value] = {
            Shape.NUMBER: _number,
            Shape.DAY: _day,
            Shape.YES_NO: _yes_no,
            Shape.CHOICE: self._choice,
            Shape.CHOICES: self._choices,
        }.get(self.shape, self._text)
        return check(value)

    def _text(self, value: object) -> str:
        text = str(value).strip().replace("\r\n", "\n")
        is_line = self.shape == Shape.LINE
        most = MOST_OF_A_LINE if is_line else MOST_CHARACTERS
        if len(text) > most:
            words = _("This has %(count)d characters; at most %(most)d can be taken.")
            raise ValidationError(words % {"count": len(text), "most": most}, code="length")
        (validate_one_line if is_line else validate_lines)(text)
        return text

    def _choice(self, value: object) -> str:
        if isinstance(value, str) and value in self._known:
            return value
        raise ValidationError(_("Choose from the list."), code="choice")

    def _choices(self, value: object) -> list[str]:
        if not isinstance(value, list | tuple):
            raise ValidationError(_("Choose from the list."), code="choice")
        chosen = {self._choice(each) for each in value}
        return [code for code, _words in self.options if code in chosen]


def _yes_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValidationError(_("Choose yes or no."), code="yes_no")


def _number(value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValidationError(_("Write a number."), code="number")
    try:
        number = float(value)
    except ValueError as error:
        raise ValidationError(_("Write a number."), code="number") from error
    if not math.isfinite(number):
        raise ValidationError(_("Write a number."), code="number")
    return int(number) if number.is_integer() else number


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise ValidationError(_("Write a day."), code="day") from error
