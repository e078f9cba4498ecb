"""Two who edit at once: on every form the second is told, in names, and loses no word."""

import pytest
from django.urls import reverse
from django.utils import translation

from comity.processes.models import Office, Status
from comity.processes.services import (
    AliasFacts,
    AreaFacts,
    BodyFacts,
    ParticipationFacts,
    TermFacts,
    change_alias,
    change_area,
    change_body,
    change_names,
    change_open_set,
    change_participation,
    change_seat,
    change_term,
    remove_alias,
)
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import (
    AliasFactory,
    AreaFactory,
    BodyFactory,
    MeetingFactory,
    OpenSetFactory,
    ParticipationFactory,
    TermFactory,
    ThemeFactory,
)


@pytest.fixture
def first(people):
    return people["secretariat"]


@pytest.fixture
def second(client, first):
    client.force_login(first)
    return client


@pytest.fixture
def belmora(db):
    party = PartyFactory(code="QMB", kind="territory")
    PartyNameFactory(party=party, name="Belmora")
    PartyNameFactory(party=party, name="Belmore", language="fr")
    return party


def participation_case(process, by, belmora):
    row = ParticipationFactory(process=process)
    meeting = MeetingFactory(process=process, title={"en": "Fourth meeting"})
    facts = ParticipationFacts(
        status=Status.OBSERVER, begins="2024-05", for_territory=belmora, since_meeting=meeting
    )
    change_participation(participation=row, facts=facts, version=1, by=by)
    typed = {
        "status": "partner",
        "begins": "2021",
        "order": "7",
        "note": "Mine",
        "grounds": "Letter",
    }
    return (
        row,
        "participant",
        [row.pk],
        typed,
        [
            ("Status", "partner", "observer"),
            ("From", "2021", "May 2024"),
            ("Order in the list", "7", "0"),
            ("On behalf of", "", "Belmora"),
            ("Began at", "", "Fourth meeting"),
            ("Note", "Mine", ""),
        ],
    )


def open_set_case(process, by, belmora):
    row = OpenSetFactory(process=process, words="others", note="")
    change_open_set(open_set=row, words="other States", note="¶5", version=1, by=by)
    typed = {"words": "Mine", "note": "", "grounds": "Letter"}
    return (
        row,
        "open_set",
        [row.pk],
        typed,
        [("Words", "Mine", "other States"), ("Note", "", "¶5")],
    )


def body_case(process, by, belmora):
    above = BodyFactory(process=process, name={"en": "Plenary"})
    row = BodyFactory(process=process, slug="group")
    facts = BodyFacts(name={"en": "Steering group", "es": "Grupo"}, kind="group", part_of=above)
    change_body(body=row, facts=facts, version=1, by=by)
    typed = {"name_en": "Steering group", "kind": "committee", "begins": "2003-05", "grounds": "¶5"}
    return (
        row,
        "body",
        [row.pk],
        typed,
        [
            ("Name", "English: Steering group", "English: Steering group · Español: Grupo"),
            ("Kind", "committee", "group"),
            ("Since", "May 2003", ""),
            ("Part of", "", "Plenary"),
        ],
    )


def seat_case(process, by, belmora):
    row = process.bodies.get().seats.get()
    change_seat(seat=row, begins="2020", ends="2024-05", note="Theirs", version=1, by=by)
    typed = {"begins": "2021-01-31", "ends": "", "note": "Mine", "grounds": "Minutes"}
    return (
        row,
        "seat",
        [row.body_id, row.pk],
        typed,
        [
            ("From", "31 January 2021", "2020"),
            ("Until", "", "May 2024"),
            ("Note", "Mine", "Theirs"),
        ],
    )


def term_case(process, by, belmora):
    row = TermFactory(process=process, office=Office.COORDINATOR)
    facts = TermFacts(begins="2019", note="By rotation")
    change_term(term=row, facts=facts, version=1, by=by)
    typed = {"begins": "../2018", "ends": "", "note": "Mine", "grounds": "Minutes"}
    return (
        row,
        "term",
        [row.pk],
        typed,
        [
            ("From", "2018 or earlier", "2019"),
            ("Note", "Mine", "By rotation"),
        ],
    )


def alias_case(process, by, belmora):
    row = AliasFactory(process=process, name="MD")
    facts = AliasFacts(name="DM", language="es")
    change_alias(alias=row, facts=facts, version=1, by=by)
    typed = {"name": "Mine", "language": "fr", "kind": "acronym", "grounds": "Web site"}
    return (
        row,
        "alias",
        [row.pk],
        typed,
        [
            ("Name", "Mine", "DM"),
            ("Language", "Français", "Español"),
            ("Kind of name", "acronym", ""),
        ],
    )


