"""Measure search with permissions beside the bare top 20 of the same full-text index.

Run it on an empty data folder: COMITY_DATA_DIR=/somewhere python benchmarks/search.py 1000000
It fills the folder once. On PostgreSQL it fills the database that the settings name.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")
django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402 -- after the setup
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from comity.accounts.models import User  # noqa: E402
from comity.core.registry import Registry  # noqa: E402
from comity.search import sources  # noqa: E402
from comity.search.matching import SQL, _expression  # noqa: E402
from comity.search.models import EntryKey, SearchEntry  # noqa: E402
from comity.search.queries import find  # noqa: E402
from comity.search.words import phrases_of  # noqa: E402

WORDS = [f"word{number}" for number in range(50_000)]
# Word n stands in about one passage in n; "word1" in most of them.
WEIGHTS = [1 / (number + 1) for number in range(len(WORDS))]
BATCH = 20_000
ASKED = {
    "very common": '"word5"',
    "common": '"word50"',
    "medium": '"word500"',
    "rather rare": '"word5000"',
    "rare, open end": "word40000",
    "beginning": "word400",
    "two words": '"word50" "word60"',
    "common with medium": '"word7" "word800"',
    "phrase": '"word50 word60"',
}
READERS = {
    "visitor": set[str](),
    "focal point": {f"process:3:{who}" for who in ("members", "participants")} | {"party:7"},
    "secretariat": {
        f"process:{number}:{who}" for number in range(1, 40, 4) for who in ("members", "chair")
    },
}


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
                    is_public=bool(n % 4),
                )
                for n, text in enumerate(texts)
            )
            EntryKey.objects.bulk_create(
                EntryKey(entry=entry, key="public" if n % 4 else f"process:{n % 40}:members")
                for n, entry in enumerate(entries)
            )


def milliseconds(*asks: Callable[[], object], times: int = 9) -> list[float]:
    """Return the median time that each takes, asked in turn: other work delays all alike.

    SQLite works in this process, so its processor time is taken; PostgreSQL in its own.
    """
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    taken: list[list[float]] = [[] for _ in asks]
    for _ in range(times + 1):
        for ask, times_of_it in zip(asks, taken, strict=True):
            begun = clock()
            ask()
            times_of_it.append((clock() - begun) * 1000)
    return [median(times_of_it[1:]) for times_of_it in taken]


def bare(words: str) -> list[tuple[str, ...]]:
    """Ask the full-text index for the titles and texts of its top 20, and nothing else."""
    sql = SQL[connection.vendor]
    order = "rank" if connection.vendor == "sqlite" else f"{sql['rank']} DESC"
    top = f"SELECT {sql['pk']} AS pk FROM {sql['matching']} ORDER BY {order} LIMIT 20"  # noqa: S608 -- names of ours
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT title, text, url FROM ({top}) AS top"  # noqa: S608 -- names of ours
            " JOIN search_searchentry AS entry ON entry.id = top.pk",
            [_expression([phrases_of(words)])],
        )
        return cursor.fetchall()


if __name__ == "__main__":
    sources.kinds.add("passage", sources.SearchKind("passage", "Passages"))
    held = dict[str, set[str]](READERS)
    sources.access_keys = Registry("access keys")
    sources.access_keys.add("benchmark", lambda actor: held[actor.email])
    call_command("migrate", verbosity=0)
    if not SearchEntry.objects.exists():
        fill(int(sys.argv[1]))
        if connection.vendor == "postgresql":
            connection.cursor().execute("VACUUM ANALYZE")
    print(connection.vendor, "| bare ms |", " | ".join(f"{who} ms, ratio" for who in READERS))
    for name, words in ASKED.items():
        alone, *ours = milliseconds(
            lambda words=words: bare(words),
            *(lambda words=words, who=who: find(User(email=who), words) for who in READERS),
        )
        figures = " | ".join(f"{each:.1f}, {each / alone:.2f}" for each in ours)
        print(f"{name} {words} | {alone:.1f} | {figures}", flush=True)
