"""A page as it is cited: in a sentence, and as programs that keep references read it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comity.core.dates import day_in_words

SPACE: Final = re.compile(r"\s+")
# What LaTeX would take for a command.
LATEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{each: f"\\{each}" for each in "#$%&_"},
}


@dataclass(frozen=True)
class Reference:
    """What a reference says.

    ``of`` is the day that the page shows, none where it shows no day; ``seen`` the day on which
    it was looked at.
    """

    title: str
    site: str
    address: str
    seen: date
    of: date | None = None
    version: int | None = None

    @property
    def key(self) -> str:
        """What tells it from others, for programs."""
        return f"comity-{slugify(self.title)[:40]}-{(self.of or self.seen).isoformat()}"


def sentence(reference: Reference, language: str) -> str:
    """Return ``reference`` as people write it, in ``language``."""
    with translation.override(language):
        parts = [f"{reference.title}.", f"{reference.site}."]
        if reference.of:
            parts.append(_("As of %(day)s.") % {"day": day_in_words(reference.of)})
        if reference.version:
            parts.append(_("Version %(number)d.") % {"number": reference.version})
        parts += [reference.address, _("Seen on %(day)s.") % {"day": day_in_words(reference.seen)}]
        return " ".join(parts)


def as_bibtex(reference: Reference) -> str:
    """Return ``reference`` as BibTeX."""
    note = [f"As of {reference.of}"] if reference.of else []
    note += [f"Version {reference.version}"] if reference.version else []
    fields = {
        "title": f"{{{_latex(reference.title)}}}",
        "author": f"{{{_latex(reference.site)}}}",
        "year": str((reference.of or reference.seen).year),
        "note": ". ".join(note),
        "url": reference.address,
        "urldate": reference.seen.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{reference.key},", *lines, "}", ""])


def as_ris(reference: Reference) -> str:
    """Return ``reference`` as RIS, a line a field."""
    fields = [
        ("TY", "ELEC"),
        ("ID", reference.key),
        ("TI", _line(reference.title)),
        ("AU", _line(reference.site)),
        ("PY", str((reference.of or reference.seen).year)),
        ("DA", f"{reference.of or reference.seen:%Y/%m/%d}"),
        ("ET", str(reference.version or "")),
        ("UR", reference.address),
        ("Y2", f"{reference.seen:%Y/%m/%d}"),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def as_csl(reference: Reference) -> str:
    """Return ``reference`` as CSL-JSON."""
    fields = {
        "id": reference.key,
        "type": "webpage",
        "title": reference.title,
        "container-title": reference.site,
        "author": [{"literal": reference.site}],
        "issued": _date_parts(reference.of or reference.seen),
        "accessed": _date_parts(reference.seen),
        "version": str(reference.version) if reference.version else None,
        "URL": reference.address,
    }
    kept = {name: value for name, value in fields.items() if value}
    return f"{json.dumps([kept], ensure_ascii=False, indent=1)}\n"


@dataclass(frozen=True)
class Form:
    """A form in which programs read a reference."""

    label: str
    media_type: str
    write: Callable[[Reference], str]


FORMS: Final = {
    "bib": Form("BibTeX", "application/x-bibtex", as_bibtex),
    "ris": Form("RIS", "application/x-research-info-systems", as_ris),
    "json": Form("CSL-JSON", "application/vnd.citationstyles.csl+json", as_csl),
}


def _line(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def _latex(text: str) -> str:
    return "".join(LATEX.get(character, character) for character in _line(text))


def _date_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
