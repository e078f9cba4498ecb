from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comity.accounts.authority import SYSTEM
from comity.audit.models import Event
from comity.processes.models import Contact, Office, Partnership, RequestState
from comity.processes.services.relations import (
    AgreementFacts,
    PartnershipFacts,
    VisitFacts,
    add_agreement,
    add_contact,
    add_network,
    add_partnership,
    add_visit,
    change_agreement,
    change_partnership,
    change_visit,
    confirm_contact,
    remove_contact,
    remove_partnership,
    rename_network,
)
from comity.processes.services.requests import RequestFacts, answer_request, receive_request
from tests.conftest import PERSONAS
from tests.factories.parties import AffiliationFactory, PartyFactory
from tests.factories.processes import (
    AgreementFactory,
    ContactFactory,
    LiaisonVisitFactory,
    NetworkFactory,
    PartnershipFactory,
    ProcessFactory,
    RequestFactory,
    TermFactory,
)

PARTNER = PartnershipFacts(name_in_source="IOM", role="technical support", order=2)
AGREEMENT = AgreementFacts(title={"en": "Memorandum"}, signed="2003-05")
VISIT = VisitFacts(days="2003-05", represented_by="The chair", report="A word of greeting.")
REQUEST = RequestFacts(asked="2003-05", words="Please prepare a paper.")
NAME = {"en": "Liaison officers"}


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def rows(process):
    """One row of each kind, of the process."""
    network = NetworkFactory(process=process)
    return {
        "partnership": PartnershipFactory(process=process),
        "agreement": AgreementFactory(process=process),
        "visit": LiaisonVisitFactory(process=process),
        "request": RequestFactory(process=process),
        "network": network,
        "contact": ContactFactory(network=network),
    }


def record(process, rows, by):
    """Return the attempts of ``by`` to edit what everybody may read."""
    partnership, agreement = rows["partnership"], rows["agreement"]
    return [
        lambda: add_partnership(process=process, facts=PARTNER, by=by),
        lambda: change_partnership(partnership=partnership, facts=PARTNER, version=1, by=by),
        lambda: remove_partnership(partnership=partnership, version=2, by=by),
        lambda: add_agreement(process=process, slug="mou", facts=AGREEMENT, by=by),
        lambda: change_agreement(agreement=agreement, facts=AGREEMENT, version=1, by=by),
    ]


def work(process, rows, by):
    """Return the attempts of ``by`` to do the work of the secretariat."""
    visit, request = rows["visit"], rows["request"]
    network, contact = rows["network"], rows["contact"]
    done, affiliation = RequestState.DONE, AffiliationFactory()
    return [
        lambda: add_visit(process=process, visited=ProcessFactory(), facts=VISIT, by=by),
        lambda: change_visit(visit=visit, facts=VISIT, version=1, by=by),
        lambda: receive_request(process=process, facts=REQUEST, by=by),
        lambda: answer_request(request=request, state=done, answer="", version=1, by=by),
        lambda: add_network(process=process, name={"en": "Consulates"}, by=by),
        lambda: rename_network(network=network, name=NAME, version=1, by=by),
        lambda: add_contact(network=network, affiliation=affiliation, by=by),
        lambda: confirm_contact(contact=contact, version=1, by=by),
        lambda: remove_contact(contact=contact, version=2, by=by),
    ]


@pytest.mark.parametrize("persona", sorted({*PERSONAS} - {"secretariat"}))
def test_relations_are_changed_by_the_secretariat_alone(people, process, rows, persona):
    by = people[persona]

    for attempt in [*record(process, rows, by), *work(process, rows, by)]:
        with pytest.raises(PermissionDenied):
            attempt()
    assert not Event.objects.exists()


def test_secretariat_may_do_each(secretariat, process, rows):
    for attempt in [*record(process, rows, secretariat), *work(process, rows, secretariat)]:
        attempt()

    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "partnership.added",
        "partnership.changed",
        "partnership.removed",
        "agreement.added",
        "agreement.changed",
        "visit.added",
        "visit.changed",
        "request.received",
        "request.answered",
        "network.added",
        "network.renamed",
        "contact.added",
        "contact.confirmed",
        "contact.removed",
    ]


def test_keeper_edits_the_record_and_does_not_the_work(process, rows):
    affiliation = AffiliationFactory()
    TermFactory(process=process, party=affiliation.party, office=Office.KEEPER)
    keeper = affiliation.person.user

    for attempt in record(process, rows, keeper):
        attempt()
    for attempt in work(process, rows, keeper):
        with pytest.raises(PermissionDenied):
            attempt()

    assert Event.objects.count() == 5


def test_partnership_of_no_process_is_edited_by_nobody(db):
    loose = PartnershipFactory(process=None)

    with pytest.raises(PermissionDenied):
        remove_partnership(partnership=loose, version=1, by=SYSTEM)

    assert list(Partnership.objects.all()) == [loose]


def test_agreement_keeps_who_signed(secretariat, process):
    parties = [PartyFactory(), PartyFactory()]
    made = add_agreement(
        process=process,
        slug="mou",
        facts=AgreementFacts(title={"en": "Memorandum"}, parties=parties),
        by=secretariat,
    )

    facts = AgreementFacts(title={"en": "Agreement"}, signed="2004", parties=parties[:1])
    changed = change_agreement(agreement=made, facts=facts, version=1, by=secretariat)

    assert (changed.title, changed.signed, list(changed.parties.all())) == (
        {"en": "Agreement"},
        "2004",
        parties[:1],
    )


def test_process_does_not_visit_itself(secretariat, process):
    with pytest.raises(ValidationError, match="does not visit itself"):
        add_visit(process=process, visited=process, facts=VISIT, by=secretariat)


@pytest.mark.parametrize(
    ("answer", "is_refused"), [("", True), ("  ", True), ("Outside our mandate.", False)]
)
def test_request_is_declined_with_a_reason(secretariat, rows, answer, is_refused):
    request = rows["request"]
    refused = {}

    try:
        answer_request(
            request=request,
            state=RequestState.DECLINED,
            answer=answer,
            version=1,
            by=secretariat,
        )
    except ValidationError as error:
        refused = error.message_dict

    request.refresh_from_db()
    assert refused == ({"answer": ["Say why the request is declined."]} if is_refused else {})
    assert request.state == ("received" if is_refused else "declined")


def test_contact_is_confirmed_for_today(secretariat, rows):
    confirmed = confirm_contact(contact=rows["contact"], version=1, by=secretariat)

    assert confirmed.confirmed_on == timezone.localdate()


def test_person_is_in_a_network_once(secretariat, rows):
    with pytest.raises(ValidationError, match="in the network already"):
        add_contact(
            network=rows["network"], affiliation=rows["contact"].affiliation, by=secretariat
        )

    assert Contact.objects.count() == 1


def test_impossible_date_of_a_visit_is_refused(secretariat, process):
    with pytest.raises(ValidationError) as caught:
        add_visit(
            process=process,
            visited=ProcessFactory(),
            facts=VisitFacts(days=date(2003, 5, 1).isoformat() + "0", represented_by="The chair"),
            by=secretariat,
        )

    assert list(caught.value.message_dict) == ["days"]
