"""The overview says what Annex II of the paper says, on any day and in three languages."""

import re
from datetime import date

import pytest
from django.utils.translation import override

from comity.accounts.authority import SYSTEM
from comity.pages.queries.overview import read_overview
from comity.processes.models import Process, Status, Term
from comity.sources.services import change_cited
from tests.factories.approved import ApprovedListFactory, ApprovedNameFactory, FootnoteFactory
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import (
    AreaFactory,
    BodyFactory,
    ParticipationFactory,
    ProcessFactory,
    StageFactory,
    TermFactory,
)
from tests.pages.test_across import COUNTS

LANGUAGES = ["en", "es", "fr"]
# With nothing cited nothing is asked of what was changed.
QUESTIONS = 10


def overview_in(language, on=date(2003, 11, 10), **choice):
    with override(language):
        return read_overview(on, **choice)


def words(cell):
    return ["".join(piece.words for piece in line) for line in cell]


def row_of(overview, slug):
    return next(row for row in overview.rows if row.slug == slug)


def note_behind(overview, cell, beginning):
    """Return the words of the notes behind the line of ``cell`` that begins so."""
    line = next(line for line in cell if line[0].words.startswith(beginning))
    return [overview.notes[piece.note - 1].words for piece in line if piece.note]


@pytest.mark.parametrize("language", LANGUAGES)
def test_participants_are_counted_as_the_paper_counts_them(paper, language):
    overview = overview_in(language)

    assert {row.slug: row.count for row in overview.rows} == COUNTS
    for row in overview.rows:
        names = re.split("\u202f?; ", words(row.participants)[1])
        assert len(names) == COUNTS[row.slug]
        assert "".join(piece.words for piece in row.participants[0]).startswith(str(row.count))


@pytest.mark.parametrize("language", LANGUAGES)
def test_areas_are_all_there_and_in_the_language(paper, language):
    overview = overview_in(language)

    areas = {row.slug: "".join(words(row.areas)) for row in overview.rows}
    assert sum(len(re.split(r"; | \(", text)) for text in areas.values()) == 98
    assert (
        areas["cluster"]
        == {
            "en": "Foster mutual understanding; information campaigns; irregular migration; "
            "return and readmission",
            "es": "Fomento del entendimiento mutuo; campañas de información; migración irregular; "
            "retorno y readmisión",
            "fr": "Promotion de la compréhension mutuelle\u202f; campagnes d’information\u202f; "
            "migration irrégulière\u202f; retour et réadmission",
        }[language]
    )
    foreign = [p for r in overview.rows for line in r.areas for p in line if p.language]
    assert foreign == []


def test_parts_of_an_area_stand_in_brackets(paper):
    overview = overview_in("en")

    assert words(row_of(overview, "5plus5").areas)[0].startswith(
        "Migration and co-development (the role of diaspora); labour migration; "
    )


