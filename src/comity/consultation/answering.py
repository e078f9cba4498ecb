"""The page on which a member answers: the text paragraph by paragraph, with boxes beneath each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comity.calls.models import Call
from comity.consultation.asking import GENERAL, KEY, LANGUAGE, place_of
from comity.consultation.models import Consultation
from comity.texts.models import Passage, Wording

# Any: the pairs of row and draft that the page of the engine shows.
Row = Any


@dataclass(frozen=True)
class AskedPassage:
    """A paragraph of the text, in its languages, with what can be said on it."""

    passage: Passage
    wordings: list[Wording]
    rows: list[Row]

    @property
    def place(self) -> str:
        """How the paragraph is called."""
        return place_of(self.passage)

    @property
    def is_open(self) -> bool:
        """Whether something stands in one of its boxes, or is wrong there."""
        return any((row.entry and row.entry.value) or row.bound.errors for row, _said in self.rows)


def answer_context(call: Call, drafted: Sequence[Row]) -> dict[str, object]:
    """Return the boxes of an answer under the paragraphs to which they belong."""
    consultation = Consultation.objects.select_related("revision__text__document").get(call=call)
    text = consultation.revision.text
    by_paragraph: dict[int, list[Row]] = {}
    alone: dict[str, Row] = {}
    for row, said in drafted:
        if match := KEY.match(row.asked.key):
            by_paragraph.setdefault(int(match["paragraph"]), []).append((row, said))
        else:
            alone[row.asked.key] = (row, said)
    passages = Passage.objects.filter(revision=consultation.revision).order_by("order")
    return {
        "consultation": consultation,
        "languages": text.in_order,
        "language_row": alone.get(LANGUAGE),
        "general_row": alone.get(GENERAL),
        "passages": [
            AskedPassage(
                passage,
                _in_order(passage, text.in_order),
                by_paragraph.get(passage.paragraph_id, []),
            )
            for passage in passages.prefetch_related("wordings")
        ],
    }


def _in_order(passage: Passage, languages: Sequence[str]) -> list[Wording]:
    wordings = {each.language: each for each in passage.wordings.all()}
    return [wordings[code] for code in languages if code in wordings]
