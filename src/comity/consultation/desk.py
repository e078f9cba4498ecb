"""What a negotiation lays on the desk of those who run it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from comity.accounts.models import User
from comity.consultation.models import Consultation, Outcome
from comity.core.translated import text_in
from comity.processes.models import Process
from comity.ui.desk import MOST_ITEMS, DeskGroup, DeskItem


def proposals_to_decide(user: User, on: date) -> Iterable[DeskItem]:
    """Return the consultations whose proposals wait for the secretariat of ``user``."""
    run = Process.objects.run_by(user, on)
    waiting = Count("proposals", filter=Q(proposals__outcome=Outcome.OPEN))
    rows = Consultation.objects.filter(call__process__in=run).annotate(waiting=waiting)
    # Any: the stubs do not know what is annotated
    found: QuerySet[Any] = rows.filter(waiting__gt=0).select_related("call__process")
    return [_item(row, row.waiting) for row in found.order_by("call__due_at", "pk")[:MOST_ITEMS]]


def _item(row: Consultation, waiting: int) -> DeskItem:
    process = row.call.process
    assert process is not None  # -- a call belongs to a process
    sentence = ngettext(
        "%(count)d proposal to decide on", "%(count)d proposals to decide on", waiting
    )
    return DeskItem(
        words=text_in(row.call.subject),
        url=reverse("consultation:consultation", args=[row.pk]),
        process=text_in(process.short_name),
        group=DeskGroup.DECIDE,
        remark=sentence % {"count": waiting},
    )
