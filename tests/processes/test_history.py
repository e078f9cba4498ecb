"""The history of a process names what was changed, in the reader's language and words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from comity.accounts.authority import SYSTEM
from comity.audit.queries import read_history
from comity.audit.services import black_out
from comity.processes.models import Office, Status
from comity.processes.queries import record_events
from comity.processes.services import (
    AliasFacts,
    AreaFacts,
    BodyFacts,
    ParticipationFacts,
    TermFacts,
    VisitFacts,
    add_alias,
    add_area,
    add_body,
    add_open_set,
    add_participation,
    add_seat,
    add_term,
    add_visit,
    ask_secretariat,
    change_alias,
    change_area,
    change_participation,
    change_seat,
    change_term,
    remove_alias,
    remove_area,
    set_rotation,
)
from comity.processes.views.history import PAGE_SIZE, SUBJECTS
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import (
    AliasFactory,
    MeetingFactory,
    ProcessFactory,
    TermFactory,
    ThemeFactory,
)


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def address(process):
    return reverse("processes:history", args=[process.slug])


@pytest.fixture
def editor(client, secretariat):
    client.force_login(secretariat)
    return client


@pytest.fixture
def belmora(db):
    party = PartyFactory(code="QMB")
    PartyNameFactory(party=party, name="Belmora")
    PartyNameFactory(party=party, name="Belmore", language="fr")
    return party


def read(process):
    """Return what the history says: of which row, and each field before and after."""
    return [
        (entry.subject, [(field.label, field.before, field.after) for field in entry.fields])
        for entry in read_history(record_events(process))
    ]


def test_history_names_the_participation_and_says_statuses_and_dates_in_words(
    process, secretariat, belmora
):
    meeting = MeetingFactory(process=process, title={"en": "Fourth meeting"})
    first = ParticipationFacts(status=Status.OBSERVER, begins="2024-02")
    row = add_participation(process=process, party=belmora, facts=first, by=secretariat)
    facts = ParticipationFacts(status=Status.MEMBER, begins="2024-02-03", since_meeting=meeting)
    change_participation(participation=row, facts=facts, version=1, by=secretariat)

    assert read(process) == [
        (
            "Participation of Belmora",
            [
                ("From", "February 2024", "3 February 2024"),
                ("Status", "observer", "member"),
                ("Began at", "", "Fourth meeting"),
            ],
        ),
        ("Participation of Belmora", [("From", "", "February 2024"), ("Status", "", "observer")]),
    ]


def test_history_is_in_the_language_of_its_reader(process, secretariat, belmora):
    facts = ParticipationFacts(status=Status.OBSERVER, begins="2024-02")
    add_participation(process=process, party=belmora, facts=facts, by=secretariat)

    with translation.override("fr"):
        ((subject, fields),) = read(process)

    assert "Belmore" in subject
    assert (fields[0][2], fields[1][2]) == ("février 2024", "observateur")


def test_history_names_bodies_seats_terms_names_areas_and_the_rotation(
    process, secretariat, belmora
):
    by = secretariat
    body = add_body(process=process, facts=BodyFacts(name={"en": "Group"}, kind="group"), by=by)
    seat = add_seat(body=body, party=belmora, begins="2020", by=by)
    change_seat(seat=seat, begins="2020", ends="2021", note="", version=1, by=by)
    facts = TermFacts(begins="2020")
    add_term(
        process=process, office=Office.BODY_CHAIR, party=belmora, body=body, facts=facts, by=by
    )
    term = add_term(process=process, office=Office.CO_CHAIR, party=belmora, facts=facts, by=by)
    change_term(term=term, facts=TermFacts(begins="2019"), version=1, by=by)
    add_alias(process=process, facts=AliasFacts(name="Diálogo", language="es"), by=by)
    theme = ThemeFactory(name={"en": "Return"})
    area = add_area(process=process, facts=AreaFacts(order=1, words="Returns"), by=by)
    area_facts = AreaFacts(order=1, words="Returns", themes=[theme])
    change_area(area=area, facts=area_facts, version=1, by=by)
    add_open_set(process=process, words="other relevant States", by=by)
    set_rotation(process=process, parties=[belmora], version=1, by=by)

    assert read(process) == [
        ("", [("Order of rotation", "", "Belmora")]),
        ("Participants not enumerated: “other relevant States”", []),
        ("Area of interest: “Returns”", [("Themes", "", "Return")]),
        ("Area of interest: “Returns”", [("Number", "", "1"), ("Language", "", "English")]),
        ("Other name: “Diálogo”", [("Language", "", "Español")]),
        ("Co-chair of Belmora", [("From", "2020", "2019")]),
        ("Co-chair of Belmora", [("From", "", "2020")]),
        ("Chair of a body of Belmora, Group", [("From", "", "2020")]),
        ("Seat of Belmora in Group", [("Until", "", "2021")]),
        ("Seat of Belmora in Group", [("From", "", "2020")]),
        ("Body: Group", [("Kind", "", "group")]),
    ]


def test_rows_that_are_gone_are_named_from_the_log(process, secretariat):
    whole = add_area(process=process, facts=AreaFacts(order=1, words="Returns"), by=secretariat)
    facts = AreaFacts(order=1, words="Reintegration", part_of=whole)
    part = add_area(process=process, facts=facts, by=secretariat)
    remove_area(area=part, version=1, by=secretariat)
    remove_area(area=whole, version=1, by=secretariat)
    loaded = AliasFactory(process=process, name="MD")  # the log does not know it
    change_alias(alias=loaded, facts=AliasFacts(name="DM"), version=1, by=secretariat)
    remove_alias(alias=loaded, version=2, by=secretariat)

    told = read(process)

    assert [subject for subject, _fields in told] == [
        "Other name: “DM”",
        "Other name: “DM”",
        "Area of interest: “Returns”",
        "Area of interest: “Reintegration”",
        "Area of interest: “Reintegration”",
        "Area of interest: “Returns”",
    ]
    assert told[1][1] == [("Name", "MD", "DM")]
    assert ("Part of", "Area of interest: “Returns”", "") in told[3][1]


def test_what_was_taken_out_of_the_log_is_said(process, secretariat, editor, address):
    alias = add_alias(process=process, facts=AliasFacts(name="MD"), by=secretariat)
    black_out(target=alias, fields=["name"], reason="Retention", by=SYSTEM)

    html = editor.get(address).content.decode()

    assert "Taken out of the log" in html


def test_page_says_who_when_what_and_in_which_row(process, secretariat, editor, address, belmora):
    facts = ParticipationFacts(status=Status.OBSERVER, begins="2024-02")
    row = add_participation(process=process, party=belmora, facts=facts, by=secretariat)
    facts = ParticipationFacts(status=Status.MEMBER, begins="2024-02")
    change_participation(participation=row, facts=facts, version=1, by=secretariat)

    html = " ".join(editor.get(address).content.decode().split())

    assert "<h2>Participation of Belmora</h2>" in html
    assert f"</time> · {secretariat.person.name}: changed a participant</p>" in html
    assert "<dt>Status</dt> <dd>from <del>observer</del> to <ins>member</ins></dd>" in html


def test_history_is_read_by_subject(process, secretariat, editor, address, belmora):
    facts = ParticipationFacts(status=Status.OBSERVER, begins="2024")
    add_participation(process=process, party=belmora, facts=facts, by=secretariat)
    add_alias(process=process, facts=AliasFacts(name="MD"), by=secretariat)
    set_rotation(process=process, parties=[belmora], version=1, by=secretariat)

    found = {
        about: [entry.what for entry in editor.get(address, {"about": about}).context["entries"]]
        for about in ("", "rubbish", *SUBJECTS)
    }

    everything = [
        "set the order of rotation",
        "added another name",
        "added a participant",
    ]
    assert found == {
        "": everything,
        "rubbish": everything,
        "participants": ["added a participant"],
        "bodies": [],
        "terms": [],
        "names": ["added another name"],
        "areas": [],
        "meetings": [],
        "partners": [],
        "process": ["set the order of rotation"],
    }


def test_long_history_is_paged_and_keeps_the_subject(process, secretariat, editor, address):
    for number in range(PAGE_SIZE + 1):
        add_alias(process=process, facts=AliasFacts(name=f"Name {number}"), by=secretariat)

    first = editor.get(address, {"about": "names"})
    second = editor.get(address, {"about": "names", "page": 2})

    assert [len(each.context["entries"]) for each in (first, second)] == [PAGE_SIZE, 1]
    assert 'href="?about=names&amp;page=2"' in first.content.decode()


def test_history_asks_the_same_queries_for_any_length(
    process, secretariat, editor, address, django_assert_num_queries
):
    def change(number):
        facts = ParticipationFacts(
            status=Status.MEMBER,
            begins=f"20{10 + number}",
            since_meeting=MeetingFactory(process=process),
        )
        add_participation(process=process, party=PartyFactory(), facts=facts, by=secretariat)
        term = TermFactory(process=process, office=Office.CO_CHAIR)
        change_term(term=term, facts=TermFacts(begins="2011"), version=1, by=secretariat)
        alias = add_alias(process=process, facts=AliasFacts(name=f"M{number}"), by=secretariat)
        remove_alias(alias=alias, version=1, by=secretariat)

    change(0)
    editor.get(address)  # content types are kept once read
    with CaptureQueriesContext(connection) as short:
        editor.get(address)
    for number in range(1, 6):
        change(number)

    with django_assert_num_queries(len(short)):
        response = editor.get(address)

    assert len(response.context["entries"]) == 24
    # Session, person, their name, process, right; count and events; two for people; rows of
    # four kinds, what is gone, parties, meetings, process.
    assert len(short) <= 16


def test_history_says_nothing_of_requests_to_who_only_keeps_the_record(client, people, process):
    party = people["observer"].person.affiliations.get().party
    TermFactory(process=process, party=party, office=Office.KEEPER)
    ask_secretariat(
        process=process,
        party=people["focal_point"].person.affiliations.get().party,
        words="A loan of interpreters, in confidence",
        by=people["focal_point"],
    )
    add_visit(
        process=process,
        visited=ProcessFactory(),
        facts=VisitFacts(days="2026-05-01", represented_by="Nobody else knows"),
        by=people["secretariat"],
    )
    client.force_login(people["observer"])

    page = client.get(reverse("processes:history", args=[process.slug]))

    assert (page.status_code, page.context["entries"]) == (200, [])
    assert not record_events(process).exists()
