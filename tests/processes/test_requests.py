"""Requests to the secretariat: who is told by mail, and how one is withdrawn."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.authority import may
from comity.accounts.models import User
from comity.outbox.models import Message
from comity.parties.models import Affiliation
from comity.processes.models import Participation, Request, RequestState, Status
from comity.processes.services import answer_request, ask_secretariat, withdraw_request
from tests.conftest import PERSONAS
from tests.factories.parties import AffiliationFactory
from tests.factories.processes import RequestFactory
from tests.processes.conftest import sent

SITE = "https://comity.example/"
WORDS = "Please send the definitions in French."


@pytest.fixture
def party(affiliations):
    return affiliations["focal_point"].party


@pytest.fixture
def ask(process, people, party):
    """Return a function with which the focal point asks."""

    def asked(words=WORDS):
        by = people["focal_point"]
        return ask_secretariat(process=process, party=party, words=words, by=by, site=SITE)

    return asked


def mails():
    found = Message.objects.order_by("pk")
    return [(each.to, each.language, each.cause, each.subject) for each in found]


def test_secretariat_is_told_what_is_asked_in_its_language(ask, people, affiliations, process):
    User.objects.filter(pk=people["secretariat"].pk).update(language="fr")
    gone = AffiliationFactory(party=affiliations["secretariat"].party, ends="2021")
    locked = AffiliationFactory(party=affiliations["secretariat"].party)
    User.objects.filter(pk=locked.person.user_id).update(is_active=False)

    request = ask()

    [message] = Message.objects.all()
    assert gone.person.user.email != message.to == people["secretariat"].email
    assert (message.language, message.cause, message.about) == ("fr", "request.made", request)
    assert WORDS in message.text
    address = f"https://comity.example/processes/{process.slug}/requests/{request.pk}/"
    assert message.text.splitlines()[-1] == address


def test_long_request_is_known_by_its_beginning(ask):
    ask("word " * 200)

    text = Message.objects.get().text
    assert (len(text) < 500, "word …" in text) == (True, True)


def test_who_asked_and_who_speaks_for_the_party_are_told_the_answer(ask, people, party, process):
    request = ask()
    speaker = AffiliationFactory(party=party, may_speak=True).person.user
    AffiliationFactory(party=party, may_speak=False)
    Message.objects.all().delete()

    answered = answer_request(
        request=request,
        state=RequestState.DONE,
        answer="Sent today.",
        version=1,
        by=people["secretariat"],
        site=SITE,
    )
    answer_request(
        request=answered,
        state=RequestState.DONE,
        answer="Sent today.",
        version=2,
        by=people["secretariat"],
    )

    assert sorted(mails()) == sorted(
        (
            to.email,
            "en",
            "request.answered",
            "Process: the secretariat has answered your request",
        )
        for to in (people["focal_point"], speaker)
    )
    assert "Sent today." in Message.objects.first().text


def test_nobody_is_told_of_what_they_did_themselves(process, people, affiliations, party):
    Participation.objects.filter(party=party).update(party=affiliations["secretariat"].party)
    by = people["secretariat"]

    ask_secretariat(process=process, party=affiliations["secretariat"].party, words=WORDS, by=by)

    assert mails() == []


def test_request_nobody_asked_here_is_answered_without_mail(process, people):
    request = RequestFactory(process=process, party=None)
    answer = {"state": RequestState.ACCEPTED, "answer": "", "version": 1}

    answer_request(request=request, **answer, by=people["secretariat"])

    assert mails() == []


def test_party_withdraws_what_it_asked_and_the_secretariat_is_told(ask, people):
    request = ask()
    Message.objects.all().delete()

    withdrawn = withdraw_request(request=request, version=1, by=people["focal_point"], site=SITE)

    assert (withdrawn.state, withdrawn.is_closed) == (RequestState.WITHDRAWN, True)
    assert [each[2] for each in mails()] == ["request.withdrawn"]
    assert "has withdrawn this request" in Message.objects.get().text
    with pytest.raises(ValidationError, match="closed already"):
        withdraw_request(request=withdrawn, version=2, by=people["focal_point"])
    for state in (RequestState.DONE, RequestState.WITHDRAWN):
        with pytest.raises(ValidationError, match="Only the party that asked"):
            answer_request(
                request=withdrawn, state=state, answer="x", version=2, by=people["secretariat"]
            )


def test_only_the_people_of_the_party_withdraw(ask, people, party):
    request = ask()
    allowed = {
        name for name in PERSONAS if may(people[name], "processes.withdraw_request", request)
    }

    assert allowed == {"focal_point"}
    with pytest.raises(PermissionDenied):
        withdraw_request(request=request, version=1, by=people["secretariat"])
    Participation.objects.filter(party=party).update(status=Status.SUSPENDED)
    assert not may(people["focal_point"], "processes.withdraw_request", request)


def test_request_is_withdrawn_on_its_page(client, people, page, ask):
    request = ask()
    client.force_login(people["focal_point"])
    shown = client.get(page("request", request.pk)).content.decode()
    stale = client.post(page("request_withdraw", request.pk), {"version": 9})
    done = client.post(page("request_withdraw", request.pk), {"version": 1})
    after = client.get(page("request", request.pk)).content.decode()
    client.force_login(people["secretariat"])
    to_secretariat = client.get(page("request", request.pk)).content.decode()

    assert "Withdraw the request" in shown
    assert stale.status_code == 422
    assert sent(done) == (302, page("request", request.pk), ["The request is withdrawn."])
    assert ("Withdraw the request" in after, "withdrawn" in after) == (False, True)
    assert "Answer it, or close it" not in to_secretariat
    assert Request.objects.get().state == "withdrawn"
    assert Affiliation.objects.exists()
