import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.documents.models import Document, FormerSymbol, PaperPart, SymbolSeries
from comity.documents.services import (
    SeriesFacts,
    add_paper,
    add_symbol_series,
    change_paper,
    change_symbol_series,
    propose_symbol,
    remove_symbol_series,
    symbol_of_part,
)
from tests.documents.conftest import facts
from tests.factories.documents import DocumentFactory, SymbolSeriesFactory

FACTS = SeriesFacts(
    name={"en": "Working papers"}, letters="WP", pattern="MD/{year}/{series}/{number}"
)


def test_series_is_added_changed_and_removed_by_the_secretariat(secretariat, process, people):
    series = add_symbol_series(process=process, facts=FACTS, by=secretariat)
    wanted = SeriesFacts(name={"en": "Papers"}, pattern="MD/{number}")
    changed = change_symbol_series(series=series, facts=wanted, version=1, by=secretariat)

    assert (changed.pattern, changed.letters, changed.version) == ("MD/{number}", "", 2)
    with pytest.raises(EditConflict):
        change_symbol_series(series=series, facts=FACTS, version=1, by=secretariat)
    with pytest.raises(PermissionDenied):
        remove_symbol_series(series=series, version=2, by=people["chair"])
    remove_symbol_series(series=series, version=2, by=secretariat)
    assert list(SymbolSeries.objects.all()) == []
    assert list(Event.objects.values_list("action", flat=True)) == [
        "symbol_series.removed",
        "symbol_series.changed",
        "symbol_series.added",
    ]


def test_series_with_a_bad_pattern_or_a_code_twice_is_refused(secretariat, process):
    add_symbol_series(process=process, facts=FACTS, by=secretariat)

    for wrong in (FACTS, SeriesFacts(name={"en": "Others"}, pattern="MD/{year}")):
        with pytest.raises(ValidationError):
            add_symbol_series(process=process, facts=wrong, by=secretariat)


def test_next_symbol_of_the_year_is_proposed_after_those_given_and_given_up(process):
    series = SymbolSeriesFactory(process=process)
    paper = DocumentFactory(process=process, symbol="MD/2026/9")
    DocumentFactory(process=process, symbol="MD/2026/4/Rev.1")
    DocumentFactory(process=process, symbol="MD/2025/40")
    DocumentFactory(symbol="MD/2026/70")
    FormerSymbol.objects.create(process=process, symbol="MD/2026/11", document=paper)

    assert propose_symbol(series, 2026) == "MD/2026/12"
    assert propose_symbol(series, 2027) == "MD/2027/1"


def test_symbol_of_a_part_follows_its_paper(process, paper):
    DocumentFactory(part_of=paper, part="addendum", part_number=2, process=process)
    unmarked = DocumentFactory(process=process, symbol="")

    assert symbol_of_part(paper, PaperPart.ADDENDUM) == ("MD/2026/3/Add.3", 3)
    assert symbol_of_part(paper, PaperPart.REVISION) == ("MD/2026/3/Rev.1", 1)
    assert symbol_of_part(unmarked, PaperPart.CORRIGENDUM) == ("", 1)


def test_symbol_once_given_goes_to_no_other_paper(secretariat, process, paper):
    changed = change_paper(
        document=paper, facts=facts(symbol="MD/2026/30"), version=1, by=secretariat
    )

    assert list(changed.former_symbols.values_list("symbol", flat=True)) == ["MD/2026/3"]
    for taken in ("MD/2026/3", "MD/2026/30"):
        with pytest.raises(ValidationError) as refusal:
            add_paper(process=process, facts=facts(symbol=taken), by=secretariat)
        assert refusal.value.message_dict == {"symbol": ["Another paper has or had this symbol."]}
    back = change_paper(document=paper, facts=facts(symbol="MD/2026/3"), version=2, by=secretariat)
    assert back.symbol == "MD/2026/3"
    unmarked = change_paper(document=paper, facts=facts(), version=3, by=secretariat)
    marked = change_paper(document=unmarked, facts=facts(symbol="X"), version=4, by=secretariat)
    assert set(marked.former_symbols.values_list("symbol", flat=True)) == {
        "MD/2026/3",
        "MD/2026/30",
    }
    assert Document.objects.count() == 1


def test_symbol_of_another_shape_is_refused_with_those_of_the_process(secretariat, process):
    SymbolSeriesFactory(process=process)
    SymbolSeriesFactory(process=process, letters="WP", pattern="MD/{year}/{series}/{number}")

    with pytest.raises(ValidationError) as refusal:
        add_paper(process=process, facts=facts(symbol="MC/INF/266"), by=secretariat)

    sentence = "Symbols of this process are written so: MD/{year}/{number}, MD/{year}/WP/{number}."
    assert refusal.value.message_dict == {"symbol": [sentence]}
    assert add_paper(process=process, facts=facts(symbol="MD/2026/WP/1"), by=secretariat).symbol
    assert add_paper(process=process, facts=facts(), by=secretariat).symbol == ""
