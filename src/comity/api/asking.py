"""What every list of the API can be asked: a part of it, a day, a language."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from comity.api.schemas import Problem
from comity.core.addresses import whole_address
from comity.parties.models import Party
from comity.processes.models import Process
from comity.ui.days import EARLIEST, MOST_YEARS_AHEAD, DayField

MOST: Final = 100
USUAL: Final = 20
FURTHEST: Final = 1_000_000
SLUG: Final = r"^[\w\-]{1,80}$"
WORD: Final = r"^[a-z\-]{1,40}$"
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
RANGE: Final = f"from {EARLIEST} to the end of the year {MOST_YEARS_AHEAD} years ahead"

Slug = Annotated[str, Field(pattern=SLUG, max_length=80)]
Word = Annotated[str, Field(pattern=WORD, max_length=40)]
Row = TypeVar("Row", bound=models.Model)


def answers(schema: Any) -> dict[int, Any]:  # noqa: ANN401 -- a schema, or one of a list
    """Return what a question may be answered with: ``schema``, or a refusal."""
    return {200: schema, 401: Problem, 404: Problem, 422: Problem}


def known_slug(value: str) -> str:
    """Refuse the slug of a process that is not on record."""
    if not Process.objects.filter(slug=value).exists():
        raise PydanticCustomError("unknown", "No process on record has this slug.")
    return value


def known_code(value: str) -> str:
    """Refuse the code of a party that is not on record."""
    if not Party.objects.filter(code=value).exists():
        raise PydanticCustomError("unknown", "No party on record has this code.")
    return value


def told_day(value: date) -> date:
    """Refuse a day of which the record says nothing, in the words in which pages refuse it."""
    try:
        return DayField().clean(value)
    except ValidationError as error:
        raise PydanticCustomError("outside", "{reason}", {"reason": error.messages[0]}) from error


def written_as_day(value: object) -> object:
    """Refuse a moment, or the number of its seconds, in which pydantic would find a day."""
    if isinstance(value, str) and not DAY.fullmatch(value):
        raise PydanticCustomError("day", "A day is written as 2003-03-01.")
    return value


ProcessSlug = Annotated[Slug, AfterValidator(known_slug)]
PartyCode = Annotated[Slug, AfterValidator(known_code)]
RecordDay = Annotated[date, BeforeValidator(written_as_day), AfterValidator(told_day)]


class UnknownParametersError(Exception):
    """The address names what cannot be asked, or one thing twice; ``args`` are the names."""


class Nothing(Schema):
    """What one record can be asked that shows no day: nothing beside its address."""


class Day(Schema):
    """As of which day."""

    on: RecordDay | None = Field(
        None, description=f"As of which day, {RANGE}; today where none is given."
    )

    @property
    def day(self) -> date:
        """The day that is asked for."""
        return self.on or timezone.localdate()


class Listed(Schema):
    """What every list can be asked."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many at most.")
    offset: int = Field(0, ge=0, le=FURTHEST, description="How many to pass over.")
    made_up: bool = Field(
        default=False, description="What is made up, instead of what is on record."
    )


class Asked(Listed, Day):
    """What a list can be asked that is as of a day."""


class Narrowed(Listed):
    """A list that can be narrowed to one process."""

    process: ProcessSlug | None = Field(None, description="The slug of a process on record.")

    def narrowed(self, at: str = "process") -> Q:
        """Return the condition for the rows asked for; ``at`` is the path to the process."""
        if self.process:
            return Q(**{f"{at}__slug": self.process})
        if self.made_up:
            return Q(**{f"{at}__is_made_up": True})
        return Q(**{at: None}) | Q(**{f"{at}__is_made_up": False})


class OfProcess(Narrowed, Day):
    """A list that is as of a day and can be narrowed to one process."""


def answer(
    request: HttpRequest,
    asked: Listed,
    rows: "QuerySet[Row, Any]",
    draw: Callable[[list[Row]], list[dict[str, Any]]],
) -> dict[str, Any]:
    """Return the part of ``rows`` that is asked for, with the addresses of its neighbours."""
    refuse_unknown(request, asked)
    count = rows.order_by().count()
    end = asked.offset + asked.limit
    items = draw(list(rows[asked.offset : end])) if asked.offset < count else []
    return {
        "count": count,
        "next": _address(request, end) if end < count else None,
        "previous": _address(request, max(0, asked.offset - asked.limit)) if asked.offset else None,
        "items": items,
    }


def refuse_unknown(request: HttpRequest, asked: Schema) -> None:
    """Raise UnknownParametersError for what is not among the fields of ``asked``.

    A misspelt filter that is passed over would show more than was asked for, and of one that
    is given twice nobody knows which is meant.
    """
    known = set(type(asked).model_fields)
    unknown = sorted(
        name for name, given in request.GET.lists() if name not in known or len(given) > 1
    )
    if unknown:
        raise UnknownParametersError(*unknown)


def _address(request: HttpRequest, offset: int) -> str:
    kept = request.GET.copy()
    kept["offset"] = str(offset)
    return f"{whole_address(request.path)}?{kept.urlencode()}"
