"""The room of the drafting committee: the pen, writing, brackets."""

import pytest
from django.urls import reverse

from comity.consultation.models import Pen
from comity.consultation.services.draft import draft_for_merging, passage_of, put_words
from comity.consultation.services.pen import pen_of
from comity.texts.models import Wording


@pytest.fixture
def draft(revision, secretariat):
    return draft_for_merging(revision, secretariat)


@pytest.fixture
def passage(draft, paragraphs):
    return passage_of(draft, paragraphs[1].pk)


@pytest.fixture
def member(client, people, committee):
    client.force_login(people["body_member"])
    return people["body_member"]


def pen(client, text, **values):
    return client.post(reverse("consultation:pen", args=[text.document.slug]), values)


def write_url(text, passage, language="en"):
    return reverse("consultation:write", args=[text.document.slug, passage.pk, language])


def room(client, text):
    return client.get(reverse("consultation:room", args=[text.document.slug])).content.decode()


def test_pen_goes_round(client, member, people, text, draft):
    assert "lies on the table" in room(client, text)
    assert pen(client, text, step="take").status_code == 302
    assert member.person.name in room(client, text)

    assert pen(client, text, step="hand", to=people["observer"].pk).status_code == 422
    assert pen(client, text, step="hand", to=people["chair"].pk).status_code == 302
    assert pen_of(text).holder == people["chair"]
    for step in ("lay", "take", "nothing"):
        assert pen(client, text, step=step).status_code == 422

    client.force_login(people["chair"])
    assert pen(client, text, step="lay").status_code == 302
    client.force_login(people["secretariat"])
    pen(client, text, step="take")
    client.force_login(people["chair"])
    assert "Take the pen over" in room(client, text)
    assert pen(client, text, step="over").status_code == 422
    assert pen(client, text, step="over", reason="We go on.").status_code == 302
    assert pen_of(text).holder == people["chair"]


def test_only_who_holds_the_pen_writes(client, member, text, passage):
    version = passage.wordings.get(language="en").version
    given = {"words": "We agree.", "version": version}
    assert client.post(write_url(text, passage), given).status_code == 422
    pen(client, text, step="take")

    assert client.post(write_url(text, passage), given).status_code == 302

    assert passage.wordings.get(language="en").words == "We agree."
    assert "Paragraph 2, English" in room(client, text)
    conflict = client.post(write_url(text, passage), given | {"words": "We do not."})
    assert conflict.status_code == 422
    assert "We do not." in conflict.content.decode()


def test_words_are_written_where_there_were_none(client, member, text, passage):
    passage.wordings.filter(language="en").delete()
    pen(client, text, step="take")
    assert client.get(write_url(text, passage)).status_code == 200

    client.post(write_url(text, passage), {"words": "At last.", "version": 0})

    assert passage.wordings.get(language="en").words == "At last."


def test_brackets_are_lifted_by_their_buttons(client, member, text, passage, secretariat):
    put_words(passage, "en", "We [will] [may] act [now].", secretariat)
    pen(client, text, step="take")
    url = write_url(text, passage)
    assert "Lift a bracket" in client.get(url).content.decode()
    assert "2 open" in room(client, text)

    def lift(choice):
        version = Wording.objects.get(passage=passage, language="en").version
        return client.post(url, {"lift": choice, "version": version}).status_code

    assert [lift("0.7"), lift("x"), lift("9")] == [422, 422, 422]
    assert [lift("0.1"), lift("0")] == [302, 302]
    assert passage.wordings.get(language="en").words == "We may act."
    pen(client, text, step="lay")
    assert lift("0.0") == 422


def test_page_of_a_language_or_a_passage_that_is_not_there_is_not_found(
    client, member, text, passage, revision
):
    assert client.get(write_url(text, passage, "fr")).status_code == 404
    frozen = revision.passages.first()
    assert client.get(write_url(text, frozen)).status_code == 404


def test_room_without_a_draft_says_so(client, member, text, revision):
    assert "No draft is written now" in room(client, text)
    assert not Pen.objects.exists()
    revision.delete()
    assert "No draft is written now" in room(client, text)
    wall = reverse("consultation:projected", args=[text.document.slug])
    assert client.get(wall).status_code == 200
