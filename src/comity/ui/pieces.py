"""What pages hand to the components: small values that travel together."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """A word that leads to a thing, with the region it belongs to."""

    label: str
    url: str = ""
    region: str = ""


@dataclass(frozen=True)
class Download:
    """A file offered beside what it holds: its format in one word and where it is."""

    format: str
    url: str


@dataclass(frozen=True)
class Crumb:
    """A step of the way from the first page to this one."""

    label: str
    url: str
