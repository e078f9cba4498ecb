from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.documents.models import Document, PaperPart
from comity.documents.services import (
    add_paper,
    change_paper,
    publish_paper,
    supersede_paper,
    withdraw_paper,
)
from comity.jobs.models import Job
from comity.jobs.services import run_due_jobs
from comity.processes.audiences import Audience
from comity.search.models import EntryKey
from tests.conftest import PERSONAS
from tests.documents.conftest import facts
from tests.factories.documents import DocumentFactory
from tests.factories.parties import PartyFactory
from tests.factories.processes import BodyFactory, MeetingFactory, ProcessFactory


def keys_of(document):
    """Return the keys by which a paper is found, without the number of its process."""
    keys = EntryKey.objects.filter(entry__object_id=document.pk, entry__kind="document")
    prefix = f"process:{document.process_id}:"
    return {key.removeprefix(prefix) for key in keys.values_list("key", flat=True)}


def test_paper_is_added_as_a_draft_that_its_secretariat_finds(secretariat, process, people):
    meeting, party = MeetingFactory(process=process), PartyFactory()
    wanted = facts(meeting=meeting, audience=Audience.NAMED, named_parties=[party])

    paper = add_paper(process=process, facts=wanted, by=secretariat)

    assert (paper.slug, paper.meeting, paper.published_at) == (
        "meridian-annotated-agenda",
        meeting,
        None,
    )
    assert list(paper.named_parties.all()) == [party]
    assert keys_of(paper) == {"secretariat"}
    with pytest.raises(PermissionDenied):
        add_paper(process=process, facts=facts(), by=people["chair"])


def test_paper_of_another_process_is_refused_wherever_it_stands(secretariat, process, paper):
    other = ProcessFactory()
    elsewhere = DocumentFactory(process=other)
    wrong = [
        facts(meeting=MeetingFactory(process=other)),
        facts(of_body=BodyFactory(process=other)),
        facts(audience=Audience.BODY, body=BodyFactory(process=other)),
        facts(audience=Audience.NAMED),
    ]

    for each in wrong:
        with pytest.raises(ValidationError):
            add_paper(process=process, facts=each, by=secretariat)
    with pytest.raises(ValidationError):
        add_paper(
            process=process,
            facts=facts(),
            by=secretariat,
            part_of=elsewhere,
            part=PaperPart.REVISION,
            part_number=1,
        )
    for newer in (elsewhere, paper):
        with pytest.raises(ValidationError):
            supersede_paper(document=paper, newer=newer, version=1, by=secretariat)
    assert set(Document.objects.all()) == {paper, elsewhere}


def test_published_paper_is_found_by_its_audience(secretariat, paper):
    published = publish_paper(document=paper, version=1, by=secretariat)

    assert published.is_published
    assert keys_of(paper) == {"secretariat", "members"}
    with pytest.raises(ValidationError, match="out already"):
        publish_paper(document=paper, version=2, by=secretariat)
    with pytest.raises(EditConflict):
        publish_paper(document=paper, version=1, by=secretariat)


def test_revision_takes_the_place_of_what_it_revises_when_it_is_published(secretariat, published):
    first, second = (
        add_paper(
            process=published.process,
            facts=facts(symbol=f"MD/2026/4/Rev.{number}"),
            by=secretariat,
            part_of=published,
            part=PaperPart.REVISION,
            part_number=number,
        )
        for number in (1, 2)
    )

    publish_paper(document=first, version=1, by=secretariat)
    publish_paper(document=second, version=1, by=secretariat)

    stands = dict(Document.objects.values_list("symbol", "superseded_by__symbol"))
    assert stands == {
        "MD/2026/4": "MD/2026/4/Rev.1",
        "MD/2026/4/Rev.1": "MD/2026/4/Rev.2",
        "MD/2026/4/Rev.2": None,
    }


def test_papers_do_not_supersede_one_another_in_a_circle(secretariat, process, paper, published):
    third = DocumentFactory(process=process)
    supersede_paper(document=paper, newer=published, version=1, by=secretariat)
    supersede_paper(document=published, newer=third, version=1, by=secretariat)

    with pytest.raises(ValidationError) as refusal:
        supersede_paper(document=third, newer=paper, version=1, by=secretariat)

    assert refusal.value.message_dict == {
        "superseded_by": ["This one is itself superseded by the paper."]
    }
    supersede_paper(document=paper, newer=None, version=2, by=secretariat)
    assert Document.objects.get(pk=paper.pk).superseded_by is None


def test_withdrawn_paper_stays_with_its_reason(secretariat, published):
    with pytest.raises(ValidationError):
        withdraw_paper(document=published, reason=" ", version=1, by=secretariat)

    withdrawn = withdraw_paper(document=published, reason="Wrong text", version=1, by=secretariat)

    assert (withdrawn.is_withdrawn, withdrawn.withdrawn_because) == (True, "Wrong text")
    assert Event.objects.first().reason == "Wrong text"
    for refused in (withdraw_paper, publish_paper):
        more = {"reason": "Again"} if refused is withdraw_paper else {}
        with pytest.raises(ValidationError):
            refused(document=withdrawn, version=2, by=secretariat, **more)


def listed_for(people):
    return {name for name in people if Document.objects.visible_to(people[name]).exists()}


@pytest.mark.parametrize(
    ("audience", "early", "keys"),
    [
        (Audience.PUBLIC, {"chair", "secretariat"}, {"secretariat", "chair"}),
        (Audience.MEMBERS, {"chair", "secretariat"}, {"secretariat", "chair"}),
        (Audience.SECRETARIAT, {"secretariat"}, {"secretariat"}),
    ],
)
def test_embargo_lets_the_audience_wait_until_the_moment(
    people, secretariat, process, audience, early, keys
):
    until = timezone.now() + timedelta(hours=1)
    wanted = facts(audience=audience, embargo_until=until)
    paper = add_paper(process=process, facts=wanted, by=secretariat)
    publish_paper(document=paper, version=1, by=secretariat)

    assert listed_for(people) == early
    assert keys_of(paper) == keys
    due = Job.objects.filter(kind="documents.index").values_list("due_at", flat=True)
    assert list(due) == [until]

    Document.objects.update(embargo_until=timezone.now())
    run_due_jobs(until)

    free = {Audience.PUBLIC: set(PERSONAS), Audience.SECRETARIAT: {"secretariat"}}
    members = {"focal_point", "other_focal_point", "body_member", "chair", "secretariat"}
    assert listed_for(people) == free.get(audience, members)
    assert keys_of(paper) == {
        Audience.PUBLIC: {"public"},
        Audience.MEMBERS: {"secretariat", "members"},
    }.get(audience, {"secretariat"})
    paper.refresh_from_db()
    assert paper.out_at == paper.embargo_until


def test_embargo_put_on_a_published_paper_hides_it_at_once(people, secretariat, published):
    wanted = facts(symbol="MD/2026/4", embargo_until=timezone.now() + timedelta(days=1))

    change_paper(document=published, facts=wanted, version=1, by=secretariat)

    assert listed_for(people) == {"chair", "secretariat"}
    assert keys_of(published) == {"secretariat", "chair"}
    freed = facts(symbol="MD/2026/4")
    change_paper(document=published, facts=freed, version=2, by=secretariat)
    assert keys_of(published) == {"secretariat", "members"}
