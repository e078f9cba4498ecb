"""The first list or map of a process is not in force from before anything is known of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from comity.processes.models import Participation, Process, Term
from comity.processes.services.approvals import approve_list, approve_map, start_list
from tests.factories.approved import ApprovedMapFactory
from tests.factories.processes import MeetingFactory, ProcessFactory, StageFactory

UNKNOWN = "../2020"


@pytest.fixture
def unknown(process, people):
    """A process of which the record knows no day."""
    for row in (*Participation.objects.all(), *Term.objects.all()):
        row.begins = UNKNOWN
        row.save()
    return process


def approve_from(process, by, day):
    prepared = ApprovedMapFactory(process=process)
    approve_map(prepared=prepared, begins=day, decision="Plenary", version=prepared.version, by=by)


def refuse_before(process, by, day):
    """Check that ``day`` is the first on which something can be in force."""
    with pytest.raises(ValidationError) as error:
        approve_from(process, by, day - timedelta(days=1))
    told = f"Choose {date_format(day)} or a later day."
    assert error.value.message_dict == {"begins": [told]}
    approve_from(process, by, day)


@pytest.mark.parametrize("began", ["2003-05", "2021-02-03"])
def test_beginning_of_the_process_is_the_first_day_where_it_is_known(process, people, began):
    process.begins = began
    process.save()
    process.refresh_from_db()

    refuse_before(process, people["secretariat"], process.begins_earliest)


def test_a_list_is_held_to_the_same_day(process, people):
    process.begins = "2003-05"
    process.save()
    by = people["secretariat"]
    listed = start_list(process=process, languages=["en"], by=by)
    listed.names.all().update(name={"en": "A"})
    listed.names.exclude(pk=listed.names.first().pk).delete()

    with pytest.raises(ValidationError) as error:
        approve_list(
            prepared=listed,
            begins=date(2003, 4, 30),
            decision="Plenary",
            version=listed.version,
            by=by,
        )

    assert list(error.value.message_dict) == ["begins"]


def test_without_a_beginning_the_first_day_known_of_the_process_counts(unknown, people):
    by = people["secretariat"]
    StageFactory(process=unknown, begins="2011")
    MeetingFactory(process=unknown, days="2009-04-02/2009-04-03")
    MeetingFactory(days="1999")

    refuse_before(unknown, by, date(2009, 4, 2))


@pytest.mark.parametrize(("model", "day"), [(Participation, "1998-07"), (Term, "1997-01-05")])
def test_who_took_part_or_held_an_office_tells_the_first_day_too(unknown, people, model, day):
    row = model.objects.filter(process=unknown).first()
    row.begins = day
    row.save()
    row.refresh_from_db()

    refuse_before(unknown, people["secretariat"], row.begins_earliest)


def test_without_any_day_the_first_process_on_record_counts(unknown, people):
    ProcessFactory(begins="1985-04")
    ProcessFactory(begins="1985-05")
    ProcessFactory(begins="1970", is_made_up=True)

    refuse_before(unknown, people["secretariat"], date(1985, 4, 1))


def test_where_nothing_is_known_it_begins_today(unknown, people):
    assert not Process.objects.exclude(begins_earliest=None).exists()

    refuse_before(unknown, people["secretariat"], timezone.localdate())


def test_what_lies_ahead_does_not_put_an_approval_off(unknown, people):
    today = timezone.localdate()
    MeetingFactory(process=unknown, days=(today + timedelta(days=30)).isoformat())

    refuse_before(unknown, people["secretariat"], today)


def test_nothing_is_approved_for_more_than_a_year_ahead(process, people):
    latest = timezone.localdate() + timedelta(days=366)

    with pytest.raises(ValidationError) as error:
        approve_from(process, people["secretariat"], latest + timedelta(days=1))

    told = f"Choose {date_format(latest)} or an earlier day."
    assert error.value.message_dict == {"begins": [told]}
    approve_from(process, people["secretariat"], latest)