def area_case(process, by, belmora):
    themes = [ThemeFactory(slug=slug, name={"en": slug}) for slug in ("return", "asylum")]
    whole = AreaFactory(process=process, words="Everything")
    row = AreaFactory(process=process, order=50, words="Returns")
    facts = AreaFacts(order=51, words="Returns", part_of=whole, themes=themes)
    change_area(area=row, facts=facts, version=1, by=by)
    typed = {
        "words": "Mine",
        "language": "en",
        "order": "52",
        "themes": [str(themes[1].pk)],
        "grounds": "Plan",
    }
    return (
        row,
        "area",
        [row.pk],
        typed,
        [
            ("Number", "52", "51"),
            ("Words of the process", "Mine", "Returns"),
            ("Part of", "", "Everything"),
            ("Themes", "asylum", "return, asylum"),
        ],
    )


def names_case(process, by, belmora):
    change_names(process=process, name={"en": "Theirs"}, short_name={"en": "T"}, version=1, by=by)
    typed = {"name_en": "Mine", "short_name_en": "T", "grounds": "Charter"}
    return process, "names", [], typed, [("Name", "English: Mine", "English: Theirs")]


CASES = (
    participation_case,
    open_set_case,
    body_case,
    seat_case,
    term_case,
    alias_case,
    area_case,
    names_case,
)


def told(response):
    return [(row.label, row.yours, row.theirs) for row in response.context["conflict"].differences]


@pytest.mark.parametrize("case", CASES)
def test_second_editor_is_shown_the_difference_and_loses_nothing(
    second, first, process, belmora, case
):
    row, name, args, typed, differences = case(process, first, belmora)
    address = reverse(f"processes:{name}", args=[process.slug, *args])

    response = second.post(address, typed | {"version": row.version})

    assert response.status_code == 422
    assert told(response) == differences
    assert [each.who for each in response.context["conflict"].differences if each.theirs]
    form = response.context["form"]
    assert {key: form.data.getlist(key) for key in typed} == {
        key: value if isinstance(value, list) else [value] for key, value in typed.items()
    }
    stands = type(row).objects.get(pk=row.pk)
    assert stands.version == row.version + 1

    again = second.post(address, typed | {"version": form["version"].value()})

    assert again.status_code == 302
    assert type(row).objects.get(pk=row.pk).version == row.version + 2


def test_second_editor_reads_it_in_their_language(second, first, process, belmora):
    row, name, args, typed, _differences = participation_case(process, first, belmora)
    address = reverse(f"processes:{name}", args=[process.slug, *args])

    with translation.override("fr"):
        second.cookies["django_language"] = "fr"
        response = second.post(address, typed | {"version": row.version})

    assert [theirs for _label, _yours, theirs in told(response)] == [
        "observateur",
        "mai 2024",
        "0",
        "Belmore",
        "Fourth meeting",
        "",
    ]


def test_second_who_hands_over_keeps_what_they_chose(second, first, process, belmora):
    term = process.terms.get(office=Office.PRESIDENCY)
    facts = TermFacts(begins="2020", ends="2026-12-31")
    change_term(term=term, facts=facts, version=1, by=first)
    typed = {
        "held": f"{term.pk}-1",
        "party": "QMB",
        "on": "2026-07-01",
        "grounds": "Minutes ¶4",
        "confirmed": "yes",
    }

    response = second.post(reverse("processes:hand_over", args=[process.slug]), typed)

    assert response.status_code == 422
    assert told(response) == [("Until", "30 June 2026", "31 December 2026")]
    data = response.context["form"].data
    assert {name: data[name] for name in ("party", "on", "grounds")} == {
        name: typed[name] for name in ("party", "on", "grounds")
    }
    assert data["held"] == f"{term.pk}-2"


def test_second_who_removes_is_told(second, first, process):
    row = AliasFactory(process=process, name="MD")
    change_alias(alias=row, facts=AliasFacts(name="DM"), version=1, by=first)

    response = second.post(
        reverse("processes:alias_remove", args=[process.slug, row.pk]), {"version": 1}
    )

    (sentence,) = response.context["problems"]
    assert response.status_code == 422
    assert sentence.startswith(f"{first.person.name} changed this on ")
    row.refresh_from_db()
    remove_alias(alias=row, version=2, by=first)
