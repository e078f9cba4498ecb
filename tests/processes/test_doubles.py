"""Who sends a form twice means one row; what was added by mistake is removed while it is empty."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from comity.audit.models import Event
from comity.processes.models import Body, MeetingStatus, Network, Request, RequestState
from comity.processes.queries import record_events
from comity.processes.services import (
    AgreementFacts,
    BodyFacts,
    MeetingFacts,
    PartnershipFacts,
    RequestFacts,
    VisitFacts,
    add_agreement,
    add_body,
    add_meeting,
    add_open_set,
    add_partnership,
    add_series,
    add_visit,
    receive_request,
)
from comity.processes.services.relations import add_network
from tests.factories.processes import BodyFactory, ContactFactory, NetworkFactory, ProcessFactory
from tests.processes.conftest import sent

NAME = {"en": "Readmission", "fr": "Réadmission"}
BODY = BodyFacts(name=NAME, kind="working group")
ASKED = RequestFacts(asked="2026-05", words="Please prepare a paper.")


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


def additions(process, by):
    """Return what one may add twice, each with the sentence that refuses the second."""
    other = ProcessFactory()
    partner = PartnershipFacts(name_in_source="IOM", role="technical support")
    memorandum = AgreementFacts(title=NAME, signed="2003")
    visit = VisitFacts(days="2003", represented_by="The chair")
    meeting = MeetingFacts(title=NAME, kind="workshop", status=MeetingStatus.PLANNED, days="2027")
    return [
        (lambda: add_open_set(process=process, words="Others", by=by), "These words stand"),
        (lambda: add_body(process=process, facts=BODY, by=by), "a body of this name"),
        (lambda: add_network(process=process, name=NAME, by=by), "a network of this name"),
        (lambda: add_series(process=process, name=NAME, by=by), "a series of this name"),
        (lambda: add_meeting(process=process, facts=meeting, by=by), "of this title on these days"),
        (lambda: add_partnership(process=process, facts=partner, by=by), "with these words"),
        (
            lambda: add_agreement(process=process, slug="m", facts=memorandum, by=by),
            "of this title and day",
        ),
        (lambda: add_visit(process=process, visited=other, facts=visit, by=by), "visit is kept"),
        (lambda: receive_request(process=process, facts=ASKED, by=by), "in the same words"),
    ]


@pytest.mark.parametrize("number", range(8))
def test_second_of_two_equal_rows_is_refused(secretariat, process, number):
    add, sentence = additions(process, secretariat)[number]
    add()

    with pytest.raises(ValidationError, match=sentence):
        add()

    assert Event.objects.count() == 1


def test_name_in_any_language_makes_a_namesake(secretariat, process):
    add_body(process=process, facts=BODY, by=secretariat)
    in_french = replace(BODY, name={"en": "Returns", "fr": "READMISSION"})

    with pytest.raises(ValidationError, match="a body of this name"):
        add_body(process=process, facts=in_french, by=secretariat)


def test_body_of_the_name_of_one_that_ended_is_no_double(secretariat, process):
    ended = replace(BODY, begins="2003", ends="2005")
    add_body(process=process, facts=ended, by=secretariat)

    add_body(process=process, facts=replace(BODY, begins="2010"), by=secretariat)
    with pytest.raises(ValidationError, match="a body of this name"):
        add_body(process=process, facts=ended, by=secretariat)

    assert Body.objects.filter(name=NAME).count() == 2


def test_other_process_has_the_same_names(secretariat, process):
    BodyFactory(process=ProcessFactory(), name=NAME)

    assert add_body(process=process, facts=BODY, by=secretariat).name == NAME


def test_request_that_was_withdrawn_may_be_made_again(secretariat, process):
    receive_request(process=process, facts=ASKED, by=secretariat)
    Request.objects.update(state=RequestState.WITHDRAWN)

    receive_request(process=process, facts=ASKED, by=secretariat)

    assert process.requests.count() == 2


def test_empty_body_is_removed_and_the_history_tells(editor, page, process):
    empty = BodyFactory(process=process)

    response = editor.post(page("body_remove", empty.pk), {"version": 1})

    assert sent(response)[:2] == (302, page("bodies"))
    assert not Body.objects.filter(pk=empty.pk).exists()
    assert list(record_events(process).values_list("action", flat=True)) == ["body.removed"]


def test_body_with_a_seat_stays(editor, page, body):
    response = editor.post(page("body_remove", body.pk), {"version": 1})

    assert response.status_code == 422
    assert response.context["problems"] == [
        (
            "Something belongs to this body: a seat, an office, a part or a paper. "
            "It stays in the record; say until when it existed instead."
        )
    ]
    assert Body.objects.filter(pk=body.pk).exists()


@pytest.mark.parametrize("is_empty", [True, False])
def test_network_is_removed_while_nobody_is_in_it(editor, process, is_empty):
    network = NetworkFactory(process=process)
    if not is_empty:
        ContactFactory(network=network)
    address = reverse("directory:network_remove", args=[process.slug, network.pk])

    response = editor.post(address, {"version": 1})

    assert response.status_code == (302 if is_empty else 422)
    assert Network.objects.filter(pk=network.pk).exists() != is_empty
    actions = Event.objects.values_list("action", flat=True)
    assert list(actions) == (["network.removed"] if is_empty else [])
