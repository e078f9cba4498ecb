from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from comity.accounts.authority import may
from comity.parties.models import Party
from comity.processes.forms.relations import AskForm
from comity.processes.models import Request, RequestState, Status
from comity.processes.services import ask_secretariat
from tests.conftest import PERSONAS
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import MeetingFactory, ParticipationFactory, RequestFactory
from tests.processes.conftest import sent

WORDS = "Please send the definitions in French."


@pytest.fixture
def party(affiliations):
    return affiliations["focal_point"].party


@pytest.fixture
def asked(process, party):
    return RequestFactory(process=process, party=party, words=WORDS)


def test_focal_point_asks_and_reads_the_answer(client, people, page, process, party):
    client.force_login(people["focal_point"])
    made = client.post(page("request_ask"), {"party": party.code, "words": WORDS})
    row = Request.objects.get()
    client.force_login(people["secretariat"])
    answer = {"version": 1, "state": "done", "answer": "Sent today."}
    answered = client.post(page("request", row.pk), answer)
    client.force_login(people["focal_point"])
    shown = client.get(page("request", row.pk))

    assert sent(made)[:2] == (302, page("requests"))
    assert (row.party, row.process, row.state) == (party, process, RequestState.RECEIVED)
    assert sent(answered)[:2] == (302, page("request", row.pk))
    html = shown.content.decode()
    assert ("Sent today." in html, "Answer it, or close it" in html) == (True, False)
    assert [entry.what for entry in shown.context["entries"]] == [
        "answered a request",
        "asked something of the secretariat",
    ]


def test_request_is_read_by_its_party_and_the_secretariat_alone(people, asked):
    read = {name for name in PERSONAS if may(people[name], "processes.read_request", asked)}

    assert read == {"focal_point", "secretariat"}
    assert not Request.objects.visible_to(AnonymousUser(), date(2026, 11, 23)).exists()


@pytest.mark.parametrize(("persona", "count"), [("focal_point", 1), ("secretariat", 2)])
def test_list_holds_what_its_reader_may_read(client, people, page, process, asked, persona, count):
    RequestFactory(process=process, words="What another State asked.")
    client.force_login(people[persona])

    response = client.get(page("requests"))

    assert len(response.context["page"]) == count
    assert ("What another State asked." in response.content.decode()) == (count == 2)


def test_request_of_another_is_not_found_and_ones_own_not_answered(client, people, page, asked):
    answer = {"version": 1, "state": "done", "answer": "Sent."}
    client.force_login(people["other_focal_point"])
    hidden = client.get(page("request", asked.pk)).status_code
    client.force_login(people["focal_point"])
    refused = client.post(page("request", asked.pk), answer).status_code

    assert (hidden, refused) == (404, 403)
    asked.refresh_from_db()
    assert asked.state == RequestState.RECEIVED


def test_party_that_contests_or_has_left_still_reads_what_it_asked(
    client, people, page, process, party, asked
):
    process.participations.filter(party=party).update(status=Status.CONTESTED)
    client.force_login(people["focal_point"])

    shown = client.get(page("request", asked.pk))
    listed = client.get(reverse("processes:requests_across")).content.decode()
    answer = client.post(page("request", asked.pk), {"version": 1, "state": "done", "answer": "x"})
    client.force_login(people["other_focal_point"])

    assert shown.status_code == 200
    assert shown.context["back"] == reverse("processes:requests_across")
    assert page("request", asked.pk) in listed
    assert (shown.context["may_withdraw"], answer.status_code) == (False, 403)
    assert client.get(page("request", asked.pk)).status_code == 404


def test_request_is_declined_with_a_reason_alone(editor, page, asked):
    response = editor.post(page("request", asked.pk), {"version": 1, "state": "declined"})

    assert (response.status_code, dict(response.context["form"].errors)) == (
        422,
        {"answer": ["Say why the request is declined."]},
    )


def test_secretariat_records_what_it_was_asked_in_the_room(editor, page, process, party):
    meeting = MeetingFactory(process=process)
    typed = {"party": party.code, "asked": "2026-05", "words": WORDS, "meeting": meeting.pk}

    response = editor.post(page("request_add"), typed)
    nobody = editor.post(page("request_add"), {"asked": "2026-06", "words": "Anonymous"})

    assert sent(response)[:2] == sent(nobody)[:2] == (302, page("requests"))
    assert Request.objects.get(party=party).meeting == meeting
    unnamed = Request.objects.get(party=None)
    assert editor.get(page("request", unnamed.pk)).context["heading"] == "Somebody asks"


def test_nobody_asks_for_another_party_or_when_suspended(people, process, party):
    by = people["focal_point"]

    with pytest.raises(ValidationError) as caught:
        ask_secretariat(process=process, party=PartyFactory(), words=WORDS, by=by)
    ParticipationFactory(process=process, party=party, status=Status.SUSPENDED)
    with pytest.raises(PermissionDenied):
        ask_secretariat(process=process, party=party, words=WORDS, by=by)

    assert caught.value.message_dict == {"party": ["You do not ask for this party."]}
    assert not Request.objects.exists()


@pytest.mark.parametrize("count", [1, 5])
def test_requests_ask_the_same_queries_for_any_length(
    editor, page, process, django_assert_num_queries, count
):
    for _ in range(count):
        RequestFactory(process=process, meeting=MeetingFactory())

    with django_assert_num_queries(8):  # as other lists, and count, and who may ask
        response = editor.get(page("requests"))

    assert len(response.context["page"]) == count


def test_parties_for_which_one_asks_are_offered_by_name(process):
    named = [PartyNameFactory(name=name).party.pk for name in ("Zarvenia", "Ébraly", "Dorvane")]
    parties = Party.objects.filter(pk__in=named).with_name(date(2026, 11, 23))

    form = AskForm(process=process, parties=parties)

    offered = [label for _code, label in form.fields["party"].choices]
    assert offered == ["Dorvane", "Ébraly", "Zarvenia"]
