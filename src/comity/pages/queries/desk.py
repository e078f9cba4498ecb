"""What the desk of a person shows: their processes, and what they hold there."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.models import User
from comity.core.facts import in_force
from comity.core.translated import text_in
from comity.documents.models import Document
from comity.jobs.models import Job
from comity.outbox.models import Message
from comity.pages.queries.lines import OFFICE_WORDS, Line, dated, foreign, words_of
from comity.parties.models import Affiliation
from comity.parties.models.parties import name_of
from comity.processes.models import (
    AHEAD,
    BARRED,
    CLOSED,
    KEEPERS,
    SECRETARIATS,
    TAKING_PART,
    Meeting,
    Participation,
    Request,
    Status,
    Term,
)
from comity.processes.queries import participations_to_confirm
from comity.store.models import StoredFile
from comity.ui.desk import SOON, DeskGroup, DeskItem, Due, by_time, items_for
from comity.ui.pieces import Label

STATUS_WORDS = dict(Status.choices)


@dataclass(frozen=True)
class Standing:
    """What the person's party holds in a process, and whether they keep its record."""

    process: Label
    slug: str
    words: list[str]
    keeps_record: bool
    runs: bool
    asks: bool
    reads_people: bool
    requests: int


@dataclass(frozen=True)
class Desk:
    """The desk of a person."""

    posts: list[str]
    standings: list[Standing]
    meetings: list[Line]
    documents: list[Line]
    is_administrator: bool
    running: list[tuple[str, int]]
    to_confirm: int
    items: dict[DeskGroup, list[DeskItem]]
    now: datetime

    @property
    def asked(self) -> list[Due]:
        """What is asked of the reader's parties, by when it is due."""
        return by_time(self.items[DeskGroup.ASKED], self.now)

    @property
    def to_decide(self) -> list[DeskItem]:
        """What waits for the reader's decision."""
        return self.items[DeskGroup.DECIDE]

    @property
    def followed(self) -> list[Due]:
        """Where the work of others stands, by when it is due; late is said of it, not marked."""
        found = by_time(self.items[DeskGroup.FOLLOW], self.now)
        return [replace(each, is_late=False) for each in found]

    @property
    def to_read(self) -> list[DeskItem]:
        """What the reader may read."""
        return self.items[DeskGroup.READ]

    @property
    def headline(self) -> list[str]:
        """What the reader needs to know first, in at most two short sentences."""
        asked = self.items[DeskGroup.ASKED]
        due = [item.due_at for item in asked if item.due_at]
        late = sum(moment < self.now for moment in due)
        soon = sum(self.now <= moment < self.now + SOON for moment in due)
        decide, waiting = len(self.to_decide), self.waiting
        told = [
            (late, ngettext("%(count)d thing is late", "%(count)d things are late", late)),
            (
                soon,
                ngettext(
                    "%(count)d thing is due within a week",
                    "%(count)d things are due within a week",
                    soon,
                ),
            ),
            (
                decide,
                ngettext(
                    "%(count)d thing waits for your decision",
                    "%(count)d things wait for your decision",
                    decide,
                ),
            ),
            (
                waiting,
                ngettext(
                    "%(count)s request waits for an answer",
                    "%(count)s requests wait for an answer",
                    waiting,
                ),
            ),
            (
                0 if late or soon else len(asked),
                ngettext(
                    "%(count)d thing is asked of you, and not due within a week",
                    "%(count)d things are asked of you, and none is due within a week",
                    len(asked),
                ),
            ),
        ]
        return [words % {"count": count} for count, words in told if count][:2]

    @property
    def waiting(self) -> int:
        """How many requests wait for the person's own answer, as the secretariat."""
        return sum(each.requests for each in self.standings if each.runs)

    @property
    def only_keeps_records(self) -> bool:
        """Whether the person keeps the record of each process and takes part in none."""
        return bool(self.standings) and all(
            each.keeps_record and not each.asks for each in self.standings
        )


