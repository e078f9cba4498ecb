"""What the pages show, to whom, and what their buttons do."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from comity.calls.models import Call
from comity.consultation.models import Consultation, ConsultationRules, Proposal
from comity.consultation.services.records import close_record
from comity.texts.models import Revision
from tests.conftest import PERSONAS
from tests.consultation.conftest import close
from tests.factories.consultation import ConsultationFactory, ProposalFactory
from tests.factories.parties import PartyNameFactory

SECRET, NAME = "Xylophone-like words.", "Arvenia the Unseen"


@pytest.fixture
def proposal(consultation, paragraphs, reply, parties):
    PartyNameFactory(party=parties["focal_point"], name=NAME)
    return ProposalFactory(
        consultation=consultation,
        paragraph=paragraphs[1],
        party=parties["focal_point"],
        words=SECRET,
    )


def page_of(client, person, url):
    client.logout()
    if person.is_authenticated:
        client.force_login(person)
    return client.get(url)


def addresses(consultation):
    slug = consultation.revision.text.document.slug
    process = consultation.call.process.slug
    return [
        reverse("consultation:consultation", args=[consultation.pk]),
        reverse("consultation:paragraph", args=[consultation.pk, _paragraph(consultation)]),
        reverse("consultation:paragraph", args=[consultation.pk, 0]),
        reverse("consultation:consultations", args=[process]),
        reverse("consultation:room", args=[slug]),
        reverse("consultation:projected", args=[slug]),
        reverse("calls:call", args=[consultation.call_id]),
        reverse("calls:answers", args=[consultation.call_id]),
        reverse("calls:history", args=[consultation.call_id]),
        reverse("calls:board", args=[process]),
        f"{reverse('search:results')}?q=Xylophone",
        "/api/v1/search/?q=Xylophone",
    ]


def _paragraph(consultation):
    return consultation.proposals.first().paragraph_id


def told(client, people, consultation, words):
    """Return who finds ``words`` on any page that could show them."""
    found = set()
    for name, person in people.items():
        for url in addresses(consultation):
            response = page_of(client, person, url)
            if response.status_code == 200 and words in strip_tags(response.content.decode()):
                found.add(name)
    return found


def test_words_are_found_by_nobody_who_may_not_read_them(
    client, people, proposal, consultation, committee
):
    drafting = {"focal_point", "body_member", "chair", "secretariat"}
    assert told(client, people, consultation, SECRET) == drafting

    close(consultation)
    assert told(client, people, consultation, SECRET) == {*drafting, "other_focal_point"}


def test_name_is_not_beside_the_words_for_who_may_not_know(
    client, people, proposal, consultation, rules
):
    close(consultation)
    url = reverse("consultation:consultation", args=[consultation.pk])

    def named():
        return {
            name
            for name, person in people.items()
            if NAME in page_of(client, person, url).content.decode()
        }

    assert named() == {"focal_point", "chair", "secretariat"}
    rules(names_shown_to="secretariat")
    assert named() == {"focal_point", "secretariat"}
    rules(names_shown_to="audience", observers_read_drafts=True)
    readers = {*PERSONAS} - {"visitor", "outsider", "administrator"}
    assert named() == readers


def test_wall_shows_no_names_and_renews_itself(client, people, proposal, consultation, text):
    url = reverse("consultation:projected", args=[text.document.slug])

    page = page_of(client, people["chair"], url)

    assert NAME not in page.content.decode()
    assert people["chair"].email not in page.content.decode()
    assert page["Refresh"] == "8"
    assert "Los Estados" in page.content.decode()
    still = page_of(client, people["chair"], f"{url}?in=en&still")
    assert "Refresh" not in still
    assert "Los Estados" not in still.content.decode()


def decide(client, secretariat, consultation, proposal, **values):
    url = reverse("consultation:paragraph", args=[consultation.pk, proposal.paragraph_id or 0])
    client.force_login(secretariat)
    version = {f"version-{proposal.pk}": Proposal.objects.get(pk=proposal.pk).version}
    return client.post(url, {"proposals": [proposal.pk], **version, **values})


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"step": "take"}, "taken"),
        ({"step": "merge", "language": "en", "words": "So."}, "in_part"),
        ({"step": "bracket"}, "bracketed"),
        ({"step": "refuse", "reason": "Agreed before."}, "not_taken"),
    ],
)
def test_buttons_decide(client, secretariat, consultation, proposal, values, outcome):
    response = decide(client, secretariat, consultation, proposal, **values)

    assert response.status_code == 302
    assert Proposal.objects.get().outcome == outcome
    assert client.get(response["Location"]).status_code == 200
    assert decide(client, secretariat, consultation, proposal, step="reopen").status_code == 302
    assert Proposal.objects.get().outcome == "open"


def test_comment_on_the_whole_is_noted(client, secretariat, consultation, parties):
    comment = ProposalFactory(
        consultation=consultation, party=parties["chair"], kind="comment", words="", comment="Hm."
    )

    assert decide(client, secretariat, consultation, comment, step="note").status_code == 302
    assert Proposal.objects.get().outcome == "noted"


def test_refusals_are_said_on_the_page(client, secretariat, consultation, proposal):
    for values in (
        {"step": "refuse"},
        {"step": "take", "proposals": []},
        {"step": "nothing"},
        {"step": "take", "proposals": ["999"]},
        {"step": "take", f"version-{proposal.pk}": "7"},
        {"step": "merge", "proposals": []},
    ):
        response = decide(client, secretariat, consultation, proposal, **values)
        assert (values, response.status_code) == (values, 422)
    assert Proposal.objects.get().outcome == "open"


def test_paragraph_that_is_not_there_is_not_found(client, secretariat, consultation):
    client.force_login(secretariat)

    url = reverse("consultation:paragraph", args=[consultation.pk, 999])
    assert client.get(url).status_code == 404


def test_secretariat_sets_rules_and_asks(client, secretariat, process, revision, body):
    client.force_login(secretariat)
    url = reverse("consultation:rules", args=[process.slug])
    given = {
        "names_shown_to": "members",
        "record_after": "sealed",
        "committee": body.pk,
        "version": 1,
    }
    assert client.post(url, given).status_code == 302
    assert ConsultationRules.objects.get().committee == body
    assert client.post(url, given | {"names_shown_to": "?"}).status_code == 422

    url = reverse("consultation:prepare", args=[revision.pk])
    due = {"due_at": "2030-01-01"}
    response = client.post(url, {"subject_en": "Words, please", **due})
    assert response.status_code == 302
    assert response["Location"] == reverse("calls:call", args=[Call.objects.get().pk])
    assert Consultation.objects.get().revision == revision


def test_adopted_text_shows_what_became_of_its_record(
    client, people, secretariat, proposal, rules, text
):
    rules(record_after="sealed")
    close_record(text=text, by=secretariat)
    url = reverse("consultation:record", args=[text.document.slug])
    client.force_login(secretariat)

    assert SECRET not in client.get(url).content.decode()
    assert client.post(url, {"reason": " "}).status_code == 422
    opened = client.post(url, {"reason": "A court asks."}).content.decode()
    assert SECRET in opened
    assert NAME in opened
    assert "A court asks." in client.get(url).content.decode()


def test_destroyed_record_is_said_to_be_destroyed(client, secretariat, proposal, rules, text):
    rules(record_after="destroyed")
    close_record(text=text, by=secretariat)
    client.force_login(secretariat)
    url = reverse("consultation:record", args=[text.document.slug])

    assert "was destroyed" in client.get(url).content.decode()
    assert client.post(url, {"reason": "To see"}).status_code == 422


def test_pages_cost_the_same_with_more_proposals(
    client, secretariat, proposal, consultation, paragraphs, parties, django_assert_max_num_queries
):
    url = reverse("consultation:consultation", args=[consultation.pk])
    client.force_login(secretariat)
    client.get(url)
    with django_assert_max_num_queries(60) as first:
        client.get(url)
    for name in ("chair", "body_member", "other_focal_point"):
        ProposalFactory(
            consultation=consultation, paragraph=paragraphs[0], party=parties[name], words=name
        )

    with django_assert_max_num_queries(len(first)):
        client.get(url)


def test_list_costs_the_same_with_more_consultations(
    client, secretariat, process, revision, consultation, django_assert_max_num_queries
):
    url = reverse("consultation:consultations", args=[process.slug])
    client.force_login(secretariat)
    client.get(url)
    with django_assert_max_num_queries(60) as first:
        client.get(url)
    for _number in range(4):
        ConsultationFactory(call__process=process, revision=Revision.objects.get(pk=revision.pk))

    with django_assert_max_num_queries(len(first)):
        assert client.get(url).content.decode().count("<tr>") == 6


def test_log_pages_tell_nothing(client, people, proposal, consultation, secretariat):
    decide(client, secretariat, consultation, proposal, step="refuse", reason=f"Not {SECRET}")

    assert told(client, people, consultation, f"Not {SECRET}") == {
        "focal_point",
        "chair",
        "secretariat",
    }
