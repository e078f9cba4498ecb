from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.processes.models import Body, Office, Seat, Term
from comity.processes.services import (
    BodyFacts,
    TermFacts,
    add_body,
    add_seat,
    add_term,
    change_body,
    change_seat,
    change_term,
    end_seat,
    end_term,
    hand_over,
    set_rotation,
)
from tests.conftest import PERSONAS
from tests.factories.parties import PartyFactory
from tests.factories.processes import BodyFactory, TermFactory

DAY = date(2026, 6, 30)
FACTS = BodyFacts(name={"en": "Steering group"}, kind="steering group", begins="2020", ends="2024")


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def term(affiliations):
    return Term.objects.get(party=affiliations["chair"].party)


@pytest.mark.parametrize("persona", ["secretariat", "administrator"])
def test_end_term_records_before_and_after(people, term, persona):
    ended = end_term(term=term, last_day=DAY, version=1, by=people[persona])

    assert (ended.ends, ended.ends_latest, ended.version) == ("2026-06-30", DAY, 2)
    events = Event.objects.values_list("action", "actor", "before", "after")
    assert list(events) == [
        ("term.ended", people[persona].pk, {"ends": ""}, {"ends": "2026-06-30"})
    ]


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"secretariat", "administrator"}))
def test_end_term_is_for_secretariat_and_administrator(people, term, persona):
    with pytest.raises(PermissionDenied):
        end_term(term=term, last_day=DAY, version=1, by=people[persona])


@pytest.mark.parametrize("last_day", [DAY, date(2030, 1, 1)])
def test_end_term_never_prolongs_a_term(people, term, last_day):
    end_term(term=term, last_day=DAY, version=1, by=people["secretariat"])

    with pytest.raises(ValidationError, match="ended already"):
        end_term(term=term, last_day=last_day, version=2, by=people["administrator"])


def test_end_term_may_come_before_the_end_that_was_planned(secretariat, term):
    term.ends = "2027/.."
    term.save()

    ended = end_term(term=term, last_day=DAY, version=1, by=secretariat)

    assert ended.ends == "2026-06-30"


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"secretariat"}))
def test_only_keepers_change_bodies_seats_and_terms(people, process, body, term, persona):
    by, party, seat = people[persona], PartyFactory(), body.seats.get()
    attempts = [
        lambda: add_body(process=process, facts=FACTS, by=by),
        lambda: change_body(body=body, facts=FACTS, version=1, by=by),
        lambda: add_seat(body=body, party=party, begins="2020", by=by),
        lambda: change_seat(seat=seat, begins="2021", ends="", note="", version=1, by=by),
        lambda: end_seat(seat=seat, last_day=DAY, version=1, by=by),
        lambda: add_term(
            process=process,
            office=Office.COORDINATOR,
            party=party,
            facts=TermFacts(begins="2020"),
            by=by,
        ),
        lambda: change_term(term=term, facts=TermFacts(begins="2021"), version=1, by=by),
        lambda: hand_over(term=term, to=party, on=DAY, version=1, by=by),
        lambda: set_rotation(process=process, parties=[party], version=1, by=by),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert not Event.objects.exists()


def test_hand_over_ends_one_term_and_begins_the_next(secretariat, process, term):
    party = PartyFactory()

    following = hand_over(term=term, to=party, on=date(2026, 7, 1), version=1, by=secretariat)

    held = process.terms.filter(office=Office.PRESIDENCY).values_list("party", "begins", "ends")
    assert list(held) == [(term.party_id, "2020", "2026-06-30"), (party.pk, "2026-07-01", "")]
    assert following.party == party
    assert list(Event.objects.values_list("action", flat=True)) == [
        "term.added",
        "term.handed_over",
    ]


def test_hand_over_of_a_body_keeps_the_body(secretariat, process, body):
    chair = TermFactory(process=process, office=Office.BODY_CHAIR, body=body)

    following = hand_over(
        term=chair, to=PartyFactory(), on=date(2026, 7, 1), version=1, by=secretariat
    )

    assert following.body == body


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        ("2026-07-01", "", "The present term of .* begins 1 July 2026. Choose a later day"),
        ("2027", "", "add a term that ends before that day"),
        ("2020", "2026-06-29", "Nobody holds this office then"),
    ],
)
def test_hand_over_needs_somebody_who_holds_the_office(secretariat, term, begins, ends, words):
    term.begins, term.ends = begins, ends
    term.save()

    with pytest.raises(ValidationError, match=words):
        hand_over(term=term, to=PartyFactory(), on=date(2026, 7, 1), version=1, by=secretariat)

    assert (Term.objects.get(pk=term.pk).ends, Event.objects.count()) == (ends, 0)