def read_desk(user: User) -> Desk:
    """Return what ``user`` finds on their desk today."""
    on = timezone.localdate()
    posts = list(
        Affiliation.objects.filter(in_force(on), person__user=user)
        .annotate(name=name_of("party", on))
        .select_related("post")
    )
    parties = [post.party_id for post in posts]
    words: dict[int, list[str]] = {}
    labels: dict[int, tuple[Label, str]] = {}
    kept, running, asking, reading, barred = set(), set(), set(), set(), set()
    fields = ("process_id", "process__slug", "process__short_name", "process__region")
    held = Participation.objects.filter(in_force(on), party__in=parties)
    for pk, slug, name, region, status in held.values_list(*fields, "status"):
        labels[pk] = _label(slug, name, region)
        words.setdefault(pk, []).append(str(STATUS_WORDS[status]))
        if status in TAKING_PART:
            asking.add(pk)
        if status == Status.MEMBER:
            reading.add(pk)
        if status in BARRED:
            barred.add(pk)
    asking, reading = asking - barred, reading - barred
    terms = Term.objects.filter(in_force(on), party__in=parties)
    for pk, slug, name, region, office in terms.values_list(*fields, "office"):
        labels[pk] = _label(slug, name, region)
        words.setdefault(pk, []).append(str(OFFICE_WORDS[office]))
        if office in KEEPERS:
            kept.add(pk)
        if office in SECRETARIATS:
            running.add(pk)
            asking.add(pk)
            reading.add(pk)
    requests = Counter(
        Request.objects.visible_to(user, on)
        .exclude(state__in=CLOSED)
        .values_list("process_id", flat=True)
    )
    standings = [
        Standing(
            *labels[pk],
            words[pk],
            keeps_record=pk in kept,
            runs=pk in running,
            asks=pk in asking,
            reads_people=pk in reading,
            requests=requests[pk],
        )
        for pk in labels
    ]
    standings.sort(key=lambda each: each.process.label)
    to_come = Q(days_latest=None) | Q(days_latest__gte=on)
    meetings = Meeting.objects.filter(to_come, process__in=labels, status__in=AHEAD).order_by(
        F("days_earliest").asc(nulls_last=True), "pk"
    )
    documents = Document.objects.visible_to(user).filter(process__in=labels).latest_first()
    return Desk(
        posts=[f"{post.post}, {post.name}" if post.post else post.name for post in posts],
        standings=standings,
        meetings=[
            Line(
                dated(row.days),
                str(row),
                row.get_absolute_url(),
                row.place,
                language=foreign(row.title),
            )
            for row in meetings[:10]
        ],
        documents=[
            Line(
                dated(row.dated),
                str(row),
                row.get_absolute_url(),
                words_of(row.kind),
                language=foreign(row.title),
            )
            for row in documents[:10]
        ],
        is_administrator=user.is_superuser,
        running=_running() if user.is_superuser else [],
        to_confirm=participations_to_confirm(user, on).count(),
        items=items_for(user, on),
        now=timezone.now(),
    )


def _label(slug: str, name: dict[str, str], region: str) -> tuple[Label, str]:
    return Label(text_in(name), reverse("pages:process", args=[slug]), region), slug


def _running() -> list[tuple[str, int]]:
    """Return how the installation runs, in numbers: nothing of what anybody wrote."""
    given_up = Message.objects.filter(given_up_at__isnull=False)
    files = StoredFile.objects.aggregate(number=Count("pk"), size=Sum("size"))
    return [
        (_("Work waiting"), Job.objects.unfinished().count()),
        (_("Work given up"), Job.objects.filter(given_up_at__isnull=False).count()),
        (_("Mails waiting"), Message.objects.waiting().count()),
        (_("Mails given up"), given_up.count()),
        (_("Files kept"), files["number"]),
        (_("Their size in kilobytes"), (files["size"] or 0) // 1000),
    ]
