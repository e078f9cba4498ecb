"""Nobody learns what is not theirs: each person looks through all that can be reached.

A crawl opens whatever links, files, feeds and searches lead to. It is made twice by everybody, and
between the two a State drafts. Whoever may not know of it must be answered the same, to the byte:
neither words, nor a count, nor an order, nor a date may differ. Then each tries every address that
anybody else has found.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import User
from comity.calls.fields import Shape
from comity.calls.kinds import QUESTIONS, fields_of
from comity.calls.models import Release, Reply
from comity.calls.services import (
    CallFacts,
    QuestionFacts,
    add_question,
    open_call,
    prepare_call,
    save_entries,
    send_reply,
)
from comity.pages.made_up import SIGN_INS
from comity.processes.audiences import Audience
from comity.processes.models import Process
from crawl.reading import Crawl, crawl, look
from tests.pages.conftest import demonstration, made  # noqa: F401 -- fixtures

MOST_OF_A_KIND = 1
WORD = "Zephyrine"
PARTY = "QMA"
OF_PARTY = {
    "focal.qma@meridian.example",
    "delegate.qma@meridian.example",
    "statistician.qma@meridian.example",
}
BEGINNINGS = [
    "/",
    "/desk/",
    "/search/",
    f"/search/?q={WORD}",
    "/api/v1/",
    "/open-data/",
    "/sitemap.xml",
]


@pytest.fixture
def readers(demonstration):  # noqa: F811 -- the fixture imported above
    """A browser for each person of the demonstration, and one for a visitor."""
    found = {"visitor": Client()}
    for sign_in in SIGN_INS:
        found[sign_in.email] = Client()
        found[sign_in.email].force_login(User.objects.get(email=sign_in.email))
    return found


def look_through(readers, *more: str) -> dict[str, Crawl]:
    """Return what each reader finds from the usual beginnings and from ``more``, which all try."""
    beginnings = [*BEGINNINGS, *more]
    return {name: crawl(client, beginnings, MOST_OF_A_KIND) for name, client in readers.items()}


def differences(before: Crawl, after: Crawl) -> list[str]:
    """Return the addresses whose answers differ, or that were found once alone."""
    both = before.answers.keys() | after.answers.keys()
    return sorted(each for each in both if before.answers.get(each) != after.answers.get(each))


def told(readers, crawls) -> dict[str, list[str]]:
    """Return where each reader is shown the word, at any address that anybody found."""
    everywhere = {address for each in crawls.values() for address in each.answers}
    found = {}
    for name, client in readers.items():
        known = crawls[name].answers
        answers = {each: known.get(each) or look(client, each) for each in sorted(everywhere)}
        asked = f"q={WORD}".encode()
        found[name] = [
            each
            for each, body in answers.items()
            if WORD.encode() in body.replace(asked, b"") and f"q={WORD}" not in each
        ]
    return found


@pytest.fixture
def reply(demonstration):  # noqa: F811 -- the fixture imported above
    """What the party is asked by a call that is open to all members of the Meridian Dialogue."""
    secretariat = User.objects.get(email="secretariat@meridian.example")
    facts = CallFacts(
        kind=QUESTIONS,
        subject={"en": "Visas"},
        due_at=timezone.now() + timedelta(days=30),
        audience=Audience.MEMBERS,
        release=Release.AT_CLOSE,
    )
    process = Process.objects.get(slug="meridian")
    call = prepare_call(process=process, facts=facts, by=secretariat)
    for order, shape in enumerate((Shape.TEXT, Shape.LINE, Shape.NUMBER)):
        question = QuestionFacts(order=order, words={"en": "What do you do?"}, shape=shape)
        add_question(call=call, facts=question, by=secretariat)
    call.refresh_from_db()
    open_call(call=call, version=call.version, by=secretariat)
    return Reply.objects.get(call=call, party__code=PARTY)


def written(reply: Reply) -> dict[str, object]:
    """Return an answer to all that a call asks, with the word wherever words are asked."""
    by_shape = {Shape.NUMBER: 7, Shape.DAY: "2026-01-02", Shape.YES_NO: True}
    return {
        key: by_shape.get(field.shape, WORD if not field.options else field.options[0][0])
        for key, field in fields_of(reply.call, reply.party).items()
        if field.shape != Shape.CHOICES
    }


def addresses_of(reply) -> list[str]:
    """Return the addresses at which something of an answer might show, which everybody tries."""
    call, own = [reply.call_id], [reply.call_id, PARTY]
    return [
        *(reverse(f"calls:{name}", args=call) for name in ("call", "answers", "history")),
        reverse("calls:call_file", args=[*call, "csv"]),
        *(
            reverse(f"calls:{name}", args=own)
            for name in ("answer", "answer_clear", "answer_fetch")
        ),
        reverse("calls:reply", args=own),
        reverse("calls:handed_in_fetch", args=[*own, "en"]),
        reverse("calls:board", args=["meridian"]),
    ]


def test_a_draft_changes_no_answer_but_those_of_its_own_party(readers, reply):
    own = addresses_of(reply)
    before = look_through(readers, *own)

    writer = User.objects.get(email="delegate.qma@meridian.example")
    save_entries(reply=reply, values=written(reply), seen={}, by=writer)
    after = look_through(readers, *own)

    differing = {name: differences(before[name], after[name]) for name in readers}
    assert {
        name: found for name, found in differing.items() if found and name not in OF_PARTY
    } == {}
    assert differing["focal.qma@meridian.example"] != []
    shown = told(readers, after)
    assert {name for name, found in shown.items() if found} <= OF_PARTY
    assert shown["focal.qma@meridian.example"] != []


def test_an_answer_is_read_by_its_own_party_and_the_secretariat_until_it_is_released(
    readers, reply
):
    writer = User.objects.get(email="focal.qma@meridian.example")
    entries = save_entries(reply=reply, values=written(reply), seen={}, by=writer)
    send_reply(reply=reply, seen={each.key: each.version for each in entries}, by=writer)

    crawls = look_through(readers, *addresses_of(reply))

    shown = told(readers, crawls)
    assert {name for name, found in shown.items() if found} == {
        *("focal.qma@meridian.example", "delegate.qma@meridian.example"),
        *("statistician.qma@meridian.example", "secretariat@meridian.example"),
    }
