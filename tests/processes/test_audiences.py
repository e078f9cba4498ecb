from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from comity.documents.models import Document
from comity.processes.audiences import Audience
from comity.processes.models import Office, Participation, Seat, Status, Term
from tests.factories.documents import DocumentFactory
from tests.factories.parties import AffiliationFactory
from tests.factories.processes import BodyFactory, ParticipationFactory, TermFactory

LAST, NEXT = date(2026, 6, 30), date(2026, 7, 1)


@pytest.fixture
def read_by(process, body):
    """Return a function that tells for which audiences somebody reads a paper today."""
    papers = {
        audience: DocumentFactory(
            process=process,
            audience=audience,
            body=body if audience == Audience.BODY else None,
            published_at=timezone.now(),
        )
        for audience in Audience
    }

    def ask(user):
        seen = set(Document.objects.visible_to(user))
        return {audience for audience, paper in papers.items() if paper in seen}

    return ask


@pytest.fixture
def reads(people, process, body):
    """Return a function that tells whether a persona reads a paper for an audience on a day."""

    def ask(persona, audience, day):
        paper = DocumentFactory(
            process=process,
            audience=audience,
            body=body if audience == Audience.BODY else None,
            published_at=timezone.now(),
        )
        return paper in Document.objects.visible_to(people[persona], day)

    return ask


RIGHTS = [
    (Participation, "focal_point", Audience.MEMBERS),
    (Participation, "observer", Audience.PARTICIPANTS),
    (Seat, "body_member", Audience.BODY),
    (Term, "chair", Audience.CHAIR),
    (Term, "secretariat", Audience.SECRETARIAT),
]


@pytest.mark.parametrize(("fact", "persona", "audience"), RIGHTS)
def test_right_ends_with_the_fact_it_follows_from(affiliations, reads, fact, persona, audience):
    held = fact.objects.get(party=affiliations[persona].party)
    held.begins, held.ends = "2025-07-01", "2026-06-30"
    held.save()

    days = [date(2025, 6, 30), date(2025, 7, 1), LAST, NEXT]

    assert [reads(persona, audience, day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(("_fact", "persona", "audience"), RIGHTS)
def test_right_ends_with_the_affiliation(affiliations, reads, _fact, persona, audience):
    affiliations[persona].ends = LAST.isoformat()
    affiliations[persona].save()

    assert [reads(persona, audience, day) for day in (LAST, NEXT)] == [True, False]


def test_vague_dates_give_no_right_beyond_the_certain_days(affiliations, reads):
    term = Term.objects.get(party=affiliations["chair"].party)
    term.begins, term.ends = "2026-05", "2026-06"
    term.save()

    days = [date(2026, 5, 30), date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 2)]

    reading = [reads("chair", Audience.CHAIR, day) for day in days]
    assert reading == [False, True, True, False]


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.WITHDRAWN])
@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.PARTICIPANTS, Audience.BODY])
def test_suspension_takes_away_what_goes_on(affiliations, process, reads, audience, status):
    ParticipationFactory(
        process=process, party=affiliations["body_member"].party, status=status, begins="2026-07"
    )

    assert [reads("body_member", audience, day) for day in (LAST, NEXT)] == [True, False]


@pytest.mark.parametrize(
    ("status", "audiences"),
    [
        (Status.MEMBER, {Audience.PUBLIC, Audience.PARTICIPANTS, Audience.MEMBERS}),
        (Status.PARTICIPANT, {Audience.PUBLIC, Audience.PARTICIPANTS}),
        (Status.OBSERVER, {Audience.PUBLIC, Audience.PARTICIPANTS}),
        (Status.INVITED, {Audience.PUBLIC, Audience.PARTICIPANTS}),
        (Status.PARTNER, {Audience.PUBLIC, Audience.PARTICIPANTS}),
        (Status.SUSPENDED, {Audience.PUBLIC}),
        (Status.WITHDRAWN, {Audience.PUBLIC}),
        (Status.CONTESTED, {Audience.PUBLIC}),
    ],
)
def test_status_opens_these_audiences(process, read_by, status, audiences):
    affiliation = AffiliationFactory()
    ParticipationFactory(process=process, party=affiliation.party, status=status)

    assert read_by(affiliation.person.user) == audiences


@pytest.mark.parametrize(
    ("office", "audiences"),
    [
        (Office.PRESIDENCY, {Audience.PUBLIC, Audience.CHAIR}),
        (Office.CO_CHAIR, {Audience.PUBLIC, Audience.CHAIR}),
        (Office.SECRETARIAT, set(Audience)),
        (Office.JOINT_SECRETARIAT, set(Audience)),
        (Office.COORDINATOR, {Audience.PUBLIC}),
        (Office.LEAD_AGENCY, {Audience.PUBLIC}),
        (Office.BODY_CHAIR, {Audience.PUBLIC}),
        (Office.KEEPER, {Audience.PUBLIC}),  # edits what everybody may read, and reads no more
    ],
)
def test_office_opens_these_audiences(process, body, read_by, office, audiences):
    affiliation = AffiliationFactory()
    of = body if office == Office.BODY_CHAIR else None
    TermFactory(process=process, party=affiliation.party, office=office, body=of)

    assert read_by(affiliation.person.user) == audiences


def test_keeper_of_the_record_sees_no_draft(process):
    affiliation = AffiliationFactory()
    TermFactory(process=process, party=affiliation.party, office=Office.KEEPER)
    DocumentFactory(process=process, audience=Audience.PUBLIC)

    assert list(Document.objects.visible_to(affiliation.person.user)) == []


def test_named_process_means_its_participants(people, affiliations, process):
    elsewhere = Term.objects.get(party=affiliations["outsider"].party).process
    paper = DocumentFactory(
        process=process,
        audience=Audience.NAMED,
        named_process=elsewhere,
        published_at=timezone.now(),
    )
    ParticipationFactory(
        process=elsewhere, party=affiliations["outsider"].party, status=Status.PARTNER
    )

    readers = {name for name, who in people.items() if Document.objects.visible_to(who)}

    assert readers == {"outsider", "secretariat"}
    assert paper.named_process == elsewhere


def test_administrator_who_belongs_to_a_party_reads_as_that_party(people, affiliations, process):
    paper = DocumentFactory(process=process, published_at=timezone.now())
    affiliations["focal_point"].person.user = people["administrator"]
    affiliations["focal_point"].person.save()

    assert list(Document.objects.visible_to(people["administrator"])) == [paper]
    assert list(Document.objects.visible_to(people["focal_point"])) == []


def test_body_of_another_process_is_refused(process):
    paper = DocumentFactory.build(process=process, audience=Audience.BODY, body=BodyFactory())

    with pytest.raises(ValidationError, match="another process"):
        paper.full_clean()


def test_body_of_the_process_is_accepted(process, body):
    paper = DocumentFactory.build(process=process, audience=Audience.BODY, body=body)

    paper.full_clean()

    assert paper.body == body
