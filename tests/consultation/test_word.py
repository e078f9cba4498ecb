"""A State answers in Word; a draft goes out on a laptop and comes back."""

import io
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comity.calls.models import Entry
from comity.calls.services import save_entries
from comity.calls.services.replying import DraftConflict
from comity.consultation.models import Checkout, WaitingAnswer
from comity.consultation.services.draft import draft_for_merging, passage_of, put_words
from comity.consultation.services.pen import take_pen
from comity.consultation.services.taking_along import check_out
from comity.consultation.services.word_answers import (
    drop_waiting_answer,
    keep_waiting_answer,
    take_waiting_answer,
)
from comity.consultation.word_files import (
    along_file,
    answer_file,
    mark_of,
    read_along,
    read_answer,
)
from comity.texts.models import Wording
from tests.factories.calls import ReplyFactory
from tests.factories.consultation import WORDS, ConsultationFactory, DraftTextFactory
from tests.texts.word_files import changed, packed

MINE = "States will ensure that no return is made."
COMMENTS = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:comment w:id="0" w:author="Ms Official"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>'
    "</w:comments>"
)


def edited(content, *pairs, **more):
    def change(xml):
        for old, new in pairs:
            assert old in xml
            xml = xml.replace(old, new)
        return xml

    return changed(content, change, **more)


@pytest.fixture
def file(reply):
    return answer_file(reply, "en")


def test_changed_words_and_comments_come_back_by_paragraph(reply, file, paragraphs):
    first, second, third = (each.pk for each in paragraphs)
    mark = '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    end = "We thank you.</w:t></w:r>"
    content = edited(
        file,
        ("will ensure", "may ensure"),
        (end, end + mark.removesuffix("</w:p>")),
        comments=COMMENTS,
    )

    values = read_answer(content, reply, "answer.docx")

    assert values == {
        "language": "en",
        f"p{second}.words": "States may ensure that no return is made.",
        f"p{third}.comment": "Why?",
    }
    assert first not in values


def test_tracked_removal_and_new_paragraph_come_back(reply, file, paragraphs):
    xml = ZipFile(io.BytesIO(file)).read("word/document.xml").decode()
    third = xml[xml.rindex("<w:p>") if "<w:p>" in xml else xml.rindex("<w:p ") :]
    assert "We thank you." in third
    new = "<w:p><w:r><w:t>We insist.</w:t></w:r></w:p>"
    content = edited(file, ("<w:sectPr", f"{new}<w:sectPr"))

    values = read_answer(content, reply, "answer.docx")

    assert values == {"language": "en", f"p{paragraphs[2].pk}.after": "We insist."}


def test_unchanged_file_proposes_nothing(reply, file):
    with pytest.raises(ValidationError, match="proposes nothing"):
        read_answer(file, reply, "answer.docx")


def test_file_for_another_state_call_or_text_is_refused(reply, parties, consultation, process):
    other_state = ReplyFactory(call=consultation.call, party=parties["chair"])
    text = DraftTextFactory(document__process=process)
    other = ConsultationFactory(call__process=process, revision=text.revisions.get())
    other_call = ReplyFactory(call=other.call, party=reply.party)
    for stranger in (other_state, other_call):
        content = edited(answer_file(stranger, "en"), ("will ensure", "may ensure"))
        with pytest.raises(ValidationError, match="not the file that was handed out"):
            read_answer(content, reply, "answer.docx")


def test_file_without_its_mark_with_macros_or_no_word_file_is_refused(reply, file):
    assert mark_of(file).startswith("comity answer ")
    assert mark_of(b"no archive") == ""
    unmarked = edited(file)
    names = {name: ZipFile(io.BytesIO(unmarked)).read(name) for name in _names(unmarked)}
    names["docProps/core.xml"] = b"<a/>"
    with pytest.raises(ValidationError, match="not the file that was handed out"):
        read_answer(packed(names), reply, "answer.docx")
    with pytest.raises(ValidationError):
        read_answer(packed({**names, "word/vbaProject.bin": b"x"}), reply, "answer.docx")
    with pytest.raises(ValidationError):
        read_answer(b"%PDF", reply, "answer.docx")


