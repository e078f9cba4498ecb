"""Give the papers of the Meridian Dialogue their symbols, files and parts, and plan new ones."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import override

from comity.accounts.authority import SYSTEM
from comity.core.translated import text_in
from comity.documents.models import (
    Document,
    LanguageVersion,
    OwedPaper,
    Owner,
    PaperPart,
    SymbolSeries,
    VersionStatus,
)
from comity.documents.services import (
    OwedFacts,
    PaperFacts,
    SeriesFacts,
    add_owed_paper,
    add_paper,
    add_symbol_series,
    add_version,
    publish_paper,
    symbol_of_part,
)
from comity.parties.models import Party
from comity.processes.models import Body, Meeting, Process
from comity.store.services import keep_file

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
OFFICE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MAIN: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
# No program that opens it looks at it, and the file is the same at each making.
MADE_AT: Final = (2026, 11, 12, 12, 0, 0)
SERIES: Final = {
    "meridian": (
        (
            "",
            "MD/{year}/{number}",
            {"en": "General series", "es": "Serie general", "fr": "Série générale"},
        ),
        (
            "DC",
            "MD/{series}/{year}/{number}",
            {"en": "Drafting committee", "es": "Comité de redacción", "fr": "Comité de rédaction"},
        ),
        (
            "SG",
            "MD/{series}/{year}/{number}",
            {"en": "Steering group", "es": "Grupo directivo", "fr": "Groupe directeur"},
        ),
        (
            "WGS",
            "MD/{series}/{year}/{number}",
            {
                "en": "Working group on statistics",
                "es": "Grupo de trabajo sobre estadística",
                "fr": "Groupe de travail sur les statistiques",
            },
        ),
    ),
    "lagoon": (
        (
            "",
            "LP/{year}/{number}",
            {"en": "All papers", "es": "Todos los documentos", "fr": "Tous les documents"},
        ),
    ),
}
# In which languages a paper lies here, the original first.
FILES: Final = {
    "md-havenor-declaration": ("es", "en", "fr"),
    "md-vellmar-declaration": ("es", "en", "fr"),
    "md-report-2026": ("es", "en", "fr"),
    "md-agenda-2026": ("en", "es", "fr"),
    "md-logistics-2027": ("en", "fr"),
    "md-outcome-draft-2027": ("es", "en"),
    "md-drafting-brackets": ("es",),
    "md-budget-2026": ("fr", "en"),
    "md-handover": ("fr",),
    "lp-conclusions-2026": ("en",),
}
UNOFFICIAL: Final = {("md-logistics-2027", "fr")}
NOTICE: Final = {
    "en": "This paper is made up. It belongs to a demonstration, and so do the States it names.",
    "es": "Este documento es inventado. Pertenece a una demostración, como los Estados que nombra.",
    "fr": "Document inventé, comme les États qu’il nomme. Il appartient à une démonstration.",
}


@dataclass(frozen=True)
class Planned:
    """A paper that somebody owes for a meeting; ``by`` is a party or a body by its code."""

    meeting: str
    title: dict[str, str]
    days_before: int
    languages: Sequence[str]
    owner: Owner = Owner.SECRETARIAT
    by: str = ""
    paper: str = ""


PLAN: Final = (
    Planned(
        "meridian-ministerial-2027",
        {
            "en": "Note for participants",
            "es": "Nota para los participantes",
            "fr": "Note aux participants",
        },
        90,
        ("en", "es", "fr"),
        paper="md-logistics-2027",
    ),
    Planned(
        "meridian-ministerial-2027",
        {
            "en": "Ministerial statement, second draft",
            "es": "Declaración ministerial, segundo borrador",
            "fr": "Déclaration ministérielle, deuxième projet",
        },
        60,
        ("en", "es", "fr"),
        Owner.BODY,
        "meridian-drafting",
        "md-outcome-draft-2027",
    ),
    Planned(
        "meridian-ministerial-2027",
        {
            "en": "Arvenia: how children who travel alone are received",
            "es": "Arvenia: cómo se recibe a los niños que viajan solos",
            "fr": "Arvénie : l’accueil des enfants qui voyagent seuls",
        },
        45,
        ("en", "es"),
        Owner.PARTY,
        "QMA",
    ),
    Planned(
        "meridian-ministerial-2027",
        {
            "en": "Belmora: a year of the shared counter",
            "es": "Belmora: un año de ventanilla única",
            "fr": "Belmora : une année de guichet unique",
        },
        45,
        ("en", "fr"),
        Owner.PARTY,
        "QMB",
    ),
    Planned(
        "meridian-plenary-2027",
        {"en": "Annotated agenda", "es": "Programa anotado", "fr": "Ordre du jour annoté"},
        42,
        ("en", "es", "fr"),
    ),
)
ADDENDUM: Final = {
    "en": "Note for participants: rooms and translation booths",
    "es": "Nota para los participantes: salas y cabinas de interpretación",
    "fr": "Note aux participants : salles et cabines d’interprétation",
}


def fill_documents() -> int:
    """Do it unless it is done; return how many rows were added."""
    if SymbolSeries.objects.filter(process__is_made_up=True).exists():
        return 0
    processes = {row.slug: row for row in Process.objects.filter(slug__in=SERIES)}
    papers = {row.slug: row for row in Document.objects.filter(process__is_made_up=True)}
    series = [
        add_symbol_series(
            process=processes[slug], facts=SeriesFacts(name, pattern, letters), by=SYSTEM
        )
        for slug, kept in SERIES.items()
        for letters, pattern, name in kept
    ]
    files = [
        _add_file(papers[slug], language, languages[0])
        for slug, languages in FILES.items()
        for language in languages
    ]
    planned = [_plan(processes["meridian"], each, papers) for each in PLAN]
    _add_addendum(papers["md-logistics-2027"])
    return len(series) + len(files) + len(planned) + 1


def _add_file(document: Document, language: str, original: str) -> LanguageVersion:
    status = VersionStatus.ORIGINAL if language == original else VersionStatus.TRANSLATION
    if (document.slug, language) in UNOFFICIAL:
        status = VersionStatus.UNOFFICIAL
    name = f"{document.slug}-{language}.docx"
    stored = keep_file(stream=io.BytesIO(_word_file(document, language)), name=name, by=SYSTEM)
    return add_version(
        document=document, language=language, status=status, stored=stored, name=name, by=SYSTEM
    )


def _plan(process: Process, each: Planned, papers: dict[str, Document]) -> OwedPaper:
    return add_owed_paper(
        process=process,
        facts=OwedFacts(
            title=each.title,
            meeting=Meeting.objects.get(slug=each.meeting),
            owner=each.owner,
            days_before=each.days_before,
            languages=list(each.languages),
            party=Party.objects.get(code=each.by) if each.owner == Owner.PARTY else None,
            body=Body.objects.get(slug=each.by) if each.owner == Owner.BODY else None,
            document=papers.get(each.paper),
        ),
        by=SYSTEM,
    )


def _add_addendum(paper: Document) -> None:
    assert paper.process is not None
    symbol, number = symbol_of_part(paper, PaperPart.ADDENDUM)
    addendum = add_paper(
        process=paper.process,
        facts=PaperFacts(
            title=ADDENDUM,
            kind=paper.kind,
            audience=paper.audience,
            symbol=symbol,
            dated="2026-11-02",
            meeting=paper.meeting,
        ),
        by=SYSTEM,
        part_of=paper,
        part=PaperPart.ADDENDUM,
        part_number=number,
    )
    _add_file(addendum, "en", "en")
    publish_paper(document=addendum, version=addendum.version, by=SYSTEM)


def _word_file(document: Document, language: str) -> bytes:
    """Return a small Word file, the same at each making."""
    with override(language):
        lines = [document.symbol, text_in(document.title), document.kind_in_words, NOTICE[language]]
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{OFFICE}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{MAIN}" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'
        ),
    }
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for path, content in parts.items():
            file.writestr(ZipInfo(path, MADE_AT), content)
    return buffer.getvalue()
