"""The thread of a process: meeting, text, elements, and the elements that go on with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.accounts.authority import Actor
from comity.core.registry import Registry
from comity.documents.models import Document
from comity.elements.models import Element
from comity.elements.queries.elements import ElementRow, read_elements, texts_with_elements
from comity.processes.models import Process


@dataclass(frozen=True)
class ThreadLink:
    """What carries an element on: an activity, a report, an element of a later text.

    ``mark`` and ``state`` are the kind and the words of a mark; ``remark`` says the rest.
    """

    words: str
    url: str
    number: str = ""
    remark: str = ""
    mark: str = ""
    state: str = ""


# Each returns the links of some elements, by the key of the element, in a fixed number of queries.
Linking = Callable[[Sequence[Element], Actor, date], Mapping[int, Sequence[ThreadLink]]]
thread_links = Registry[Linking]("kind of link in a thread")


@dataclass(frozen=True)
class ThreadElement:
    """An element, the older one that it continues, and what carries it on."""

    row: ElementRow
    continues: ThreadLink | None
    links: list[ThreadLink]


@dataclass(frozen=True)
class ThreadText:
    """An adopted text with its meeting and its elements."""

    document: Document
    elements: list[ThreadElement]


def read_thread(process: Process, actor: Actor, on: date) -> list[ThreadText]:
    """Return the texts of ``process`` with their elements, the earliest first."""
    visible = texts_with_elements(actor, process.pk, on)
    rows = read_elements(
        visible.select_related("text__document__meeting").order_by(
            "text__document__dated_earliest", "text", "order", "pk"
        ),
        on,
    )
    elements = [row.element for row in rows]
    links = links_of(elements, actor, on)
    known = {row.element.pk: row for row in rows}
    texts: dict[int, ThreadText] = {}
    for row in rows:
        document = row.element.text.document
        text = texts.setdefault(document.pk, ThreadText(document, []))
        before = known.get(row.element.continues_id or 0)
        text.elements.append(
            ThreadElement(row, link_to(before) if before else None, links.get(row.element.pk, []))
        )
    return list(texts.values())


def links_of(elements: Sequence[Element], actor: Actor, on: date) -> dict[int, list[ThreadLink]]:
    """Return all that carries ``elements`` on, as far as ``actor`` may see it."""
    found: dict[int, list[ThreadLink]] = {}
    for linking in thread_links:
        for pk, links in linking(elements, actor, on).items():
            found.setdefault(pk, []).extend(links)
    return found


def link_to(row: ElementRow) -> ThreadLink:
    """Return the link that leads to an element."""
    return ThreadLink(
        words=row.title,
        url=row.url,
        number=row.element.number,
        remark=str(row.element.text.document),
        mark=row.mark,
        state=row.status,
    )


def continued(elements: Sequence[Element], actor: Actor, on: date) -> dict[int, list[ThreadLink]]:
    """Return the elements of later texts that continue ``elements``."""
    later = Element.objects.visible_to(actor, on).filter(
        continues__in=[element.pk for element in elements]
    )
    found: dict[int, list[ThreadLink]] = {}
    for row in read_elements(later.order_by("text__document__dated_earliest", "order", "pk"), on):
        assert row.element.continues_id is not None  # asked for
        found.setdefault(row.element.continues_id, []).append(link_to(row))
    return found


thread_links.add("elements", continued)
