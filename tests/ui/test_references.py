"""A page is cited in words, and in the forms that programs read."""

import json
from datetime import date

import pytest

from comity.ui.references import Reference, as_bibtex, as_csl, as_ris, sentence

PLAIN = Reference(
    title="Bali Process",
    site="Comity, Regional processes",
    address="https://comity.example/processes/bali/?on=2003-03-01",
    seen=date(2026, 11, 23),
    of=date(2003, 3, 1),
    version=3,
)
HOSTILE = Reference(
    title="50 % of {A} & B_C\nER  - \nTY  - BOOK \\input{x} ~^#$",
    site="Comity",
    address="https://comity.example/meetings/a/",
    seen=date(2026, 11, 23),
)


def test_a_reference_is_a_sentence_with_day_and_version():
    assert sentence(PLAIN, "en") == (
        "Bali Process. Comity, Regional processes. As of 1 March 2003. Version 3."
        " https://comity.example/processes/bali/?on=2003-03-01 Seen on 23 November 2026."
    )


def test_a_page_of_no_day_is_cited_as_seen():
    assert sentence(HOSTILE, "en").endswith(
        "https://comity.example/meetings/a/ Seen on 23 November 2026."
    )
    assert "As of" not in sentence(HOSTILE, "en")


def test_bibtex_has_all_of_it():
    assert as_bibtex(PLAIN).splitlines() == [
        "@misc{comity-bali-process-2003-03-01,",
        "  title = {{Bali Process}},",
        "  author = {{Comity, Regional processes}},",
        "  year = {2003},",
        "  note = {As of 2003-03-01. Version 3},",
        "  url = {https://comity.example/processes/bali/?on=2003-03-01},",
        "  urldate = {2026-11-23},",
        "}",
    ]


def test_nothing_in_a_title_is_a_command_for_latex():
    title = as_bibtex(HOSTILE).splitlines()[1]

    assert title == (
        r"  title = {{50 \% of \{A\} \& B\_C ER - TY - BOOK"
        r" \textbackslash{}input\{x\} \textasciitilde{}\textasciicircum{}\#\$}},"
    )


@pytest.mark.parametrize("reference", [PLAIN, HOSTILE])
def test_ris_is_one_reference_whatever_the_title_says(reference):
    lines = as_ris(reference).split("\r\n")

    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert [line[:6] for line in lines[:-1]].count("TY  - ") == 1
    assert [line[:6] for line in lines[:-1]].count("ER  - ") == 1
    assert f"UR  - {reference.address}" in lines


def test_csl_is_json_that_names_the_days():
    [item] = json.loads(as_csl(PLAIN))

    assert item == {
        "id": "comity-bali-process-2003-03-01",
        "type": "webpage",
        "title": "Bali Process",
        "container-title": "Comity, Regional processes",
        "author": [{"literal": "Comity, Regional processes"}],
        "issued": {"date-parts": [[2003, 3, 1]]},
        "accessed": {"date-parts": [[2026, 11, 23]]},
        "version": "3",
        "URL": "https://comity.example/processes/bali/?on=2003-03-01",
    }
