"""The participants of a process, fetched as a workbook and taken back."""

import io
from datetime import date

import pytest
from django.utils.translation import override

from comity.audit.models import Event
from comity.office.plans import RefusedError, StepKind, carry_out, rehearse
from comity.parties.models import Party
from comity.processes.models import Participation, Status
from comity.processes.services import ParticipationFacts, change_participation
from comity.processes.workbooks import participants_workbook, plan_participants
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import ParticipationFactory, ProcessFactory
from tests.office.filled import filled

TODAY = date(2026, 3, 1)


@pytest.fixture
def meridian(process, people, affiliations):
    """A process with two members, whose secretariat sends workbooks."""
    Participation.objects.all().delete()
    for order, (code, name) in enumerate([("QMA", "Arvenia"), ("QMB", "Belloria")], start=1):
        party = PartyFactory(code=code)
        PartyNameFactory(party=party, name=name)
        ParticipationFactory(process=process, party=party, begins="2003", order=order)
    PartyNameFactory(party=PartyFactory(code="QMC"), name="Cordova")
    return process


@pytest.fixture
def plan(meridian, people):
    """Return a function that reads what somebody made of the workbook, and rehearses it."""

    def rehearsed(edit, language="en", **about):
        content = filled(participants_workbook(meridian, TODAY), edit, language)
        by = about.pop("by", people["secretariat"])
        read = plan_participants(meridian, io.BytesIO(content), name="p.xlsx", by=by, **about)
        return rehearse(read)

    return rehearsed


def told(plan):
    return [
        str(problem).removeprefix("p.xlsx, sheet “Participants”, ") for problem in plan.problems
    ]


def stands():
    rows = Participation.objects.order_by("party__code", "begins")
    return [(row.party.code, row.status, row.begins, row.ends, row.note) for row in rows]


def edit_all(rows):
    rows.put(2, Note="Joined by letter", Status="observer")
    rows.put(3, Until="2026-01-31")
    rows.add({"Code": "qmc", "Status": "member", "From": "2026-02", "Country of origin": "yes"})


def test_workbook_as_it_was_fetched_changes_nothing(plan):
    found = plan(lambda _rows: None)

    assert (found.steps, found.untouched, found.problems) == ([], 2, [])


def test_plan_shows_what_would_change_and_does_nothing(plan):
    before = stands(), Event.objects.count()

    found = plan(edit_all)

    assert [
        (step.kind, step.name, step.row, [(one.label, one.before, one.after) for one in step.shown])
        for step in found.steps
    ] == [
        (
            StepKind.CHANGED,
            "Arvenia",
            2,
            [("Status", "member", "observer"), ("Note", "", "Joined by letter")],
        ),
        (StepKind.ENDED, "Belloria", 3, [("Until", "", "31 January 2026")]),
        (
            StepKind.ADDED,
            "Cordova",
            4,
            [
                ("Code", "", "qmc"),
                ("Status", "", "member"),
                ("From", "", "February 2026"),
                ("Country of origin", "", "yes"),
            ],
        ),
    ]
    assert (found.untouched, found.problems) == (0, [])
    assert [(kind, len(steps)) for kind, steps in found.by_kind] == [
        ("added", 1),
        ("changed", 1),
        ("ended", 1),
    ]
    assert (stands(), Event.objects.count()) == before


def test_workbook_is_carried_out_with_versions_and_log(plan):
    carry_out(plan(edit_all))

    assert stands() == [
        ("QMA", "observer", "2003", "", "Joined by letter"),
        ("QMB", "member", "2003", "2026-01-31", ""),
        ("QMC", "member", "2026-02", "", ""),
    ]
    assert [event.action for event in Event.objects.order_by("pk")[:3]] == [
        "participation.ended",
        "participation.changed",
        "participation.added",
    ]


def test_end_that_is_no_day_or_rests_on_a_source_is_kept_as_a_change(plan):
    carry_out(plan(lambda rows: rows.put(2, Until="2025")))
    carry_out(plan(lambda rows: rows.put(3, Until="2025-06-30"), grounds="Minutes, ¶4"))

    assert [row[3] for row in stands()] == ["2025", "2025-06-30"]
    assert [event.action for event in Event.objects.all()] == ["participation.changed"] * 2


def test_everything_wrong_is_told_at_once_with_its_place(plan, meridian):
    def edit(rows):
        rows.put(2, Until="2001", Order_in_the_list=1.5)
        rows.put(3, Code="QMC")
        rows.add({"Code": "QXX", "Status": "member", "From": "2026"})

    found = plan(edit)

    assert told(found) == [
        "row 2, column “Order in the list”: Write a whole number from 0 to 32767.",
        (
            "row 3, column “Code”: One party does not become another: end this row, and add one "
            "for the other."
        ),
        "row 4, column “Code”: There is no party with the code “QXX”.",
    ]


def test_cells_and_rules_are_told_in_one_round(plan):
    def edit(rows):
        rows.put(2, Status="guest")
        rows.put(3, Until="2001")
        rows.add({"Code": "XXX", "Status": "member", "From": "2026"})

    before = stands()
    found = plan(edit)

    assert [each.partition(",")[0] for each in told(found)] == ["row 2", "row 3", "row 4"]
    assert told(found)[0] == "row 2, column “Status”: “guest” is not one of the list."
    assert told(found)[2] == "row 4, column “Code”: There is no party with the code “XXX”."
    assert stands() == before


