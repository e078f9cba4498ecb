"""What the API of another installation promises, and the checks that hold it to that.

Each text is checked as one that somebody types here would be. What these models do not name is
passed over, so that a later version of the other side can be read.
"""

import re
from collections.abc import Callable
from typing import Annotated, Final, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError as RefusedError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from comity.core.dates import LONGEST, validate_date
from comity.core.texts import validate_lines, validate_one_line
from comity.exchange.troubles import TroubleError
from comity.processes.models import validate_days

MOST_PARTICIPANTS: Final = 10_000
MOST_VERSION: Final = 1_000_000_000
# Parts of a place in an answer that are ours to repeat: names of fields, and numbers.
PLACE: Final = re.compile(r"[a-z_]{1,30}|\d{1,4}", re.ASCII)


def _refusing(check: Callable[[str], None]) -> AfterValidator:
    """Return ``check`` of ours as the schema asks it."""

    def checked(text: str) -> str:
        try:
            check(text)
        except RefusedError as error:
            raise ValueError(error.messages[0]) from error
        return text

    return AfterValidator(checked)


def _known(texts: dict[str, str]) -> dict[str, str]:
    """Keep the texts in languages that are known here; an installation may have more."""
    return {code: texts[code] for code in settings.CONTENT_LANGUAGES if texts.get(code, "").strip()}


def _some(texts: dict[str, str]) -> dict[str, str]:
    if not texts:
        raise ValueError("no language that is known here")
    return texts


Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9_\-]{1,80}$")]
Word = Annotated[str, Field(max_length=60), _refusing(validate_one_line)]
Place = Annotated[str, Field(max_length=120), _refusing(validate_one_line)]
Name = Annotated[str, Field(max_length=300), _refusing(validate_one_line)]
Long = Annotated[str, Field(max_length=5_000), _refusing(validate_lines)]
Code = Annotated[str, Field(max_length=10)]
Names = Annotated[
    dict[Code, Name], Field(max_length=40), AfterValidator(_known), AfterValidator(_some)
]
Texts = Annotated[dict[Code, Long], Field(max_length=40), AfterValidator(_known)]
Link = Annotated[str, Field(max_length=600)]
Version = Annotated[int, Field(ge=1, le=MOST_VERSION)]


class Promised(BaseModel):
    """A part of an answer: typed exactly, never made to fit."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class When(Promised):
    """A date; its days are read from its text again."""

    text: Annotated[str, Field(max_length=LONGEST), _refusing(validate_date)]


class Days(Promised):
    """The days of a meeting."""

    text: Annotated[
        str, Field(max_length=LONGEST), _refusing(validate_date), _refusing(validate_days)
    ]


class Area(Promised):
    """An area of interest, in the words of the process."""

    words: Name
    language: Code


class Listed(Promised):
    """A process in a list."""

    slug: Slug


class Process(Listed):
    """A process."""

    kind: Word
    name: Names
    short_name: Names
    region: Annotated[str, Field(max_length=40), _refusing(validate_one_line)]
    begins: When | None
    participants: Annotated[int, Field(ge=0, le=MOST_PARTICIPANTS)]
    is_made_up: bool
    url: Link
    version: Version
    note: Texts | None
    areas: Annotated[list[Area], Field(max_length=200)]


class Meeting(Promised):
    """A meeting."""

    slug: Slug
    title: Names
    process: Slug
    url: Link
    version: Version
    kind: Word
    status: Annotated[str, Field(pattern=r"^[a-z\-]{1,20}$")]
    days: Days | None
    place: Place
    organisers: Name
    note: Long


class ProcessPage(Promised):
    """A part of the list of processes."""

    count: Annotated[int, Field(ge=0)]
    items: Annotated[list[Listed], Field(max_length=100)]


class MeetingPage(Promised):
    """A part of the list of meetings."""

    count: Annotated[int, Field(ge=0)]
    items: Annotated[list[Meeting], Field(max_length=100)]


Kind = TypeVar("Kind", bound=BaseModel)


def read_as(kind: type[Kind], content: bytes) -> Kind:
    """Return ``content`` as one ``kind`` of answer; raise TroubleError where it is none."""
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        raise TroubleError("shape", place=_place(error)) from error


def _place(error: ValidationError) -> str:
    """Return where the first mistake is, in words of the schema alone."""
    parts = [str(part) for part in error.errors(include_url=False, include_input=False)[0]["loc"]]
    return ".".join(part for part in parts if PLACE.fullmatch(part)) or "–"
