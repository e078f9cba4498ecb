"""What the pages of elements show, to whom, and in how many queries."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.calls.services import record_answer
from comity.documents.models import Document
from comity.elements.models import Adoption, Element, Position
from comity.elements.services import change_status, settle_silences
from comity.texts.margins import links_beside, notes_beside
from tests.elements.conftest import DUE, OPENED
from tests.factories.elements import (
    ElementFactory,
    FinalFactory,
    PositionFactory,
    PrincipleFactory,
)
from tests.factories.processes import MeetingFactory


@pytest.fixture
def public(final):
    Document.objects.update(audience="public", dated="2026-05-04")
    document = final.text.document
    document.refresh_from_db()
    document.save()
    return document


@pytest.fixture
def element(public, final, paragraphs):
    return ElementFactory(
        revision=final, paragraph=paragraphs[0], number="1", words={"en": "Decide to inform."}
    )


def page(client, name, *args, **query):
    response = client.get(reverse(f"elements:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_element_says_its_words_its_status_and_that_nothing_binds(
    client, element, secretariat, paragraphs, member
):
    change_status(
        element=element,
        status="carried",
        on=timezone.localdate(),
        reason="Activity 1.1",
        version=1,
        by=secretariat,
    )
    PositionFactory(text=element.text, paragraph=paragraphs[0], party=member, words="Not us.")
    PositionFactory(text=element.text, paragraph=paragraphs[1], party=member, words="Elsewhere.")
    older = ElementFactory(
        revision=FinalFactory(text__document__process=element.text.document.process)
    )
    Element.objects.filter(pk=element.pk).update(continues=older)

    shown = page(client, "element", "declaration", "1")

    for words in (
        "Decide to inform.",
        "carried",
        "Activity 1.1",
        "Not us.",
        "The text is not binding.",
        "http://localhost:8000/elements/declaration/1/",
    ):
        assert words in shown
    assert "Elsewhere." not in shown
    assert older.get_absolute_url() not in shown


@pytest.mark.parametrize("name", ["text", "element", "adoption", "text_file"])
def test_what_one_may_not_read_is_not_there(client, element, name):
    Document.objects.update(audience="members")
    args = {"element": ["1"], "text_file": ["csv"]}.get(name, [])

    response = client.get(reverse(f"elements:{name}", args=["declaration", *args]))

    assert response.status_code == 404
    for listing in ("process", "thread", "feed", "principles"):
        assert "Decide to inform." not in page(client, listing, "meridian")
    response = client.get(reverse("elements:process_file", args=["meridian", "csv"]))
    assert b"Decide" not in b"".join(response.streaming_content)


def test_lists_thread_and_files_name_what_all_may_read(client, element, process):
    PrincipleFactory(process=process).sources.set([element])
    later = FinalFactory(
        text__document__process=process,
        text__document__audience="public",
        text__document__published_at=timezone.now(),
        text__document__dated="2027",
        text__document__slug="follow-up",
    )
    ElementFactory(revision=later, number="3", words={"en": "Go on."}, continues=element)

    thread = page(client, "thread", "meridian")

    assert thread.index("Decide to inform.") < thread.index("/elements/follow-up/")
    assert thread.count("Continues") == 1
    assert "Families stay together." in page(client, "principles", "meridian")
    assert "/elements/declaration/1/" in page(client, "feed", "meridian")
    assert "Decide to inform." in page(client, "text", "declaration")
    assert "Decide" in page(client, "process", "meridian", status="open")
    assert "Decide" not in page(client, "process", "meridian", status="closed")
    file = client.get(reverse("elements:process_file", args=["meridian", "csv"]))
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[2] for line in lines] == ["Number", "3", "1"]
    assert (
        client.get(reverse("elements:process_file", args=["meridian", "xlsx"])).status_code == 200
    )
    assert client.get(reverse("elements:text_file", args=["declaration", "doc"])).status_code == 404
    assert client.get(reverse("elements:process_file", args=["meridian", "doc"])).status_code == 404


@pytest.mark.parametrize("name", ["text", "process", "thread", "feed"])
def test_list_costs_the_same_at_5_and_500_elements(
    client, public, final, paragraphs, django_assert_max_num_queries, name
):
    def more(count):
        start = Element.objects.count()
        Element.objects.bulk_create(
            ElementFactory.build(
                text=final.text,
                revision=final,
                paragraph=paragraphs[0],
                number=str(start + each),
                order=start + each,
            )
            for each in range(1, count + 1)
        )

    address = reverse(f"elements:{name}", args=["declaration" if name == "text" else "meridian"])
    client.get(address)
    more(5)
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    more(495)
    with django_assert_max_num_queries(12) as many:
        client.get(address)

    assert len(few.captured_queries) == len(many.captured_queries)


def test_text_is_cut_as_proposed_and_corrected(client, people, final, paragraphs):
    client.force_login(people["secretariat"])
    address = reverse("elements:cut", args=["declaration"])
    first, second = (f"p{paragraph.pk}" for paragraph in paragraphs)
    form = client.get(address).context["form"]
    proposed = {field.html_name: field.initial for field in form}

    typed = {
        f"{first}-take": "on",
        f"{first}-number": "1",
        f"{first}-verb": "decide",
        f"{first}-to": ["status:member", "secretariat"],
        f"{first}-due": "2027",
        f"{second}-take": "on",
        f"{second}-number": "2",
        f"{second}-split": "on",
    }
    refused = client.post(address, typed | {f"{first}-number": "no number"})
    answer = client.post(address, typed)

    assert proposed[f"{first}-verb"] == "decide"
    assert (proposed[f"{second}-to"], proposed[f"{second}-due"]) == (
        ["secretariat", "organisations"],
        "2027-06-30",
    )
    assert refused.status_code == 422
    assert answer["Location"] == "/elements/declaration/"
    rows = [(row.number, row.verb, row.due) for row in Element.objects.all()]
    assert rows == [("1", "decide", "2027"), ("2a", "request", "2027-06-30"), ("2b", "invite", "")]
    assert "cut already" in client.get(address).content.decode()


def test_element_is_described_by_its_form(client, people, element, body, member):
    client.force_login(people["secretariat"])
    address = reverse("elements:element_edit", args=["declaration", "1"])
    typed = {"version": 1, "verb": "invite", "to": [f"body:{body.pk}"], "parties": member.code}

    answer = client.post(address, typed)

    assert answer.status_code == 302
    form = client.get(address).context["form"]
    assert (form.initial["to"], form.initial["parties"]) == ([f"body:{body.pk}"], [member])
    status = reverse("elements:element_status", args=["declaration", "1"])
    answer = client.post(
        status, {"version": 2, "status": "closed", "on": "2020-01-01", "reason": "x"}
    )
    assert (answer.status_code, Element.objects.get().verb) == (302, "invite")


def test_adoption_page_offers_what_is_at_hand_and_says_what_is_missing(
    client, people, revision, text, process
):
    MeetingFactory(process=process, days="2026-05-04", slug="first")
    address = reverse("elements:adoption", args=["declaration"])
    client.force_login(people["secretariat"])
    shown = client.get(address)
    assert [name for name, _heading in shown.context["acts"]] == ["room"]
    assert shown.context["page"].missing == [
        "The presidency has not stated that all members agree."
    ]
    client.force_login(people["chair"])
    assert [name for name, _heading in client.get(address).context["acts"]] == ["consensus"]
    stated = client.post(
        reverse("elements:act", args=["declaration", "consensus"]), {"revision": revision.pk}
    )
    client.force_login(people["secretariat"])
    room = reverse("elements:act", args=["declaration", "room"])
    meeting = process.meetings.get().pk
    refused = client.post(room, {"revision": revision.pk, "meeting": meeting, "day": "2026-05-05"})
    answer = client.post(room, {"revision": revision.pk, "meeting": meeting, "day": "2026-05-04"})

    assert (stated.status_code, refused.status_code, answer.status_code) == (302, 422, 302)
    assert Adoption.objects.get().adopted_on == date(2026, 5, 4)
    assert client.get(room).status_code == 404
    assert client.get(reverse("elements:act", args=["declaration", "x"])).status_code == 404
    client.force_login(people["focal_point"])
    assert "4 May 2026" in client.get(address).content.decode()


def test_objectors_are_named_to_whom_the_rule_says_and_to_nobody_else(
    client, people, silence, member, secretariat
):
    reply = silence.call.replies.get(party=member)
    values = {"objects": True}
    record_answer(reply=reply, values=values, way="note", by=secretariat, now=OPENED)
    address = reverse("elements:adoption", args=["declaration"])

    named = {}
    for name in ("chair", "secretariat", "focal_point", "other_focal_point", "body_member"):
        client.force_login(people[name])
        shown = client.get(address)
        named[name] = [each.objected for each in shown.context["page"].attempts]
        assert "silence broken" in shown.content.decode()

    nobody = [[]]
    assert named == {
        "chair": [[member.code]],
        "secretariat": [[member.code]],
        "focal_point": nobody,
        "other_focal_point": nobody,
        "body_member": nobody,
    }


def test_steps_of_silence_and_writing_are_taken_on_the_page(client, people, revision, rule):
    client.force_login(people["secretariat"])

    def act(name, **typed):
        address = reverse("elements:act", args=["declaration", name])
        return client.post(address, typed).status_code

    assert act("silence", revision=revision.pk, due_at="2030-01-01T12:00") == 302
    assert act("extend", version=1, due_at="2030-01-02T12:00") == 302
    assert act("end", version=2, reason="Written instead") == 302
    assert act("written", revision=revision.pk, due_at="2030-01-01T12:00") == 302
    adoption = Adoption.objects.get(state="open")
    assert act("confirm", version=1, revision=revision.pk, due_at="2030-01-03T12:00") == 422
    adoption.comments.due_at = DUE
    adoption.comments.save()
    assert act("confirm", version=1, revision=revision.pk, due_at="2030-01-03T12:00") == 302
    assert act("confirmed", version=2) == 422
    assert Adoption.objects.count() == 2


def test_late_objection_is_entered_on_the_page(client, people, silence, member):
    settle_silences(now=DUE.replace(hour=23), by=SYSTEM)
    client.force_login(people["secretariat"])
    address = reverse("elements:act", args=["declaration", "late"])
    version = Adoption.objects.get().version

    answer = client.post(
        address, {"version": version, "party": member.code, "way": "mail", "words": "No."}
    )

    shown = client.get(reverse("elements:adoption", args=["declaration"]))
    assert answer.status_code == 302
    assert shown.context["page"].attempts[0].late == [member.code]


def test_positions_are_taken_entered_translated_confirmed_and_withdrawn(
    client, people, final, speaker, member
):
    client.force_login(speaker)
    typed = {"kind": "reservation", "language": "es", "words": "Con reserva."}
    taken = client.post(reverse("elements:position_take", args=["declaration"]), typed)
    client.force_login(people["secretariat"])
    entered = client.post(
        reverse("elements:position_record", args=["declaration"]),
        {**typed, "kind": "dissociation", "party": member.code, "way": "room"},
    )
    reserved, dissociated = Position.objects.order_by("pk")
    translated = client.post(
        reverse("elements:position_translate", args=["declaration", reserved.pk]),
        {"version": 1, "translations_en": "With a reservation.", "translations_0": ""},
    )
    client.force_login(speaker)
    confirmed = client.post(
        reverse("elements:position_confirm", args=["declaration", dissociated.pk]), {"version": 1}
    )
    withdrawn = client.post(
        reverse("elements:position_withdraw", args=["declaration", dissociated.pk]),
        {"version": 2, "withdrawn_on": timezone.localdate().isoformat()},
    )

    codes = [each.status_code for each in (taken, entered, translated, confirmed, withdrawn)]
    assert codes == [302] * 5
    shown = page(client, "text", "declaration")
    for words in ("Con reserva.", "withdrawn on", "Entered by the secretariat, in the room."):
        assert words in shown
    reserved.refresh_from_db()
    assert reserved.translations == {"en": "With a reservation."}


def test_register_and_rule_are_kept_on_their_pages(client, people, element, process):
    client.force_login(people["secretariat"])
    add = reverse("elements:principle_add", args=["meridian"])
    typed = {"words_en": "Families stay together.", "order": 1}
    refused = client.post(add, {**typed, "sources": "/elements/declaration/9/\nx"})
    added = client.post(add, {**typed, "sources": "http://h/elements/declaration/1/"})
    principle = process.principles.get()
    address = reverse("elements:principle", args=["meridian", principle.pk])
    assert client.get(address).context["form"].initial["sources"] == "/elements/declaration/1/"
    removed = client.post(
        reverse("elements:principle_remove", args=["meridian", principle.pk]), {"version": 1}
    )
    rule = client.post(
        reverse("elements:rule", args=["meridian"]),
        {
            "ways": ["room", "silence"],
            "objectors_named_to": "chair",
            "least_days": 3,
            "most_extensions": 0,
        },
    )

    codes = [each.status_code for each in (refused, added, removed, rule)]
    assert codes == [422, 302, 302, 302]
    assert process.adoption_rule.ways == ["room", "silence"]


def test_text_that_is_not_adopted_tells_no_more(client, people, text):
    client.force_login(people["focal_point"])
    shown = page(client, "text", "declaration")

    assert "not adopted yet" in shown
    client.force_login(people["secretariat"])
    assert "Only an adopted text" in page(client, "cut", "declaration")


def test_elements_and_positions_stand_beside_the_text(client, element, paragraphs, member, people):
    PositionFactory(text=element.text, paragraph=paragraphs[0], party=member, words="Not us.")
    final = element.revision
    visitor, secretariat = people["visitor"], people["secretariat"]

    beside = notes_beside(visitor, final)

    assert [(note.who, note.kind, note.words) for note in beside[paragraphs[0].pk]] == [
        ("Element 1", "open", ""),
        (member.code, "dissociation", "Not us."),
    ]
    assert [link.label for link in links_beside(visitor, final)] == ["Adoption", "Elements"]
    shown = client.get(element.text.get_absolute_url()).content.decode()
    assert "/elements/declaration/1/" in shown
    final.state = "circulated"
    element.text.adoptions.all().delete()
    assert notes_beside(visitor, final) == {}
    labels = [link.label for link in links_beside(visitor, final)]
    assert "Elements" not in labels
    assert "Adoption" not in labels
    assert "Adoption" in [link.label for link in links_beside(secretariat, final)]
