"""What is found by the words of another thing is found by its new words, after the page."""

from django.utils import timezone

from comity.jobs.services import run_due_jobs
from comity.pages.indexing import index_everything
from comity.processes.services import AliasFacts, add_alias
from comity.search.followers import follow
from tests.factories.documents import DocumentFactory
from tests.factories.library import StudyFactory
from tests.factories.parties import PartyFactory, PartyNameFactory
from tests.factories.processes import MeetingFactory
from tests.factories.projects import ProjectFactory


def addresses(client, words):
    return {hit.url for hit in client.get("/search/", {"q": words}).context["found"].hits}


def test_a_new_name_of_a_process_finds_what_belongs_to_it_after_the_page(people, process, client):
    published = {"audience": "public", "published_at": timezone.now()}
    meeting = MeetingFactory(process=process)
    things = [
        meeting,
        DocumentFactory(process=process, **published),
        StudyFactory(process=process),
        ProjectFactory(process=process),
    ]
    other = MeetingFactory()
    index_everything()
    expected = {thing.get_absolute_url() for thing in things}

    facts = AliasFacts(name="Zanderling Talks", language="en", kind="")
    add_alias(process=process, facts=facts, by=people["secretariat"])
    assert addresses(client, "Zanderling") == {process.get_absolute_url()}
    run_due_jobs(timezone.now())

    found = addresses(client, "Zanderling")
    assert found == expected | {process.get_absolute_url()}
    assert other.get_absolute_url() not in found


def test_a_new_name_of_a_party_finds_the_meetings_there_and_what_came_of_them(db, client):
    party = PartyFactory()
    meeting = MeetingFactory(country=party)
    study = StudyFactory(meeting=meeting)
    project = ProjectFactory()
    project.countries.create(party=party, name_in_source="There", order=1)
    index_everything()
    PartyNameFactory(party=party, name="Zanderland")

    follow(party)
    run_due_jobs(timezone.now())

    assert addresses(client, "Zanderland") == {
        thing.get_absolute_url() for thing in (meeting, study, project)
    }


def test_what_is_gone_is_followed_by_nothing(db):
    party = PartyFactory()
    follow(party)
    party.delete()

    assert run_due_jobs(timezone.now()) == 1
