from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.processes.models import Alias, Area, StageKind
from comity.processes.services import (
    AliasFacts,
    AreaFacts,
    add_alias,
    add_area,
    change_alias,
    change_area,
    change_names,
    enter_stage,
    remove_alias,
    remove_area,
)
from tests.conftest import PERSONAS
from tests.factories.processes import (
    AliasFactory,
    AreaFactory,
    ProcessFactory,
    StageFactory,
    ThemeFactory,
)

DAY = date(2026, 7, 1)


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"secretariat"}))
def test_only_keepers_change_names_areas_and_stages(people, process, persona):
    by, alias, area = people[persona], AliasFactory(process=process), AreaFactory(process=process)
    facts, words = AliasFacts(name="M"), AreaFacts(order=9, words="Return")
    name = {"en": "M"}
    attempts = [
        lambda: change_names(process=process, name=name, short_name=name, version=1, by=by),
        lambda: add_alias(process=process, facts=facts, by=by),
        lambda: change_alias(alias=alias, facts=facts, version=1, by=by),
        lambda: remove_alias(alias=alias, version=1, by=by),
        lambda: add_area(process=process, facts=words, by=by),
        lambda: change_area(area=area, facts=words, version=1, by=by),
        lambda: remove_area(area=area, version=1, by=by),
        lambda: enter_stage(process=process, kind=StageKind.DORMANT, on=DAY, by=by),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert not Event.objects.exists()


def test_names_change_language_by_language(secretariat, process):
    name = {"en": "Meridian Dialogue", "es": "Diálogo Meridiano"}

    changed = change_names(
        process=process, name=name, short_name={"en": "Meridian"}, version=1, by=secretariat
    )

    assert (changed.name, str(changed), changed.version) == (name, "Meridian", 2)
    assert Event.objects.get().before == {
        "name": {"en": "A process"},
        "short_name": {"en": "Process"},
    }


def test_name_in_no_language_is_refused(secretariat, process):
    with pytest.raises(ValidationError) as caught:
        change_names(process=process, name={}, short_name={"xx": "M"}, version=1, by=secretariat)

    assert caught.value.message_dict == {
        "name": ["This field cannot be blank."],
        "short_name": ["Unknown language: xx."],
    }


def test_alias_is_added_changed_and_removed(secretariat, process):
    made = add_alias(process=process, facts=AliasFacts(name="MD", kind="acronym"), by=secretariat)
    facts = AliasFacts(name="DM", language="es", kind="acronym")
    changed = change_alias(alias=made, facts=facts, version=1, by=secretariat)
    remove_alias(alias=changed, version=2, by=secretariat)

    assert not Alias.objects.exists()
    assert list(Event.objects.values_list("action", flat=True)) == [
        "alias.removed",
        "alias.changed",
        "alias.added",
    ]


def test_alias_stands_once(secretariat, process):
    AliasFactory(process=process, name="MD")

    with pytest.raises(ValidationError, match="has this name already"):
        add_alias(process=process, facts=AliasFacts(name="MD"), by=secretariat)


def test_alias_that_somebody_changed_is_not_removed(secretariat, process):
    alias = AliasFactory(process=process, version=2)

    with pytest.raises(EditConflict):
        remove_alias(alias=alias, version=1, by=secretariat)

    assert list(Alias.objects.all()) == [alias]


def test_area_is_kept_with_its_themes(secretariat, process):
    themes = [ThemeFactory(slug="return"), ThemeFactory(slug="asylum")]
    made = add_area(
        process=process, facts=AreaFacts(order=1, words="Return", themes=themes), by=secretariat
    )

    changed = change_area(
        area=made,
        facts=AreaFacts(order=2, words="Dignified return", themes=themes[:1]),
        version=1,
        by=secretariat,
    )

    assert (changed.order, changed.words, list(changed.themes.all())) == (
        2,
        "Dignified return",
        themes[:1],
    )
    event = Event.objects.first()
    keys = sorted(theme.pk for theme in themes)
    assert (event.before["themes"], event.after["themes"]) == (keys, [themes[0].pk])


def test_area_number_is_taken_once(secretariat, process):
    AreaFactory(process=process, order=1)

    with pytest.raises(ValidationError, match="an area with this number already"):
        add_area(process=process, facts=AreaFacts(order=1, words="Return"), by=secretariat)


def test_area_is_part_of_a_whole_one_of_the_same_process(secretariat, process):
    whole = AreaFactory(process=process)
    part = AreaFactory(process=process, part_of=whole)
    other = AreaFactory(process=process)
    attempts = {
        "elsewhere": (other, AreaFactory()),
        "a part": (other, part),
        "itself": (other, other),
        "has parts": (whole, other),
    }

    refused = {}
    for label, (area, above) in attempts.items():
        facts = AreaFacts(order=area.order, words=area.words, part_of=above)
        with pytest.raises(ValidationError) as caught:
            change_area(area=area, facts=facts, version=1, by=secretariat)
        refused[label] = caught.value.messages
    facts = AreaFacts(order=1, words="Of another", part_of=whole)

    assert refused == {
        "elsewhere": ["This area belongs to another process."],
        "a part": ["Choose an area that is not itself a part."],
        "itself": ["Choose an area that is not itself a part."],
        "has parts": ["This area has parts of its own."],
    }
    assert add_area(process=process, facts=facts, by=secretariat).part_of == whole
    moved = AreaFacts(order=2, words=other.words, part_of=whole)
    assert change_area(area=other, facts=moved, version=1, by=secretariat).part_of == whole


def test_area_with_parts_stays(secretariat, process):
    whole = AreaFactory(process=process)
    part = AreaFactory(process=process, part_of=whole)

    with pytest.raises(ValidationError, match="has parts"):
        remove_area(area=whole, version=1, by=secretariat)
    remove_area(area=part, version=1, by=secretariat)
    remove_area(area=whole, version=1, by=secretariat)

    assert not Area.objects.exists()


def test_process_enters_a_stage_and_leaves_the_one_before(secretariat, process):
    StageFactory(process=process, begins="2019", ends="2020-12-31", kind=StageKind.PROPOSED)
    StageFactory(process=process, begins="2021")

    enter_stage(process=process, kind=StageKind.DORMANT, on=DAY, note="No host.", by=secretariat)

    assert list(process.stages.values_list("kind", "begins", "ends", "note")) == [
        ("proposed", "2019", "2020-12-31", ""),
        ("ongoing", "2021", "2026-06-30", ""),
        ("dormant", "2026-07-01", "", "No host."),
    ]


def test_process_without_a_stage_enters_one(secretariat, process):
    entered = enter_stage(process=process, kind=StageKind.ONGOING, on=DAY, by=secretariat)

    assert list(process.stages.all()) == [entered]


@pytest.mark.parametrize(
    ("begins", "kind", "words"),
    [
        ("2020", StageKind.ONGOING, "at that stage already"),
        ("2026-07-01", StageKind.DORMANT, "The present stage, Ongoing, begins 1 July 2026"),
        ("2030", StageKind.CONCLUDED, "The present stage, Ongoing, begins 2030. Choose a later"),
    ],
)
def test_stage_is_entered_after_the_present_one(secretariat, process, begins, kind, words):
    StageFactory(process=process, begins=begins)

    with pytest.raises(ValidationError, match=words):
        enter_stage(process=process, kind=kind, on=DAY, by=secretariat)

    assert (process.stages.count(), Event.objects.count()) == (1, 0)


def test_stage_of_vague_beginning_ends_the_day_before(secretariat, process):
    StageFactory(process=process, begins="../2003")

    enter_stage(process=process, kind=StageKind.CONCLUDED, on=DAY, by=secretariat)

    assert process.stages.get(kind=StageKind.ONGOING).ends == "2026-06-30"


def test_merger_says_into_which_process(secretariat, process):
    other = ProcessFactory()

    enter_stage(process=process, kind=StageKind.MERGED, on=DAY, merged_into=other, by=secretariat)

    process.refresh_from_db()
    assert process.merged_into == other


@pytest.mark.parametrize(
    ("kind", "into"),
    [(StageKind.MERGED, None), (StageKind.MERGED, "itself"), (StageKind.DORMANT, "another")],
)
def test_merger_is_said_for_a_merger_alone(secretariat, process, kind, into):
    merged_into = {None: None, "itself": process, "another": ProcessFactory()}[into]

    with pytest.raises(ValidationError, match="into which other process"):
        enter_stage(process=process, kind=kind, on=DAY, merged_into=merged_into, by=secretariat)


def test_stage_on_the_first_day_there_is_has_no_day_before(secretariat, process):
    with pytest.raises(ValidationError, match="This lies before the beginning"):
        enter_stage(process=process, kind=StageKind.DORMANT, on=date.min, by=secretariat)

    assert not Event.objects.exists()
