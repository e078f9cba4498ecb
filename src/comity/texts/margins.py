"""What higher apps show beside a text: notes at its paragraphs, and ways to their own pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from comity.accounts.authority import Actor
from comity.core.registry import Registry
from comity.texts.models import Revision


@dataclass(frozen=True)
class MarginNote:
    """Something said at a paragraph: by whom, of what kind, in a few words, and where whole."""

    who: str
    kind: str
    words: str = ""
    url: str = ""


@dataclass(frozen=True)
class TextLink:
    """A way from a text to what is done with it."""

    label: str
    url: str


# By paragraph; only what the actor may see. Each costs a fixed number of queries.
Margin = Callable[[Actor, Revision], Mapping[int, Sequence[MarginNote]]]
margins = Registry[Margin]("margin of texts")

Links = Callable[[Actor, Revision], Sequence[TextLink]]
text_links = Registry[Links]("links of texts")


def notes_beside(actor: Actor, revision: Revision) -> dict[int, list[MarginNote]]:
    """Return what all apps show at each paragraph of ``revision``."""
    found: dict[int, list[MarginNote]] = {}
    for margin in margins:
        for paragraph, notes in margin(actor, revision).items():
            found.setdefault(paragraph, []).extend(notes)
    return found


def links_beside(actor: Actor, revision: Revision) -> list[TextLink]:
    """Return the ways that all apps show from ``revision``."""
    return [link for links in text_links for link in links(actor, revision)]
