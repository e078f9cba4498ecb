import pytest
from django.core.exceptions import ValidationError

from comity.documents.models import SymbolSeries
from comity.documents.schemes import check_pattern, check_symbol, fits_any, number_in, write_symbol

SERIES = SymbolSeries(letters="WP", pattern="MD/{year}/{series}/{number}")
PLAIN = SymbolSeries(letters="", pattern="MD/{number}")


@pytest.mark.parametrize(
    ("pattern", "letters", "sentence"),
    [
        ("MD/{year}", "", "Write {number} once, and the others at most once."),
        ("MD/{number}/{number}", "", "Write {number} once, and the others at most once."),
        ("{year}/{year}/{number}", "", "Write {number} once, and the others at most once."),
        ("MD/{month}/{number}", "", "“{month}” is not known: write {year}, {series} and {number}."),
        ("MD/{number}", "WP", "Write {series} where the series has letters, and only there."),
        (
            "MD/{series}/{number}",
            "",
            "Write {series} where the series has letters, and only there.",
        ),
        (
            "MD {number}",
            "",
            "Write letters without accents, digits, strokes, points and hyphens.",
        ),
        (
            "MD/{series}/{number}",
            "é",
            "Write letters without accents, digits, strokes, points and hyphens.",
        ),
        ("MD//{number}", "", "Something is missing beside a stroke of this symbol."),
        ("MD/../{number}", "", "Something is missing beside a stroke of this symbol."),
        ("/{number}", "", "Something is missing beside a stroke of this symbol."),
    ],
)
def test_pattern_that_tells_no_symbols_apart_is_refused(pattern, letters, sentence):
    with pytest.raises(ValidationError) as refusal:
        check_pattern(pattern, letters)

    assert refusal.value.messages == [sentence]


def test_symbol_is_written_and_read_by_its_pattern():
    check_pattern(SERIES.pattern, SERIES.letters)
    symbol = write_symbol(SERIES.pattern, SERIES.letters, year=2026, number=7)

    assert symbol == "MD/2026/WP/7"
    assert [
        number_in(SERIES, each, 2026)
        for each in (symbol, f"{symbol}/Rev.1/Corr.2", "MD/2025/WP/7", "MD/2026/WP/07", "MD/7")
    ] == [7, 7, 0, 0, 0]
    assert number_in(PLAIN, "MD/12/Add.3", 2026) == 12


def test_symbol_fits_the_series_of_the_process_or_there_are_none():
    assert [
        fits_any([SERIES, PLAIN], each)
        for each in ("MD/2026/WP/1", "MD/5/Corr.1", "MD/2026/XX/1", "MD/5/Rev.0", "MD/5/rev.1")
    ] == [True, True, False, False, False]
    assert fits_any([], "MC/INF/266")


def test_symbol_with_an_empty_part_is_refused():
    check_symbol("MC/INF/266")

    for symbol in ("MC//266", "MC/./266", "MC/", "/MC", "MC/ /1"):
        with pytest.raises(ValidationError):
            check_symbol(symbol)
