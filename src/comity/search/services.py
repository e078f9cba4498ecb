"""Put things into the index and take them out, in the transaction of whoever changes them.

An app's own service calls these after it has asked whether the actor may.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from comity.search.models import EntryKey, SearchEntry
from comity.search.sources import PUBLIC, kinds
from comity.search.words import composed, folded

BATCH = 500
LONGEST_TEXT = 50_000

# The language (blank for none), the title and the text of one passage.
Passage = tuple[str, str, str]


@dataclass(frozen=True)
class Findable:
    """A thing as the index keeps it: its passages, and the keys that open it.

    Passages are read: each text is sentences in its language. ``names`` and ``also`` find them
    too and are never shown: codes, dates, names in other languages. ``names`` count as much as
    the title.
    """

    target: models.Model
    kind: str
    url: str
    passages: Iterable[Passage]
    keys: Iterable[str]
    when: date | None = None
    weight: float = 1.0
    names: Iterable[str] = ()
    also: Iterable[str] = ()
    is_made_up: bool = False


def index(
    target: models.Model,
    *,
    kind: str,
    url: str,
    passages: Iterable[Passage],
    keys: Iterable[str],
    when: date | None = None,
    weight: float = 1.0,
    names: Iterable[str] = (),
    also: Iterable[str] = (),
) -> None:
    """Let ``target`` be found by its passages and by nothing else, by who holds one of ``keys``.

    Without keys, only the platform itself finds it. Raises LookupError for a kind that no app
    declares.
    """
    index_many([Findable(target, kind, url, passages, keys, when, weight, names, also)])


@transaction.atomic
def index_many(things: Iterable[Findable]) -> None:
    """Let many things be found, in a few queries for hundreds of them."""
    given = list(things)
    _remove_all(thing.target for thing in given)
    pairs = [
        (entry, keys)
        for thing in given
        for keys in [set(thing.keys)]
        for entry in _entries(thing, is_public=PUBLIC in keys)
    ]
    SearchEntry.objects.bulk_create([entry for entry, _keys in pairs], batch_size=BATCH)
    EntryKey.objects.bulk_create(
        [EntryKey(entry=entry, key=key) for entry, keys in pairs for key in sorted(keys)],
        batch_size=BATCH,
    )


@transaction.atomic
def remove(target: models.Model) -> None:
    """Let ``target`` be found no more. Call it before the row is deleted."""
    _remove_all([target])


def _entries(thing: Findable, *, is_public: bool) -> list[SearchEntry]:
    kind = kinds[thing.kind].name
    content_type = ContentType.objects.get_for_model(thing.target)
    names, also = (
        " ".join(dict.fromkeys(folded(words) for words in given))
        for given in (thing.names, thing.also)
    )
    return [
        SearchEntry(
            kind=kind,
            content_type=content_type,
            object_id=thing.target.pk,
            language=language,
            title=composed(title),
            text=composed(text)[:LONGEST_TEXT],
            url=thing.url,
            sort_on=thing.when,
            weight=thing.weight,
            is_made_up=thing.is_made_up,
            is_public=is_public,
            folded_title=f"{folded(title)} {names}".strip(),
            folded_text=f"{folded(text[:LONGEST_TEXT])} {also}".strip(),
        )
        for language, title, text in thing.passages
    ]


def _remove_all(targets: Iterable[models.Model]) -> None:
    """Delete the entries of ``targets``, a bounded number at a time."""
    by_kind: Mapping[ContentType, list[int]] = defaultdict(list)
    for target in targets:
        by_kind[ContentType.objects.get_for_model(target)].append(target.pk)
    for kind, pks in by_kind.items():
        for start in range(0, len(pks), BATCH):
            entries = SearchEntry.objects.filter(
                content_type=kind, object_id__in=pks[start : start + BATCH]
            )
            EntryKey.objects.filter(entry__in=entries).delete()
            entries.delete()
