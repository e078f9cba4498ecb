"""A source does not say what somebody has changed since, and what is removed stays removed."""

import pytest
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.audit.queries import read_history
from comity.core.dates import day_in_words
from comity.processes.models import Alias, Participation, Status
from comity.processes.queries import record_events
from comity.processes.services import (
    AliasFacts,
    AreaFacts,
    ParticipationFacts,
    change_alias,
    change_area,
    change_participation,
    end_participation,
    hand_over,
    remove_alias,
)
from comity.sources.marks import Marks
from comity.sources.models import Citation, Original
from comity.sources.originals import changes_of
from comity.sources.queries import key_of
from comity.sources.services import Resting, cite_all
from tests.factories.parties import PartyFactory
from tests.factories.processes import (
    AliasFactory,
    AreaFactory,
    ParticipationFactory,
    TermFactory,
    ThemeFactory,
)
from tests.factories.sources import SourceFactory

BARE = (
    '<cite class="source"><a href="/sources/paper/?place=annex-ii-row-7#annex-ii-row-7">'
    "Annex II row 7</a></cite>"
)


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def source(db):
    return SourceFactory(slug="paper")


@pytest.fixture
def participation(process, source):
    row = ParticipationFactory(process=process, status=Status.OBSERVER, begins="2003")
    return cited(row, source)


def cited(row, source, field=""):
    cite_all([Resting(row, "Annex II row 7", field=field)], source, by=SYSTEM)
    return row


def today():
    return day_in_words(timezone.localdate())


def marks_of(*rows):
    return Marks([(type(row), [row.pk]) for row in rows])


def mark(row):
    return str(marks_of(row).of(type(row), row.pk))


PLACE = BARE.removeprefix('<cite class="source">').removesuffix("</cite>")


def member(**details):
    return ParticipationFacts(**{"status": Status.MEMBER, "begins": "2003"} | details)


def test_row_that_nobody_changed_wears_the_bare_mark(participation):
    assert mark(participation) == BARE


def test_changed_row_says_what_its_source_said_and_on_what_grounds(secretariat, participation):
    change_participation(
        participation=participation,
        facts=member(note="By <note> verbale"),
        version=1,
        by=secretariat,
        grounds="Note 14 & letter",
    )

    assert mark(participation) == (
        f'<span class="remark">changed here on {today()} (Note 14 &amp; letter); '
        f"{PLACE} said: Status: observer; Note: nothing</span>"
    )
    assert Event.objects.get().reason == "Note 14 & letter"


def test_second_change_keeps_what_the_source_said_at_first(secretariat, participation):
    change_participation(participation=participation, facts=member(), version=1, by=secretariat)
    partner = member(status=Status.PARTNER)
    change_participation(participation=participation, facts=partner, version=2, by=secretariat)

    (change,) = changes_of([key_of(participation)]).values()

    assert (change.said, change.grounds) == ({"status": "Status: observer"}, "")


def test_row_that_says_again_what_its_source_said_wears_the_bare_mark(secretariat, participation):
    observer = member(status=Status.OBSERVER)
    for version, facts in enumerate([member(), observer], start=1):
        change_participation(
            participation=participation, facts=facts, version=version, by=secretariat
        )

    assert mark(participation) == BARE


def test_saving_without_a_change_leaves_the_bare_mark(secretariat, participation):
    facts = member(status=Status.OBSERVER)
    change_participation(participation=participation, facts=facts, version=1, by=secretariat)

    assert (mark(participation), Original.objects.count()) == (BARE, 0)


def test_citation_of_one_field_outlives_changes_of_others(secretariat, process, source):
    row = ParticipationFactory(process=process, status=Status.OBSERVER, begins="2003")
    cited(row, source, field="begins")
    change_participation(participation=row, facts=member(), version=1, by=secretariat)

    assert mark(row) == BARE


def test_end_and_hand_over_are_changes_too(secretariat, participation, process, source):
    term = cited(TermFactory(process=process, office="coordinator", begins="2003"), source)
    day = timezone.localdate()
    end_participation(participation=participation, last_day=day, version=1, by=secretariat)
    hand_over(term=term, to=PartyFactory(), on=day, version=1, by=secretariat, grounds="Minutes ¶3")

    changes = changes_of([key_of(participation), key_of(term)])

    assert [(each.grounds, each.said) for each in changes.values()] == [
        ("", {"ends": "Until: nothing"}),
        ("Minutes ¶3", {"ends": "Until: nothing"}),
    ]


