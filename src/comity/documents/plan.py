"""What a production plan shows: what is due when, what has come, what is still to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.core.dates import day_in_words
from comity.core.languages import language_name
from comity.core.translated import text_in
from comity.documents.models import Document, OwedPaper, Owner
from comity.parties.models.parties import name_of
from comity.processes.models import Meeting, Process
from comity.ui.desk import MOST_ITEMS, DeskGroup, DeskItem
from comity.ui.table_files import TableFile


@dataclass(frozen=True)
class PlanRow:
    """A paper owed as its reader sees it; ``due`` is empty where its meeting has no date."""

    row: OwedPaper
    owner: str
    due: str
    due_on: date | None
    is_exact: bool
    received: list[str]
    missing: list[str]
    is_late: bool
    paper: Document | None

    @property
    def state(self) -> tuple[str, str]:
        """The kind and the words of the mark that says how far it is."""
        if not self.missing:
            return "done", _("received")
        if self.is_late:
            return "late", _("late")
        if self.received:
            return "submitted", _("received in part")
        return "awaited", _("owed")


def read_plan(process: Process, actor: Actor, on: date) -> list[PlanRow]:
    """Return the plan of ``process`` as ``actor`` may know it, by meeting and day."""
    return _as_rows(OwedPaper.objects.visible_to(actor, on).filter(process=process), actor, on)


def plan_table(process: Process, rows: Iterable[PlanRow], on: date) -> TableFile:
    """Return the plan as a table to hand out."""
    columns = [
        _("Meeting"),
        _("Paper"),
        _("Owed by"),
        _("Due"),
        _("Received in"),
        _("Missing in"),
        _("Status"),
        _("Symbol"),
    ]
    lines = [
        [
            text_in(each.row.meeting.title),
            str(each.row),
            each.owner,
            each.due,
            ", ".join(map(language_name, each.received)),
            ", ".join(map(language_name, each.missing)),
            each.state[1],
            each.paper.symbol if each.paper else "",
        ]
        for each in rows
    ]
    name = f"{process.slug}-papers-{on.isoformat()}"
    return TableFile(name, _("Production plan"), columns, lines)


def owed_items(user: User, on: date) -> list[DeskItem]:
    """Return what ``user`` owes for meetings that lie ahead and has not handed in whole."""
    ahead = OwedPaper.objects.owed_by(user, on).filter(meeting__in=_ahead(on))
    rows = [each for each in _as_rows(ahead, user, on, MOST_ITEMS) if each.missing]
    return [_as_item(each) for each in rows]


def _ahead(on: date) -> QuerySet[Meeting]:
    return Meeting.objects.filter(days_latest__gte=on) | Meeting.objects.filter(days="")


def _as_item(each: PlanRow) -> DeskItem:
    languages = ", ".join(language_name(code) for code in each.missing)
    words = _("Missing in: %(languages)s. For: %(meeting)s.")
    due = datetime.combine(each.due_on, time(23, 59)) if each.due_on else None
    process = each.row.process
    return DeskItem(
        words=str(each.row),
        url=f"{reverse('documents:plan', args=[process.slug])}#row-{each.row.pk}",
        process=text_in(process.short_name),
        group=DeskGroup.ASKED,
        due_at=timezone.make_aware(due) if due else None,
        remark=words % {"languages": languages, "meeting": text_in(each.row.meeting.title)},
        state=each.state,
        step=_("Look at the plan"),
    )


def _as_rows(
    rows: "QuerySet[OwedPaper]", actor: Actor, on: date, most: int | None = None
) -> list[PlanRow]:
    """Return ``rows`` in the reader's words, in a fixed number of queries."""
    whole = (
        rows.annotate(party_name=name_of("party", on))
        .select_related("process", "meeting", "body", "document")
        .prefetch_related("document__versions")
    )
    found = list(whole[:most])
    papers = Document.objects.visible_to(actor, on).filter(
        pk__in={each.document_id for each in found}
    )
    visible = set(papers.values_list("pk", flat=True))
    return [_as_row(each, visible, on) for each in found]


def _as_row(row: OwedPaper, visible: set[int], on: date) -> PlanRow:
    handed_in = {each.language for each in row.document.versions.all()} if row.document else set()
    missing = [code for code in row.languages if code not in handed_in]
    between = row.due_between
    is_exact = between is not None and between[0] == between[1]
    owners = {
        Owner.SECRETARIAT: str(Owner.SECRETARIAT.label),
        Owner.PARTY: getattr(row, "party_name", "") or "",
        Owner.BODY: str(row.body) if row.body else "",
    }
    return PlanRow(
        row=row,
        owner=owners[Owner(row.owner)],
        due=_due_words(between),
        due_on=between[0] if between else None,
        is_exact=is_exact,
        received=[code for code in row.languages if code in handed_in],
        missing=missing,
        is_late=bool(missing and between and between[1] < on),
        paper=row.document if row.document_id in visible else None,
    )


def _due_words(between: tuple[date, date] | None) -> str:
    if between is None:
        return ""
    first, last = map(day_in_words, between)
    if first == last:
        return first
    return _("between %(first)s and %(last)s") % {"first": first, "last": last}
