from datetime import date

from comity.processes.models import Office
from comity.processes.standing import preview_hand_over
from tests.factories.parties import AffiliationFactory
from tests.factories.processes import BodyFactory, TermFactory

DAY = date(2027, 1, 1)


def rights(side):
    return [str(right) for right in side.rights]


def test_preview_says_who_gains_and_loses_which_rights_and_when(process, affiliations):
    term = process.terms.get(office=Office.SECRETARIAT)
    to = affiliations["focal_point"]
    AffiliationFactory(party=to.party, begins="2020", ends="2025")  # has left by then

    preview = preview_hand_over(term, to.party, DAY)

    both = [
        "reads all that the process has, and runs it",
        "edits the record that everybody reads",
    ]
    assert (preview.office, preview.last_day, preview.first_day) == (
        "Secretariat",
        date(2026, 12, 31),
        DAY,
    )
    assert (rights(preview.loses), rights(preview.gains)) == (both, both)
    assert preview.loses.people == [affiliations["secretariat"].person.name]
    assert preview.gains.people == [to.person.name]


def test_right_held_by_another_office_too_is_neither_lost_nor_gained(process, affiliations):
    term = process.terms.get(office=Office.PRESIDENCY)
    TermFactory(process=process, party=term.party, office=Office.CO_CHAIR)
    to = affiliations["focal_point"].party
    TermFactory(process=process, party=to, office=Office.CO_CHAIR)

    preview = preview_hand_over(term, to, DAY)

    assert (rights(preview.loses), rights(preview.gains)) == ([], [])


def test_office_that_opens_nothing_changes_no_rights(process, affiliations):
    body = BodyFactory(process=process)
    term = TermFactory(process=process, office=Office.BODY_CHAIR, body=body)

    preview = preview_hand_over(term, affiliations["focal_point"].party, DAY)

    assert preview.office == "Chair of a body · Steering group"
    assert (rights(preview.loses), rights(preview.gains)) == ([], [])
