"""What people enter says where they know it from, in their words, as a mark beside the fact."""

from datetime import date

import pytest

from comity.audit.models import Event
from comity.processes.models import (
    Agreement,
    Alias,
    Area,
    Body,
    Meeting,
    Office,
    OpenSet,
    Participation,
    Partnership,
    Seat,
    Series,
    Stage,
    Term,
)
from comity.processes.services import AliasFacts, add_alias, change_alias, hand_over, remove_alias
from comity.sources.marks import Marks
from comity.sources.models import Grounds
from tests.factories.processes import StageFactory

NOTE = "Note verbale 14/2026"
MARK = f'<cite class="source">{NOTE}</cite>'
ADDED = [
    (
        "participant_add",
        Participation,
        {"party": "QMA", "status": "member", "begins": "2026", "order": 1},
    ),
    ("open_set_add", OpenSet, {"words": "other relevant States"}),
    ("body_add", Body, {"name_en": "Readmission", "kind": "working group"}),
    ("seat_add", Seat, {"party": "QMA", "begins": "2026"}),
    ("term_add", Term, {"office": "coordinator", "party": "QMA", "begins": "2026"}),
    ("alias_add", Alias, {"name": "The Dialogue", "language": "en"}),
    ("area_add", Area, {"words": "Return", "language": "en", "order": 1}),
    ("agreement_add", Agreement, {"title_en": "Memorandum", "parties": "QMA"}),
    ("partner_add", Partnership, {"party": "QMA", "role": "host", "order": 1}),
    ("meeting_add", Meeting, {"title_en": "Plenary", "kind": "plenary", "status": "planned"}),
    ("series_add", Series, {"name_en": "Ministerial meetings"}),
    ("stage_enter", Stage, {"kind": "ongoing", "on": "2026-07-01"}),
]


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


def mark(row):
    return str(Marks([(type(row), [row.pk])]).of(type(row), row.pk))


@pytest.mark.parametrize(("name", "model", "typed"), ADDED)
def test_new_row_names_its_source(editor, page, body, arvenia, name, model, typed):
    address = page(name, body.pk) if name == "seat_add" else page(name)

    response = editor.post(address, typed | {"grounds": NOTE})

    assert response.status_code == 302
    row = model.objects.latest("pk")
    assert mark(row) == MARK
    assert Event.objects.filter(reason=NOTE, object_id=row.pk).exists()


def test_new_row_without_a_source_has_no_mark(secretariat, process):
    alias = add_alias(process=process, facts=AliasFacts("The Dialogue"), by=secretariat)

    assert (mark(alias), Grounds.objects.count()) == ("", 0)


def test_handed_over_office_keeps_the_source_with_both_terms(secretariat, process, arvenia):
    term = process.terms.get(office=Office.PRESIDENCY)

    following = hand_over(
        term=term, to=arvenia, on=date(2026, 7, 1), version=1, by=secretariat, grounds=NOTE
    )

    assert [mark(term), mark(following)] == [MARK, MARK]


def test_entered_stage_keeps_the_source_with_both(editor, page, process):
    present = StageFactory(process=process, begins="2020")

    editor.post(page("stage_enter"), {"kind": "dormant", "on": "2026-07-01", "grounds": NOTE})

    assert [mark(stage) for stage in process.stages.all()] == [MARK, MARK]
    assert present in process.stages.all()


def test_change_adds_its_source_once_and_removal_takes_all_along(secretariat, process):
    facts = AliasFacts("The Dialogue")
    alias = add_alias(process=process, facts=facts, by=secretariat, grounds="Letter <1>")
    for version, name in enumerate(["Dialogue", "A dialogue"], 1):
        change_alias(
            alias=alias, facts=AliasFacts(name), version=version, by=secretariat, grounds=NOTE
        )

    shown = mark(alias)
    remove_alias(alias=alias, version=3, by=secretariat)

    assert shown == f'<cite class="source">Letter &lt;1&gt;</cite> {MARK}'
    assert Grounds.objects.count() == 0
    gone = Event.objects.get(action="alias.removed")
    assert gone.before["sources"] == ["Letter <1>", NOTE]
