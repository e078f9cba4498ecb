import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from comity.parties.models import Party
from comity.processes.models import Area, Body, Office, Participation, Seat, Status, Term
from comity.processes.services import TermFacts, change_term
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import (
    AliasFactory,
    AreaFactory,
    BodyFactory,
    MeetingFactory,
    ParticipationFactory,
    SeatFactory,
    TermFactory,
    ThemeFactory,
)

NO_DATE = "“%s” is no date: write 2003, 2003-05, 2003-05-28, 2000/2001, 2003/.. or ../2003."


@pytest.fixture
def page(process):
    """Return a function that gives the address of a page of the process."""
    return lambda name, *args: reverse(f"processes:{name}", args=[process.slug, *args])


@pytest.fixture
def editor(client, people):
    client.force_login(people["secretariat"])
    return client


@pytest.fixture
def arvenia(db):
    party = PartyFactory(code="QMA", region="africa")
    PartyNameFactory(party=party, name="Arvenia")
    return party


def sent(response):
    """Return where an answer leads and what it says."""
    words = [str(message) for message in get_messages(response.wsgi_request)]
    return response.status_code, response.get("Location"), words


def test_participant_is_added_by_code(editor, page, process, arvenia):
    meeting = MeetingFactory(process=process)
    typed = {
        "party": "qma",
        "status": "invited",
        "begins": "2003-05",
        "since_meeting": meeting.pk,
        "is_transit": "on",
        "order": 3,
    }

    response = editor.post(page("participant_add"), typed)

    assert sent(response) == (302, page("participants"), ["This is saved."])
    made = process.participations.get(party=arvenia)
    assert (made.status, made.begins, made.since_meeting, made.is_transit, made.order) == (
        Status.INVITED,
        "2003-05",
        meeting,
        True,
        3,
    )


def test_refusals_are_sentences_at_their_fields(editor, page, process):
    typed = {"party": "ZZZ", "status": "guest", "begins": "2003-02-30", "order": 0}

    response = editor.post(page("participant_add"), typed)

    errors = response.context["form"].errors
    assert (response.status_code, dict(errors)) == (
        422,
        {
            "party": ["There is no party called “ZZZ”, nor one with that code."],
            "status": ["Select a valid choice. guest is not one of the available choices."],
            "begins": [
                NO_DATE % "2003-02-30",
            ],
        },
    )


def test_second_participation_is_refused_above_the_form(editor, page, process, affiliations):
    party = affiliations["chair"].party
    typed = {"party": party.code, "status": "member", "begins": "2022", "order": 0}

    response = editor.post(page("participant_add"), typed)

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "This party takes part at that time already. End that participation first."
    ]
    assert process.participations.filter(party=party).count() == 1


def test_form_offers_participants_first_then_the_region_and_nobody_invented(
    editor, page, process, affiliations, arvenia
):
    PartyNameFactory(party=PartyFactory(code="QZX", is_made_up=True), name="Nowhere")
    PartyNameFactory(party=PartyFactory(code="ALB", region="europe"), name="Albania")
    process.region = "africa"
    process.save()
    row = ParticipationFactory(process=process, for_territory=arvenia)

    html = editor.get(page("participant", row.pk)).content.decode()

    offered = re.findall(r'<option value="[^"]+\(([^"]+)\)">', html)
    taking_part = {row.party.code, *process.participations.values_list("party__code", flat=True)}
    others = Party.objects.exclude(code__in=[*taking_part, "QMA", "ALB", "QZX"])
    assert 'value="Arvenia (QMA)" autocomplete' in html
    expected = [*sorted(taking_part), "QMA", "ALB", *sorted(other.code for other in others)]
    assert offered == expected


def test_participation_is_ended_on_its_page(editor, page, process):
    row = ParticipationFactory(process=process, note="As host")
    typed = {"version": 1, "status": "member", "begins": "2020", "ends": "2019", "order": 0}

    refused = editor.post(page("participant", row.pk), typed)
    saved = editor.post(page("participant", row.pk), typed | {"ends": "2025"})

    assert (refused.status_code, dict(refused.context["form"].errors)) == (
        422,
        {"ends": ["This lies before the beginning."]},
    )
    assert sent(saved)[:2] == (302, page("participants"))
    row.refresh_from_db()
    assert (row.ends, row.note, row.version) == ("2025", "", 2)


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


