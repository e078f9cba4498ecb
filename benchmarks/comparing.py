"""Measure how long it takes to compare two revisions of 200 paragraphs, beside difflib alone.

Run it anywhere: python benchmarks/comparing.py. It needs no tables and prints Markdown.
"""

import os
import random
import time
from collections.abc import Callable
from difflib import SequenceMatcher

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")
django.setup()

from comity.texts.comparing import compare  # noqa: E402 -- after the setup
from comity.texts.differing import tokens  # noqa: E402
from comity.texts.queries import PassageRow, Said  # noqa: E402

PARAGRAPHS, WORDS, ROUNDS = 200, 90, 5
VOCABULARY = [f"palabra{number}" for number in range(900)]


def revisions() -> tuple[list[PassageRow], list[PassageRow]]:
    """Return two revisions: of each paragraph some words differ; some moved, came and went."""
    chance = random.Random(2026)  # noqa: S311 -- the same words each time, no secret
    old = [
        PassageRow(number, "operative", str(number), said={"es": Said(sentence(chance))})
        for number in range(PARAGRAPHS)
    ]
    new = [changed(row, chance) for row in old if chance.random() > 0.05]
    for _each in range(10):
        new.insert(chance.randrange(len(new)), new.pop(chance.randrange(len(new))))
    for number in range(PARAGRAPHS, PARAGRAPHS + 10):
        row = PassageRow(number, "operative", "", said={"es": Said(sentence(chance))})
        new.insert(chance.randrange(len(new)), row)
    return old, new


def sentence(chance: random.Random) -> str:
    """Return a paragraph of made-up words."""
    return " ".join(chance.choices(VOCABULARY, k=WORDS)) + "."


def changed(row: PassageRow, chance: random.Random) -> PassageRow:
    """Return a paragraph with one word in eight exchanged, left out or added."""
    words = row.words("es").split(" ")
    for place in range(len(words)):
        if chance.random() < 0.125:
            words[place] = chance.choice(["", "otra", f"{words[place]} y más"])
    return PassageRow(row.paragraph, row.kind, row.number, said={"es": Said(" ".join(words))})


def least(work: Callable[[], object]) -> float:
    """Return the least milliseconds of processor time of a few rounds."""
    found = []
    for _round in range(ROUNDS):
        start = time.process_time()
        work()
        found.append((time.process_time() - start) * 1000)
    return min(found)


def main() -> None:
    """Measure and print."""
    old, new = revisions()
    known = {row.paragraph: row.words("es") for row in old}

    def by_paragraph() -> None:
        for row in new:
            pair = tokens(known.get(row.paragraph, "")), tokens(row.words("es"))
            SequenceMatcher(None, *pair, autojunk=False).get_opcodes()

    ours, theirs = least(lambda: compare(old, new, "es")), least(by_paragraph)
    print("| two revisions of 200 paragraphs of 90 words | ms CPU |")
    print("|---|---|")
    print(f"| ours | {ours:.0f} |")
    print(f"| difflib on the same words, paragraph by paragraph | {theirs:.0f} |")
    print(f"| ours against it, at most 3 | {ours / theirs:.2f} |")


if __name__ == "__main__":
    main()
