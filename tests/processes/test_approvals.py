"""What a process approves is prepared, comes into force on a day, and is followed by the next."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.processes.approved import approved_events, read_names
from comity.processes.models import ApprovedList, ApprovedName, Participation
from comity.processes.services.approvals import (
    approve_list,
    approve_map,
    discard_list,
    end_approved,
    start_list,
)
from comity.processes.services.approved_names import (
    NameFacts,
    add_footnote,
    add_name,
    change_footnote,
    change_name,
    number_by_alphabet,
    remove_footnote,
    remove_name,
)
from tests.factories.approved import (
    ApprovedListFactory,
    ApprovedMapFactory,
    ApprovedNameFactory,
    FootnoteFactory,
)
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import ParticipationFactory

FIRST, SECOND = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def by(people):
    return people["secretariat"]


@pytest.fixture
def two(process, people):
    """A process of two States with names in two languages."""
    Participation.objects.all().delete()
    found = []
    for order, (code, en, fr) in enumerate(
        [("QMA", "Arvenia", "Arvénie"), ("QMB", "Zelmora", "Belmore")], start=1
    ):
        party = PartyFactory(code=code)
        PartyNameFactory(party=party, name=en)
        PartyNameFactory(party=party, name=fr, language="fr")
        ParticipationFactory(process=process, party=party, order=order)
        found.append(party)
    return found


def lines(listed):
    return [(each.party.code, each.name, each.positions) for each in listed.names.all()]


def approved(prepared, by, begins=FIRST):
    prepared.refresh_from_db()
    return approve_list(
        prepared=prepared, begins=begins, decision="Plenary", version=prepared.version, by=by
    )


def test_list_starts_with_who_takes_part_and_the_names_of_the_record(process, two, by):
    PartyNameFactory(party=two[0], name="Old Arvenia", begins="1990", ends="1999")
    PartyNameFactory(party=two[0], name="Arvenia of today", begins="2000")

    listed = start_list(process=process, languages=["en", "fr"], by=by)

    assert lines(listed) == [
        ("QMA", {"en": "Arvenia of today", "fr": "Arvénie"}, {}),
        ("QMB", {"en": "Zelmora", "fr": "Belmore"}, {}),
    ]
    assert not ApprovedName.objects.filter(listed_in__begins__isnull=False).exists()


def test_party_without_a_name_in_the_languages_is_called_by_its_code(process, people, by):
    Participation.objects.all().delete()
    ParticipationFactory(process=process, party=PartyFactory(code="QMC"))

    listed = start_list(process=process, languages=["fr"], by=by)

    assert lines(listed) == [("QMC", {"fr": "QMC"}, {})]


def test_next_list_starts_as_the_last_approved_one(process, two, by):
    first = start_list(process=process, languages=["en", "fr"], by=by)
    note = add_footnote(listed_in=first, mark="*", text={"en": "N", "fr": "N"}, by=by)
    name = first.names.get(party=two[1])
    facts = NameFacts({"en": "Zelmora", "fr": "Belmore"}, {}, note)
    change_name(name=name, facts=facts, version=name.version, by=by)
    approved(number(first, by), by)

    second = start_list(process=process, languages=["fr", "es"], by=by)

    assert [
        (each.party.code, each.name, each.positions, each.footnote and each.footnote.mark)
        for each in second.names.select_related("footnote")
    ] == [
        ("QMA", {"fr": "Arvénie"}, {"fr": 1}, None),
        ("QMB", {"fr": "Belmore"}, {"fr": 2}, "*"),
    ]
    assert second.names.get(party=two[1]).footnote.listed_in == second


def test_next_list_in_another_language_keeps_a_name(process, two, by):
    approved(start_list(process=process, languages=["en"], by=by), by)

    second = start_list(process=process, languages=["es"], by=by)

    assert [each.name for each in second.names.all()] == [{"es": "Arvenia"}, {"es": "Zelmora"}]


def number(listed, by):
    listed.refresh_from_db()
    return number_by_alphabet(prepared=listed, version=listed.version, by=by)


def test_each_language_is_numbered_by_its_alphabet(process, two, by):
    listed = start_list(process=process, languages=["en", "fr"], by=by)
    listed.names.filter(party=two[0]).update(name={"en": "Arvenia", "fr": "Royaume d’Arvénie"})

    number(listed, by)
    changed = Event.objects.filter(action="approved_name.changed").count()
    number(listed, by)

    assert [each[2] for each in lines(listed)] == [{"en": 1, "fr": 2}, {"en": 2, "fr": 1}]
    assert Event.objects.filter(action="approved_name.changed").count() == changed


@pytest.mark.parametrize("languages", [[], ["xx"], ["en", "xx"]])
def test_list_is_kept_in_languages_that_we_know(process, by, languages):
    with pytest.raises(ValidationError) as refused:
        start_list(process=process, languages=languages, by=by)

    assert refused.value.message_dict == {"languages": ["Choose the languages of the list."]}


def test_one_list_is_prepared_at_a_time(process, two, by):
    start_list(process=process, languages=["en"], by=by)

    with pytest.raises(ValidationError, match="A list is being prepared already"):
        start_list(process=process, languages=["en"], by=by)


def test_approved_list_holds_from_its_day_and_ends_the_one_before(process, two, by):
    first = approved(start_list(process=process, languages=["en", "fr"], by=by), by)
    second = start_list(process=process, languages=["en", "fr"], by=by)
    name = second.names.get(party=two[0])
    facts = NameFacts({"en": "New Arvenia", "fr": "Nouvelle Arvénie"}, {})
    change_name(name=name, facts=facts, version=name.version, by=by)
    approved(second, by, SECOND)

    first.refresh_from_db()
    shown = [
        read_names(process.pk, day).called[two[0].pk].name
        for day in (FIRST, date(2026, 6, 30), SECOND)
    ]

    assert (first.begins, first.ends) == (FIRST, date(2026, 6, 30))
    assert shown == ["Arvenia", "Arvenia", "New Arvenia"]
    assert read_names(process.pk, date(2025, 12, 31)).called == {}
    kept = Event.objects.filter(action="approved_list.kept").first()
    assert kept.after == {
        "approved_names": [
            "QMA | en: New Arvenia | fr: Nouvelle Arvénie",
            "QMB | en: Zelmora | fr: Belmore",
        ]
    }
    with override("fr"):
        assert read_names(process.pk, FIRST).called[two[1].pk].shown == "Belmore"


def test_list_that_ended_before_is_left_as_it_is(process, two, by):
    first = approved(start_list(process=process, languages=["en"], by=by), by)
    end_approved(approved=first, last_day=date(2026, 3, 1), version=first.version, by=by)
    on_last_day, after = (read_names(process.pk, date(2026, 3, day)) for day in (1, 2))

    approved(start_list(process=process, languages=["en"], by=by), by, SECOND)

    first.refresh_from_db()
    assert first.ends == date(2026, 3, 1)
    assert (len(on_last_day.called), after.called) == (2, {})


@pytest.mark.parametrize("day", [FIRST, date(2025, 1, 1)])
def test_list_comes_after_the_one_before(process, two, by, day):
    approved(start_list(process=process, languages=["en"], by=by), by)
    second = start_list(process=process, languages=["en"], by=by)

    with pytest.raises(ValidationError) as refused:
        approved(second, by, day)

    assert refused.value.message_dict == {
        "begins": ["Another began on that day or later. This one can only follow it."]
    }


def test_list_that_is_not_whole_is_not_approved_and_all_is_said(process, people, by):
    listed = ApprovedListFactory(process=process)
    ApprovedNameFactory(listed_in=listed, name={"en": "A"}, positions={"en": 1})
    ApprovedNameFactory(listed_in=listed, name={"en": "A", "fr": "B"}, positions={"en": 1})
    ApprovedNameFactory(listed_in=listed, name={"en": "C", "fr": "C"}, positions={"fr": 1})
    FootnoteFactory(listed_in=listed, text={"fr": "Sans préjudice."})

    with pytest.raises(ValidationError) as refused:
        approved(listed, by)

    assert refused.value.messages == [
        "Two parties are called “A” in English.",
        "Without a place in the order of English: C.",
        "Place 1 of the order of English is taken twice: A, A.",
        "Without a name in Français: A.",
        "Without a place in the order of Français: A, A.",
        "The footnote * has no text in English.",
    ]
    listed.refresh_from_db()
    assert listed.is_prepared


def test_list_without_names_is_not_approved(process, by):
    with pytest.raises(ValidationError) as refused:
        approved(ApprovedListFactory(process=process), by)

    assert refused.value.messages == ["The list holds no name."]


def test_list_changed_since_it_was_read_is_not_approved(process, two, by):
    listed = start_list(process=process, languages=["en"], by=by)
    name = listed.names.first()
    facts = NameFacts({"en": "Other"}, {})
    change_name(name=name, facts=facts, version=name.version, by=by)

    with pytest.raises(EditConflict):
        approve_list(prepared=listed, begins=FIRST, decision="P", version=listed.version, by=by)


def test_what_is_approved_stays_as_it_is(process, two, by):
    listed = start_list(process=process, languages=["en"], by=by)
    note = add_footnote(listed_in=listed, mark="*", text={"en": "N"}, by=by)
    listed = approved(listed, by)
    name, facts = listed.names.first(), NameFacts({"en": "Other"}, {})
    attempts = [
        lambda: add_name(listed_in=listed, party=PartyFactory(), facts=facts, by=by),
        lambda: change_name(name=name, facts=facts, version=name.version, by=by),
        lambda: remove_name(name=name, version=name.version, by=by),
        lambda: add_footnote(listed_in=listed, mark="†", text={"en": "N"}, by=by),
        lambda: change_footnote(footnote=note, mark="†", text={"en": "N"}, version=1, by=by),
        lambda: remove_footnote(footnote=note, version=1, by=by),
        lambda: number_by_alphabet(prepared=listed, version=listed.version, by=by),
        lambda: discard_list(prepared=listed, version=listed.version, by=by),
        lambda: approved(listed, by, SECOND),
    ]

    for attempt in attempts:
        with pytest.raises(ValidationError) as refused:
            attempt()
        assert refused.value.messages == [
            "This is approved, and stays as it is. Prepare what is to follow it."
        ]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (NameFacts({"es": "A"}, {}), "The list is not kept in this language."),
        (NameFacts({"en": "A"}, {"es": 1}), "The list is not kept in this language."),
        (NameFacts({"en": "A"}, {"en": 0}), "A place in the order is a number from 1 to 9999."),
        (
            NameFacts({"en": "A"}, {"en": 10_000}),
            "A place in the order is a number from 1 to 9999.",
        ),
    ],
)
def test_name_that_cannot_stand_in_the_list_is_refused(process, by, facts, sentence):
    listed = ApprovedListFactory(process=process)

    with pytest.raises(ValidationError) as refused:
        add_name(listed_in=listed, party=PartyFactory(), facts=facts, by=by)

    assert (refused.value.messages, listed.names.count()) == ([sentence], 0)


def test_footnote_of_another_list_is_refused(process, by):
    facts = NameFacts({"en": "A"}, {}, FootnoteFactory())
    listed = ApprovedListFactory(process=process)

    with pytest.raises(ValidationError, match="The footnote is of another list"):
        add_name(listed_in=listed, party=PartyFactory(), facts=facts, by=by)


def test_party_stands_once_in_a_list(process, by):
    name = ApprovedNameFactory(listed_in=ApprovedListFactory(process=process))
    facts = NameFacts({"en": "A"}, {})

    with pytest.raises(ValidationError, match="The party is in the list already"):
        add_name(listed_in=name.listed_in, party=name.party, facts=facts, by=by)


def test_names_and_footnotes_are_added_changed_and_removed(process, by):
    listed = ApprovedListFactory(process=process)
    note = add_footnote(listed_in=listed, mark="*", text={"en": "N"}, by=by)
    facts = NameFacts({"en": "A"}, {"en": 1}, note)
    name = add_name(listed_in=listed, party=PartyFactory(), facts=facts, by=by)
    change_footnote(footnote=note, mark="†", text={"en": "M"}, version=1, by=by)
    with pytest.raises(ValidationError, match="Take it from them first"):
        remove_footnote(footnote=note, version=2, by=by)
    remove_name(name=name, version=1, by=by)
    remove_footnote(footnote=note, version=2, by=by)

    listed.refresh_from_db()
    assert (listed.version, listed.names.count(), listed.footnotes.count()) == (6, 0, 0)
    assert sorted(Event.objects.values_list("action", flat=True)) == [
        "approved_name.added",
        "approved_name.removed",
        "footnote.added",
        "footnote.changed",
        "footnote.removed",
    ]


@pytest.mark.parametrize("mark", ["a", "**†‡§", " ", "*a"])
def test_mark_is_a_sign(process, by, mark):
    listed = ApprovedListFactory(process=process)

    with pytest.raises(ValidationError) as refused:
        add_footnote(listed_in=listed, mark=mark, text={"en": "N"}, by=by)

    assert list(refused.value.message_dict) == ["mark"]


def test_discarded_list_is_gone_and_the_log_keeps_it(process, two, by):
    listed = start_list(process=process, languages=["en"], by=by)
    add_footnote(listed_in=listed, mark="*", text={"en": "N"}, by=by)
    name = listed.names.get(party=two[0])
    facts = NameFacts({"en": "Arvenia"}, {"en": 2}, listed.footnotes.get())
    change_name(name=name, facts=facts, version=1, by=by)
    listed.refresh_from_db()

    discard_list(prepared=listed, version=listed.version, by=by)

    assert not ApprovedList.objects.exists()
    event = approved_events(process)[0]
    assert (event.action, event.before["approved_names"]) == (
        "approved_list.discarded",
        ["QMA | en: Arvenia | en 2 | *", "QMB | en: Zelmora"],
    )


def test_nobody_but_the_secretariat_prepares_or_approves(process, people):
    listed = ApprovedListFactory(process=process)
    note, name = FootnoteFactory(listed_in=listed), ApprovedNameFactory(listed_in=listed)
    row, facts = ApprovedMapFactory(process=process), NameFacts({"en": "A"}, {})
    when = {"begins": FIRST, "decision": "P", "version": 1}
    for persona in set(people) - {"secretariat"}:
        by = people[persona]
        for attempt in (
            lambda: start_list(process=process, languages=["en"], by=by),  # noqa: B023 -- now
            lambda: add_name(listed_in=listed, party=PartyFactory(), facts=facts, by=by),  # noqa: B023
            lambda: change_name(name=name, facts=facts, version=1, by=by),  # noqa: B023
            lambda: remove_name(name=name, version=1, by=by),  # noqa: B023
            lambda: add_footnote(listed_in=listed, mark="†", text={"en": "N"}, by=by),  # noqa: B023
            lambda: change_footnote(footnote=note, mark="†", text={}, version=1, by=by),  # noqa: B023
            lambda: remove_footnote(footnote=note, version=1, by=by),  # noqa: B023
            lambda: number_by_alphabet(prepared=listed, version=1, by=by),  # noqa: B023
            lambda: discard_list(prepared=listed, version=1, by=by),  # noqa: B023
            lambda: approve_list(prepared=listed, **when, by=by),  # noqa: B023
            lambda: approve_map(prepared=row, **when, by=by),  # noqa: B023
            lambda: end_approved(approved=row, last_day=FIRST, version=1, by=by),  # noqa: B023
        ):
            with pytest.raises(PermissionDenied):
                attempt()
