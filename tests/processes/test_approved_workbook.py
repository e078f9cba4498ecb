"""The names of a list, fetched as a workbook and taken back whole or not at all."""

import io

import pytest

from comity.office.plans import RefusedError, StepKind, carry_out, rehearse
from comity.processes.approved_workbook import names_workbook, plan_names
from comity.processes.models import ApprovedName
from tests.factories.approved import ApprovedListFactory, ApprovedNameFactory, FootnoteFactory
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.office.filled import filled


@pytest.fixture
def listed(process):
    found = ApprovedListFactory(process=process)
    FootnoteFactory(listed_in=found)
    for place, (code, en, fr) in enumerate(
        [("QMA", "Arvenia", "Arvénie"), ("QMB", "Belmora", "Belmore")], start=1
    ):
        party = PartyFactory(code=code)
        PartyNameFactory(party=party, name=f"{en} on record")
        name, positions = {"en": en, "fr": fr}, {"en": place, "fr": place}
        ApprovedNameFactory(listed_in=found, party=party, name=name, positions=positions)
    PartyNameFactory(party=PartyFactory(code="QMC"), name="Castaria")
    PartyFactory(code="QMZ", is_made_up=True)
    return found


@pytest.fixture
def plan(listed, people):
    """Return a function that reads what somebody made of the workbook, and rehearses it."""

    def rehearsed(edit=lambda _rows: None, language="en"):
        content = io.BytesIO(filled(names_workbook(listed), edit, language))
        return rehearse(plan_names(listed, content, name="n.xlsx", by=people["secretariat"]))

    return rehearsed


def told(plan):
    return [str(problem).removeprefix("n.xlsx, sheet “Names”, ") for problem in plan.problems]


def stands():
    rows = ApprovedName.objects.select_related("party", "footnote").order_by("party__code")
    return [
        (row.party.code, row.name, row.positions, row.footnote and row.footnote.mark)
        for row in rows
    ]


BEFORE = [
    ("QMA", {"en": "Arvenia", "fr": "Arvénie"}, {"en": 1, "fr": 1}, None),
    ("QMB", {"en": "Belmora", "fr": "Belmore"}, {"en": 2, "fr": 2}, None),
]


def edit_all(rows):
    rows.set(2, "Place (English)", 2)
    rows.set(3, "Place (English)", 1)
    rows.set(3, "Footnote", "*")
    rows.set(3, "Name (Français)", "Belmore (République)")
    rows.add({"Code": "qmc", "Name (English)": "Castaria", "Place (English)": 3})


def test_nothing_changes_where_nothing_was_changed(plan):
    read = plan()

    assert (read.problems, read.steps, read.untouched) == ([], [], 2)


def test_what_would_change_is_shown_and_nothing_done(plan):
    read = plan(edit_all)

    assert [
        (step.kind, step.name, step.row, [(s.label, s.before, s.after) for s in step.shown])
        for step in read.steps
    ] == [
        (StepKind.CHANGED, "Arvenia on record", 2, [("Place (English)", "1", "2")]),
        (
            StepKind.CHANGED,
            "Belmora on record",
            3,
            [
                ("Place (English)", "2", "1"),
                ("Name (Français)", "Belmore", "Belmore (République)"),
                ("Footnote", "", "*"),
            ],
        ),
        (
            StepKind.ADDED,
            "Castaria",
            4,
            [
                ("Code", "", "qmc"),
                ("Name (English)", "", "Castaria"),
                ("Place (English)", "", "3"),
            ],
        ),
    ]
    assert (read.untouched, stands()) == (0, BEFORE)


def test_all_of_it_is_done(plan):
    carry_out(plan(edit_all))

    assert stands() == [
        ("QMA", {"en": "Arvenia", "fr": "Arvénie"}, {"en": 2, "fr": 1}, None),
        ("QMB", {"en": "Belmora", "fr": "Belmore (République)"}, {"en": 1, "fr": 2}, "*"),
        ("QMC", {"en": "Castaria"}, {"en": 3}, None),
    ]


def test_footnote_that_the_list_has_not_is_said(plan):
    read = plan(lambda rows: rows.set(3, "Footnote", "†"))

    assert told(read) == ["row 3, column “Footnote”: “†” is not one of the list."]
    assert stands() == BEFORE


