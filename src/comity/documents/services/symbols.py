"""What can be done with symbols: series are kept, the next one is proposed, a given one stays."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.documents.models import (
    PARTS_WRITTEN,
    Document,
    FormerSymbol,
    PaperPart,
    SymbolSeries,
)
from comity.documents.schemes import check_symbol, fits_any, number_in, stem_of, write_symbol
from comity.processes.models import Process
from comity.processes.services.rows import add_row, change_row, remove_row


@dataclass(frozen=True)
class SeriesFacts:
    """What is to be said of a series of symbols."""

    name: dict[str, str]
    pattern: str
    letters: str = ""


@transaction.atomic
def add_symbol_series(*, process: Process, facts: SeriesFacts, by: Actor) -> SymbolSeries:
    """Let ``process`` give symbols of a series.

    Raises:
        PermissionDenied: ``by`` does not run the process.
        ValidationError: its letters are taken, or the pattern tells no symbols apart.
    """
    require(by, "documents.manage", process)
    series = SymbolSeries(process=process, **vars(facts))
    return add_row(series, action="symbol_series.added", by=by)


@transaction.atomic
def change_symbol_series(
    *, series: SymbolSeries, facts: SeriesFacts, version: int, by: Actor
) -> SymbolSeries:
    """Change how symbols of a series are written from now on; those given stay.

    Raises:
        PermissionDenied: ``by`` does not run the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: its letters are taken, or the pattern tells no symbols apart.
    """
    require(by, "documents.manage", series.process)
    return change_row(series, vars(facts), version=version, action="symbol_series.changed", by=by)


@transaction.atomic
def remove_symbol_series(*, series: SymbolSeries, version: int, by: Actor) -> None:
    """Give no more symbols of a series; papers keep those they have.

    Raises:
        PermissionDenied: ``by`` does not run the process.
        EditConflict: somebody saved it after ``version``.
    """
    require(by, "documents.manage", series.process)
    remove_row(series, version=version, action="symbol_series.removed", by=by)


def propose_symbol(series: SymbolSeries, year: int) -> str:
    """Return the symbol that comes next in that year of the series."""
    stem = stem_of(series, year)
    given = [
        *Document.objects.filter(process=series.process_id, symbol__startswith=stem)
        .order_by()
        .values_list("symbol", flat=True),
        *FormerSymbol.objects.filter(process=series.process_id, symbol__startswith=stem)
        .order_by()
        .values_list("symbol", flat=True),
    ]
    last = max((number_in(series, symbol, year) for symbol in given), default=0)
    return write_symbol(series.pattern, series.letters, year=year, number=last + 1)


def symbol_of_part(paper: Document, part: PaperPart) -> tuple[str, int]:
    """Return the symbol and the number of the next revision, addendum or corrigendum."""
    last = paper.parts.filter(part=part).aggregate(last=Max("part_number"))["last"]
    number = (last or 0) + 1
    return (f"{paper.symbol}/{PARTS_WRITTEN[part]}{number}" if paper.symbol else ""), number


def check_new_symbol(process: Process, symbol: str, document: Document | None = None) -> None:
    """Refuse a symbol that another paper has or had, or that no series of the process writes."""
    if not symbol:
        return
    check_symbol(symbol)
    others = Document.objects.filter(process=process, symbol=symbol)
    former = FormerSymbol.objects.filter(process=process, symbol=symbol)
    if document is not None:
        others, former = others.exclude(pk=document.pk), former.exclude(document=document)
    if others.exists() or former.exists():
        raise ValidationError(_("Another paper has or had this symbol."), code="taken")
    series = SymbolSeries.objects.filter(process=process)
    if not fits_any(series, symbol):
        patterns = ", ".join(each.pattern.replace("{series}", each.letters) for each in series)
        raise ValidationError(
            _("Symbols of this process are written so: %(patterns)s.") % {"patterns": patterns},
            code="scheme",
        )


def keep_former(document: Document, symbol: str) -> None:
    """Let the address of a symbol that ``document`` gives up still lead to it."""
    if symbol:
        FormerSymbol.objects.get_or_create(
            process=document.process, symbol=symbol, defaults={"document": document}
        )
