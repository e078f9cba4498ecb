"""What can be found of documents, by whom."""

from collections.abc import Iterable

from comity.core.translated import text_in
from comity.documents.models import Document
from comity.processes.audiences import Audience
from comity.processes.indexing import keys_for
from comity.search.services import Findable, index_many

DOCUMENT = "document"


def index_documents(documents: Iterable[Document]) -> None:
    """Let ``documents`` be found by those who may read them; a draft by its secretariat."""
    index_many(_findable(document) for document in documents)


def _findable(document: Document) -> Findable:
    parties = [party.pk for party in document.named_parties.all()]
    keys = keys_for(document, parties)
    if not document.is_published:
        keys = {f"process:{document.process_id}:{Audience.SECRETARIAT}"}
    words = [document.symbol, document.kind, document.adopted_by]
    words += [subject.words for subject in document.subjects.all()]
    return Findable(
        target=document,
        kind=DOCUMENT,
        url=document.get_absolute_url(),
        passages=[
            (
                language,
                title,
                "\n".join(
                    [*words, text_in(document.process.name, language) if document.process else ""]
                ),
            )
            for language, title in document.title.items()
        ],
        keys=keys,
        when=document.dated_earliest,
        weight=2.0,
    )