def test_two_rows_of_one_thing_and_unknown_codes_are_said(plan):
    def edit(rows):
        rows.set(2, "Place (English)", 1.5)
        rows.set(2, "Code", "QMC")
        rows.set(3, "Name (English)", "arvenia")
        rows.set(3, "Place (Français)", 1)
        rows.add({"Code": "QMZ", "Name (English)": "Z", "Place (English)": 0})
        rows.add({"Code": "QMC"})

    read = plan(edit)

    assert told(read) == [
        "row 2, column “Code”: The code of a row stays. Add a row for another party.",
        "row 2, column “Place (English)”: Write a whole number from 1 to 9999.",
        "row 3, column “Name (English)”: Row 2 has the same.",
        "row 3, column “Place (Français)”: Row 2 has the same.",
        "row 4, column “Code”: There is no party with the code “QMZ”.",
        "row 4, column “Place (English)”: Write a whole number from 1 to 9999.",
        "row 5, column “Name (English)”: Give the name in at least one language.",
    ]
    with pytest.raises(RefusedError):
        carry_out(read)
    assert stands() == BEFORE


def test_party_that_is_in_the_list_already_is_refused(plan):
    read = plan(lambda rows: rows.add({"Code": "QMA", "Name (English)": "Other"}))

    assert told(read) == ["row 4, column “Code”: The party is in the list already."]


def test_cells_that_cannot_be_read_hide_no_other_problem(plan):
    def edit(rows):
        rows.set(2, "Name (Français)", "Belmore")
        rows.set(2, "Place (English)", "first")
        rows.set(3, "Code", "QMC")
        rows.set(3, "Footnote", "†")
        rows.set(3, "Place (English)", 0)
        rows.add({"Code": "QMC", "Name (English)": "Cas\u200btaria", "Place (Français)": "2"})
        rows.add({"Code": "qmc", "Name (English)": "C\n" + "a" * 255, "Name (Français)": "=A1"})
        rows.add({"Name (Français)": "=A1"})

    read = plan(edit)

    assert (told(read), read.steps) == (
        [
            "row 2, column “Place (English)”: “first” is no number.",
            "row 3, column “Footnote”: “†” is not one of the list.",
            "row 3, column “Code”: The code of a row stays. Add a row for another party.",
            "row 3, column “Place (English)”: Write a whole number from 1 to 9999.",
            "row 3, column “Name (Français)”: Row 2 has the same.",
            (
                "row 4, column “Name (English)”: "
                "This holds a character that cannot be seen: U+200B. Type the text anew."
            ),
            "row 4, column “Place (Français)”: Row 3 has the same.",
            "row 5, column “Name (Français)”: The cell holds a formula. Write its result.",
            (
                "row 5, column “Name (English)”: Write this on one line. "
                "Ensure this value has at most 255 characters (it has 257)."
            ),
            "row 5, column “Code”: Row 4 has the same.",
            "row 6, column “Code”: This is needed.",
            "row 6, column “Name (Français)”: The cell holds a formula. Write its result.",
        ],
        [],
    )
    assert stands() == BEFORE


def test_deleted_row_is_told_beside_what_stands_in_others(plan):
    def edit(rows):
        rows.sheet.delete_rows(3)
        rows.set(2, "Place (English)", 1.5)
        rows.add({"Code": "QMB", "Name (English)": "Belmora", "Name (Français)": "Belmore"})

    read = plan(edit)

    assert [str(problem) for problem in read.problems] == [
        "n.xlsx, sheet “Names”: The row “Belmora” has been deleted. Leave it in.",
        (
            "n.xlsx, sheet “Names”, row 2, column “Place (English)”: "
            "Write a whole number from 1 to 9999."
        ),
        "n.xlsx, sheet “Names”, row 3, column “Code”: The party is in the list already.",
    ]


def test_what_is_mended_as_it_was_told_is_taken(plan):
    def edit(rows):
        rows.set(2, "Place (English)", "3")
        rows.add({"Code": "QMC", "Name (English)": "Castaria", "Place (English)": 3})

    refused = plan(edit)

    def mend(rows):
        edit(rows)
        rows.set(4, "Place (English)", "1")

    carry_out(plan(mend))

    assert told(refused) == ["row 4, column “Place (English)”: Row 2 has the same."]
    assert [positions.get("en") for _code, _name, positions, _mark in stands()] == [3, 2, 1]


def test_list_without_footnotes_takes_none(listed, plan):
    listed.footnotes.all().delete()

    read = plan(lambda rows: rows.set(2, "Name (English)", "Arvenia (Union of)"))
    carry_out(read)

    assert stands()[0] == (
        "QMA",
        {"en": "Arvenia (Union of)", "fr": "Arvénie"},
        {"en": 1, "fr": 1},
        None,
    )
