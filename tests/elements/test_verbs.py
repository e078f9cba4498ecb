"""A provision says its verb, its addressees and its day near its beginning, in each language."""

import pytest

from comity.elements.verbs import Suggestion, parts_of, suggest, verbs


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            {"en": "Request the Secretariat to report by 30 June 2027;"},
            Suggestion("request", ("secretariat",), "2027-06-30"),
        ),
        (
            {"es": "Piden a la Secretaría un informe a más tardar el 30 de junio de 2027."},
            Suggestion("request", ("secretariat",), "2027-06-30"),
        ),
        (
            {"fr": "Invitent les États membres à informer la présidence d’ici au 1er mars 2027."},
            Suggestion("invite", ("member", "presidency"), "2027-03-01"),
        ),
        (
            {"en": "We, the Governments, recommend that States exchange figures before 2028."},
            Suggestion("recommend", ("member",), "2028"),
        ),
        (
            {"en": "Decide to meet again no later than the end of May 2027."},
            Suggestion("decide", (), "2027-05"),
        ),
        ({"en": "Take note of the report by 2027-02-30."}, Suggestion("note", (), "2027-02-30")),
        ({"en": "To meet by 31 February 2027."}, Suggestion("", (), "2027-02")),
        ({"en": "Thank the Chair."}, Suggestion("thank", ("presidency",), "")),
        ({"fr": "S’engagent à coopérer."}, Suggestion("commit", (), "")),
        ({"pt": "Convidam os Estados a cooperar."}, Suggestion("invite", ("member",), "")),
        ({"ar": "يقررون"}, Suggestion()),
        ({"ar": "يقررون", "en": "Decide to cooperate."}, Suggestion("decide", (), "")),
        ({"en": "Families stay together."}, Suggestion()),
        ({"en": "to try out the recognition of diplomas;"}, Suggestion()),
        ({"en": "We agree that no member is recognised."}, Suggestion("decide")),
        ({"en": "We invite members to share."}, Suggestion("invite", ("member",))),
    ],
)
def test_provision_is_read(words, found):
    assert suggest(words) == found


def test_first_verb_within_reach_counts():
    late = "The figures that were exchanged at the third technical meeting of the network of " * 2

    assert suggest({"en": "Invite States to recommend measures."}).verb == "invite"
    assert suggest({"en": f"{late} we decide."}).verb == ""


def test_provision_is_parted_at_sentences_and_semicolons():
    words = "Request a report;  invite partners.\nThank the Chair."

    assert parts_of(words) == ["Request a report;", "invite partners.", "Thank the Chair."]
    assert parts_of(" ") == []


def test_every_verb_is_known_in_the_languages_of_the_demonstration():
    languages = {"en", "es", "fr"}

    assert all(languages <= verb.forms.keys() for verb in verbs)