def _names(content):
    return ZipFile(io.BytesIO(content)).namelist()


def test_answer_waits_until_it_was_seen_and_is_kept_whole(
    client, reply, file, focal_point, paragraphs
):
    client.force_login(focal_point)
    url = reverse("consultation:answer_sent", args=[reply.call_id, reply.party.code])
    fetched = client.get(reverse("consultation:answer_word", args=[*_place(reply), "en"]))
    content = edited(fetched.content, ("will ensure", "may ensure"))

    sent = client.post(url, {"file": SimpleUploadedFile("a.docx", content)})
    assert sent.status_code == 302
    assert not Entry.objects.exists()
    assert "States may ensure" in client.get(url).content.decode()

    assert client.post(url, {"keep": "1"}).status_code == 302
    kept = dict(Entry.objects.values_list("key", "value"))
    assert kept == {"language": "en", f"p{paragraphs[1].pk}.words": MINE.replace("will", "may")}
    assert not WaitingAnswer.objects.exists()
    assert client.get(url).status_code == 200


def _place(reply):
    return [reply.call_id, reply.party.code]


def test_file_is_discarded_or_refused_on_the_page(client, reply, file, focal_point):
    client.force_login(focal_point)
    url = reverse("consultation:answer_sent", args=_place(reply))
    content = edited(file, ("will ensure", "may ensure"))
    client.post(url, {"file": SimpleUploadedFile("a.docx", content)})

    assert client.post(url, {"drop": "1"}).status_code == 302
    assert not WaitingAnswer.objects.exists()
    assert client.post(url, {}).status_code == 422
    refused = client.post(url, {"file": SimpleUploadedFile("a.docx", file)})
    assert refused.status_code == 422
    assert not Entry.objects.exists()
    french = reverse("consultation:answer_word", args=[*_place(reply), "fr"])
    assert client.get(french).status_code == 404


def test_suspended_member_sends_nothing(client, reply, focal_point):
    reply.call.process.participations.filter(party=reply.party).update(status="suspended")
    client.force_login(focal_point)
    url = reverse("consultation:answer_sent", args=_place(reply))

    assert client.get(url).status_code == 403


def test_what_waits_is_its_senders_own(client, reply, file, focal_point, people):
    values = {"language": "en", "general": "Ours."}
    waiting = keep_waiting_answer(reply=reply, values=values, by=focal_point)
    for by in (people["chair"], people["secretariat"], people["administrator"]):
        for step in (
            lambda by: keep_waiting_answer(reply=reply, values=values, by=by),
            lambda by: take_waiting_answer(waiting=waiting, by=by),
            lambda by: drop_waiting_answer(waiting=waiting, by=by),
        ):
            with pytest.raises(PermissionDenied):
                step(by)
        client.force_login(by)
        url = reverse("consultation:answer_sent", args=_place(reply))
        assert client.get(url).status_code == 404


def test_colleague_who_wrote_meanwhile_is_not_overwritten(reply, focal_point):
    values = {"language": "en", "general": "From the file."}
    waiting = keep_waiting_answer(reply=reply, values=values, by=focal_point)
    save_entries(reply=reply, values={"general": "From the page."}, seen={}, by=focal_point)

    with pytest.raises(DraftConflict):
        take_waiting_answer(waiting=waiting, by=focal_point)
    assert Entry.objects.get().value == "From the page."


def test_draft_is_in_one_language(reply, focal_point, paragraphs):
    key = f"p{paragraphs[0].pk}.words"
    save_entries(reply=reply, values={"language": "es", key: "Sí."}, seen={}, by=focal_point)

    with pytest.raises(ValidationError, match="written in Español"):
        keep_waiting_answer(
            reply=reply, values={"language": "en", "general": "Yes."}, by=focal_point
        )
    again = {"language": "en", key: "Yes."}
    keep_waiting_answer(reply=reply, values=again, by=focal_point)
    with pytest.raises(ValidationError, match="not asked"):
        keep_waiting_answer(reply=reply, values={"language": "en", "x": 1}, by=focal_point)


@pytest.fixture
def writer(people, committee, text):
    take_pen(text=text, by=people["body_member"])
    return people["body_member"]


