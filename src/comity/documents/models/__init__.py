"""Papers, their symbols and their files in each language."""

from comity.documents.models.documents import (
    KINDS,
    PARTS_WRITTEN,
    Document,
    DocumentQuerySet,
    DocumentSubject,
    PaperPart,
)
from comity.documents.models.production import OwedPaper, OwedPaperQuerySet, Owner, planning
from comity.documents.models.symbols import FormerSymbol, SymbolSeries
from comity.documents.models.versions import (
    LanguageVersion,
    LanguageVersionQuerySet,
    Reading,
    VersionStatus,
)

__all__ = [
    "KINDS",
    "PARTS_WRITTEN",
    "Document",
    "DocumentQuerySet",
    "DocumentSubject",
    "FormerSymbol",
    "LanguageVersion",
    "LanguageVersionQuerySet",
    "OwedPaper",
    "OwedPaperQuerySet",
    "Owner",
    "PaperPart",
    "Reading",
    "SymbolSeries",
    "VersionStatus",
    "planning",
]
