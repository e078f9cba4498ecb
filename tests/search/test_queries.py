import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.accounts.authority import SYSTEM
from comity.search import matching, services
from comity.search.queries import KindCount, find
from tests.factories.search import findable

VISITOR = AnonymousUser()


def titles(words, actor=VISITOR, **more):
    return [hit.title for hit in find(actor, words, **more).hits]


def test_find_shows_only_what_the_keys_open(things, access_keys):
    findable(things[0], "Visas for all")
    findable(things[1], "Visas in secret", keys=["process:3:members"])
    findable(things[2], "Visas for nobody", keys=[])

    before = find(VISITOR, "visas")
    access_keys.add("processes", lambda _actor: {"process:3:members"})

    assert [hit.url for hit in before.hits] == [f"/things/{things[0].pk}/"]
    assert (before.total, before.kinds) == (1, [KindCount("paper", "Paper", 1)])
    assert find(VISITOR, "visas").total == 2
    assert find(SYSTEM, "visas").total == 3


@pytest.mark.parametrize(
    "words",
    [
        "cordoba",
        "CÓRDOBA",
        "cór",
        "conference cord",
        '"conference of cordoba"',
        "mc/inf 266",
        "MC/INF/26",
    ],
)
def test_find_folds_words_and_lets_the_last_go_on(things, words):
    findable(things[0], "Conference of Córdoba", "Paper MC/INF/266")

    assert len(titles(words)) == 1


@pytest.mark.parametrize("words", ["", " ", "***", '"cordoba conference"', "c", "nothing"])
def test_find_leaves_out_what_does_not_match(things, words):
    findable(things[0], "Conference of Córdoba", "Paper MC/INF/266")

    assert titles(words) == []


def test_find_puts_titles_and_weighty_things_first(things):
    findable(things[0], "Report", "On Bali and other places")
    findable(things[1], "Bali", "A meeting")
    findable(things[2], "Bali", "A meeting", weight=3)

    assert [hit.url for hit in find(VISITOR, "bali").hits] == [
        f"/things/{things[n].pk}/" for n in (2, 1, 0)
    ]


def test_find_shows_each_thing_once_in_the_readers_language(things):
    services.index(
        things[0],
        kind="paper",
        url="/",
        passages=[
            ("en", "Bali", "Bali"),
            ("es", "Proceso de Bali", ""),
            ("es", "Otro", "Bali y más"),
        ],
        keys=["public"],
    )

    assert titles("bali", language="es") == ["Proceso de <mark>Bali</mark>"]
    assert titles("bali", language="fr") == ["<mark>Bali</mark>"]


def test_find_filters_by_kind_and_counts_all_kinds(things):
    findable(things[0])
    findable(things[1], kind="meeting")

    found = find(VISITOR, "visas", kind="meeting")

    assert [hit.kind for hit in found.hits] == ["meeting"]
    assert found.total == 1
    assert found.kinds == [KindCount("paper", "Paper", 1), KindCount("meeting", "Meeting", 1)]


def test_find_escapes_what_it_marks(things):
    findable(things[0], "<b>Visas</b>", "Of <i>visas</i> & more")

    [hit] = find(VISITOR, "visas").hits

    assert hit.title == "&lt;b&gt;<mark>Visas</mark>&lt;/b&gt;"
    assert hit.snippet == "Of &lt;i&gt;<mark>visas</mark>&lt;/i&gt; &amp; more"


@pytest.mark.parametrize("common", [2, 100])
def test_find_says_that_it_is_capped_by_what_the_reader_sees(things, monkeypatch, common):
    for name, most in (("COMMON", common), ("OWN", 2), ("WINDOW", 2)):
        monkeypatch.setattr(matching, name, most)
    for thing in things[:2]:
        findable(thing)
    for thing in things[2:]:
        findable(thing, keys=["secret"])

    open_to_all, to_system = find(VISITOR, "visas"), find(SYSTEM, "visas")

    assert (open_to_all.total, open_to_all.is_capped) == (2, False)
    assert (to_system.total, to_system.is_capped) == (2, True)


def test_find_lets_every_word_go_on_where_none_is_found_whole(things):
    findable(things[0], "Meetings on visas")

    found = find(VISITOR, "meeting visas on")

    assert [hit.title for hit in found.hits] == ["<mark>Meetings</mark> on <mark>visas</mark>"]
    assert (found.is_partial, found.hits[0].lacks) == (False, [])


