import pytest

from comity.processes.models import Office, Term
from comity.processes.services import TermFacts, change_term
from tests.factories.parties import PartyFactory
from tests.factories.processes import TermFactory, TurnFactory
from tests.processes.conftest import sent

# What the button below the summary sends.
CONFIRMED = {"confirmed": "yes"}


def test_term_is_added(editor, page, process, body, arvenia):
    typed = {"office": "body-chair", "body": body.pk, "party": "QMA", "begins": "2003"}

    response = editor.post(page("term_add"), typed)

    assert sent(response)[:2] == (302, page("terms"))
    assert process.terms.get(office=Office.BODY_CHAIR).body == body


def test_second_editor_sees_what_differs_and_takes_over(editor, page, people, process):
    term = TermFactory(process=process, office=Office.COORDINATOR)
    facts = TermFacts(begins="2019", note="By rotation")
    change_term(term=term, facts=facts, version=1, by=people["secretariat"])
    typed = {"version": 1, "begins": "2018", "ends": "", "note": ""}

    conflict = editor.post(page("term", term.pk), typed)
    again = typed | {"version": conflict.context["form"]["version"].value()}
    saved = editor.post(page("term", term.pk), again)

    html = conflict.content.decode()
    assert (conflict.status_code, saved.status_code) == (422, 302)
    assert "<ins>2018</ins>" in html
    assert "By rotation" in html
    assert people["secretariat"].person.name in html
    term.refresh_from_db()
    assert (term.begins, term.version) == ("2018", 3)


def test_office_is_handed_over_from_the_term_that_is_shown(editor, page, process, body, arvenia):
    TermFactory(process=process, office=Office.BODY_CHAIR, body=body)
    present = process.terms.get(office=Office.PRESIDENCY)

    form = editor.get(page("hand_over")).context["form"]
    typed = {"held": f"{present.pk}-1", "party": "QMA", "on": "2026-07-01"}
    response = editor.post(page("hand_over"), typed | CONFIRMED)

    offered = [label for _value, label in form.fields["held"].choices]
    assert form["held"].value() == f"{present.pk}-1"
    assert offered == [
        "Choose an office",
        f"Chair of a body · Steering group: {process.terms.get(body=body).party.code}",
        f"Presidency: {present.party.code}",
        f"Secretariat: {process.terms.get(office=Office.SECRETARIAT).party.code}",
        "Coordinator: nobody",
    ]
    assert sent(response)[:2] == (302, page("terms"))
    held = process.terms.filter(office=Office.PRESIDENCY).values_list("begins", "ends")
    assert list(held) == [("2020", "2026-06-30"), ("2026-07-01", "")]


@pytest.mark.parametrize(
    ("held", "on", "errors"),
    [
        (
            "coordinator",
            "2026-07-01",
            {"held": ["Nobody holds this office. Add a term instead."]},
        ),
        ("1-1-1", "2026-07-01", {"held": ["Choose one of the offices."]}),
        ("999999-1", "2026-07-01", {"held": ["Choose one of the offices."]}),
        ("", "2026-07-01", {"held": ["Choose one of the offices."]}),
        (
            "present",
            "2019-12-31",
            {
                "on": [
                    (
                        "The present term of PRESIDENT begins 2020. Choose a later day; or, if "
                        "another held the office before, add a term that ends before that day."
                    )
                ]
            },
        ),
    ],
)
def test_hand_over_is_refused_with_a_sentence(editor, page, process, arvenia, held, on, errors):
    if held == "present":
        present = process.terms.get(office=Office.PRESIDENCY)
        held = f"{present.pk}-1"
        errors = {"on": [errors["on"][0].replace("PRESIDENT", present.party.code)]}

    response = editor.post(page("hand_over"), {"held": held, "party": "QMA", "on": on})

    assert (response.status_code, dict(response.context["form"].errors)) == (422, errors)
    assert Term.objects.filter(party=arvenia).count() == 0


def test_hand_over_of_a_term_changed_meanwhile_shows_it(editor, page, process, people, arvenia):
    present = process.terms.get(office=Office.PRESIDENCY)
    facts = TermFacts(begins="2020", ends="2026-12-31")
    change_term(term=present, facts=facts, version=1, by=people["secretariat"])
    typed = {"held": f"{present.pk}-1", "party": "QMA", "on": "2026-07-01"}

    conflict = editor.post(page("hand_over"), typed)
    again = typed | {"held": conflict.context["form"]["held"].value()}

    assert (conflict.status_code, again["held"]) == (422, f"{present.pk}-2")
    assert "31 December 2026" in conflict.content.decode()
    assert editor.post(page("hand_over"), again | CONFIRMED).status_code == 302


def test_hand_over_is_read_before_it_is_done(editor, page, process, affiliations):
    present = process.terms.get(office=Office.PRESIDENCY)
    to = affiliations["focal_point"]
    typed = {"held": f"{present.pk}-1", "party": to.party.code, "on": "2026-07-01"}

    review = editor.post(page("hand_over"), typed)
    html = review.content.decode()
    preview = review.context["preview"]
    begun = process.terms.filter(party=to.party).exists()
    done = editor.post(page("hand_over"), typed | CONFIRMED)

    assert (review.status_code, begun) == (200, False)
    assert (preview.office, preview.gains.people) == ("Presidency", [to.person.name])
    assert [str(right) for right in preview.loses.rights] == [
        "reads what is meant for the presidency"
    ]
    assert f'<input type="hidden" name="party" value="{to.party.code}">' in html
    assert sent(done) == (302, page("terms"), ["This is saved."])
    assert process.terms.get(party=to.party).begins == "2026-07-01"


def test_hand_over_begins_with_the_term_named_and_whose_turn_it_is(
    editor, page, process, affiliations
):
    chair, following = affiliations["chair"].party, affiliations["focal_point"].party
    for party in (chair, following):
        TurnFactory(process=process, party=party)
    secretariat = process.terms.get(office=Office.SECRETARIAT)

    plain = editor.get(page("hand_over")).context["form"]
    named = editor.get(page("hand_over"), {"term": secretariat.pk}).context["form"]

    assert plain["held"].value() == f"{process.terms.get(party=chair).pk}-1"
    assert plain["party"].value() == f"{following.code} ({following.code})"
    assert (named["held"].value(), named["party"].value()) == (f"{secretariat.pk}-1", None)


def test_hand_over_without_a_presidency_begins_with_no_office(editor, page, process):
    process.terms.filter(office=Office.PRESIDENCY).delete()

    form = editor.get(page("hand_over")).context["form"]

    assert form["held"].value() is None


def test_real_state_is_refused_in_an_invented_process(editor, page, process):
    process.is_made_up = True
    process.save()
    real = PartyFactory(code="FRA")
    present = process.terms.get(office=Office.PRESIDENCY)
    typed = {"held": f"{present.pk}-1", "party": real.code, "on": "2026-07-01"}

    response = editor.post(page("hand_over"), typed)

    assert (response.status_code, dict(response.context["form"].errors)) == (
        422,
        {"party": ["FRA is real, and this is invented: choose an invented party."]},
    )


def test_who_hands_their_own_secretariat_over_is_led_to_the_public_page(
    editor, page, process, arvenia
):
    present = process.terms.get(office=Office.SECRETARIAT)
    typed = {"held": f"{present.pk}-1", "party": "QMA", "on": "2026-01-01"}

    response = editor.post(page("hand_over"), typed | CONFIRMED)

    assert sent(response)[:2] == (302, process.get_absolute_url())
    assert editor.get(page("terms")).status_code == 404