def test_body_is_added_changed_and_given_a_seat(editor, page, process, arvenia):
    typed = {"name_en": "Working group", "kind": "working group", "begins": "2003"}
    editor.post(page("body_add"), typed)
    made = Body.objects.get(name={"en": "Working group"})
    change = typed | {
        "version": 1,
        "name_es": "Grupo de trabajo",
        "terms_of_reference_en": "Advise.",
    }

    changed = editor.post(page("body", made.pk), change)
    seated = editor.post(page("seat_add", made.pk), {"party": "QMA", "begins": "2003"})
    shown = editor.get(page("body", made.pk))

    assert sent(changed)[:2] == (302, page("bodies"))
    assert sent(seated)[:2] == (302, page("body", made.pk))
    assert [seat.party_name for seat in shown.context["seats"]] == ["Arvenia"]
    made.refresh_from_db()
    assert made.name == {"en": "Working group", "es": "Grupo de trabajo"}
    assert (made.terms_of_reference, made.slug) == ({"en": "Advise."}, "meridian-working-group")


def test_body_without_a_name_is_refused(editor, page):
    response = editor.post(page("body_add"), {"kind": "group"})

    assert dict(response.context["form"].errors) == {
        "name": ["Give the text in at least one language."]
    }


def test_seat_is_ended(editor, page, body):
    seat = body.seats.get()

    typed = {"version": 1, "begins": "2020", "ends": "2025", "note": ""}
    response = editor.post(page("seat", body.pk, seat.pk), typed)

    assert sent(response)[:2] == (302, page("body", body.pk))
    assert Seat.objects.get().ends == "2025"


def test_rows_of_another_process_are_not_found(editor, page, people, process):
    rows = {
        "participant": [ParticipationFactory().pk],
        "body": [BodyFactory().pk],
        "seat_add": [BodyFactory().pk],
        "seat": [process.bodies.get().pk, SeatFactory().pk],
        "term": [TermFactory().pk],
        "alias": [AliasFactory().pk],
        "area": [AreaFactory().pk],
    }

    found = {name: editor.get(page(name, *args)).status_code for name, args in rows.items()}
    removed = [
        editor.post(page(f"{name}_remove", *rows[name])).status_code for name in ("alias", "area")
    ]

    assert found == dict.fromkeys(rows, 404)
    assert removed == [404, 404]


def test_term_is_added(editor, page, process, body, arvenia):
    typed = {"office": "body-chair", "body": body.pk, "party": "QMA", "begins": "2003"}

    response = editor.post(page("term_add"), typed)

    assert sent(response)[:2] == (302, page("terms"))
    assert process.terms.get(office=Office.BODY_CHAIR).body == body


def test_office_is_handed_over_from_the_term_that_is_shown(editor, page, process, body, arvenia):
    TermFactory(process=process, office=Office.BODY_CHAIR, body=body)
    present = process.terms.get(office=Office.PRESIDENCY)

    form = editor.get(page("hand_over")).context["form"]
    typed = {"held": f"{present.pk}-1", "party": "QMA", "on": "2026-07-01"}
    response = editor.post(page("hand_over"), typed)

    offered = [label for _value, label in form.fields["held"].choices]
    assert offered == [
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
            {"on": ["The present term does not begin before this day."]},
        ),
    ],
)
def test_hand_over_is_refused_with_a_sentence(editor, page, process, arvenia, held, on, errors):
    if held == "present":
        held = f"{process.terms.get(office=Office.PRESIDENCY).pk}-1"

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
    assert editor.post(page("hand_over"), again).status_code == 302


def test_names_are_changed_language_by_language(editor, page, process):
    typed = {
        "version": 1,
        "name_en": "Meridian Dialogue",
        "name_zh": "子午线对话",
        "short_name_en": "M",
    }

    response = editor.post(page("names"), typed)

    assert sent(response)[:2] == (302, page("names"))
    process.refresh_from_db()
    assert (process.name, process.short_name) == (
        {"en": "Meridian Dialogue", "zh": "子午线对话"},
        {"en": "M"},
    )