def test_cells_that_cannot_be_are_told_at_once(plan):
    def edit(rows):
        rows.put(2, Until="31 February", Status="guest")
        rows.put(3, From="=TODAY()", Order_in_the_list="first")

    assert told(plan(edit)) == [
        "row 2, column “Status”: “guest” is not one of the list.",
        (
            "row 2, column “Until”: “31 February” is no date: write 2003, 2003-05, 2003-05-28, "
            "2000/2001, 2003/.. or ../2003."
        ),
        "row 3, column “From”: The cell holds a formula. Write its result.",
        "row 3, column “Order in the list”: “first” is no number.",
    ]


def test_cells_that_cannot_be_read_hide_nothing_else_of_their_row(plan):
    def edit(rows):
        rows.put(2, Code="QMC", From="soon")
        rows.add(
            {
                "Code": "QXX",
                "Status": "guest",
                "From": "31 February",
                "On behalf of (code)": "QXY",
                "Order in the list": 1.5,
            }
        )

    assert [each.rpartition(": ")[0].partition(":")[0] for each in told(plan(edit))] == [
        "row 2, column “From”",
        "row 2, column “Code”",
        "row 4, column “Status”",
        "row 4, column “From”",
        "row 4, column “Code”",
        "row 4, column “On behalf of (code)”",
        "row 4, column “Order in the list”",
    ]


def test_what_the_services_refuse_is_told_with_its_row_and_nothing_is_done(plan):
    def edit(rows):
        rows.put(2, Until="2001")
        for _each in range(2):
            rows.add({"Code": "QMC", "Status": "member", "From": "2020"})
        rows.add({"Code": "QMB", "Status": "observer", "From": "2024"})

    found = plan(edit)
    before = stands()

    taken = (
        "This party takes part already: member, since 2020. "
        "End that participation before these days, or correct it."
    )
    assert told(found) == [
        "row 2, column “Until”: This lies before the beginning.",
        f"row 5: {taken}",
        f"row 6: {taken.replace('2020', '2003')}",
    ]
    with pytest.raises(RefusedError) as refused:
        carry_out(found)
    assert (refused.value.plan.problems, stands()) == (found.problems, before)


def test_whoever_may_not_is_told_for_each_row(plan, people):
    assert told(plan(lambda rows: rows.put(2, Note="x"), by=people["chair"])) == [
        "row 2: You may not do this to Arvenia."
    ]


def test_row_that_somebody_changed_meanwhile_is_told(meridian, people):
    content = filled(participants_workbook(meridian, TODAY), edit_all)
    row = Participation.objects.get(party__code="QMA")
    facts = ParticipationFacts(status=Status.MEMBER, begins="2004", order=1)
    change_participation(participation=row, facts=facts, version=1, by=people["secretariat"])

    found = plan_participants(
        meridian, io.BytesIO(content), name="p.xlsx", by=people["secretariat"]
    )

    assert told(found) == [
        "row 2: Somebody has changed this since the workbook was made. Fetch a new one."
    ]


def test_row_that_somebody_changes_between_showing_and_doing_is_told(plan, people):
    found = plan(edit_all)
    row = Participation.objects.get(party__code="QMA")
    facts = ParticipationFacts(status=Status.MEMBER, begins="2004", order=1)
    change_participation(participation=row, facts=facts, version=1, by=people["secretariat"])

    with pytest.raises(RefusedError) as refused:
        carry_out(found)

    [sentence] = told(refused.value.plan)
    assert sentence.startswith("row 2: ")
    assert sentence.endswith("after you opened it. Look at it again.")
    assert [row[2] for row in stands()] == ["2004", "2003"]


def test_row_that_somebody_added_meanwhile_is_left_as_it_is(meridian, people):
    content = filled(participants_workbook(meridian, TODAY), edit_all)
    ParticipationFactory(process=meridian, party=PartyFactory(code="QMD"), begins="2024")

    found = plan_participants(
        meridian, io.BytesIO(content), name="p.xlsx", by=people["secretariat"]
    )

    assert (len(found.steps), found.untouched, found.problems) == (3, 1, [])


def test_row_without_its_hidden_key_is_told(plan):
    assert told(plan(lambda rows: rows.set(2, "_row", None))) == [
        "p.xlsx, sheet “Participants”: The row “Arvenia” has been deleted. Leave it in."
    ]


def test_hidden_column_that_is_gone_is_told(plan):
    def edit(rows):
        rows.sheet.delete_cols(1)

    assert told(plan(edit)) == ["row 1, column “_row”: This column is missing or renamed."]


def test_workbook_of_another_process_is_refused(meridian, people):
    other = ProcessFactory(slug="harbour")
    content = filled(participants_workbook(other, TODAY))

    found = plan_participants(
        meridian, io.BytesIO(content), name="p.xlsx", by=people["secretariat"]
    )

    assert [str(each) for each in found.problems] == [
        "p.xlsx: This workbook is about something else."
    ]


def test_workbook_in_another_language_is_read_in_its_own(meridian, people):
    def edit(rows):
        rows.add({"Código": "QMC"} if "Código" in rows.columns else {"Code": "QMC"})
        headings = [*rows.columns]
        rows.set(4, headings[4], str(spanish_member))
        rows.set(4, headings[5], "2026")

    with override("es"):
        spanish_member = str(Status.MEMBER.label)
        book = participants_workbook(meridian, TODAY)
        content = filled(book, edit, "es")
    found = plan_participants(
        meridian, io.BytesIO(content), name="p.xlsx", by=people["secretariat"]
    )

    assert (spanish_member, found.problems) == ("miembro", [])
    carry_out(found)
    assert stands()[-1] == ("QMC", "member", "2026", "", "")


def test_invented_and_real_parties_do_not_mix(plan):
    Party.objects.filter(code="QMC").update(is_made_up=True)

    def edit(rows):
        rows.add({"Code": "QMC", "Status": "member", "From": "2026"})

    assert told(plan(edit)) == ["row 4, column “Code”: There is no party with the code “QMC”."]
