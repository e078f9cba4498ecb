from datetime import UTC, datetime

import pytest
from django.urls import reverse

from comity.audit.queries import history_of
from comity.calls.models import Call, CallState, ReplyState
from tests.factories.calls import CallFactory, QuestionFactory, ReplyFactory
from tests.factories.processes import ParticipationFactory

END_OF_MAY = datetime(2030, 5, 31, 23, 59, tzinfo=UTC)
FILLED = {
    "subject_en": "Readmission",
    "subject_es": "Readmisión",
    "instructions_fr": "Veuillez répondre.",
    "due_at": "2030-05-31",
    "asked_by": "status",
    "asked_statuses": ["member", "observer"],
    "release": "close",
    "audience": "members",
}


@pytest.fixture
def office(client, secretariat):
    """A browser at which the secretariat is signed in."""
    client.force_login(secretariat)
    return client


@pytest.fixture
def prepared(process):
    return CallFactory(process=process, state=CallState.PREPARED, opened_at=None)


def page(name, call):
    return reverse(f"calls:{name}", args=[call.pk])


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def stands(call):
    return Call.objects.get(pk=call.pk)


def test_call_is_prepared_with_all_that_was_typed(office, process):
    response = office.post(reverse("calls:add", args=[process.slug]), FILLED)

    call = Call.objects.get()
    assert response.url == page("call", call)
    assert (call.subject, call.instructions, call.due_at, call.kind, call.state) == (
        {"en": "Readmission", "es": "Readmisión"},
        {"fr": "Veuillez répondre."},
        END_OF_MAY,
        "questions",
        "prepared",
    )
    assert (call.asked_by, call.asked_statuses, call.release, call.audience) == (
        "status",
        ["member", "observer"],
        "close",
        "members",
    )


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"asked_by": "body"}, {"asked_body": ["Choose at least one."]}),
        ({"asked_by": "list"}, {"asked_parties": ["Choose at least one."]}),
        ({"asked_statuses": []}, {"asked_statuses": ["Choose at least one."]}),
        ({"audience": "body"}, {"body": ["Choose at least one."]}),
        ({"audience": "named"}, {"named_parties": ["Choose at least one."]}),
        ({"due_at": "soon"}, {"due_at": ["Write a day as 2003-03-01."]}),
        ({"asked_by": "list", "asked_parties": "Nowhere"}, {"asked_parties": None}),
    ],
)
def test_what_a_choice_needs_is_asked_for(office, process, typed, wrong):
    response = office.post(reverse("calls:add", args=[process.slug]), FILLED | typed)

    found = errors_of(response)
    assert (response.status_code, Call.objects.count()) == (422, 0)
    assert {name: wrong[name] and found[name] for name in found} == wrong


def test_what_another_choice_needs_is_dropped(office, process, body, affiliations):
    party = affiliations["partner"].party
    typed = {
        "asked_by": "list",
        "asked_parties": party.code,
        "asked_body": body.pk,
        "body": body.pk,
        "named_parties": party.code,
    }

    office.post(reverse("calls:add", args=[process.slug]), FILLED | typed)

    call = Call.objects.get()
    assert (call.asked_statuses, call.asked_body, call.body) == ([], None, None)
    assert (list(call.asked_parties.all()), call.named_parties.count()) == ([party], 0)


def test_prepared_call_is_changed_as_it_was_seen(office, prepared):
    shown = office.get(page("edit", prepared)).context["form"]
    typed = FILLED | {"version": shown["version"].value()}

    response = office.post(page("edit", prepared), typed)

    assert response.url == page("call", prepared)
    assert stands(prepared).due_at == END_OF_MAY
    again = office.post(page("edit", prepared), typed | {"subject_en": "Other"})
    assert (again.status_code, stands(prepared).subject["en"]) == (422, "Readmission")
    assert "Somebody else has saved this meanwhile" in again.content.decode()


def test_prepared_call_shows_its_due_day(office, process):
    call = CallFactory(process=process, state=CallState.PREPARED, opened_at=None, due_at=END_OF_MAY)

    shown = office.get(page("edit", call)).content.decode()

    assert 'value="2030-05-31"' in shown


def test_prepared_call_is_discarded(office, process, prepared):
    response = office.post(page("discard", prepared), {"version": prepared.version})

    assert (response.url, Call.objects.count()) == (reverse("calls:list", args=[process.slug]), 0)


