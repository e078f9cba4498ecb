"""The page on which a member answers shows the text paragraph by paragraph with its boxes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comity.calls.models import Entry
from comity.consultation.models import Proposal
from comity.texts.models import Paragraph, Passage, Wording


@pytest.fixture
def address(reply):
    return reverse("calls:answer", args=[reply.call_id, reply.party.code])


def test_text_stands_beside_the_boxes(client, focal_point, address, paragraphs):
    client.force_login(focal_point)

    page = client.get(address)

    content = page.content.decode()
    assert page.status_code == 200
    for words in ("States will ensure that no return is made.", "Los Estados garantizarán"):
        assert words in content
    names = [f"p{each.pk}.{part}" for each in paragraphs for part in ("words", "comment")]
    assert [name for name in names if f'id="field-{name}"' not in content] == []
    assert content.count("<details") == 3
    assert '<details class="boxes" open' not in content


def test_what_is_drafted_opens_its_paragraph(client, focal_point, reply, address, paragraphs):
    key = f"p{paragraphs[1].pk}.words"
    Entry.objects.create(
        reply=reply, key=key, value="May.", written_by=focal_point, written_at="2026-01-01T00:00Z"
    )
    client.force_login(focal_point)

    content = client.get(address).content.decode()

    assert content.count('<details class="boxes" open') == 1


def test_draft_is_nobody_elses(client, people, reply, address, paragraphs, secretariat):
    for name, person in people.items():
        client.logout()
        if person.is_authenticated:
            client.force_login(person)
        expected = {"focal_point": 200, "visitor": 302}.get(name, 404)
        assert (name, client.get(address).status_code) == (name, expected)
    assert not Proposal.objects.exists()


def test_page_costs_the_same_at_any_length(
    client, focal_point, reply, address, paragraphs, django_assert_num_queries
):

    client.force_login(focal_point)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    revision = reply.call.consultation.revision
    for order in range(4, 9):
        paragraph = Paragraph.objects.create(text=revision.text)
        passage = Passage.objects.create(revision=revision, paragraph=paragraph, order=order)
        Wording.objects.create(passage=passage, language="en", words="More.")

    with django_assert_num_queries(len(few)):
        client.get(address)
