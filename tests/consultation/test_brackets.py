"""Brackets are read and written as negotiators write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.consultation.brackets import (
    choose,
    compose,
    count_groups,
    groups_in,
    is_balanced,
    tidied,
)

LINE = "States [will ensure] [will endeavour to ensure] that no return [, however lawful,] is made."
WORD = st.text("abc,.", min_size=1, max_size=3)
TEXT = st.lists(WORD, min_size=1, max_size=8).map(" ".join)


def alternatives(words):
    return [group.alternatives for group in groups_in(words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Agreed.", []),
        (LINE, [("will ensure", "will endeavour to ensure"), (", however lawful,",)]),
        ("[a][b]\n[c] d [e]", [("a", "b", "c"), ("e",)]),
        ("[ensure [full] respect]", [("ensure [full] respect",)]),
        ("never [ends", [("ends",)]),
        ("stray] and [one]", [("one",)]),
        ("[]", [("",)]),
    ],
)
def test_groups_are_found_with_their_alternatives(words, found):
    assert alternatives(words) == found


def test_brackets_within_brackets_are_counted():
    assert [count_groups(each) for each in ("", LINE, "[a [b] [c]] d [e]", "[a")] == [0, 2, 3, 1]


@pytest.mark.parametrize(
    ("words", "balanced"), [("[a] [b [c]]", True), ("[a", False), ("a]", False), ("", True)]
)
def test_balance_is_known(words, balanced):
    assert is_balanced(words) is balanced


def test_choice_takes_the_place_of_its_group():
    first, second = groups_in(LINE)

    assert choose(LINE, first, "will ensure").startswith("States will ensure that no return [")
    assert choose(LINE, second, "").endswith("that no return is made.")
    assert choose("It is [so], said.", groups_in("It is [so], said.")[0], " ") == "It is, said."
    assert tidied("a  b , c .") == "a b, c."


@pytest.mark.parametrize(
    ("versions", "composed"),
    [
        (["We note it.", "We note it."], "We note it."),
        (["We will act.", "We may act."], "We [will] [may] act."),
        (["We act.", "We act soon."], "We [act.] [act soon.]"),
        (["We will act.", "We act."], "We [will] act."),
        (["a b c", "a x c", "a y c", "a x c"], "a [b] [x] [y] c"),
        (["a [b] c", "a [b] d"], "[a [b] c] [a [b] d]"),
        (["a [b x] c", "a [b y] c"], "[a [b x] c] [a [b y] c]"),
        (["a b [c]", "a d [c]"], "[a b [c]] [a d [c]]"),
    ],
)
def test_versions_are_put_in_brackets_where_they_differ(versions, composed):
    found = compose(versions)

    assert found.words == composed
    if found.group:
        assert found.group in groups_in(composed)


@given(st.lists(TEXT, min_size=2, max_size=4, unique=True))
def test_each_version_comes_back_when_it_is_chosen(versions):
    found = compose(versions)
    composed, group = found.words, found.group

    assert is_balanced(composed)
    assert groups_in(composed) == [group]
    chosen = {" ".join(choose(composed, group, each).split()) for each in group.alternatives}
    dropped = (composed[: group.start] + composed[group.end :]).split()
    assert set(versions) <= chosen | {" ".join(dropped)}
