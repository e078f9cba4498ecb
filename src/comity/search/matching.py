"""Ask the database which entries hold the words, among those that a reader may see."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from comity.search.sources import PUBLIC
from comity.search.words import Phrase

# Of the entries that hold the words, the newest COMMON are ranked; where the reader sees too few
# of those, the newest OWN that the reader sees. The best WINDOW are shown and counted.
COMMON = 20_000
OWN = 5_000
WINDOW = 200

# Each alternative is phrases that stand in one entry; any alternative is enough.
Alternatives = Sequence[Sequence[Phrase]]
# None is the platform, which needs no key.
Keys = frozenset[str] | None

SQL = {
    "sqlite": {
        "matching": "search_fulltext AS found WHERE found.search_fulltext MATCH %s",
        "joined": "search_fulltext AS found CROSS JOIN {heads} ON entry.id = found.rowid"
        " WHERE found.search_fulltext MATCH %s",
        "pk": "found.rowid",
        "rank": "-found.rank",
        # The index holds the few columns asked for; the rows themselves are wide with texts.
        # CROSS JOIN keeps the order of what stands before it.
        "heads": "search_searchentry AS entry INDEXED BY entry_head",
        "join": "CROSS JOIN",
    },
    "postgresql": {
        "matching": "search_searchentry AS found, to_tsquery('simple', %s) AS asked"
        " WHERE found.vector @@ asked",
        "joined": "search_searchentry AS found JOIN {heads} ON entry.id = found.id,"
        " to_tsquery('simple', %s) AS asked WHERE found.vector @@ asked",
        "pk": "found.id",
        "rank": "ts_rank('{0.1, 0.2, 0.4, 0.8}'::float4[], found.vector, asked)",
        "heads": "search_searchentry AS entry",
        "join": "JOIN",
    },
}


class Match(NamedTuple):
    """One entry found, before its texts are read."""

    pk: int
    kind: str
    content_type: int
    object_id: int
    language: str
    score: float


def best_matches(
    keys: Keys, alternatives: Alternatives, kind: str | None = None
) -> tuple[list[Match], bool]:
    """Return the best entries that one of ``keys`` opens, and whether there are more."""
    sql = SQL[connection.vendor]
    among, values = _opened(keys, kind)
    held = f"SELECT {sql['pk']} AS pk, {sql['rank']} AS score FROM"
    newest = f"ORDER BY {sql['pk']} DESC LIMIT"
    expression = _expression(alternatives)
    found, is_common = _ranked(
        f"{held} {sql['matching']} {newest} {COMMON + 1}", among, [expression, *values]
    )
    if len(found) <= WINDOW and (is_common or (not found and _is_common(expression))):
        joined = sql["joined"].format(heads=sql["heads"])
        found, _more = _ranked(
            f"{held} {joined} AND {among} {newest} {OWN + 1}", "true", [expression, *values]
        )
    best = sorted(found[:WINDOW], key=lambda match: (-match.score, match.pk))
    return best, len(found) > min(OWN, WINDOW)


def is_held(keys: Keys, phrase: Phrase) -> bool:
    """Tell whether ``phrase`` stands in any entry that one of ``keys`` opens."""
    sql = SQL[connection.vendor]
    among, values = _opened(keys, None)
    joined = sql["joined"].format(heads=sql["heads"])
    query = f"SELECT 1 FROM {joined} AND {among} LIMIT 1"  # noqa: S608 -- names written above
    return bool(rows(query, [_expression([[phrase]]), *values]))


def rows(query: str, values: Sequence[str | int]) -> list[Any]:
    """Return what the database answers; written by hand, for the ORM costs more than the rest."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())  # Any: tuples of columns of every type


def _ranked(held: str, among: str, values: list[str | int]) -> tuple[list[Match], bool]:
    """Return the best of the entries ``held``, and whether more than COMMON were held."""
    sql = SQL[connection.vendor]
    most = max(COMMON, OWN) + 1  # a limit keeps the order for what follows
    query = (
        f"WITH held AS MATERIALIZED ({held})"  # noqa: S608 -- names written above
        " SELECT entry.id, entry.kind, entry.content_type_id, entry.object_id, entry.language,"
        " entry.weight * best.score, (SELECT count(*) FROM held)"
        f" FROM (SELECT pk, score FROM held ORDER BY score DESC LIMIT {most}) AS best"
        f" {sql['join']} {sql['heads']} ON entry.id = best.pk WHERE {among} LIMIT {WINDOW + 1}"
    )
    found = rows(query, values)
    return [Match(*row[:6]) for row in found], bool(found and found[0][6] > COMMON)


def _is_common(expression: str) -> bool:
    """Tell whether more than COMMON entries hold the words, whoever may see them."""
    matching = SQL[connection.vendor]["matching"]
    query = f"SELECT count(*) FROM (SELECT 1 FROM {matching} LIMIT {COMMON + 1}) AS held"  # noqa: S608 -- names written above
    [(held,)] = rows(query, [expression])
    return bool(held > COMMON)


def _opened(keys: Keys, kind: str | None) -> tuple[str, list[str | int]]:
    """Return the condition that one of ``keys`` opens an entry of ``kind``, and its values."""
    conditions, values = ["true"], list[str | int]()
    if keys is not None:
        own = sorted(keys - {PUBLIC})
        opened = (
            " OR EXISTS (SELECT 1 FROM search_entrykey WHERE entry_id = entry.id"  # noqa: S608 -- names written above
            f" AND key IN ({', '.join(['%s'] * len(own))}))"
        )
        conditions.append(f"(entry.is_public{opened if own else ''})")
        values += own
    if kind is not None:
        conditions.append("entry.kind = %s")
        values.append(kind)
    return " AND ".join(conditions), values


def _expression(alternatives: Alternatives) -> str:
    """Return what the database is asked; the words are letters and digits alone."""
    meets, either = (" AND ", " OR ") if connection.vendor == "sqlite" else (" & ", " | ")
    return either.join(f"({meets.join(map(_phrase, phrases))})" for phrases in alternatives)


def _phrase(phrase: Phrase) -> str:
    if connection.vendor == "sqlite":
        return f'"{" ".join(phrase.words)}"{"*" if phrase.is_prefix else ""}'
    side_by_side = " <-> ".join(f"'{word}'" for word in phrase.words)
    return f"({side_by_side}{':*' if phrase.is_prefix else ''})"
