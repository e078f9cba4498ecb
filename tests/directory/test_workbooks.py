"""The people of a process, fetched as a workbook and taken back."""

import io
from datetime import date
from functools import partial

import openpyxl
import pytest
from django.urls import reverse
from django.utils.translation import override

from comity.audit.models import Event
from comity.directory.queries import Filter
from comity.directory.workbooks import people_workbook, plan_people
from comity.office.plans import RefusedError, StepKind, carry_out, rehearse
from comity.parties.models import Affiliation, Person
from comity.parties.services import PersonFacts, change_person
from comity.processes.models import Contact
from tests.factories.parties import AffiliationFactory
from tests.office.filled import Rows, filled, upload

TODAY = date(2026, 3, 1)
CONSULS = "Network of consulates"


@pytest.fixture
def people_here(process, arvenia, consulates):
    """The process with Arvenia alone, which works by mail, and a network with one of it."""
    Person.objects.filter(affiliations__party=arvenia).update(user=None)
    process.participations.exclude(party=arvenia).delete()
    process.terms.exclude(office="secretariat").delete()
    return process


@pytest.fixture
def plan(people_here, people):
    """Return a function that reads what somebody made of the workbook, and rehearses it."""

    def rehearsed(edit, language="en", wanted=None, by=None):
        actor = by or people["secretariat"]
        book = people_workbook(people_here, TODAY, wanted or Filter(), people["secretariat"])
        content = filled(book, edit, language)
        return rehearse(plan_people(people_here, io.BytesIO(content), name="p.xlsx", by=actor))

    return rehearsed


def told(plan):
    begin = "p.xlsx, sheet “People”, "
    return [str(problem).removeprefix(begin) for problem in plan.problems]


def row_of(rows, name):
    return rows.number("Name", name)


def new_person(rows, **values):
    facts = {"Code": "QMA", "Name": "Inés Corral", "As": "Staff", "From": "2026-02-01"}
    return rows.add(facts | {key.replace("_", " "): value for key, value in values.items()})


def edit_all(rows):
    rows.put(row_of(rows, "Pau Merindal"), Telephone="000 555 0199", Post="Consul", As="Staff")
    rows.set(row_of(rows, "Gonzalo Vea"), CONSULS, "no")
    rows.put(row_of(rows, "Vera Nantes"), Until="2026-02-28")
    number = new_person(rows, Post="Consul", Writes_in="Español")
    rows.set(number, "E-mail address", "ines@arvenia.example")
    rows.set(number, CONSULS, "yes")


def test_workbook_as_it_was_fetched_changes_nothing(plan):
    found = plan(lambda _rows: None)

    assert (found.steps, found.untouched, found.problems) == ([], 5, [])


def test_workbook_holds_who_is_there_by_party_or_by_network(people_here, people, consulates):
    def names(wanted):
        book = people_workbook(people_here, TODAY, wanted, people["secretariat"])
        return [row.values["name"] for row in book.sheets[0].rows]

    assert names(Filter(network=consulates)) == ["Gonzalo Vea"]
    assert {"Pau Merindal", "Gonzalo Vea", "Vera Nantes"} < set(names(Filter(party="QMA")))
    assert "Rosa Altamar" not in names(Filter())
    assert names(Filter(party="QXX")) == []


def test_changes_are_shown_first_and_then_made(plan, arvenia):
    found = plan(edit_all)
    shown = {
        step.name: (step.kind, [(one.label, one.before, one.after) for one in step.shown])
        for step in found.steps
    }

    assert found.problems == []
    assert shown == {
        "Pau Merindal": (
            StepKind.CHANGED,
            [
                ("Telephone", "000 555 0110", "000 555 0199"),
                ("Post", "Focal point", "Consul"),
                ("As", "Alternate", "Staff"),
            ],
        ),
        "Gonzalo Vea": (StepKind.CHANGED, [(CONSULS, "yes", "no")]),
        "Vera Nantes": (StepKind.ENDED, [("Until", "", "28 February 2026")]),
        "Inés Corral": (
            StepKind.ADDED,
            [
                ("Code", "", "QMA"),
                ("Name", "", "Inés Corral"),
                ("E-mail address", "", "ines@arvenia.example"),
                ("Writes in", "", "Español"),
                ("Post", "", "Consul"),
                ("As", "", "Staff"),
                ("From", "", "1 February 2026"),
                (CONSULS, "", "yes"),
            ],
        ),
    }
    assert Person.objects.filter(name="Inés Corral").count() == 0

    carry_out(found)

    new = Person.objects.get(name="Inés Corral")
    held = new.affiliations.get()
    assert (new.language, held.post.title, held.party) == ("es", {"en": "Consul"}, arvenia)
    assert [contact.affiliation for contact in Contact.objects.all()] == [held]
    assert Affiliation.objects.get(person__name="Vera Nantes").ends == "2026-02-28"
    pau = Affiliation.objects.get(person__name="Pau Merindal")
    assert (pau.person.telephone, pau.place, pau.post) == ("000 555 0199", "staff", held.post)
    assert sorted(event.action for event in Event.objects.all()[:7]) == [
        "affiliation.added",
        "affiliation.changed",
        "affiliation.ended",
        "contact.added",
        "contact.removed",
        "person.added",
        "person.changed",
    ]


