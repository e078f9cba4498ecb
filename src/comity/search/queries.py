"""Find what a reader may see, and nothing else: the keys stand in the same SQL as the words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from comity.accounts.authority import SYSTEM, Actor
from comity.search.sources import keys_of, kinds
from comity.search.words import Phrase, marked, phrases_of, places_of, snippet

# Where more entries than COMMON hold the words, only the NEWEST that the reader may see are
# ranked; and of what is ranked, the best WINDOW are shown and counted.
COMMON = 20_000
NEWEST = 5_000
WINDOW = 300

SQL = {
    "sqlite": {
        "matching": "search_fulltext AS found WHERE found.search_fulltext MATCH %s",
        "pk": "found.rowid",
        "rank": "-found.rank",
        "best": "found.rank",
    },
    "postgresql": {
        "matching": (
            "(SELECT to_tsquery('simple', %s) AS asked) AS query, search_searchentry AS found"
            " WHERE found.vector @@ query.asked"
        ),
        "pk": "found.id",
        "rank": "ts_rank('{0.1, 0.2, 0.4, 0.8}'::float4[], found.vector, query.asked)",
        "best": "ts_rank('{0.1, 0.2, 0.4, 0.8}'::float4[], found.vector, query.asked) DESC",
    },
}


@dataclass(frozen=True)
class Hit:
    """One thing found, with its words marked, and the language in which it was found."""

    kind: str
    kind_label: str | Promise
    title: SafeString
    snippet: SafeString
    url: str
    language: str
    when: date | None


@dataclass(frozen=True)
class KindCount:
    """How many things of a kind were found."""

    name: str
    label: str | Promise
    count: int


@dataclass(frozen=True)
class Results:
    """What was found: one page of it, how much in all and of each kind.

    ``is_capped`` says that there is more than was ranked or counted.
    """

    hits: list[Hit]
    total: int
    kinds: list[KindCount]
    is_capped: bool = False


class Match(NamedTuple):
    """One entry found, before its texts are read."""

    pk: int
    kind: str
    content_type: int
    object_id: int
    language: str
    score: float


def find(
    actor: Actor,
    words: str,
    *,
    language: str = "en",
    kind: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Results:
    """Return what ``actor`` may see that holds all of ``words``, best first, each thing once.

    A thing that is found in several languages is shown in ``language`` where it can be. Words
    in quotes stand side by side; the last word may be a beginning. Nothing is counted that the
    reader may not see.
    """
    phrases = phrases_of(words)
    if not phrases:
        return Results([], 0, [])
    is_common = _is_common(phrases)
    found, is_capped = _matches(actor, phrases, is_common=is_common)
    counts = Counter(match.kind for match in _best(found, language))
    if kind is not None:
        found, is_capped = _matches(actor, phrases, is_common=is_common, kind=kind)
    best = _best(found, language)
    return Results(
        _hits(best[offset : offset + limit], phrases),
        len(best),
        [
            KindCount(each.name, each.label, counts[each.name])
            for each in sorted(kinds, key=lambda each: (each.order, each.name))
            if counts[each.name]
        ],
        is_capped,
    )


def _matches(
    actor: Actor, phrases: list[Phrase], *, is_common: bool, kind: str | None = None
) -> tuple[list[Match], bool]:
    """Return the best entries that ``actor`` may see, and whether there are more."""
    sql = SQL[connection.vendor]
    condition, values = "", [_expression(phrases)]
    if actor is not SYSTEM:
        keys = sorted(keys_of(actor))
        condition += (
            f" AND EXISTS (SELECT 1 FROM search_entrykey WHERE entry_id = {sql['pk']}"  # noqa: S608 -- names written above
            f" AND key IN ({', '.join(['%s'] * len(keys))}))"
        )
        values += keys
    if kind is not None:
        condition += (
            f" AND EXISTS (SELECT 1 FROM search_searchentry WHERE id = {sql['pk']} AND kind = %s)"  # noqa: S608 -- names written above
        )
        values.append(kind)
    order, most = (f"{sql['pk']} DESC", NEWEST) if is_common else (sql["best"], WINDOW)
    query = (
        "SELECT entry.id, entry.kind, entry.content_type_id, entry.object_id, entry.language,"  # noqa: S608 -- names written above
        " entry.weight * best.score AS score"
        f" FROM (SELECT {sql['pk']} AS pk, {sql['rank']} AS score"
        f" FROM {sql['matching']}{condition} ORDER BY {order} LIMIT {most + 1}) AS best"
        " JOIN search_searchentry AS entry ON entry.id = best.pk"
    )
    found = sorted(
        map(Match._make, _rows(query, values)), key=lambda match: (-match.score, match.pk)
    )
    return found[:WINDOW], len(found) > min(most, WINDOW)


def _is_common(phrases: list[Phrase]) -> bool:
    """Tell whether too many entries hold the words for all of them to be ranked."""
    sql = SQL[connection.vendor]
    query = f"SELECT count(*) FROM (SELECT 1 FROM {sql['matching']} LIMIT {COMMON + 1}) AS held"  # noqa: S608 -- names written above
    [(held,)] = _rows(query, [_expression(phrases)])
    return bool(held > COMMON)


def _expression(phrases: Sequence[Phrase]) -> str:
    """Return what the database is asked; the words are letters and digits alone."""
    if connection.vendor == "sqlite":
        return " AND ".join(
            f'"{" ".join(phrase.words)}"{"*" if phrase.is_prefix else ""}' for phrase in phrases
        )
    return " & ".join(
        "("
        + " <-> ".join(f"'{word}'" for word in phrase.words)
        + (":*)" if phrase.is_prefix else ")")
        for phrase in phrases
    )


def _best(found: Sequence[Match], language: str) -> list[Match]:
    """Return each thing once, where its best entry stands, in the reader's language if found."""
    best: dict[tuple[int, int], Match] = {}
    for match in found:
        target = (match.content_type, match.object_id)
        kept = best.setdefault(target, match)
        if match.language == language != kept.language:
            best[target] = match
    return list(best.values())


def _hits(matches: Sequence[Match], phrases: list[Phrase]) -> list[Hit]:
    if not matches:
        return []
    query = (
        "SELECT id, kind, title, text, url, language, sort_on FROM search_searchentry"  # noqa: S608 -- no words of readers
        f" WHERE id IN ({', '.join(['%s'] * len(matches))})"
    )
    entries = {pk: rest for pk, *rest in _rows(query, [match.pk for match in matches])}
    places = places_of(phrases)
    return [
        Hit(
            kind,
            kinds[kind].label,
            marked(title, places),
            snippet(text, places),
            url,
            language,
            date.fromisoformat(when) if isinstance(when, str) else when,
        )
        for kind, title, text, url, language, when in (
            entries[match.pk] for match in matches if match.pk in entries
        )
    ]


def _rows(query: str, values: Sequence[str | int]) -> list[Any]:
    """Return what the database answers; written by hand, for the ORM costs more than the rest."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())  # Any: tuples of columns of every type
