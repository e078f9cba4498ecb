"""Django's own formats write “1 mars” where our dates write “1er mars”: no day may take them."""

import re
from pathlib import Path

import comity

SOURCE = Path(comity.__file__).parent
# What Django does to a day by itself; ``date:"c"``, a month or an hour are no words of ours.
DJANGO_WAYS = re.compile(
    r"""\|date(?![:\w])|\|date:['"][^'"]*DATE(TIME)?_FORMAT|["'](SHORT_)?DATE(TIME)?_FORMAT["']"""
    r"""|date_format\([^",]+\)|naturalday|SelectDateWidget"""
)


def ways_in(text):
    return [found.group() for found in DJANGO_WAYS.finditer(text)]


def test_every_day_is_shown_in_our_own_words():
    files = [each for each in SOURCE.rglob("*") if each.suffix in {".html", ".txt", ".py"}]

    found = {str(each): ways_in(each.read_text(encoding="utf-8")) for each in files}

    assert len(files) > 300
    assert {path: ways for path, ways in found.items() if ways} == {}


def test_the_ways_of_django_would_be_found():
    lines = [
        '{{ day|date:"DATE_FORMAT" }}',
        "{{ day|date:'SHORT_DATETIME_FORMAT' }}",
        "{{ day|date }}",
        'date_format(day, "DATE_FORMAT")',
        "date_format(earliest)",
    ]

    assert [len(ways_in(line)) for line in lines] == [1] * 5
    assert ways_in('{{ day|date:"c" }} {{ day|date:"YEAR_MONTH_FORMAT" }} {{ day|datename }}') == []
