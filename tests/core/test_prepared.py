import threading
from datetime import date

import pytest
from django.db import connection
from django.utils import translation

from comity.core.facts import perhaps_in_force
from comity.core.prepared import Prepared
from comity.parties.models.parties import name_of
from comity.processes.models import Participation
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import ParticipationFactory, ProcessFactory


def of_process(process, on):
    return (
        Participation.objects.filter(perhaps_in_force(on), process=process)
        .annotate(name=name_of("party", on))
        .order_by("begins_earliest", "pk")
        .values_list("pk", "begins_earliest", "name", "party__code")
    )


@pytest.fixture
def processes(db):
    found = [ProcessFactory(), ProcessFactory()]
    for number, process in enumerate(found):
        party = PartyFactory(code=f"party-{number}")
        PartyNameFactory(party=party, name=f"State {number}")
        PartyNameFactory(party=party, name=f"Estado {number}", language="es")
        ParticipationFactory(process=process, party=party, begins="2001-05")
        ParticipationFactory(process=process, begins="2020")
    return found


@pytest.mark.parametrize("day", [date(2001, 6, 1), date(2026, 1, 1)])
def test_prepared_answers_as_the_question_itself(processes, day):
    question = Prepared(of_process)

    for process in processes:
        asked = [tuple(row) for row in question(process=process.pk, on=day)]

        assert asked == list(of_process(process.pk, day))
        assert asked


def test_prepared_rows_have_the_names_of_the_question(processes):
    (row,) = Prepared(of_process)(process=processes[0].pk, on=date(2001, 6, 1))

    assert (row.begins_earliest, row.name, row.party__code) == (
        date(2001, 5, 1),
        "State 0",
        "party-0",
    )


def test_prepared_follows_the_language_of_the_reader(processes):
    question = Prepared(of_process)
    names = []
    for language in ("en", "es", "en"):
        with translation.override(language):
            (row,) = question(process=processes[1].pk, on=date(2001, 6, 1))
            names.append(row.name)

    assert names == ["State 1", "Estado 1", "State 1"]


def test_prepared_keeps_nothing_of_the_answers(processes):
    question = Prepared(of_process)
    before = len(question(process=processes[0].pk, on=date(2026, 1, 1)))
    ParticipationFactory(process=processes[0], begins="2021")

    assert len(question(process=processes[0].pk, on=date(2026, 1, 1))) == before + 1


def test_prepared_costs_one_query(processes, django_assert_num_queries):
    question = Prepared(of_process)

    with django_assert_num_queries(1):
        question(process=processes[0].pk, on=date(2026, 1, 1))


def test_prepared_is_written_for_each_thread_alone(processes):
    question = Prepared(of_process)
    question(process=processes[0].pk, on=date(2026, 1, 1))
    kept = []

    thread = threading.Thread(target=lambda: kept.append(dict(question._kept.__dict__)))
    thread.start()
    thread.join()

    assert kept == [{}]
    assert [vendor for vendor, _language in question._kept.__dict__] == [connection.vendor]


def test_prepared_leaves_out_what_only_orders(processes):
    question = Prepared(
        lambda process: (
            Participation.objects.filter(process=process)
            .order_by("begins_earliest")
            .values_list("status")
            .distinct()
        )
    )

    rows = question(process=processes[0].pk)

    assert [tuple(row) for row in rows] == [("member",), ("member",)]