def test_find_falls_back_to_most_of_the_words_and_says_what_is_lacking(things):
    findable(things[0], "Visas in Tunis", "2002")
    findable(things[1], "Visas in Bali", "2002")
    findable(things[2], "Visas in Lima", "1999")

    found = find(VISITOR, "visas bali tunis 2002")

    assert {(hit.url, *hit.lacks) for hit in found.hits} == {
        (f"/things/{things[0].pk}/", "bali"),
        (f"/things/{things[1].pk}/", "tunis"),
    }
    assert (found.words_held, found.words_asked) == (3, 4)
    assert (found.is_partial, found.has_most) == (True, True)


def test_find_leaves_out_what_stands_nowhere_before_any_other_word(things):
    findable(things[0], "Visas in Tunis")
    findable(things[1], "Visas in Lima")

    found = find(VISITOR, "visas unicorn tunis")

    assert [(hit.url, hit.lacks) for hit in found.hits] == [
        (f"/things/{things[0].pk}/", ["unicorn"])
    ]


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("unicorn bali", 1),
        ("bali tunis", 1),
        ("unicorn centaur bali", 1),
        ("one two three bali", 0),
    ],
)
def test_find_falls_back_to_half_of_the_words_and_no_further(things, words, held):
    findable(things[0], "Visas in Bali")
    findable(things[1], "Visas in Tunis")

    found = find(VISITOR, words)

    assert (found.words_held, found.has_most, bool(found.hits)) == (held, False, bool(held))


def test_find_falls_back_by_what_the_reader_may_see_alone(things):
    findable(things[0], "Visas in Bali")
    findable(things[1], "Visas in Tunis", "A secret", keys=["secret"])

    found = find(VISITOR, "visas tunis")

    assert [(hit.url, hit.lacks) for hit in found.hits] == [(f"/things/{things[0].pk}/", ["tunis"])]
    assert found.kinds == [KindCount("paper", "Paper", 1)]
    assert [hit.lacks for hit in find(SYSTEM, "visas tunis").hits] == [[]]


def test_find_falls_back_without_telling_which_words_stand_in_what_is_hidden(things):
    findable(things[0], "Visas in Bali for sailors")
    findable(things[1], "Unicorn, centaur and griffin", keys=["secret"])

    hidden = find(VISITOR, "visas bali sailors unicorn centaur griffin")
    nowhere = find(VISITOR, "visas bali sailors phoenix wyvern hydra")

    # Counted as known, the hidden words would be among those that may not all be left out.
    assert [hit.url for hit in hidden.hits] == [f"/things/{things[0].pk}/"]
    assert (hidden.words_held, hidden.words_asked) == (nowhere.words_held, nowhere.words_asked)
    assert len(nowhere.hits) == 1


def test_find_shows_the_readers_title_and_what_it_was_found_as(things):
    services.index(
        things[0],
        kind="paper",
        url="/",
        passages=[("en", "Tunisia", "A State."), ("ar", "تونس", ""), ("fr", "Tunisie", "État.")],
        keys=["public"],
    )

    [arabic], [shared] = (find(VISITOR, words).hits for words in ("تونس", "tunis"))

    assert (arabic.title, arabic.snippet, arabic.language) == ("Tunisia", "A State.", "en")
    assert (arabic.found_as, arabic.found_in) == ("<mark>تونس</mark>", "ar")
    assert (shared.title, shared.found_as) == ("<mark>Tunisia</mark>", "")
    assert titles("tunisia", language="fr") == ["Tunisie"]


def test_find_finds_by_what_is_not_shown_and_says_what_is_made_up(things):
    services.index_many(
        [
            services.Findable(
                things[0], "paper", "/", [("en", "Visas", "A paper.")], ["public"],
                also=["QMA", "octobre 2002"], is_made_up=True,
            )
        ]
    )  # fmt: skip

    [hit] = find(VISITOR, "qma 2002").hits

    assert (hit.title, hit.snippet, hit.is_made_up) == ("Visas", "A paper.", True)


def test_find_pages(things):
    for thing in things:
        findable(thing)

    pages = [find(VISITOR, "visas", limit=3, offset=start).hits for start in (0, 3, 6)]

    assert [len(page) for page in pages] == [3, 2, 0]
    assert len({hit.url for page in pages for hit in page}) == 5


@pytest.mark.django_db
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text() | st.text(alphabet="ab\"'*():^-+&|!<>\\%_ \x00é“”移"))
def test_find_takes_any_text(words):
    assert find(VISITOR, words).total == 0
