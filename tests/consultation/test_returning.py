"""What was changed on a laptop and here is told apart, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from comity.consultation.returning import Difference, Side, differences

WORDS = st.dictionaries(st.integers(1, 6), st.sampled_from(["a", "b", "c"]))


def test_each_change_is_told_with_its_side():
    base = {1: "a", 2: "b", 3: "c", 4: "d", 5: "e"}
    file = {1: "a", 2: "b2", 3: "c2", 4: "d2", 9: "new"}
    here = {1: "a1", 2: "b", 3: "c3", 4: "d2", 5: "e"}

    assert differences(base, file, here) == [
        Difference(1, Side.HERE, "a", "a", "a1"),
        Difference(2, Side.FILE, "b", "b2", "b"),
        Difference(3, Side.BOTH, "c", "c2", "c3"),
        Difference(5, Side.FILE, "e", None, "e"),
        Difference(9, Side.FILE, None, "new", None),
    ]


@given(WORDS, WORDS, WORDS)
def test_what_only_one_side_changed_is_never_a_conflict_and_nothing_is_lost(base, file, here):
    found = {each.paragraph: each for each in differences(base, file, here)}

    for paragraph in {*base, *file, *here}:
        was, brought, stands = (each.get(paragraph) for each in (base, file, here))
        both = was not in (brought, stands) and brought != stands
        difference = found.get(paragraph)
        assert (difference is None) == (brought == stands)
        assert (difference is not None and difference.side is Side.BOTH) == both
    assert differences(base, base, here) == [
        each for each in differences(base, base, here) if each.side is Side.HERE
    ]
