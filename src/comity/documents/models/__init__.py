"""Papers, their symbols and their files in each language."""

from comity.documents.models.documents import (
    KINDS,
    PARTS_WRITTEN,
    Document,
    DocumentQuerySet,
    DocumentSubject,
    PaperPart,
)
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
    "PaperPart",
    "Reading",
    "SymbolSeries",
    "VersionStatus",
]