def test_two_rows_of_one_person_are_told(plan):
    def edit(rows):
        new_person(rows)
        new_person(rows, Name="  inés  CORRAL ")
        new_person(rows, Name="Gonzalo Vea")
        number = new_person(rows, Name="Somebody")
        rows.set(number, "E-mail address", "PAU@arvenia.example")

    found = plan(edit)
    first = found.problems[0].row - 1

    assert told(found)[0] == (
        f"row {first + 1}, column “Name”: This is the same person as in row {first}."
    )
    assert [problem.reason[:33] for problem in found.problems] == [
        "This is the same person as in row"
    ] * 3


@pytest.mark.parametrize("column", ["Name", "E-mail address"])
def test_person_overwritten_with_another_is_told_and_nothing_is_done(plan, people, column):
    rows_of = {}

    def edit(rows):
        rows_of.update({name: row_of(rows, name) for name in ("Pau Merindal", "Gonzalo Vea")})
        value = {"Name": "pau  MERINDAL", "E-mail address": "PAU@arvenia.example"}[column]
        rows.set(rows_of["Gonzalo Vea"], column, value)

    found = plan(edit)

    first, second = rows_of["Pau Merindal"], rows_of["Gonzalo Vea"]
    assert told(found) == [
        f"row {second}, column “Name”: This is the same person as in row {first}."
    ]
    with pytest.raises(RefusedError):
        carry_out(found)


def test_person_overwritten_with_one_left_out_or_with_a_new_one_is_told(plan, consulates):
    def overwrite(rows):
        rows.set(row_of(rows, "Gonzalo Vea"), "Name", "Pau Merindal")

    def add(rows):
        rows.set(row_of(rows, "Gonzalo Vea"), "Name", "Inés Corral")
        new_person(rows)

    found = plan(overwrite, wanted=Filter("", consulates))
    assert [each.reason for each in found.problems] == [
        "This person is in the record already. Fetch it anew."
    ]
    [problem] = plan(add).problems
    assert problem.reason.startswith("This is the same person as in row")


def test_new_row_of_somebody_whom_the_workbook_left_out_is_told(plan, consulates):
    found = plan(lambda rows: new_person(rows, Name="Pau Merindal"), wanted=Filter("", consulates))

    assert told(found) == [
        "row 3, column “Name”: This person is in the record already. Fetch it anew."
    ]


def test_rows_of_one_person_say_the_same_or_are_told(plan, arvenia):
    pau = Person.objects.get(name="Pau Merindal")
    AffiliationFactory(person=pau, party=arvenia, post=None, place="staff", begins="2024")

    def edit_both(telephones):
        def edit(rows):
            first = row_of(rows, "Pau Merindal")
            for number, telephone in zip((first, first + 1), telephones, strict=True):
                rows.put(number, Telephone=telephone)

        return edit

    [problem] = plan(edit_both(["1", "2"])).problems
    assert problem.column == "Telephone"
    assert problem.reason == f"Row {problem.row - 1} says something else of the same person."

    carry_out(plan(edit_both(["3", "3"])))
    pau.refresh_from_db()
    assert (pau.telephone, pau.version) == ("3", 2)


def test_codes_posts_and_moves_that_cannot_be_are_told(plan):
    def edit(rows):
        rows.put(row_of(rows, "Pau Merindal"), Code="QMZ")
        rows.put(row_of(rows, "Vera Nantes"), Code="QMZ")
        new_person(rows, Code="QXX", Post="Consul")

    assert {problem.reason for problem in plan(edit).problems} == {
        "No party with the code “QMZ” takes part in this process.",
        "No party with the code “QXX” takes part in this process.",
    }


def test_somebody_moves_by_an_end_and_a_new_row(plan, people_here, people, affiliations):
    code = affiliations["secretariat"].party.code

    def edit(rows):
        rows.put(row_of(rows, "Pau Merindal"), Code=code)
        new_person(rows, Code=code, Post="Consul")

    assert [problem.reason.replace("  ", " ") for problem in plan(edit).problems] == [
        "Who moves to another party ends here: add a row for what begins there.",
        f"{code} has no post of that name.",
    ]


