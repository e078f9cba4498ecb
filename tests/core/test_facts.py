from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.dates import parse_date
from comity.core.facts import certainly_overlapping, in_force, perhaps_in_force
from comity.processes.models import Participation
from tests.factories.processes import ParticipationFactory

DAY = date(2003, 6, 15)


@pytest.mark.parametrize(
    ("begins", "ends", "certainly", "perhaps"),
    [
        ("2002", "", True, True),
        ("2003", "", False, True),
        ("2003-06-15", "2003-06-15", True, True),
        ("2003-06-16", "", False, False),
        ("2002", "2003", False, True),
        ("2002", "2003-06-14", False, False),
        ("2002", "2003-06-15", True, True),
        ("../2003-11", "", False, True),
        ("../2003-06-15", "", True, True),
        ("2002/..", "", False, True),
        ("2002", "2003-07/..", True, True),
        ("2002", "../2004", False, True),
        ("2000/2001", "2002/2004", False, True),
    ],
)
def test_vague_fact_gives_no_right_but_is_shown(db, begins, ends, certainly, perhaps):
    ParticipationFactory(begins=begins, ends=ends)

    found = [
        Participation.objects.filter(question(DAY)).exists()
        for question in (in_force, perhaps_in_force)
    ]

    assert found == [certainly, perhaps]


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        (("2000", ""), ("2001", ""), True),
        (("2000", "2001"), ("2001", ""), False),  # the first may have ended before
        (("2000", "2001-06-30"), ("2001-07-01", ""), False),
        (("2000", "2001-06-30"), ("2001-06-30", ""), True),
        (("2000/..", ""), ("2001", ""), False),
        (("../2000", ""), ("2001", "2002"), True),
        (("2000", ""), ("2003", "2003"), False),  # the second holds on no certain day
        (("2000", "../2003"), ("2001", ""), False),
        (("2005", ""), ("2001", "2004"), False),
    ],
)
def test_only_a_certain_overlap_counts_and_it_counts_both_ways(db, first, second, overlap):
    facts = [ParticipationFactory(begins=begins, ends=ends) for begins, ends in (first, second)]

    found = [
        Participation.objects.filter(certainly_overlapping(one), pk=other.pk).exists()
        for one, other in (facts, facts[::-1])
    ]

    assert found == [overlap, overlap]


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2003, 12, 31))
SHAPES = st.sampled_from(["{}", "{}/..", "../{}"])


@given(day=DAYS, length=st.sampled_from([4, 7, 10]), shape=SHAPES, on=DAYS)
def test_what_is_certain_is_also_possible(day, length, shape, on):
    when = parse_date(shape.format(day.isoformat()[:length]))

    certainly = when.latest is not None and when.latest <= on
    perhaps = when.earliest is None or when.earliest <= on

    assert perhaps or not certainly
