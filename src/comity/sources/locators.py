"""Places in a source: taken apart, put in order and shortened for the reader."""

import re
from collections.abc import Mapping

from django.utils.text import slugify

from comity.core.translated import text_in

Words = Mapping[str, str]

PARAGRAPH: Words = {"en": "¶{0}", "es": "párr. {0}", "fr": "par. {0}", "ar": "الفقرة {0}"}
FOOTNOTE: Words = {"en": "note {0}", "es": "nota {0}", "fr": "note {0}", "ar": "الحاشية {0}"}
ANNEX: Words = {"en": "Annex {0}", "es": "Anexo {0}", "fr": "annexe {0}", "ar": "المرفق {0}"}
ANNEX_PARAGRAPH: Words = {
    "en": "Annex {0}, ¶{1}",
    "es": "Anexo {0}, párr. {1}",
    "fr": "annexe {0}, par. {1}",
    "ar": "المرفق {0}، الفقرة {1}",
}
ANNEX_FOOTNOTE: Words = {
    "en": "Annex {0}, note {1}",
    "es": "Anexo {0}, nota {1}",
    "fr": "annexe {0}, note {1}",
    "ar": "المرفق {0}، الحاشية {1}",
}
ANNEX_ROW: Words = {
    "en": "Annex {0}, row {1}",
    "es": "Anexo {0}, fila {1}",
    "fr": "annexe {0}, ligne {1}",
    "ar": "المرفق {0}، الصف {1}",
}
GROUPINGS: Words = {"en": "Groupings", "es": "Agrupaciones", "fr": "Groupements", "ar": "التجمعات"}

NUMBERS = r"(\d+(?:[-–]\d+)?)(?: \(.*\))?"
FORMS: list[tuple[re.Pattern[str], Words]] = [
    (re.compile(rf"Body ¶{NUMBERS}"), PARAGRAPH),
    (re.compile(rf"Body fn {NUMBERS}"), FOOTNOTE),
    (re.compile(rf"Annex ([IVX]+) ¶{NUMBERS}"), ANNEX_PARAGRAPH),
    (re.compile(rf"Annex ([IVX]+) fn {NUMBERS}"), ANNEX_FOOTNOTE),
    (re.compile(rf"Annex ([IVX]+) table row {NUMBERS}"), ANNEX_ROW),
    (re.compile(r"Annex ([IVX]+)"), ANNEX),
    (re.compile(r"Groupings table(?: \(.*\))?"), GROUPINGS),
]
SEPARATOR = re.compile(r";(?![^(]*\))")  # not the one inside brackets
RUNS = re.compile(r"\d+|\D+")


def split_locators(locators: str) -> list[str]:
    """Return the places that ``locators`` names between semicolons, each once."""
    places = (" ".join(place.split()) for place in SEPARATOR.split(locators))
    return list(dict.fromkeys(place for place in places if place))


def short_form(locator: str) -> str:
    """Return ``locator`` as short as a reader who has the source understands it."""
    for pattern, words in FORMS:
        if match := pattern.fullmatch(locator):
            return text_in(words).format(*match.groups())
    return locator


def anchor_of(locator: str) -> str:
    """Return the name of the place on the page of its source."""
    return slugify(locator, allow_unicode=True)


def reading_order(locator: str) -> tuple[bool, list[tuple[int, str]]]:
    """Return the key that puts places in the order of the source: the body before annexes."""
    runs = RUNS.findall(locator.casefold())
    numbered = [(int(run), "") if run.isdecimal() else (-1, run) for run in runs]
    return not locator.startswith("Body"), numbered