@pytest.fixture
def checkout(revision, secretariat, writer):
    draft = draft_for_merging(revision, secretariat)
    return check_out(revision=draft, language="en", by=writer)


def test_draft_comes_back_as_it_left_or_as_it_was_changed(checkout, paragraphs):
    file = along_file(checkout)
    base = {int(paragraph): words for paragraph, words in checkout.base.items()}

    same = read_along(file, checkout, "draft.docx")
    assert (dict(same.words), list(same.added)) == (base, [])

    new = "<w:p><w:r><w:t>We insist.</w:t></w:r></w:p>"
    content = edited(file, ("will ensure", "may ensure"), ("<w:sectPr", f"{new}<w:sectPr"))
    brought = read_along(content, checkout, "draft.docx")
    assert brought.words[paragraphs[1].pk] == MINE.replace("will", "may")
    assert list(brought.added) == [(paragraphs[2].pk, "We insist.")]


def test_other_file_is_not_taken_for_the_one_that_left(checkout, file, reply):
    with pytest.raises(ValidationError, match="not the file that was taken along"):
        read_along(file, checkout, "draft.docx")


def test_committee_takes_the_draft_along_and_back(client, text, checkout, writer, paragraphs):
    client.force_login(writer)
    slug = text.document.slug
    page = reverse("consultation:along", args=[slug, checkout.pk])
    file = client.get(reverse("consultation:along_word", args=[slug, checkout.pk])).content
    passage = passage_of(checkout.revision, paragraphs[1].pk)
    put_words(passage, "en", "Changed here.", writer)
    again = client.get(reverse("consultation:along_word", args=[slug, checkout.pk]))
    assert again.status_code == 422

    assert client.post(page, {}).status_code == 422
    content = edited(file, ("will ensure", "may ensure"), ("We thank you.", "We thank them."))
    sent = client.post(page, {"file": SimpleUploadedFile("d.docx", content)})
    assert sent.status_code == 302
    shown = client.get(page)
    assert "Changed on both sides" in shown.content.decode()
    mark = shown.context["found"].mark
    assert client.post(page, {"take_over": "1", "mark": mark}).status_code == 422

    chosen = {f"p{paragraphs[1].pk}": "file"}
    assert client.post(page, {"take_over": "1", "mark": mark, **chosen}).status_code == 302
    found = Wording.objects.filter(passage__revision=checkout.revision, language="en")
    assert list(found.order_by("passage__order").values_list("words", flat=True)) == [
        WORDS["en"][0],
        MINE.replace("will", "may"),
        "We thank them.",
    ]
    assert "is in the draft" in client.get(page).content.decode()


def test_what_stands_here_can_be_chosen_and_a_checkout_given_up(
    client, text, checkout, writer, paragraphs
):
    client.force_login(writer)
    page = reverse("consultation:along", args=[text.document.slug, checkout.pk])
    file = along_file(checkout)
    put_words(passage_of(checkout.revision, paragraphs[1].pk), "en", "Changed here.", writer)
    content = edited(file, ("will ensure", "may ensure"))
    client.post(page, {"file": SimpleUploadedFile("d.docx", content)})
    mark = client.get(page).context["found"].mark
    here = {"take_over": "1", "mark": mark, f"p{paragraphs[1].pk}": "here"}
    assert client.post(page, here).status_code == 302
    assert passage_of(checkout.revision, paragraphs[1].pk).wordings.filter(words="Changed here.")

    along = reverse("consultation:take_along", args=[text.document.slug])
    assert client.post(along, {"language": "fr"}).status_code == 302
    assert client.post(along, {"language": "es"}).status_code == 302
    out = Checkout.objects.get(language="es")
    page = reverse("consultation:along", args=[text.document.slug, out.pk])
    assert client.post(page, {"give_up": "1"}).status_code == 302
    assert "given up" in client.get(page).content.decode()


def test_nothing_is_taken_along_without_a_draft(client, text, writer):
    client.force_login(writer)

    along = reverse("consultation:take_along", args=[text.document.slug])
    assert client.post(along, {"language": "en"}).status_code == 302
    assert not Checkout.objects.exists()
