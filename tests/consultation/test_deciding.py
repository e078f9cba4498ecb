"""The secretariat merges proposal by proposal, and the record shows what became of each."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.services import EditConflict
from comity.consultation.models import Bracket, Outcome, Proposal
from comity.consultation.services.deciding import (
    bracket_proposals,
    merge_proposals,
    note_comment,
    reconsider_proposal,
    refuse_proposal,
    take_proposal,
    translate_proposal,
)
from comity.texts.models import Wording
from tests.conftest import PERSONAS
from tests.consultation.conftest import NOW
from tests.factories.consultation import WORDS, ProposalFactory

TRY = "States will endeavour to ensure that no return is made."
MAY = "States may ensure that no return is made."


@pytest.fixture
def propose(consultation, paragraphs, parties):
    def make(words=TRY, *, by="focal_point", **values):
        place = {"consultation": consultation, "paragraph": paragraphs[1], "party": parties[by]}
        return ProposalFactory(**{**place, "words": words, **values})

    return make


def seen(*proposals):
    return {each.pk: each.version for each in proposals}


def drafted(text, language="en"):
    """Return what the draft says in a language, paragraph by paragraph."""
    found = Wording.objects.filter(passage__revision__text=text, passage__revision__state="draft")
    rows = found.filter(language=language).order_by("passage__order")
    return list(rows.values_list("words", flat=True))


def became(proposal):
    proposal = Proposal.objects.get(pk=proposal.pk)
    settled = proposal.settled_in.number if proposal.settled_in else None
    return proposal.outcome, proposal.decided_by, proposal.decided_at, settled


def test_words_are_taken_into_the_next_draft(propose, text, secretariat):
    proposal = propose()

    take_proposal(proposal=proposal, version=1, by=secretariat, now=NOW)

    assert drafted(text) == [WORDS["en"][0], TRY, WORDS["en"][2]]
    assert became(proposal) == ("taken", secretariat, NOW, 2)


def test_original_that_changes_leaves_the_other_language_behind(propose, text, secretariat):
    proposal = propose("Los Estados procurarán.", language="es")

    take_proposal(proposal=proposal, version=1, by=secretariat)

    behind = Wording.objects.filter(is_behind=True).values_list("language", "passage__order")
    assert list(behind) == [("en", 2)]


def test_paragraph_is_added_or_taken_out(propose, text, secretariat):
    added, gone = propose("We insist.", kind="after"), propose("", kind="delete")

    take_proposal(proposal=added, version=1, by=secretariat)
    take_proposal(proposal=gone, version=1, by=secretariat)

    assert drafted(text) == [WORDS["en"][0], "We insist.", WORDS["en"][2]]
    another = propose("More.", by="chair")
    with pytest.raises(ValidationError, match="not in the draft"):
        take_proposal(proposal=another, version=1, by=secretariat)


def test_several_are_merged_and_one_is_taken_in_part(propose, text, secretariat):
    first, second = propose(), propose(MAY, by="chair")

    merge_proposals(
        proposals=[first, second],
        seen=seen(first, second),
        language="en",
        words="States will try to ensure it.",
        by=secretariat,
        now=NOW,
    )
    third = propose("Never.", by="body_member")
    merge_proposals(
        proposals=[third], seen=seen(third), language="es", words="Nunca.", by=secretariat, now=NOW
    )

    assert drafted(text)[1] == "States will try to ensure it."
    assert drafted(text, "es")[1] == "Nunca."
    merged = ("merged", secretariat, NOW, 2)
    assert [became(each) for each in (first, second)] == [merged, merged]
    assert became(third) == ("in_part", secretariat, NOW, 2)


def test_alternatives_are_kept_in_brackets_with_those_who_want_them(propose, text, secretariat):
    first, second, same = propose(), propose(MAY, by="chair"), propose(by="body_member")

    (bracket,) = bracket_proposals(
        proposals=[first, second, same], seen=seen(first, second, same), by=secretariat, now=NOW
    )

    rest = "ensure that no return is made."
    assert drafted(text)[1] == f"States [will] [will endeavour to] [may] {rest}"
    rows = [
        (row.words["en"], {each.pk for each in row.proposals.all()})
        for row in bracket.alternatives.all()
    ]
    assert rows == [
        ("will", set()),
        ("will endeavour to", {first.pk, same.pk}),
        ("may", {second.pk}),
    ]
    assert became(same) == ("bracketed", secretariat, NOW, 2)


def test_each_language_has_its_own_bracket_and_new_paragraphs_too(propose, text, secretariat):
    english, spanish = propose(MAY), propose("Los Estados podrán.", language="es", by="chair")
    added, gone = propose("We insist.", kind="after"), propose("", kind="delete", by="body_member")
    chosen = [english, spanish, added, gone]

    bracket_proposals(proposals=chosen, seen=seen(*chosen), by=secretariat)

    assert drafted(text)[1:3] == [
        "[States will ensure that no return is made.] [States may ensure that no return is made.]",
        "[We insist.]",
    ]
    assert drafted(text, "es")[1].startswith("Los Estados [garantizarán que")
    assert Bracket.objects.count() == 3
    wanting = Proposal.objects.filter(alternatives__words={})
    assert list(wanting) == [gone]


def test_new_paragraph_alone_stands_in_brackets(propose, text, secretariat):
    added = propose("We insist.", kind="after")

    bracket_proposals(proposals=[added], seen=seen(added), by=secretariat)

    assert drafted(text)[1:3] == [WORDS["en"][1], "[We insist.]"]


def test_same_words_in_the_draft_already_open_no_alternatives(propose, secretariat):
    proposal = propose(WORDS["en"][1])

    (bracket,) = bracket_proposals(proposals=[proposal], seen=seen(proposal), by=secretariat)

    assert not bracket.alternatives.exists()


def test_reason_is_given_where_nothing_is_taken(propose, secretariat, text):
    proposal = propose()
    with pytest.raises(ValidationError, match="Say why"):
        refuse_proposal(proposal=proposal, reason=" ", version=1, by=secretariat)

    refuse_proposal(proposal=proposal, reason="Agreed in May.", version=1, by=secretariat, now=NOW)

    assert became(proposal) == ("not_taken", secretariat, NOW, None)
    assert Proposal.objects.get().reason == "Agreed in May."
    assert drafted(text) == []


def test_comments_are_noted_and_words_are_not(propose, secretariat):
    comment, words = propose("", kind="comment", comment="Hm."), propose()
    with pytest.raises(ValidationError, match="This proposes words"):
        note_comment(proposal=words, version=1, by=secretariat)
    with pytest.raises(ValidationError, match="note it"):
        take_proposal(proposal=comment, version=1, by=secretariat)
    with pytest.raises(ValidationError, match="note it"):
        bracket_proposals(proposals=[comment], seen=seen(comment), by=secretariat)

    note_comment(proposal=comment, version=1, by=secretariat, now=NOW)
    assert became(comment) == ("noted", secretariat, NOW, None)


def test_decision_is_opened_again(propose, secretariat, text):
    proposal = take_proposal(proposal=propose(), version=1, by=secretariat)

    reconsider_proposal(proposal=proposal, version=proposal.version, by=secretariat)

    assert became(proposal) == ("open", None, None, None)
    assert drafted(text)[1] == TRY


def test_second_decision_on_what_was_seen_before_the_first_is_refused(propose, secretariat):
    proposal = propose()
    refuse_proposal(proposal=proposal, reason="No.", version=1, by=secretariat)

    with pytest.raises(EditConflict):
        take_proposal(proposal=proposal, version=1, by=secretariat)


def test_what_makes_no_sense_is_refused(propose, paragraphs, secretariat):
    first, elsewhere = propose(), propose(paragraph=paragraphs[0], by="chair")
    whole = propose("", kind="comment", paragraph=None, comment="?")
    gone = propose(MAY, by="body_member", outcome=Outcome.WITHDRAWN)

    def merge(*chosen, words="So."):
        merge_proposals(
            proposals=chosen, seen=seen(*chosen), language="en", words=words, by=secretariat
        )

    for match, chosen, words in (
        ("Write what", [first], " "),
        ("Choose a proposal", [], "So."),
        ("on one paragraph", [first, elsewhere], "So."),
        ("on one paragraph", [whole], "So."),
        ("does not stand by", [gone], "So."),
    ):
        with pytest.raises(ValidationError, match=match):
            merge(*chosen, words=words)


def test_translation_is_unofficial_and_leaves_the_words(propose, secretariat):
    proposal = propose()
    for language, words, match in (
        ("en", "Same.", "Choose another language"),
        ("fr", "Non.", "Choose another language"),
        ("es", " ", "Write the translation"),
    ):
        with pytest.raises(ValidationError, match=match):
            translate_proposal(proposal=proposal, language=language, words=words, by=secretariat)

    translate_proposal(proposal=proposal, language="es", words="Procurarán.", by=secretariat)
    translate_proposal(proposal=proposal, language="es", words="Tratarán.", by=secretariat)

    assert list(proposal.translations.values_list("language", "words")) == [("es", "Tratarán.")]
    assert Proposal.objects.get().words == TRY


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"secretariat"}))
def test_nobody_else_decides(propose, people, committee, name):
    proposal, by = propose(), people[name]
    one = {"proposal": proposal, "version": 1, "by": by}
    several = {"proposals": [proposal], "seen": seen(proposal), "by": by}
    for step in (
        lambda: take_proposal(**one),
        lambda: refuse_proposal(reason="No.", **one),
        lambda: note_comment(**one),
        lambda: reconsider_proposal(**one),
        lambda: merge_proposals(language="en", words="So.", **several),
        lambda: bracket_proposals(**several),
        lambda: translate_proposal(proposal=proposal, language="es", words="Sí.", by=by),
    ):
        with pytest.raises(PermissionDenied):
            step()