@pytest.mark.parametrize("ends", ["2026-06-30", "2026-12-31", "2026"])
def test_hand_over_may_come_with_or_before_the_planned_end(secretariat, term, ends):
    term.ends = ends
    term.save()

    hand_over(term=term, to=PartyFactory(), on=date(2026, 7, 1), version=1, by=secretariat)

    term.refresh_from_db()
    assert term.ends == "2026-06-30"


def test_hand_over_of_a_vague_term_is_taken_at_its_word(secretariat, term):
    term.begins = "../2019"
    term.save()

    hand_over(term=term, to=PartyFactory(), on=date(2026, 7, 1), version=1, by=secretariat)

    term.refresh_from_db()
    assert term.ends == "2026-06-30"


def test_hand_over_that_meets_a_third_term_changes_nothing(secretariat, process, term):
    term.ends = "2026-12-31"
    term.save()
    TermFactory(process=process, begins="2027-01-01")

    with pytest.raises(
        ValidationError,
        match=r"since 1 January 2027\. Choose days outside that term, or correct it first",
    ):
        hand_over(term=term, to=PartyFactory(), on=date(2026, 7, 1), version=1, by=secretariat)

    term.refresh_from_db()
    assert (term.ends, process.terms.count(), Event.objects.count()) == ("2026-12-31", 3, 0)


def test_second_of_two_who_hand_over_is_shown_what_differs(secretariat, term):
    hand_over(term=term, to=PartyFactory(), on=date(2026, 7, 1), version=1, by=secretariat)

    with pytest.raises(EditConflict) as caught:
        hand_over(term=term, to=PartyFactory(), on=date(2026, 8, 1), version=1, by=secretariat)

    shown = [(row.name, row.yours, row.theirs) for row in caught.value.differences]
    assert shown == [("ends", "31 July 2026", "30 June 2026")]


@pytest.mark.parametrize(
    ("office", "begins", "is_refused"),
    [
        (Office.PRESIDENCY, "2022", True),
        (Office.PRESIDENCY, "2020", False),  # it may begin after the other has ended
        (Office.CO_CHAIR, "2022", False),
    ],
)
def test_only_terms_that_certainly_overlap_are_refused(
    secretariat, process, term, office, begins, is_refused
):
    term.begins, term.ends = "2020", "2020" if begins == "2020" else "2023"
    term.save()
    facts = TermFacts(begins=begins, ends="2024")

    refused = []
    try:
        add_term(process=process, office=office, party=PartyFactory(), facts=facts, by=secretariat)
    except ValidationError as error:
        refused = error.messages

    sentence = (
        f"Another term covers these days: {term.party.code}, 2020–2023. "
        "Choose days outside that term, or correct it first."
    )
    assert refused == ([sentence] if is_refused else [])


def test_term_is_changed_and_its_end_does_not_come_first(secretariat, term):
    changed = change_term(
        term=term,
        facts=TermFacts(begins="2021", ends="2023", note="By turns"),
        version=1,
        by=secretariat,
    )

    assert (changed.begins, changed.ends, changed.note, changed.version) == (
        "2021",
        "2023",
        "By turns",
        2,
    )
    with pytest.raises(ValidationError) as caught:
        change_term(
            term=term, facts=TermFacts(begins="2021", ends="2020"), version=2, by=secretariat
        )
    assert caught.value.message_dict == {"ends": ["This lies before the beginning."]}


@pytest.mark.parametrize(
    ("office", "elsewhere", "words"),
    [
        (Office.BODY_CHAIR, None, "Choose the body"),
        (Office.BODY_CHAIR, True, "another process"),
        (Office.PRESIDENCY, False, "Choose the body"),
    ],
)
def test_chair_of_a_body_names_a_body_of_the_process(
    secretariat, process, body, office, elsewhere, words
):
    given = {None: None, True: BodyFactory(), False: body}[elsewhere]

    with pytest.raises(ValidationError, match=words):
        add_term(
            process=process,
            office=office,
            party=PartyFactory(),
            body=given,
            facts=TermFacts(begins="2015", ends="2016"),
            by=secretariat,
        )


