"""What pages and files are made of: the passages of a revision with their words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.texts.models import Revision


@dataclass(frozen=True)
class Said:
    """The words of a passage in one language, and what they are worth."""

    words: str
    standing: str = "original"
    is_behind: bool = False
    version: int = 1
    pk: int = 0


@dataclass(frozen=True)
class PassageRow:
    """One paragraph as it stands in a revision, with its words in each language."""

    paragraph: int
    kind: str
    number: str
    level: int = 0
    said: Mapping[str, Said] = field(default_factory=dict)
    continues: int | None = None
    joined_to: int | None = None
    pk: int = 0
    version: int = 1

    def words(self, language: str) -> str:
        """Return the words in ``language``; nothing where there are none."""
        found = self.said.get(language)
        return found.words if found else ""


def read_rows(revision: Revision) -> list[PassageRow]:
    """Return the passages of ``revision`` in their order, in two queries."""
    passages = revision.passages.select_related("paragraph").prefetch_related("wordings")
    return [
        PassageRow(
            paragraph=each.paragraph_id,
            kind=each.kind,
            number=each.number,
            level=each.level,
            said={
                said.language: Said(
                    said.words, said.standing, said.is_behind, said.version, said.pk
                )
                for said in each.wordings.all()
            },
            continues=each.paragraph.continues_id,
            joined_to=each.paragraph.joined_to_id,
            pk=each.pk,
            version=each.version,
        )
        for each in passages.order_by("order")
    ]
