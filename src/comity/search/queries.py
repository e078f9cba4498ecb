"""Find what a reader may see, and nothing else: the keys stand in the same SQL as the words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from comity.accounts.authority import SYSTEM, Actor
from comity.search.matching import Alternatives, Keys, Match, best_matches, is_held, rows
from comity.search.sources import keys_of, kinds
from comity.search.words import (
    Phrase,
    going_on,
    is_marked,
    lacking,
    marked,
    phrases_of,
    places_of,
    snippet,
)

# Where no entry has all words, so many of those that stand somewhere may be missing.
MOST_LEFT_OUT = 2


@dataclass(frozen=True)
class Hit:
    """One thing found, with its words marked, in the reader's language where it can be.

    ``found_as`` is the title in another language in which it was found, ``lacks`` the words
    that it does not hold.
    """

    kind: str
    kind_label: str | Promise
    title: SafeString
    snippet: SafeString
    url: str
    language: str
    when: date | None
    is_made_up: bool = False
    found_as: SafeString | str = ""
    found_in: str = ""
    lacks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class KindCount:
    """How many things of a kind were found."""

    name: str
    label: str | Promise
    count: int


@dataclass(frozen=True)
class Results:
    """What was found: one page of it, how much in all and of each kind.

    ``is_capped`` says that there is more than was ranked or counted; ``words_held`` and
    ``words_asked`` how many of the words each thing holds at least.
    """

    hits: list[Hit]
    total: int
    kinds: list[KindCount]
    is_capped: bool = False
    words_asked: int = 0
    words_held: int = 0

    @property
    def is_partial(self) -> bool:
        """Whether nothing holds all of the words."""
        return self.words_held < self.words_asked

    @property
    def has_most(self) -> bool:
        """Whether each thing holds more than half of the words."""
        return 2 * self.words_held > self.words_asked


def find(
    actor: Actor,
    words: str,
    *,
    language: str = "en",
    kind: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Results:
    """Return what ``actor`` may see that holds ``words``, best first, each thing once.

    Words in quotes stand side by side; the last word may be a beginning. What holds all words
    is asked for first, then what holds all as beginnings, then what holds most of them. A thing
    is shown in ``language`` where it can be. Nothing is counted that the reader may not see.
    """
    phrases = phrases_of(words)
    if not phrases:
        return Results([], 0, [])
    keys = None if actor is SYSTEM else frozenset(keys_of(actor))
    for alternatives in _questions(keys, phrases):
        found, is_capped = best_matches(keys, alternatives)
        if found:
            break
    else:
        return Results([], 0, [])
    counts = Counter(match.kind for match in _once(found, language))
    if kind is not None:
        found, is_capped = best_matches(keys, alternatives, kind)
    best = _once(found, language)
    return Results(
        _hits(best[offset : offset + limit], alternatives, language, phrases),
        len(best),
        [
            KindCount(each.name, each.label, counts[each.name])
            for each in sorted(kinds, key=lambda each: (each.order, each.name))
            if counts[each.name]
        ],
        is_capped,
        len(phrases),
        len(alternatives[0]),
    )


def _questions(keys: Keys, phrases: list[Phrase]) -> Iterator[Alternatives]:
    """Yield what to ask in turn until something is found.

    Words that stand in nothing that the reader may see are left out before any other, and never
    more than half of all.
    """
    yield [phrases]
    beginnings = going_on(phrases)
    if beginnings != phrases:
        yield [beginnings]
    if len(phrases) == 1:
        return
    known = [phrase for phrase in beginnings if is_held(keys, phrase)]
    fewest = max(len(phrases) // 2, len(known) - MOST_LEFT_OUT, 1)
    for held in range(min(len(known), len(phrases) - 1), fewest - 1, -1):
        yield list(combinations(known, held))


def _once(found: Sequence[Match], language: str) -> list[Match]:
    """Return each thing once, where its best entry stands, in the reader's language if found."""
    best: dict[tuple[int, int], Match] = {}
    for match in found:
        target = (match.content_type, match.object_id)
        kept = best.setdefault(target, match)
        if match.language == language != kept.language:
            best[target] = match
    return list(best.values())


def _hits(
    matches: Sequence[Match], alternatives: Alternatives, language: str, asked: Sequence[Phrase]
) -> list[Hit]:
    """Return what is shown of each match: read only for the page that shows it."""
    if not matches:
        return []
    places = places_of(list(dict.fromkeys(phrase for each in alternatives for phrase in each)))
    own = _passages_in(language, [match for match in matches if match.language != language])
    is_partial = len(alternatives[0]) < len(asked)
    hits = []
    for match, passage in _with_passages(
        matches, "folded_title || ' ' || folded_text" if is_partial else "''"
    ):
        title, text, url, when, is_made_up, folded_words = passage
        shown_title, shown_text = own.get((match.content_type, match.object_id), (title, text))
        is_own = shown_title != title
        is_hidden = is_own and not is_marked(f"{shown_title} {shown_text}", places)
        hits.append(
            Hit(
                match.kind,
                kinds[match.kind].label,
                marked(shown_title, places),
                snippet(shown_text, places),
                url,
                language if is_own else match.language,
                date.fromisoformat(when) if isinstance(when, str) else when,
                bool(is_made_up),
                marked(title, places) if is_hidden else "",
                match.language if is_hidden else "",
                lacking(asked, folded_words) if is_partial else [],
            )
        )
    return hits


def _with_passages(matches: Sequence[Match], words: str) -> Iterator[tuple[Match, list[Any]]]:
    """Yield each match with its texts, in the order given."""
    query = (
        f"SELECT id, title, text, url, sort_on, is_made_up, {words}"  # noqa: S608 -- no words of readers
        f" FROM search_searchentry WHERE id IN ({', '.join(['%s'] * len(matches))})"
    )
    passages = {pk: rest for pk, *rest in rows(query, [match.pk for match in matches])}
    for match in matches:
        if match.pk in passages:
            yield match, passages[match.pk]


def _passages_in(language: str, matches: Sequence[Match]) -> dict[tuple[int, int], tuple[str, str]]:
    """Return titles and texts in ``language`` of what was found in another.

    All entries of a thing have the same keys: who sees one may see the others.
    """
    if not matches:
        return {}
    targets = [number for match in matches for number in (match.content_type, match.object_id)]
    query = (
        "SELECT content_type_id, object_id, title, text FROM search_searchentry"  # noqa: S608 -- no words of readers
        f" WHERE (content_type_id, object_id) IN (VALUES {', '.join(['(%s, %s)'] * len(matches))})"
        " AND language = %s ORDER BY id DESC"
    )
    return {
        (kind, pk): (title, text) for kind, pk, title, text in rows(query, [*targets, language])
    }
