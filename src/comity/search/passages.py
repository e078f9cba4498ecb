"""What indexing says of a thing: sentences to read, and other words by which to find it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext, override

from comity.core.dates import in_words, parse_date
from comity.core.punctuation import colon
from comity.search.services import Passage

# Django knows Chinese only by its script.
CATALOGUES = {"zh": "zh-hans"}
# A longer time is found by its ends alone.
MOST_YEARS = 30


def passages(
    titles: Mapping[str, str], sentences: Callable[[str], Iterable[str]]
) -> Iterator[Passage]:
    """Yield a passage for each language of ``titles``, with the sentences for that language.

    The sentences are in the default language where the interface does not speak another.
    """
    spoken = dict(settings.LANGUAGES)
    for language, title in titles.items():
        with override(language if language in spoken else settings.LANGUAGE_CODE):
            yield language, title, " ".join(filter(None, sentences(language)))


def sentence(*words: str) -> str:
    """Return a sentence that lists ``words``, those of a source among them; empty for none."""
    listed = ", ".join(filter(None, words)).strip()
    if not listed:
        return ""
    return listed[0].upper() + listed[1:] + ("" if listed.endswith((".", "?", "!")) else ".")


def said_of(label: str, words: Iterable[str]) -> str:
    """Return the sentence that says ``words`` under a label, such as “Subjects: A; B.”."""
    listed = "; ".join(filter(None, words))
    return sentence(f"{label}{colon()} {listed}") if listed else ""


def day_of(text: str) -> str:
    """Return a date in the words of the language being spoken; empty for none."""
    return in_words(parse_date(text)) if text else ""


@lru_cache(maxsize=4096)
def date_words(text: str) -> str:
    """Return what readers may write of a date: its years, its months in any language, its days."""
    if not text:
        return ""
    when = parse_date(text)
    words = [text]
    known = [day for day in (when.earliest, when.latest) if day]
    years = range(known[0].year, known[-1].year + 1)
    words += map(str, years if len(years) <= MOST_YEARS else (years[0], years[-1]))
    points = [point for point in text.split("/") if len(point) >= len("2002-10")]
    for point in points:
        words += _months()[int(point[5:7])]
        words += [str(int(day)) for day in [point[8:]] if day]
    return " ".join(words)


@lru_cache(maxsize=1024)
def in_every_language(words: str) -> str:
    """Return ``words`` of ours or of a source as the interface says them in each language."""
    if not words:
        return ""
    said = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            said.append(gettext(words))
    return " ".join(dict.fromkeys(said))


@lru_cache(maxsize=1)
def _months() -> dict[int, list[str]]:
    """Return what each month is called in the languages of content."""
    found: dict[int, list[str]] = {number: [] for number in MONTHS}
    for language in settings.CONTENT_LANGUAGES:
        with override(CATALOGUES.get(language, language)):
            for number, name in MONTHS.items():
                found[number].append(str(name))
    return found
