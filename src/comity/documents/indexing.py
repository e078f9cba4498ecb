"""What can be found of documents, by whom."""

from collections.abc import Callable, Iterable, Iterator

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from comity.core.translated import text_in
from comity.documents.models import Document, DocumentQuerySet
from comity.documents.models.documents import PRESIDED
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
from comity.search.services import LONGEST_TEXT, Findable, Passage, index_many

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


def index_document(document: Document) -> None:
    """Let one paper be found as it now stands."""
    index_documents(whole_documents().filter(pk=document.pk))


def whole_documents() -> DocumentQuerySet:
    """Return documents with all that they are found by."""
    return Document.objects.select_related(
        "process", "meeting__series", "meeting__country"
    ).prefetch_related(
        "subjects",
        "named_parties",
        "former_symbols",
        "versions__reading",
        "process__aliases",
        "meeting__country__names",
    )


def follow_with_documents(target: models.Model, tell: Callable[[], None]) -> None:
    """Index anew the documents found by the words of a process, a meeting or a party."""
    condition = found_by(target)
    if condition:
        in_batches(whole_documents().filter(**condition), index_documents, tell)


def _findable(document: Document) -> Findable:
    subjects = [subject.words for subject in document.subjects.all()]
    return Findable(
        target=document,
        kind=DOCUMENT,
        url=document.get_absolute_url(),
        passages=[
            *passages(
                document.title,
                lambda language: [
                    sentence(gettext(document.kind), document.symbol, day_of(document.dated)),
                    said_of(gettext("Adopted by"), [document.adopted_by]),
                    sentence_of_process(document.process, language),
                    said_of(gettext("Subjects"), subjects),
                ],
            ),
            *_words_of_files(document),
        ],
        keys=_keys(document),
        when=document.dated_earliest,
        weight=DOCUMENT_WEIGHT,
        names=[
            document.symbol,
            str(document.dated),
            *(former.symbol for former in document.former_symbols.all()),
        ],
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


def _keys(document: Document) -> set[str]:
    """Return the keys of ``document``; they follow ``Document.objects.visible_to``."""
    keys = {f"process:{document.process_id}:{Audience.SECRETARIAT}"}
    if not document.is_published:
        return keys
    if document.is_embargoed(timezone.now()):
        presidency = f"process:{document.process_id}:{Audience.CHAIR}"
        return keys | ({presidency} if document.audience in PRESIDED else set())
    return keys_for(document, [party.pk for party in document.named_parties.all()])


def _words_of_files(document: Document) -> Iterator[Passage]:
    """Yield what was read from the files of ``document``, in parts that the index takes.

    Of one language the first file that has words is enough: the others say the same.
    """
    languages: set[str] = set()
    for version in document.versions.all():
        words = version.reading.words if hasattr(version, "reading") else ""
        if document.is_withdrawn or not words or version.language in languages:
            continue
        languages.add(version.language)
        for start in range(0, len(words), LONGEST_TEXT):
            part = words[start : start + LONGEST_TEXT]
            yield version.language, text_in(document.title, version.language), part