def test_rows_stand_in_the_order_in_which_the_processes_began(paper):
    overview = overview_in("en")

    order = list(Process.objects.filter(kind="process").order_by("begins_earliest", "order"))
    assert [row.slug for row in overview.rows] == [process.slug for process in order]
    assert [words(row.since)[0] for row in overview.rows][:4] == ["1985", "1991", "1996", "1996"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_are_numbered_in_order_and_each_is_referred_to(paper, language):
    overview = overview_in(language)

    referred = [
        piece.note
        for row in overview.rows
        for cell in (row.process, *row.cells)
        for line in cell
        for piece in line
        if piece.note
    ]
    assert list(dict.fromkeys(referred)) == [note.number for note in overview.notes]
    assert [note.number for note in overview.notes] == list(range(1, len(overview.notes) + 1))
    assert all(note.words for note in overview.notes)


def test_notes_name_document_and_paragraph(paper):
    overview = overview_in("en")
    rcm = row_of(overview, "rcm")

    assert note_behind(overview, rcm.process, "Regional Conference") == [
        "Process; participants; areas of interest: MC/INF/266, Annex II, row 4."
    ]
    assert note_behind(overview, rcm.offices, "Secretariat") == [
        (
            "As RCM Technical Secretariat, formalised at the request of the RCM. "
            "MC/INF/266, ¶6; Annex I, ¶5."
        )
    ]
    assert overview.sources == [
        (
            "MC/INF/266. IOM’s role in enhancing regional dialogues on migration. International "
            "Organization for Migration, Council, 86th session. 10 November 2003. © IOM."
        )
    ]


def test_what_sources_say_differently_is_a_note(paper):
    overview = overview_in("en")
    bali, midwa = row_of(overview, "bali"), row_of(overview, "midwa")

    assert note_behind(overview, bali.participants, "37 participants") == [
        (
            "The sources differ: 37 entries, one of them “France (New Caledonia)” (MC/INF/266, "
            "Annex II, row 12); 38 participating countries (MC/INF/266, Annex I, ¶14)."
        )
    ]
    assert "France (on behalf of New Caledonia)" in words(bali.participants)[1]
    assert note_behind(overview, midwa.since, "2001") == [
        (
            "The sources differ: 2001 (MC/INF/266, Annex II, row 9); follow-up to the Dakar "
            "Declaration of October 2000 (MC/INF/266, Annex I, ¶2)."
        )
    ]
    assert note_behind(overview, midwa.offices, "Joint")[-1].startswith(
        "The sources differ: IOM as the secretariat (MC/INF/266, ¶6); a joint secretariat"
    )


def test_open_set_is_named_and_not_counted(paper):
    overview = overview_in("en")
    cis = row_of(overview, "cis")

    assert words(cis.participants)[-1] == "Open set: neighbouring and other relevant States"
    assert note_behind(overview, cis.participants, "Open set") == [
        "The source does not enumerate them, so they are not counted. MC/INF/266, Annex II, row 3."
    ]
    assert cis.count == 12


def test_who_is_invited_stands_apart_and_is_not_counted(paper):
    midsa = row_of(overview_in("en"), "midsa")

    assert words(midsa.participants)[-1] == "Invited: Madagascar (since 2003)"
    assert midsa.count == 14


def test_offices_without_a_holder_are_said_to_have_none_on_record(paper):
    overview = overview_in("en")

    assert {row.slug: words(row.offices) for row in overview.rows} == {
        "igc": ["Secretariat: holder not recorded"],
        "budapest": ["not recorded"],
        "cis": [
            "Joint secretariat: International Organization for Migration",
            "Lead agency: International Organization for Migration",
        ],
        "rcm": [
            "Rotating chair: holder not recorded",
            "Secretariat: International Organization for Migration (since September 2001)",
        ],
        "manila": ["not recorded"],
        "apc": ["Coordinator and secretariat: holder not recorded"],
        "sacm": ["Secretariat: International Organization for Migration"],
        "midsa": ["Secretariat: International Organization for Migration"],
        "midwa": [
            (
                "Joint secretariat: International Organization for Migration; "
                "Economic Community of West African States"
            )
        ],
        "soderkoping": ["Joint secretariat: International Organization for Migration"],
        "cluster": ["not recorded"],
        "bali": ["not recorded"],
        "5plus5": ["Presidency: holder not recorded"],
    }


def test_parties_bear_the_names_of_the_day(paper):
    then, now = overview_in("fr", date(2003, 3, 1)), overview_in("fr", date(2026, 1, 1))

    assert "Swaziland" in words(row_of(then, "midsa").participants)[1]
    assert "Eswatini" in words(row_of(now, "midsa").participants)[1]
    assert "Jamahiriya arabe libyenne" in words(row_of(then, "5plus5").participants)[1]


def test_a_day_before_the_source_says_what_is_not_certain(paper):
    before, after = overview_in("en", date(2003, 3, 1)), overview_in("en", date(2004, 3, 1))

    vague = (
        "239 participations are known from sources of a later date: whether they held on "
        "1 March 2003 is not certain."
    )
    late = (
        "The latest source of this document is dated 10 November 2003. What has changed since "
        "is here only where it was entered in the record."
    )
    assert vague in before.remarks
    assert late not in before.remarks
    assert late in after.remarks
    assert "The sources of 239 participations do not say since when they hold." in after.remarks


def test_what_began_later_is_left_out_and_named(paper):
    overview = overview_in("en", date(1999, 6, 1))

    assert [row.slug for row in overview.rows] == [
        "igc", "budapest", "cis", "rcm", "manila", "apc", "sacm"
    ]  # fmt: skip
    assert overview.remarks[-1] == (
        "Not listed, because they began later: MIDSA (2000); MIDWA (2001); Söderköping Process "
        "(2001); Cluster Process (2001); Bali Process (2002); 5+5 Dialogue (2002)."
    )


def test_what_people_changed_says_what_the_source_said(paper):
    term = Term.objects.get(process__slug="rcm", office="secretariat")
    change_cited(term, {"begins": "2002-01"}, action="term.changed", by=SYSTEM)
    overview = overview_in("en")

    (note,) = note_behind(overview, row_of(overview, "rcm").offices, "Secretariat")
    assert note.startswith("As RCM Technical Secretariat, formalised at the request of the RCM. ")
    assert note.endswith("; MC/INF/266, ¶6; Annex I, ¶5 said: From: September 2001.")


def made_up_process():
    process = ProcessFactory(
        slug="delta", is_made_up=True, begins="2001", name={"en": "The delta & <dialogue>"}
    )
    for name, status in (("Arvenia", Status.MEMBER), ("Belmora", Status.OBSERVER)):
        party = PartyFactory(is_made_up=True)
        PartyNameFactory(party=party, name=name)
        ParticipationFactory(process=process, party=party, status=status, begins="2004-05")
    return process


def test_made_up_processes_stand_apart_and_are_said_to_be_made_up(paper):
    process = made_up_process()
    StageFactory(process=process, kind="dormant", begins="2006")
    AreaFactory(process=process, words="Words of its own", language="en", order=1)
    BodyFactory(process=process, kind="presidency", begins="2010")

    overview = overview_in("es", date(2007, 1, 1), made_up=True)

    (row,) = overview.rows
    assert (row.slug, row.count, overview.sources, overview.notes) == ("delta", 1, [], [])
    assert words(row.participants)[1:] != []
    assert [piece.language for piece in row.areas[0]] == ["en"]
    assert len(row.process) == 3
    assert overview_in("en").rows[0].slug == "igc"


def test_a_process_names_and_orders_its_parties_as_it_has_approved(paper):
    process = made_up_process()
    member = process.participations.get(status=Status.MEMBER)
    party = PartyFactory(is_made_up=True)
    PartyNameFactory(party=party, name="Aland")
    ParticipationFactory(process=process, party=party, status=Status.MEMBER, begins="2004-05")
    listed = ApprovedListFactory(process=process, begins="2005-01-01", decision="Third meeting")
    note = FootnoteFactory(listed_in=listed, mark="*", text={"en": "As agreed in 2004"})
    ApprovedNameFactory(
        listed_in=listed,
        party=member.party,
        name={"en": "Republic of Arvenia"},
        positions={"en": 1},
        footnote=note,
    )

    before = overview_in("en", date(2004, 12, 1), made_up=True)
    after = overview_in("en", date(2005, 12, 1), made_up=True)

    names = [words(each.rows[0].participants)[1] for each in (before, after)]
    assert names == [
        "Aland (since May 2004); Arvenia (since May 2004)",
        "Republic of Arvenia (since May 2004); Aland (since May 2004)",
    ]
    assert [note.words for note in (*before.notes, *after.notes)] == ["As agreed in 2004."]


def test_each_office_is_held_by_who_holds_it_that_day(paper):
    process = made_up_process()
    party = PartyFactory(is_made_up=True)
    PartyNameFactory(party=party, name="Castaria")
    TermFactory(process=process, party=party, office="presidency", begins="2005", ends="2006")

    held = [
        words(overview_in("en", day, made_up=True).rows[0].offices)
        for day in (date(2005, 6, 1), date(2008, 1, 1))
    ]
    assert held == [["Presidency: Castaria (since 2005)"], ["not recorded"]]


def test_page_shows_the_overview_in_the_language_of_the_document(paper, client):
    response = client.get("/overview/?on=2003-03-01&language=es")
    text = response.content.decode()

    assert response.context["overview"].language == "es"
    assert '<article class="overview" lang="es"' in text
    assert "Jamahiriya Árabe Libia" in text
    assert [file.url for file in response.context["files"]] == [
        "/overview.docx?on=2003-03-01&language=es",
        "/overview.pdf?on=2003-03-01&language=es",
    ]
    targets = set(re.findall(r'href="#(note-\d+)"', text))
    assert targets == {f"note-{n.number}" for n in response.context["overview"].notes}
    assert all(f'id="{target}"' in text for target in targets)


def test_document_is_in_the_language_of_the_reader_unless_another_is_chosen(paper, client):
    own = client.get("/overview/", headers={"accept-language": "fr"})
    chosen = client.get("/overview/?language=en", headers={"accept-language": "fr"})

    assert own.context["overview"].language == "fr"
    assert chosen.context["overview"].language == "en"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("on=1850-01-01", "The record says nothing of 1850-01-01."),
        ("on=yesterday", "Write a day as 2003-03-01."),
        ("language=tlh", "“tlh” is not one of the list"),
        ("record=%00", "is not one of the list"),
    ],
)
@pytest.mark.parametrize(
    ("address", "status"), [("/overview/", 200), ("/overview.docx", 422), ("/overview.pdf", 422)]
)
def test_what_cannot_be_chosen_is_said_and_gives_no_file(
    paper, client, query, sentence, address, status
):
    response = client.get(f"{address}?{query}")

    assert response.status_code == status
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert sentence in response.content.decode()
    assert len(response.context["overview"].rows) == 13


def test_other_forms_are_not_there(paper, client):
    assert client.get("/overview.odt").status_code == 404


def test_more_processes_cost_no_more_questions(paper, django_assert_num_queries):
    made_up_process()
    overview_in("en", made_up=True)
    with django_assert_num_queries(QUESTIONS):
        overview_in("en", made_up=True)
    for number in range(4):
        process = ProcessFactory(slug=f"more-{number}", is_made_up=True)
        ParticipationFactory(process=process, party=PartyFactory(is_made_up=True))

    with django_assert_num_queries(QUESTIONS):
        overview_in("en", made_up=True)
