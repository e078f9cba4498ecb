"""The words that go with the open data, in each language of the interface."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from comity.core.addresses import whole_address


class Titled(Protocol):
    """A table, of which only the name and the title matter here."""

    @property
    def name(self) -> str:
        """The name of its files."""

    @property
    def title(self) -> str | Promise:
        """What it holds."""


def readme(language: str, tables: Iterable[Titled], rows: Mapping[str, int]) -> str:
    """Return the text that explains the open data, in ``language``; ``rows`` by table."""
    with translation.override(language):
        titles = [f"{table.name} ({rows[table.name]}): {table.title}" for table in tables]
        return "\n".join(
            [
                settings.INSTALLATION_NAME or _("Regional processes on migration"),
                whole_address("/open-data/"),
                "",
                *_paragraphs(),
                "",
                _("Tables, with the number of their rows:"),
                *(f"- {title}" for title in titles),
                "",
            ]
        )


def _paragraphs() -> list[str]:
    """Return what holds for all tables."""
    return [
        _(
            "These are all public facts of this installation."
            " What is made up for demonstration is left out."
        ),
        _("Each table is a file in csv/ and one in json/. datapackage.json explains every column."),
        _("Text is UTF-8. A CSV file begins with the mark by which spreadsheet programs know it."),
        _(
            "In CSV, text that a spreadsheet would compute has an apostrophe before it;"
            " in JSON it stands as it is."
        ),
        _(
            "Dates are EDTF text with their earliest and latest day:"
            " what a source does not say stays open."
        ),
        _("The table of citations says on which place of which source each row rests."),
        _("The same record gives the same file, byte for byte."),
        _(
            "Licence: %(licence)s. Please name this installation and the sources, which have their"
            " own licences."
        )
        % {"licence": settings.DATA_LICENCE},
    ]
