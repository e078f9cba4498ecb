"""Places in a source: taken apart, put in order and shortened for the reader."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comity.core.punctuation import quoted
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
WIDEST_NUMBER: Final = 5
LONGEST_KEY: Final = 255


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


def key_to_marks() -> str:
    """Return the sentence that says how to read the marks, with examples as pages show them."""
    return _(
        "The small marks beside facts name the place in it: %(body)s is a paragraph of the body,"
        " %(annex)s one of the first annex, %(row)s a row of the table of processes."
    ) % {
        "body": quoted(short_form("Body ¶6")),
        "annex": quoted(short_form("Annex I ¶5")),
        "row": quoted(short_form("Annex II table row 4")),
    }


def title_of(locator: str) -> str:
    """Return ``locator`` as the heading of what rests on it."""
    words = short_form(locator)
    return words[:1].upper() + words[1:]


def address_of(slug: str, locator: str) -> str:
    """Return where the page of the source ``slug`` shows what rests on ``locator``."""
    address, anchor = reverse("sources:detail", args=[slug]), anchor_of(locator)
    return f"{address}?place={anchor}#{anchor}" if anchor else address


def anchor_of(locator: str) -> str:
    """Return the name of the place on the page of its source."""
    return slugify(locator, allow_unicode=True)


def reading_order(anchor: str) -> str:
    """Return the key that puts places, by their anchors, in the order of the source.

    The source as a whole comes first, then the body, then annexes; numbers are counted.
    """
    runs = RUNS.findall(anchor.casefold())
    counted = "".join(run.zfill(WIDEST_NUMBER) if run.isdecimal() else run for run in runs)
    return f"{anchor != '' and not anchor.startswith('body'):d}{counted}"[:LONGEST_KEY]


class ReadingOrderField(models.CharField):  # type: ignore[type-arg]  # none at run time
    """Where the place in the field ``of`` stands in its source; it is set when a row is saved."""

    def __init__(self, *, of: str) -> None:
        super().__init__(max_length=LONGEST_KEY, blank=True, default="", editable=False)
        self.of = of

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return how migrations write the field."""
        name, path, _args, _kwargs = super().deconstruct()
        return name, path, [], {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 -- Django's
        """Return the key to store, of the place as it now stands."""
        key = reading_order(anchor_of(getattr(model_instance, self.of)))
        setattr(model_instance, self.attname, key)
        return key
