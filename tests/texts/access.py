"""Who may open each page of this app, and the things that its addresses name."""

from functools import cache

from django.utils import timezone

from tests.access_rows import MEMBERS, SECRETARIAT, Row
from tests.factories.documents import DocumentFactory
from tests.factories.texts import (
    CirculatedFactory,
    PassageFactory,
    RevisionFactory,
    TextFactory,
    WordingFactory,
)

OUT = ("text_slug", "text_out")
DRAFT = ("text_slug", "text_draft")
ON_PARAGRAPH = (*DRAFT, "text_paragraph")
ACCESS: dict[str, Row] = {
    "texts:text": Row(MEMBERS, ("text_slug",)),
    "texts:revision": Row(MEMBERS, OUT),
    "texts:changes": Row(SECRETARIAT, DRAFT),
    "texts:revision_file": Row(MEMBERS, (*OUT, "text_form")),
    "texts:revision_pdf": Row(SECRETARIAT, DRAFT),
    "texts:start": Row(SECRETARIAT, ("textless_slug",), "POST"),
    "texts:revision_add": Row(SECRETARIAT, ("text_slug",), "POST"),
    "texts:revision_label": Row(SECRETARIAT, DRAFT, "POST"),
    "texts:revision_word": Row(SECRETARIAT, DRAFT, "POST"),
    "texts:revision_circulate": Row(SECRETARIAT, DRAFT, "POST"),
    "texts:revision_finish": Row(SECRETARIAT, DRAFT, "POST"),
    "texts:revision_renumber": Row(SECRETARIAT, DRAFT, "POST"),
    "texts:passage_add": Row(SECRETARIAT, DRAFT, "POST"),
    "texts:passage": Row(SECRETARIAT, ON_PARAGRAPH),
    "texts:passage_facts": Row(SECRETARIAT, ON_PARAGRAPH, "POST"),
    "texts:passage_move": Row(SECRETARIAT, ON_PARAGRAPH, "POST"),
    "texts:passage_remove": Row(SECRETARIAT, ON_PARAGRAPH, "POST"),
    "texts:passage_split": Row(SECRETARIAT, ON_PARAGRAPH, "POST"),
    "texts:passage_join": Row(SECRETARIAT, ON_PARAGRAPH, "POST"),
    "texts:wording_confirm": Row(SECRETARIAT, (*ON_PARAGRAPH, "text_language"), "POST"),
}


def things(people, affiliations, process, body):
    """Return how to make what the addresses name: see ``tests/test_access.py``."""

    @cache
    def text():
        document = DocumentFactory(process=process, published_at=timezone.now())
        return TextFactory(document=document)

    @cache
    def out():
        revision = CirculatedFactory(text=text(), number=1)
        WordingFactory(passage=PassageFactory(revision=revision))
        return revision

    @cache
    def passage():
        draft = RevisionFactory(text=text(), number=2, based_on=out())
        return WordingFactory(passage=PassageFactory(revision=draft)).passage

    return {
        "text_slug": lambda: out().text.document.slug,
        "text_out": lambda: out().number,
        "text_draft": lambda: passage().revision.number,
        "text_paragraph": lambda: passage().paragraph_id,
        "text_language": lambda: "es",
        "text_form": lambda: "txt",
        "textless_slug": lambda: DocumentFactory(process=process).slug,
    }