def test_body_gets_an_address_of_its_own(secretariat, process):
    Body.objects.update(ends="2019")
    made = [
        add_body(process=process, facts=replace(FACTS, ends=str(year)), by=secretariat)
        for year in (2021, 2022, 2023)
    ]

    assert [body.slug for body in made] == [
        "meridian-steering-group",
        "meridian-steering-group-2",
        "meridian-steering-group-3",
    ]


def test_body_is_changed_with_what_it_belongs_to(secretariat, process, body):
    above = BodyFactory(process=process)
    facts = BodyFacts(
        name={"en": "Working group"},
        kind="working group",
        terms_of_reference={"en": "To advise."},
        part_of=above,
    )

    changed = change_body(body=body, facts=facts, version=1, by=secretariat)

    assert (changed.part_of, changed.terms_of_reference) == (above, {"en": "To advise."})
    assert Event.objects.get().after["part_of"] == above.pk


def test_body_is_neither_part_of_itself_nor_of_another_process(secretariat, process, body):
    part = BodyFactory(process=process, part_of=body)
    wanted = {"name": {"en": "A"}, "kind": "group"}

    refused = {}
    for label, above in {"itself": body, "its part": part, "elsewhere": BodyFactory()}.items():
        with pytest.raises(ValidationError) as caught:
            change_body(
                body=body, facts=BodyFacts(**wanted, part_of=above), version=1, by=secretariat
            )
        refused[label] = caught.value.messages

    assert refused == {
        "itself": ["A body cannot be part of itself."],
        "its part": ["A body cannot be part of itself."],
        "elsewhere": ["This body belongs to another process."],
    }


@pytest.mark.parametrize(
    ("begins", "ends", "is_refused"),
    [("2003", "2002", True), ("../2003", "2002", False), ("2003", "2002/..", False)],
)
def test_body_does_not_certainly_end_before_it_begins(
    secretariat, process, begins, ends, is_refused
):
    facts = BodyFacts(name={"en": "A"}, kind="group", begins=begins, ends=ends)

    if is_refused:
        with pytest.raises(ValidationError, match="before the beginning"):
            add_body(process=process, facts=facts, by=secretariat)
    else:
        add_body(process=process, facts=facts, by=secretariat)

    assert Body.objects.filter(name={"en": "A"}).exists() != is_refused


def test_party_sits_in_a_body_once_at_a_time(secretariat, body):
    party = PartyFactory()
    first = add_seat(body=body, party=party, begins="2020", ends="2021-06-30", by=secretariat)
    add_seat(body=body, party=party, begins="2021-07-01", by=secretariat)

    with pytest.raises(ValidationError, match="sits in this body already: "):
        add_seat(body=body, party=party, begins="2021-06-30", by=secretariat)
    with pytest.raises(ValidationError, match="sits in this body already: "):
        change_seat(seat=first, begins="2020", ends="", note="", version=1, by=secretariat)

    assert Seat.objects.filter(party=party).count() == 2


def test_seat_is_changed_and_ended(secretariat, body):
    seat = body.seats.get()

    change_seat(seat=seat, begins="2021", ends="", note="Alternate", version=1, by=secretariat)
    ended = end_seat(seat=seat, last_day=DAY, version=2, by=secretariat)

    assert (ended.begins, ended.ends, ended.note) == ("2021", "2026-06-30", "Alternate")
    with pytest.raises(EditConflict):
        end_seat(seat=seat, last_day=DAY, version=2, by=secretariat)


def test_rotation_is_set_anew(secretariat, process):
    parties = [PartyFactory(code=code) for code in ("QMA", "QMB", "QMC")]
    set_rotation(process=process, parties=parties, version=1, by=secretariat)

    changed = set_rotation(process=process, parties=parties[::-1], version=2, by=secretariat)

    order = list(process.rotation.values_list("order", "party__code"))
    assert (order, changed.version) == ([(1, "QMC"), (2, "QMB"), (3, "QMA")], 3)
    event = Event.objects.first()
    assert (event.before, event.after) == (
        {"order_of_rotation": ["QMA", "QMB", "QMC"]},
        {"order_of_rotation": ["QMC", "QMB", "QMA"]},
    )


def test_rotation_names_a_party_once(secretariat, process):
    party = PartyFactory()

    with pytest.raises(ValidationError, match="twice"):
        set_rotation(process=process, parties=[party, party], version=1, by=secretariat)


def test_hand_over_on_the_first_day_there_is_has_no_day_before(secretariat, term):
    with pytest.raises(ValidationError, match="This lies before the beginning"):
        hand_over(term=term, to=PartyFactory(), on=date.min, version=1, by=secretariat)

    assert not Event.objects.exists()