def test_themes_of_an_area_belong_to_what_the_source_said(secretariat, process, source):
    themes = [ThemeFactory(name={"en": name}) for name in ("Return", "Asylum")]
    area = AreaFactory(process=process, words="Returns", order=1)
    area.themes.set(themes[:1])
    cited(area, source)
    facts = AreaFacts(order=1, words="Returns", themes=themes[1:])
    change_area(area=area, facts=facts, version=1, by=secretariat)

    (change,) = changes_of([key_of(area)]).values()

    assert change.said == {"themes": "Themes: Return"}


def test_row_changed_before_this_was_kept_is_read_from_the_log(secretariat, participation):
    change_participation(participation=participation, facts=member(), version=1, by=secretariat)
    Original.objects.all().delete()
    facts = member(note="Confirmed")
    change_participation(participation=participation, facts=facts, version=2, by=secretariat)

    (change,) = changes_of([key_of(participation)]).values()

    assert list(change.said) == ["status", "note"]


def test_section_shares_the_marks_of_the_rows_that_nobody_changed(
    secretariat, process, source, participation
):
    others = [cited(ParticipationFactory(process=process), source) for _ in range(2)]
    change_participation(participation=participation, facts=member(), version=1, by=secretariat)
    keys = [participation.pk, *(row.pk for row in others)]
    marks = Marks([(Participation, keys)])

    shared = marks.shared(Participation, keys)

    assert shared == BARE
    assert [marks.own(Participation, row.pk, shared) for row in others] == ["", ""]
    assert "changed here on" in marks.own(Participation, participation.pk, shared)


def test_marks_of_changed_rows_ask_the_same_queries_for_any_number(
    secretariat, process, source, django_assert_num_queries
):
    rows = [cited(ParticipationFactory(process=process), source) for _ in range(6)]
    for number in (1, 5):
        for row in rows[:number] if number == 1 else rows[1:]:
            facts = member(for_territory=PartyFactory(), note="Now")
            change_participation(participation=row, facts=facts, version=1, by=secretariat)

        with django_assert_num_queries(2):  # citations, what they said
            Marks([(Participation, [row.pk for row in rows])])


def test_page_of_the_process_says_it_beside_the_area_and_its_part(
    client, secretariat, process, source
):
    whole = cited(AreaFactory(process=process, words="Returns", order=1), source)
    part = cited(AreaFactory(process=process, words="Stay", order=1, part_of=whole), source)
    cited(AreaFactory(process=process, words="Asylum", order=2), source)
    facts = AreaFacts(order=1, words="Return and stay", part_of=whole)
    change_area(area=part, facts=facts, version=1, by=secretariat)

    page = client.get(process.get_absolute_url()).context["page"]

    (first, second) = page.areas
    assert (page.areas_sources, first.sources, second.sources) == (BARE, "", "")
    ((words, sources),) = first.parts
    assert words == "Return and stay"
    assert sources.endswith("said: Words of the process: Stay</span>")


def test_page_of_the_source_says_what_was_changed(client, secretariat, source, participation):
    change_participation(participation=participation, facts=member(), version=1, by=secretariat)

    html = client.get(source.get_absolute_url()).content.decode()

    assert f"changed here on {today()}; the source said: Status: observer" in html


def test_removed_row_keeps_its_sources_in_the_log(secretariat, process, source):
    alias = cited(AliasFactory(process=process, name="MD"), source)
    remove_alias(alias=alias, version=1, by=secretariat)

    (entry,) = read_history(record_events(process))

    assert (Alias.objects.count(), Citation.objects.count()) == (0, 0)
    assert [(field.label, field.before) for field in entry.fields] == [
        ("Language", "English"),
        ("Sources", "MC/INF/266, Annex II row 7"),
    ]
    original = Original.objects.get()
    assert (original.is_removed, original.values["name"]) == (True, "MD")


def test_what_rests_on_no_source_leaves_nothing_behind(secretariat, process):
    alias = AliasFactory(process=process)
    facts = AliasFacts(name="DM")
    change_alias(alias=alias, facts=facts, version=1, by=secretariat)
    remove_alias(alias=alias, version=2, by=secretariat)

    assert Original.objects.count() == 0