def test_opened_call_is_not_discarded(office, call):
    response = office.post(page("discard", call), {"version": call.version})

    assert (response.status_code, Call.objects.count()) == (422, 1)
    assert "This call was opened already." in response.content.decode()


def test_preview_shows_who_is_asked_what_in_each_language(office, process, affiliations):
    subject = {"en": "Readmission", "es": "Readmisión"}
    prepared = CallFactory(
        process=process, state=CallState.PREPARED, opened_at=None, subject=subject
    )
    QuestionFactory(call=prepared, words={"en": "How many?", "es": "¿Cuántos?"})

    preview = office.get(page("open", prepared)).context["preview"]

    asked = ["focal_point", "other_focal_point", "body_member", "chair"]
    names = sorted(str(affiliations[name].party) for name in asked)
    assert preview.parties == names
    assert [
        (each.code, each.subject, [field.label for field in each.fields])
        for each in preview.languages
    ] == [("en", "Readmission", ["How many?"]), ("es", "Readmisión", ["¿Cuántos?"])]


def test_preview_of_a_call_to_nobody_says_so(office, process):
    prepared = CallFactory(
        process=process, state=CallState.PREPARED, opened_at=None, asked_statuses=["invited"]
    )

    shown = office.get(page("open", prepared)).content.decode()

    assert "Nobody is asked: choose whom to ask." in shown


def test_call_is_opened_after_its_preview(office, prepared, affiliations):
    QuestionFactory(call=prepared)

    response = office.post(page("open", prepared), {"version": prepared.version})

    assert (response.url, stands(prepared).state) == (page("call", prepared), "open")
    assert prepared.replies.count() == 4
    assert office.get(page("open", prepared)).url == page("call", prepared)


def test_call_without_questions_is_not_opened(office, prepared, affiliations):
    response = office.post(page("open", prepared), {"version": prepared.version})

    assert (response.status_code, stands(prepared).state) == (422, "prepared")
    assert errors_of(response) == {"__all__": ["Write at least one question first."]}


def test_all_are_given_more_time(office, call):
    typed = {"version": call.version, "due_at": "2030-05-31"}

    response = office.post(page("extend", call), typed)

    assert (response.url, stands(call).due_at) == (page("call", call), END_OF_MAY)


def test_more_time_for_all_takes_the_place_of_less_for_one(office, call):
    sooner, later = datetime(2030, 3, 1, tzinfo=UTC), datetime(2030, 9, 1, tzinfo=UTC)
    replies = [ReplyFactory(call=call, due_at=due_at) for due_at in (sooner, later, None)]

    office.post(page("extend", call), {"version": call.version, "due_at": "2030-05-31"})

    found = dict(call.replies.values_list("pk", "due_at"))
    assert [found[reply.pk] for reply in replies] == [None, later, None]
    told = [(event.action, event.after) for event in history_of(replies[0])]
    assert told == [("reply.extended", {"due_at": None})]


def test_call_is_closed_and_opened_again(office, call):
    office.post(page("close", call), {"version": call.version})
    closed = stands(call)
    typed = {"version": closed.version, "due_at": "2030-05-31"}

    shown = office.get(page("reopen", call)).context["form"]["due_at"].value()
    office.post(page("reopen", call), typed)

    again = stands(call)
    assert (closed.state, shown, again.state, again.due_at) == ("closed", None, "open", END_OF_MAY)


def test_call_is_withdrawn_for_a_reason(office, call, sent):
    silent = office.post(page("withdraw", call), {"version": call.version})

    response = office.post(page("withdraw", call), {"version": call.version, "reason": "Enough."})

    assert (silent.status_code, list(errors_of(silent))) == (422, ["reason"])
    assert (response.status_code, stands(call).state) == (302, "withdrawn")
    assert call.replies.get().state == ReplyState.AWAITED


def test_others_are_asked_too(office, process, call, reply):
    newcomer = ParticipationFactory(process=process).party

    response = office.post(page("ask", call), {"parties": newcomer.code})

    asked = set(call.replies.values_list("party", flat=True))
    assert (response.url, asked) == (page("call", call), {reply.party_id, newcomer.pk})


def test_nobody_who_takes_no_part_is_asked(office, call, affiliations):
    response = office.post(page("ask", call), {"parties": affiliations["outsider"].party.code})

    assert (response.status_code, call.replies.count()) == (422, 0)
