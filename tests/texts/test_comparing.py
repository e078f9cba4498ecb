"""Two revisions beside each other, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.texts.comparing import compare
from comity.texts.differing import Mark, Piece, cut, differing, likeness
from comity.texts.queries import PassageRow, Said


def row(paragraph, words, number="", **more):
    said = {"es": Said(words)} if words is not None else {}
    return PassageRow(paragraph, "operative", number or str(paragraph), said=said, **more)


def written(pieces):
    signs = {Mark.SAME: "{}", Mark.GONE: "[-{}-]", Mark.NEW: "[+{}+]"}
    return "".join(signs[piece.mark].format(piece.words) for piece in pieces)


def shown(old, new, **more):
    return [
        (
            str(each.how),
            each.old.number if each.old else None,
            each.new.number if each.new else None,
            written(each.pieces),
        )
        for each in compare(old, new, "es", **more)
    ]


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", ""),
        ("a b", "a b", "a b"),
        ("", "a b", "[+a b+]"),
        (
            "Inform without delay.",
            "Inform within 72 hours.",
            "Inform [-without delay-][+within 72 hours+].",
        ),
        ("a b c", "a c", "a [-b -]c"),
        ("one two three four", "five two six four", "[-one-][+five+] two [-three-][+six+] four"),
        ("café", "cafe", "[-café-][+cafe+]"),
    ],
)
def test_words_that_differ_are_marked(old, new, pieces):
    assert written(differing(old, new)) == pieces


WORDS = st.text(alphabet="ab .\n", max_size=30)


@given(WORDS, WORDS)
def test_pieces_hold_both_wordings(old, new):
    pieces = differing(old, new)

    assert "".join(p.words for p in pieces if p.mark != Mark.NEW) == old
    assert "".join(p.words for p in pieces if p.mark != Mark.GONE) == new


@given(WORDS, WORDS, st.integers(0, 40))
def test_cut_loses_nothing(old, new, length):
    pieces = differing(old, new)

    first, rest = cut(pieces, length)

    assert "".join(p.words for p in (*first, *rest)) == "".join(p.words for p in pieces)
    assert "".join(p.words for p in first if p.mark != Mark.GONE) == new[:length]


def test_likeness_is_a_share():
    assert (likeness("a b", "a b"), likeness("", ""), likeness("a", "b")) == (1, 0, 0)


def test_each_paragraph_is_compared_with_itself():
    old = [row(1, "a b"), row(2, "c d"), row(3, "e")]
    new = [row(1, "a b"), row(2, "c x"), row(4, "n"), row(3, "e", "9")]

    assert shown(old, new) == [
        ("same", "1", "1", "a b"),
        ("changed", "2", "2", "c [-d-][+x+]"),
        ("new", None, "4", "[+n+]"),
        ("changed", "3", "9", "e"),
    ]
    assert [each.is_changed for each in compare(old, new, "es")] == [False, True, True, False]


def test_what_is_gone_stands_where_it_stood():
    old = [row(1, "a"), row(2, "b"), row(3, "c"), row(4, "d")]
    new = [row(3, "c")]

    assert shown(old, new) == [
        ("gone", "1", None, "[-a-]"),
        ("gone", "2", None, "[-b-]"),
        ("same", "3", "3", "c"),
        ("gone", "4", None, "[-d-]"),
    ]


def test_what_moved_is_said_to_have_moved():
    old = [row(n, f"w{n}") for n in range(1, 6)]
    new = [row(n, f"w{n}") for n in (1, 4, 2, 3, 5)]

    assert shown(old, new)[1] == ("moved", "4", "4", "w4")
    assert [how for how, *_rest in shown(old, new)].count("moved") == 1
    assert shown(old, new, moved_apart=True) == [
        ("same", "1", "1", "w1"),
        ("new", None, "4", "[+w4+]"),
        ("same", "2", "2", "w2"),
        ("same", "3", "3", "w3"),
        ("gone", "4", None, "[-w4-]"),
        ("same", "5", "5", "w5"),
    ]


def test_what_was_split_is_compared_with_what_it_was():
    old = [row(1, "Share figures. Protect them.")]
    new = [row(1, "Share figures."), row(2, "Protect all of them.", continues=1)]

    assert shown(old, new) == [
        ("changed", "1", "1", "Share figures. "),
        ("split", None, "2", "Protect [+all of +]them."),
    ]
    assert compare(old, new, "es")[1].other == new[0]

    old = [row(1, "Share figures. Those are safe.")]
    new = [row(1, "Share figures."), row(2, "All are safe.", continues=1)]
    assert [words for *_rest, words in shown(old, new)] == [
        "Share figures. ",
        "[-Those-][+All+] are safe.",
    ]


def test_what_was_joined_is_compared_with_both():
    old = [row(1, "Share figures."), row(2, "Protect them.", joined_to=1)]
    new = [row(1, "Share figures. Protect all.")]

    found = compare(old, new, "es")

    assert shown(old, new) == [("joined", "1", "1", "Share figures. Protect [-them-][+all+].")]
    assert (found[0].other, found[0].is_changed) == (old[1], True)
    assert written(found[0].before) == "Share figures. Protect [-them-]."
    assert written(found[0].after) == "Share figures. Protect [+all+]."


def test_what_was_written_anew_is_known_by_its_words():
    old = [row(1, "States share figures each year."), row(2, "They meet.")]
    new = [row(7, "States share all figures each year."), row(8, "Nothing alike here.")]

    assert shown(old, new) == [
        ("changed", "1", "7", "States share [+all +]figures each year."),
        ("gone", "2", None, "[-They meet.-]"),
        ("new", None, "8", "[+Nothing alike here.+]"),
    ]


def test_language_that_lacks_words_shows_none():
    assert shown([row(1, None)], [row(1, "a")]) == [("changed", "1", "1", "[+a+]")]
    assert shown([row(1, "a")], [row(1, None)]) == [("changed", "1", "1", "[-a-]")]
    assert Piece(Mark.SAME, "") not in compare([row(1, None)], [row(1, None)], "es")[0].pieces


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_no_paragraph_is_lost_or_shown_twice(order, left, right):
    old = [row(n, f"w{n}") for n in range(6) if n in left]
    new = [row(n, f"w{n}") for n in order if n in right]
    for apart in (False, True):
        found = compare(old, new, "es", moved_apart=apart)

        assert [each.new for each in found if each.new] == new
        assert sorted(each.old.paragraph for each in found if each.old) == sorted(left)
