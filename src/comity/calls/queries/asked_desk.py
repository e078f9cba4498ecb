"""What calls lay on the desks of those who run them, preside over them, or may read the answers."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.models import User
from comity.calls.models import Call, CallState, ReplyState, Submission, SubmissionState
from comity.calls.queries.asked import TO_DO
from comity.core.dates import moment_in_words
from comity.core.translated import text_in
from comity.parties.models.parties import name_of
from comity.processes.audiences import addressed_to, presided_by
from comity.processes.models import Process
from comity.ui.desk import MOST_ITEMS, DeskGroup, DeskItem

MOST_TO_READ: Final = 10


def followed_items(user: User, on: date) -> Iterator[DeskItem]:
    """Yield what waits for the decision of ``user``, where calls stand, and what may be read."""
    yield from _to_decide(user, on)
    yield from _to_follow(user, on, timezone.now())
    yield from _to_read(user, on)


def _to_decide(user: User, on: date) -> Iterator[DeskItem]:
    """Yield each answer that waits for the secretariat in which ``user`` works."""
    waiting = Submission.objects.filter(
        state=SubmissionState.SENT, reply__call__process__in=Process.objects.run_by(user, on)
    )
    named: Any = waiting.annotate(party_name=name_of("reply__party", on))  # Any: annotated
    rows = named.select_related("reply__call__process", "reply__party")
    for row in rows.order_by("sent_at", "pk")[:MOST_ITEMS]:
        call = row.reply.call
        assert call.process is not None
        names = {"party": row.party_name, "call": text_in(call.subject)}
        sent = _("sent on %(moment)s") % {"moment": moment_in_words(row.sent_at)}
        yield DeskItem(
            words=_("%(party)s on “%(call)s”") % names,
            url=reverse("calls:reply", args=[call.pk, row.reply.party.code]),
            process=text_in(call.process.short_name),
            group=DeskGroup.DECIDE,
            remark=sent,
            step=_("Read and decide"),
        )


def _to_follow(user: User, on: date, now: datetime) -> Iterator[DeskItem]:
    """Yield how far each open call is, for its secretariat and its presidency."""
    run = Q(process__in=Process.objects.run_by(user, on))
    presided = Q(process__in=presided_by(user, on).values("process"))
    is_late = Q(replies__state__in=TO_DO, due__lt=now)
    answered = Q(replies__state__in=[ReplyState.SENT, ReplyState.ACCEPTED])
    rows: Any = (  # Any: annotated
        Call.objects.filter(run | presided, state=CallState.OPEN)
        .alias(due=Coalesce(F("replies__due_at"), F("due_at")))
        .annotate(
            asked=Count("replies"),
            answered=Count("replies", filter=answered),
            late=Count("replies", filter=is_late),
        )
        .select_related("process")
        .order_by("due_at", "pk")
    )
    for row in rows[:MOST_ITEMS]:
        counts = {"answered": row.answered, "asked": row.asked}
        late = ngettext("%(count)d answer is late", "%(count)d answers are late", row.late)
        yield DeskItem(
            words=text_in(row.subject),
            url=reverse("calls:call", args=[row.pk]),
            process=text_in(row.process.short_name),
            group=DeskGroup.FOLLOW,
            due_at=row.due_at,
            remark=late % {"count": row.late} if row.late else "",
            state=(
                "done" if row.answered == row.asked else "awaited",
                _("%(answered)d of %(asked)d have answered") % counts,
            ),
            step=_("Board"),
            step_url=reverse("calls:board", args=[row.process.slug]),
        )


def _to_read(user: User, on: date) -> Iterator[DeskItem]:
    """Yield the calls whose answers were released to ``user``, the latest first."""
    rows: Any = (  # Any: annotated
        Call.objects.filter(
            addressed_to(Call, user, on),
            replies__released_at__isnull=False,
            replies__submissions__state=SubmissionState.ACCEPTED,
        )
        .exclude(state=CallState.PREPARED)
        .annotate(released=Count("replies", distinct=True), at=Max("replies__released_at"))
        .select_related("process")
        .order_by("-at", "-pk")
    )
    for row in rows[:MOST_TO_READ]:
        words = ngettext("%(count)d answer", "%(count)d answers", row.released)
        yield DeskItem(
            words=text_in(row.subject),
            url=reverse("calls:answers", args=[row.pk]),
            process=text_in(row.process.short_name),
            group=DeskGroup.READ,
            remark=words % {"count": row.released},
        )
