"""What was done to a call, its questions and its replies, in the reader's words."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Event, EventQuerySet
from comity.audit.queries import FieldChange, HistoryEntry, history_of, read_history
from comity.calls.fields import Shape
from comity.calls.models import Call, Question, Reply, Way
from comity.core.translated import text_in
from comity.processes.models import Status

# What a State does inside its own walls: no page of anybody else's tells of it.
INSIDE = ("draft.written",)
LABELS: dict[str, str | Promise] = {
    "asked_body": _("those who sit in"),
    "asked_parties": _("those of a list"),
    "asked_statuses": _("those who take part as"),
    "closed_at": _("closed"),
    "named_parties": _("the parties that read it"),
    "named_process": _("the process whose participants read it"),
    "opened_at": _("opened"),
    "way": _("how it came"),
}


def _choices(found: Any) -> str:  # noqa: ANN401 -- as the log keeps it
    return "; ".join(text_in(option["words"]) for option in found or ())


def _labels(choices: Iterable[tuple[str, Any]]) -> Callable[[Any], str]:
    """Return how codes, or one of them, are called that the log keeps as they are stored."""
    words = {code: str(label) for code, label in choices}

    def read(found: Any) -> str:  # noqa: ANN401 -- as the log keeps it
        codes = found if isinstance(found, list) else [found] if found else []
        return ", ".join(words.get(code, str(code)) for code in codes)

    return read


def _readers() -> dict[str, Callable[[Any], str]]:
    """Return how fields are read of which the log says what is stored."""
    return {
        "asked_statuses": _labels(Status.choices),
        "options": _choices,
        "shape": _labels(Shape.choices),
        "way": _labels(Way.choices),
    }


def events_of_call(call: Call) -> EventQuerySet:
    """Return what was done to ``call``, its questions and replies, latest first.

    What a State writes in its draft stands in the log too, and in no history but its own.
    """
    kinds_of = ContentType.objects.get_for_models(Call, Question, Reply)
    wanted = Q(content_type=kinds_of[Call], object_id=call.pk)
    for model, rows in ((Question, call.questions), (Reply, call.replies)):
        wanted |= Q(content_type=kinds_of[model], object_id__in=rows.order_by().values("pk"))
    gone = Event.objects.filter(content_type=kinds_of[Question], before__call=call.pk)
    wanted |= Q(content_type=kinds_of[Question], object_id__in=gone.values("object_id"))
    found = Event.objects.filter(wanted).exclude(action__in=INSIDE)
    return found.select_related("content_type")


def events_of_reply(reply: Reply) -> EventQuerySet:
    """Return what was done to one reply, latest first, without what happens in its draft."""
    return history_of(reply).exclude(action__in=INSIDE).select_related("content_type")


def read_events(events: Iterable[Event]) -> list[HistoryEntry]:
    """Put ``events`` in the reader's words, choices and ways too."""
    readers = _readers()
    return [
        replace(entry, fields=[_told(entry.event, each, readers) for each in entry.fields])
        for entry in read_history(events)
    ]


def _told(
    event: Event, change: FieldChange, readers: dict[str, Callable[[Any], str]]
) -> FieldChange:
    if change.name in LABELS:
        change = replace(change, label=capfirst(str(LABELS[change.name])))
    if change.name in readers:
        read = readers[change.name]
        before, after = (side.get(change.name) for side in (event.before, event.after))
        change = replace(change, before=read(before), after=read(after))
    return change
