"""What can be found of elements, by whom: those who may read their text."""

from collections.abc import Callable, Iterable

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from comity.documents.models import Document
from comity.elements.models import Element, ElementQuerySet
from comity.elements.verbs import verbs
from comity.processes.audiences import Audience
from comity.processes.indexing import keys_for, process_words, sentence_of_process
from comity.processes.models import Process
from comity.search.followers import in_batches
from comity.search.passages import date_words, day_of, in_every_language, passages, said_of
from comity.search.services import Findable, index_many

ELEMENT = "element"
ELEMENT_WEIGHT = 1.5
LONGEST_TITLE = 120
ELEMENTS = "element elemento élément عنصر элемент 要素"


def index_elements(elements: Iterable[Element]) -> None:
    """Let ``elements`` be found by those who may read their text."""
    index_many(_findable(element) for element in elements)


def whole_elements() -> ElementQuerySet:
    """Return elements with all that they are found by."""
    return Element.objects.select_related(
        "text__document__process", "text__document__meeting", "theme"
    ).prefetch_related("text__document__named_parties", "text__document__process__aliases")


def follow_with_elements(target: models.Model, tell: Callable[[], None]) -> None:
    """Index anew the elements found by the words of a document or a process."""
    if isinstance(target, Document):
        rows = whole_elements().filter(text__document=target)
    elif isinstance(target, Process):
        rows = whole_elements().filter(text__document__process=target)
    else:
        return
    in_batches(rows, index_elements, tell)


def _findable(element: Element) -> Findable:
    document = element.text.document
    verb = str(verbs[element.verb].label) if element.verb else ""
    titles = {language: _short(words) for language, words in element.words.items()}
    return Findable(
        target=element,
        kind=ELEMENT,
        url=element.get_absolute_url(),
        passages=passages(
            titles,
            lambda language: [
                element.words[language],
                said_of(gettext("Text"), [f"{document}, {element.number}"]),
                said_of(gettext("Due"), [day_of(element.due)]),
                sentence_of_process(document.process, language),
            ],
        ),
        keys=_keys(document),
        when=document.dated_earliest,
        weight=ELEMENT_WEIGHT,
        names=[f"{document.symbol} {element.number}".strip()],
        also=[
            ELEMENTS,
            in_every_language(verb),
            " ".join((element.theme.name if element.theme else {}).values()),
            *document.title.values(),
            date_words(element.due),
            *process_words(document.process),
        ],
        is_made_up=bool(document.process and document.process.is_made_up),
    )


def _keys(document: Document) -> set[str]:
    """Return the keys of what stands in ``document``; they follow who may read it."""
    if document.is_published and not document.is_embargoed(timezone.now()):
        return keys_for(document, [party.pk for party in document.named_parties.all()])
    return {f"process:{document.process_id}:{Audience.SECRETARIAT}"}


def _short(words: str) -> str:
    if len(words) <= LONGEST_TITLE:
        return words
    return words[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
