import pytest
from django.utils import timezone

from comity.accounts.authority import SYSTEM, may
from comity.documents.models import Document
from comity.processes.audiences import Audience
from tests.conftest import PERSONAS
from tests.factories.documents import DocumentFactory, OwedPaperFactory, version_of

MEMBERS = {"secretariat", "focal_point", "other_focal_point", "body_member", "chair"}
READERS = {
    Audience.PUBLIC: set(PERSONAS),
    Audience.PARTICIPANTS: MEMBERS | {"observer", "partner"},
    Audience.MEMBERS: MEMBERS,
    Audience.BODY: {"body_member", "secretariat"},
    Audience.NAMED: {"partner", "secretariat"},
    Audience.CHAIR: {"chair", "secretariat"},
    Audience.SECRETARIAT: {"secretariat"},
}


@pytest.mark.parametrize("is_published", [True, False])
@pytest.mark.parametrize("audience", Audience)
def test_document_is_read_by_exactly_its_audience(
    people, affiliations, process, body, audience, is_published
):
    document = DocumentFactory(
        process=process,
        audience=audience,
        body=body if audience == Audience.BODY else None,
        published_at=timezone.now() if is_published else None,
    )
    document.named_parties.set([affiliations["partner"].party])

    listed = {
        name for name, person in people.items() if document in Document.objects.visible_to(person)
    }
    allowed = {name for name, person in people.items() if may(person, "documents.read", document)}

    assert listed == (READERS[audience] if is_published else {"secretariat"})
    assert allowed == listed


def test_document_of_no_process_is_public_once_published(people):
    published = DocumentFactory(process=None, audience=Audience.PUBLIC, published_at=timezone.now())
    DocumentFactory(process=None, audience=Audience.PUBLIC)

    listed = {name: list(Document.objects.visible_to(person)) for name, person in people.items()}

    assert listed == {name: [published] for name in PERSONAS}


def test_platform_reads_all(process):
    draft = DocumentFactory(process=process, audience=Audience.SECRETARIAT)

    assert list(Document.objects.visible_to(SYSTEM)) == [draft]
    assert may(SYSTEM, "documents.read", draft)


def test_misspelt_permission_is_an_error(people, process):
    with pytest.raises(LookupError, match="raed"):
        may(people["administrator"], "documents.raed", DocumentFactory(process=process))


def test_files_are_fetched_by_readers_and_papers_kept_by_the_secretariat(
    people, process, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    document = DocumentFactory(process=process, published_at=timezone.now())
    elsewhere = DocumentFactory(process=None, audience=Audience.PUBLIC)
    version = version_of(document)

    def allowed(permission, target):
        return {name for name, person in people.items() if may(person, permission, target)}

    assert allowed("documents.fetch", version) == MEMBERS
    assert allowed("documents.keep", document) == {"secretariat"}
    assert allowed("documents.keep", elsewhere) == set()
    assert allowed("documents.manage", process) == {"secretariat"}
    assert may(SYSTEM, "documents.fetch", version)


def test_plan_is_read_by_members_and_by_who_owes_something(people, affiliations, process):
    def readers():
        return {n for n, person in people.items() if may(person, "documents.read_plan", process)}

    before = readers()
    OwedPaperFactory(process=process, owner="party", party=affiliations["observer"].party)

    assert before == MEMBERS
    assert readers() == MEMBERS | {"observer"}
