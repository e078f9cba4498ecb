"""Make the texts of the Meridian Dialogue: a declaration, its follow-up, the next draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from comity.accounts.authority import SYSTEM
from comity.documents.models import Document
from comity.office.tables import Row
from comity.sources.folders import Folder
from comity.texts.models import Kind, Revision, Text
from comity.texts.services import (
    Incoming,
    PassageFacts,
    circulate_revision,
    finish_revision,
    start_revision,
    start_text,
    take_passages,
)

FILE = "made-up/texts.csv"
LANGUAGES = ("es", "en", "fr")
COLUMNS = ("document", "revision", "key", "continues", "kind", "level", "number", *LANGUAGES)


@dataclass(frozen=True)
class Out:
    """How a revision went out, and when."""

    is_final: bool
    on: datetime
    label: dict[str, str]


OUT = {
    ("md-vellmar-declaration", "1"): Out(
        True,  # noqa: FBT003 -- a table
        datetime(2025, 5, 16, tzinfo=UTC),
        {"es": "Texto aprobado", "en": "Adopted text", "fr": "Texte adopté"},
    ),
    ("md-vellmar-follow-up", "1"): Out(
        True,  # noqa: FBT003 -- a table
        datetime(2026, 5, 22, tzinfo=UTC),
        {"es": "Texto aprobado", "en": "Adopted text", "fr": "Texte adopté"},
    ),
    ("md-draft-declaration-2027", "1"): Out(
        False,  # noqa: FBT003 -- a table
        datetime(2026, 10, 12, 8, tzinfo=UTC),
        {"es": "Primer proyecto", "en": "First draft", "fr": "Premier projet"},
    ),
    ("md-draft-declaration-2027", "2"): Out(
        False,  # noqa: FBT003 -- a table
        datetime(2026, 11, 9, 8, tzinfo=UTC),
        {"es": "Segundo proyecto", "en": "Second draft", "fr": "Deuxième projet"},
    ),
}


def fill_texts(folder: Folder) -> None:
    """Write each revision in its turn, through the services, unless the tables hold problems."""
    rows = folder.rows(FILE, COLUMNS)
    if folder.problems:
        return
    documents = {each.slug: each for each in Document.objects.filter(process__is_made_up=True)}
    keys: dict[str, int] = {}
    by_revision = groupby(rows, key=lambda row: (row.values["document"], row.values["revision"]))
    for (slug, number), found in by_revision:
        document = documents[slug]
        text = Text.objects.filter(document=document).first() or start_text(
            document=document, languages=LANGUAGES, original="es", by=SYSTEM
        )
        _write(text, OUT[slug, number], list(found), keys)


def _write(text: Text, out: Out, rows: list[Row], keys: dict[str, int]) -> None:
    """Write one revision and let it out; ``keys`` learns the paragraphs that it adds."""
    revision = start_revision(text=text, label=out.label, by=SYSTEM)
    Revision.objects.filter(pk=revision.pk).update(made_at=out.on)
    current, _taken = take_passages(
        revision=revision,
        incoming=list(_incoming(rows, keys)),
        version=revision.version,
        by=SYSTEM,
        source=FILE,
    )
    passages = current.passages.order_by("order")
    keys |= {
        row.values["key"]: passage.paragraph_id for row, passage in zip(rows, passages, strict=True)
    }
    let_out = finish_revision if out.is_final else circulate_revision
    let_out(revision=current, version=current.version, by=SYSTEM, now=out.on)


def _incoming(rows: Iterable[Row], keys: dict[str, int]) -> Iterable[Incoming]:
    for row in rows:
        values = row.values
        yield Incoming(
            facts=PassageFacts(Kind(values["kind"]), int(values["level"]), values["number"]),
            words={code: values[code] for code in LANGUAGES if values[code]},
            paragraph=keys.get(values["key"]),
            continues=keys.get(values["continues"]),
        )
