"""What the API says of each thing: texts in all their languages, dates as precise as they are."""

from datetime import date, datetime
from typing import Any, Generic, TypeVar

from ninja import Field, Schema

Item = TypeVar("Item")
Texts = dict[str, str]
GROUNDS: Any = Field(
    description="Where its editors know it from, in their words: what no source listed here says."
)


class Problem(Schema):
    """Why a request was not answered: a sentence each, with the parameter it is about."""

    detail: list["ProblemLine"]


class ProblemLine(Schema):
    """One thing that is wrong with a request."""

    parameter: str
    reason: str


class Page(Schema, Generic[Item]):
    """A part of a list, with the addresses of the parts before and after it."""

    count: int = Field(description="How many there are in all.")
    next: str | None
    previous: str | None
    items: list[Item]


class When(Schema):
    """A date as its source gives it: EDTF text, with the earliest and latest day it can be."""

    text: str = Field(description="EDTF, level 0, such as 2003, 2003-05 or 2002-09-30/2002-10-04.")
    earliest: date | None
    latest: date | None


class Cited(Schema):
    """Where a fact stands."""

    source: str = Field(description="The slug of the source; see /sources.")
    place: str = Field(description="The place in it, such as “Annex II table row 4”.")


class PartyRef(Schema):
    """A party named in another thing."""

    code: str
    name: str = Field(description="In the language asked for, as of the day asked for.")


class Name(Schema):
    """What a party is called, in one language and for a time."""

    party: str = Field(description="The code of the party.")
    language: str
    name: str
    kind: str = Field(description="official, or in-source for the spelling of one source.")
    begins: When | None
    ends: When | None
    source: str


class Party(Schema):
    """A State, a territory, a supranational body, an organisation or one of its offices."""

    code: str = Field(description="ISO 3166-1 alpha-3 for States and territories.")
    name: str = Field(description="In the language asked for, as of the day asked for.")
    kind: str
    acronym: str
    m49: str
    region: str
    part_of: str | None
    ends: When | None
    is_made_up: bool
    url: str
    version: int


class PartyWhole(Party):
    """A party with all its names."""

    names: list[Name]


class Process(Schema):
    """A regional consultative process, or a forum beside them."""

    slug: str
    kind: str
    name: Texts
    short_name: Texts
    region: str
    begins: When | None
    participants: int = Field(description="Counted as participants on the day asked for.")
    is_made_up: bool
    url: str
    sources: list[Cited]
    grounds: list[str] = GROUNDS
    version: int


class ProcessWhole(Process):
    """A process with what it works on and by which names it goes."""

    note: Texts | None
    aliases: list[str]
    areas: list["Area"]
    stages: list["Stage"]
    websites: list[str]


class Area(Schema):
    """An area of interest in the words of the process, with the themes it belongs to."""

    words: str
    language: str
    themes: list[str]


class Stage(Schema):
    """Where a process stands, for a time."""

    kind: str
    begins: When | None
    ends: When | None
    note: str


class Held(Schema):
    """Something that a party holds in a process for a time."""

    process: str
    party: PartyRef
    begins: When | None
    ends: When | None
    note: str
    sources: list[Cited]
    grounds: list[str] = GROUNDS
    version: int


class Participation(Held):
    """How a party takes part in a process."""

    status: str
    on_behalf_of: PartyRef | None
    is_origin: bool
    is_transit: bool
    is_destination: bool
    name_in_source: str


class Term(Held):
    """A term of office: presidency, secretariat, chair of a body."""

    office: str
    body: Texts | None


class Seat(Schema):
    """Who sits in a body."""

    party: PartyRef
    begins: When | None
    ends: When | None
    note: str


class Body(Schema):
    """A part of a process that meets or works by itself."""

    slug: str
    process: str
    name: Texts
    kind: str
    begins: When | None
    ends: When | None
    terms_of_reference: Texts | None
    seats: list[Seat]
    sources: list[Cited]
    grounds: list[str] = GROUNDS
    version: int


class Record(Schema):
    """What all records share."""

    slug: str
    title: Texts
    process: str | None
    url: str
    sources: list[Cited]
    grounds: list[str] = GROUNDS
    version: int


class Meeting(Record):
    """A meeting of a process."""

    kind: str
    status: str
    days: When | None
    place: str
    country: str | None
    organisers: str
    note: str


class Document(Record):
    """A text or paper that the reader may see."""

    symbol: str
    kind: str
    dated: When | None
    meeting: str | None
    adopted_by: str
    audience: str
    published_at: datetime | None
    note: str


class Study(Record):
    """A study, an assessment or a paper."""

    kind: str
    year: When | None
    producer: str
    coverage: str
    note: str


class Project(Record):
    """A project that carries out what a process decides."""

    begins: When | None
    ends: When | None
    status: str
    implementer: str
    countries: list[str]
    note: str


class Source(Schema):
    """Where facts come from, with its licence."""

    slug: str
    title: Texts
    symbol: str
    issued: When | None
    publisher: str
    link: str
    licence: str
    url: str