def test_alias_is_added_changed_and_removed(editor, page, process):
    editor.post(page("alias_add"), {"name": "MD", "language": "en"})
    alias = process.aliases.get()
    editor.post(page("alias", alias.pk), {"version": 1, "name": "DM", "language": "es"})

    stale = editor.post(page("alias_remove", alias.pk), {"version": 1})
    names = list(process.aliases.values_list("name", "language"))
    removed = editor.post(page("alias_remove", alias.pk), {"version": 2})

    assert (stale.status_code, names) == (422, [("DM", "es")])
    assert stale.context["problems"][0].startswith(
        f"{process.terms.last().party.affiliations.get().person.name}"
    )
    assert sent(removed) == (302, page("names"), ["“DM” is removed."])
    assert not process.aliases.exists()


def test_area_keeps_its_themes(editor, page, process):
    themes = [ThemeFactory(), ThemeFactory()]
    typed = {"words": "Return", "language": "en", "order": 1}
    editor.post(page("area_add"), typed | {"themes": [theme.pk for theme in themes]})
    area = Area.objects.get()

    shown = editor.get(page("area", area.pk))
    change = typed | {"version": 1, "themes": [themes[0].pk], "order": 2}
    changed = editor.post(page("area", area.pk), change)

    assert shown.content.decode().count(" checked") == 2
    assert sent(changed)[:2] == (302, page("areas"))
    area.refresh_from_db()
    assert (area.order, list(area.themes.all())) == (2, themes[:1])


def test_area_with_parts_is_not_removed(editor, page, process):
    area = AreaFactory(process=process)
    part = AreaFactory(process=process, part_of=area)

    refused = editor.post(page("area_remove", area.pk), {"version": 1})
    removed = editor.post(page("area_remove", part.pk), {"version": 1})

    assert (refused.status_code, refused.context["problems"]) == (
        422,
        ["This area has parts. Remove them first."],
    )
    assert sent(removed)[0] == 302
    assert list(Area.objects.all()) == [area]


def test_removal_without_a_version_removes_nothing(editor, page, process):
    area = AreaFactory(process=process)

    response = editor.post(page("area_remove", area.pk))

    assert (response.status_code, Area.objects.count()) == (422, 1)


def fill(process, count):
    """Give the process ``count`` rows of each kind that the lists show."""
    for number in range(count):
        body = BodyFactory(process=process, part_of=BodyFactory(process=process))
        ParticipationFactory(
            process=process, for_territory=PartyFactory(), since_meeting=MeetingFactory()
        )
        SeatFactory(body=process.bodies.first())
        TermFactory(process=process, office=Office.BODY_CHAIR, body=body)
        AliasFactory(process=process)
        area = AreaFactory(process=process, part_of=AreaFactory(process=process))
        area.themes.set([ThemeFactory(), ThemeFactory()])
        assert number < count


QUERIES = {
    "participants": 6,
    "bodies": 6,
    "terms": 6,
    "names": 6,
    "areas": 7,
}


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("name", QUERIES)
def test_list_asks_the_same_queries_for_any_length(
    editor, page, process, django_assert_num_queries, name, count
):
    fill(process, count)

    with django_assert_num_queries(
        QUERIES[name]
    ):  # session, person, their name, process, right, rows
        response = editor.get(page(name))

    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 5])
def test_body_asks_the_same_queries_for_any_number_of_seats(
    editor, page, process, body, django_assert_num_queries, count
):
    for _ in range(count):
        SeatFactory(body=body)

    with django_assert_num_queries(8):  # as above, and body, others, seats
        response = editor.get(page("body", body.pk))

    assert len(response.context["seats"]) == count + 1


def test_lists_of_an_empty_process_say_so(editor, page, process):
    Participation.objects.all().delete()
    Seat.objects.all().delete()
    Body.objects.all().delete()

    found = {
        name: editor.get(page(name)).content.decode()
        for name in ("participants", "bodies", "names", "areas", "history")
    }

    words = {
        "participants": "Nobody takes part yet.",
        "bodies": "No body is known.",
        "names": "No other name is known.",
        "areas": "No area of interest is known.",
        "history": "Nobody has changed anything yet.",
    }
    assert {name: words[name] in html for name, html in found.items()} == dict.fromkeys(words, True)
