"""Measure search with permissions beside the bare top 20 of the same full-text index.

Run it on an empty data folder: COMITY_DATA_DIR=/somewhere python benchmarks/search.py 1000000
"""

import os
import random
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")
django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402 -- after the setup
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from comity.search import sources  # noqa: E402
from comity.search.models import EntryKey, SearchEntry  # noqa: E402
from comity.search.queries import _expression, find  # noqa: E402
from comity.search.words import phrases_of  # noqa: E402

WORDS = [f"word{number}" for number in range(50_000)]
# Word n stands in about one passage in n; "word1" in most of them.
WEIGHTS = [1 / (number + 1) for number in range(len(WORDS))]
BATCH = 20_000
BARE = "SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %s ORDER BY rank LIMIT 20"


def fill(passages: int) -> None:
    """Write passages of forty words, three of four open to everyone."""
    chance = random.Random(2003)  # noqa: S311 -- the same passages each time
    kind = ContentType.objects.get_for_model(SearchEntry)
    for start in range(0, passages, BATCH):
        drawn = chance.choices(WORDS, WEIGHTS, k=40 * BATCH)
        texts = [" ".join(drawn[40 * n : 40 * n + 40]) for n in range(BATCH)]
        with transaction.atomic():
            entries = SearchEntry.objects.bulk_create(
                SearchEntry(
                    kind="passage",
                    content_type=kind,
                    object_id=start + n,
                    language="en",
                    title=text[:20],
                    folded_title=text[:20],
                    text=text,
                    folded_text=text,
                    url="/",
                )
                for n, text in enumerate(texts)
            )
            EntryKey.objects.bulk_create(
                EntryKey(entry=entry, key="public" if n % 4 else f"process:{n % 40}:members")
                for n, entry in enumerate(entries)
            )


def milliseconds(*asks: Callable[[], object], times: int = 15) -> list[float]:
    """Return the least time that each takes, asked in turn: other work only adds to it."""
    taken: list[list[float]] = [[] for _ in asks]
    for _ in range(times + 1):
        for ask, times_of_it in zip(asks, taken, strict=True):
            begun = time.perf_counter()
            ask()
            times_of_it.append((time.perf_counter() - begun) * 1000)
    return [min(times_of_it[1:]) for times_of_it in taken]


def bare(words: str) -> list[tuple[int]]:
    """Ask the full-text index for its top 20 and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(BARE, [_expression(phrases_of(words))])
        return cursor.fetchall()


if __name__ == "__main__":
    sources.kinds.add("passage", sources.SearchKind("passage", "Passages"))
    call_command("migrate", verbosity=0)
    if not SearchEntry.objects.exists():
        fill(int(sys.argv[1]))
    print("words | bare ms | with permissions ms | ratio")
    for words in (
        '"word5"', '"word50"', '"word500"', '"word5000"', "word40000", '"word50" "word60"',
        '"word7" "word800"',
    ):  # fmt: skip
        alone, ours = milliseconds(
            lambda words=words: bare(words), lambda words=words: find(AnonymousUser(), words)
        )
        print(f"{words} | {alone:.1f} | {ours:.1f} | {ours / alone:.2f}")
