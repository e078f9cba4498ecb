"""What can be found of documents, by whom."""

from collections.abc import Callable, Iterable

from django.db import models
from django.utils.translation import gettext

from comity.documents.models import Document, DocumentQuerySet
from comity.processes.audiences import Audience
from comity.processes.indexing import (
    found_by,
    keys_for,
    meeting_words,
    process_words,
    sentence_of_process,
)
from comity.search.followers import in_batches
from comity.search.passages import (
    date_words,
    day_of,
    in_every_language,
    passages,
    said_of,
    sentence,
)
from comity.search.services import Findable, index_many

DOCUMENT = "document"
DOCUMENT_WEIGHT = 1.75
DOCUMENTS = "document paper text documento texto texte وثيقة نص документ текст 文件"
ADOPTED = (
    "adopted adoption adoptado adoptada adoptó adoptaron adopción adopté adoptée adotado"
    " معتمد اعتماد принят 通过"
)


def index_documents(documents: Iterable[Document]) -> None:
    """Let ``documents`` be found by those who may read them; a draft by its secretariat."""
    index_many(_findable(document) for document in documents)


def whole_documents() -> DocumentQuerySet:
    """Return documents with all that they are found by."""
    return Document.objects.select_related(
        "process", "meeting__series", "meeting__country"
    ).prefetch_related("subjects", "named_parties", "process__aliases", "meeting__country__names")


def follow_with_documents(target: models.Model, tell: Callable[[], None]) -> None:
    """Index anew the documents found by the words of a process, a meeting or a party."""
    condition = found_by(target)
    if condition:
        in_batches(whole_documents().filter(**condition), index_documents, tell)


def _findable(document: Document) -> Findable:
    parties = [party.pk for party in document.named_parties.all()]
    keys = keys_for(document, parties)
    if not document.is_published:
        keys = {f"process:{document.process_id}:{Audience.SECRETARIAT}"}
    subjects = [subject.words for subject in document.subjects.all()]
    return Findable(
        target=document,
        kind=DOCUMENT,
        url=document.get_absolute_url(),
        passages=passages(
            document.title,
            lambda language: [
                sentence(gettext(document.kind), document.symbol, day_of(document.dated)),
                said_of(gettext("Adopted by"), [document.adopted_by]),
                sentence_of_process(document.process, language),
                said_of(gettext("Subjects"), subjects),
            ],
        ),
        keys=keys,
        when=document.dated_earliest,
        weight=DOCUMENT_WEIGHT,
        names=[document.symbol, str(document.dated)],
        also=[
            DOCUMENTS,
            ADOPTED if document.adopted_by else "",
            in_every_language(document.kind),
            date_words(document.dated),
            *meeting_words(document.meeting),
            *process_words(document.process),
        ],
        is_made_up=bool(document.process and document.process.is_made_up),
    )