def test_what_the_services_refuse_is_told_and_nothing_is_done(plan):
    def edit(rows):
        rows.set(row_of(rows, "Pau Merindal"), "E-mail address", "at home")
        rows.put(row_of(rows, "Vera Nantes"), Until="2001")
        rows.set(row_of(rows, "Gonzalo Vea"), CONSULS, "no")

    found = plan(edit)

    assert {(problem.column, problem.reason) for problem in found.problems} == {
        ("E-mail address", "Enter a valid email address."),
        ("Until", "This lies before the beginning."),
    }
    with pytest.raises(RefusedError):
        carry_out(found)
    assert Contact.objects.count() == 1


def test_workbook_shows_of_a_party_that_signs_in_what_it_shows_and_changes_nothing(
    plan, people_here, people, arvenia
):
    AffiliationFactory(party=arvenia)

    def edit(rows):
        rows.set(row_of(rows, "Pau Merindal"), CONSULS, "yes")
        rows.put(row_of(rows, "Gonzalo Vea"), Telephone="000 555 0199")
        new_person(rows, Post="Consul")

    book = people_workbook(people_here, TODAY, Filter(party="QMA"), people["secretariat"])
    found = plan(edit)

    assert {row.values["name"] for row in book.sheets[0].rows} == {"Pau Merindal", "Gonzalo Vea"}
    assert [problem.reason for problem in found.problems] == [
        "You may not do this to Gonzalo Vea.",
        "You may not do this to Inés Corral.",
    ]


def test_person_whom_somebody_changed_meanwhile_is_told(people_here, people, consulates):
    content = filled(people_workbook(people_here, TODAY, Filter(), people["secretariat"]), edit_all)
    pau = Person.objects.get(name="Pau Merindal")
    change_person(person=pau, facts=PersonFacts("Pau M."), version=1, by=people["secretariat"])
    Contact.objects.all().delete()

    found = plan_people(people_here, io.BytesIO(content), name="p.xlsx", by=people["secretariat"])

    assert [problem.reason for problem in found.problems] == [
        "Somebody has changed this since the workbook was made. Fetch a new one."
    ] * 2


def test_somebody_who_has_left_meanwhile_is_told(people_here, people, consulates):
    content = filled(
        people_workbook(people_here, TODAY, Filter(network=consulates), people["secretariat"])
    )
    Affiliation.objects.filter(person__name="Gonzalo Vea").update(
        ends="2025", ends_earliest=date(2025, 1, 1), ends_latest=date(2025, 12, 31)
    )

    found = plan_people(people_here, io.BytesIO(content), name="p.xlsx", by=people["secretariat"])

    assert told(found) == ["row 2: What this row was about has been ended or removed since."]


def test_posts_are_chosen_in_the_language_of_the_workbook(people_here, people, arvenia):
    arvenia.posts.filter(title={"en": "Consul"}).update(title={"en": "Consul", "es": "Cónsul"})

    def edit(rows):
        headings = [*rows.columns]
        rows.set(rows.number("Nombre", "Pau Merindal"), headings[8], "Cónsul")

    with override("es"):
        content = filled(
            people_workbook(people_here, TODAY, Filter(), people["secretariat"]), edit, "es"
        )
    found = rehearse(
        plan_people(people_here, io.BytesIO(content), name="p.xlsx", by=people["secretariat"])
    )

    assert (found.problems, [step.name for step in found.steps]) == ([], ["Pau Merindal"])


def test_workbook_of_people_is_fetched_sent_and_taken_over(client, people_here, people):
    client.force_login(people["secretariat"])
    page = partial(reverse, kwargs={"slug": people_here.slug})
    fetched = client.get(page("directory:people_fetch"), {"party": "QMA"})
    file = openpyxl.load_workbook(io.BytesIO(fetched.content))
    new_person(Rows(file.worksheets[0]))
    filled_in = io.BytesIO()
    file.save(filled_in)

    shown = client.get(page("directory:people_send")).content.decode()
    sending = {"workbook": upload(filled_in.getvalue())}
    to = client.post(page("directory:people_send"), sending)["Location"]
    looked_at = client.get(to).content.decode()
    done = client.post(to)

    assert page("directory:people_fetch") in shown
    assert ("Inés Corral" in looked_at, "source of these changes" in looked_at) == (True, False)
    assert (done.status_code, done["Location"]) == (302, page("directory:directory"))
    assert Person.objects.filter(name="Inés Corral").count() == 1
