"""What is told of calls: openings at once, reminders and news with the mail of the day."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.calls.models import (
    Call,
    CallState,
    News,
    Notice,
    Reminder,
    ReminderPlan,
    ReminderRound,
    Reply,
    RoundState,
)
from comity.calls.reminders.mails import Matter, PartyNames, Told
from comity.calls.reminders.planning import PAUSE, UNANSWERED, due_day, make_rounds, pair_of
from comity.calls.reminders.recipients import (
    people_asked,
    people_of_secretariats,
    people_presiding,
)
from comity.core.dates import day_in_words
from comity.jobs.services import enqueue

TELL_OPENED = "calls.tell_opened"


def tell_opening(call: Call) -> None:
    """Have those who are asked told at once, after the page; who was told is not told again."""
    enqueue(TELL_OPENED, call=call.pk)


def tell_with_daily_mail(call: Call, news: News, reply: Reply | None = None) -> Notice:
    """Have those who are asked, or the party of one reply, told with the next mail of the day."""
    return Notice.objects.create(call=call, reply=reply, news=news)


def told_of_calls(now: datetime) -> list[Told]:
    """Return what the mail of the day says of calls, and mark it as told."""
    today = timezone.localdate(now)
    made = make_rounds(now)
    _let_go(today)
    return [
        *_waiting(made, today),
        *_reminded(today, now),
        *_noticed(today),
    ]


def matters_of(
    replies: Iterable[Reply],
    on: date,
    write: Callable[[Reply, PartyNames], str],
    *,
    is_reminder: bool = False,
) -> Iterator[tuple[Reply, Told]]:
    """Yield what ``write`` says of each reply, for each person of its party who is told."""
    listed = list(replies)
    reached = people_asked({pair_of(reply) for reply in listed}, on)
    names = PartyNames({reply.party_id for reply in listed}, on)
    for reply in listed:
        process = reply.call.process
        assert process is not None
        matter = Matter(
            process,
            _bound(write, reply, names),
            answer_path(reply),
            is_reminder=is_reminder,
            title=_title(reply),
        )
        for recipient in reached.get(pair_of(reply), []):
            yield reply, (recipient, matter)


def answer_path(reply: Reply) -> str:
    """Return the address of the page on which the party of a reply answers."""
    return reverse("calls:answer", args=[reply.call_id, reply.party.code])


def _title(reply: Reply) -> Callable[[], str]:
    return lambda: str(reply.call)


def _bound(
    write: Callable[[Reply, PartyNames], str], reply: Reply, names: PartyNames
) -> Callable[[], str]:
    return lambda: write(reply, names)


def opening_words(reply: Reply, names: PartyNames) -> str:
    """Return what is said when a call is opened."""
    return _("“%(subject)s”: %(party)s is asked to answer by %(day)s.") % _told(reply, names)


def reminder_words(reply: Reply, names: PartyNames) -> str:
    """Return a reminder: until when, or that the day has passed and an answer is still welcome."""
    told = _told(reply, names)
    if due_day(reply) < names.on:
        return (
            _(
                "A reminder of “%(subject)s”: the answer of %(party)s was due on %(day)s. It is "
                "still welcome."
            )
            % told
        )
    return _("A reminder of “%(subject)s”: the answer of %(party)s is due on %(day)s.") % told


def _news_words(news: str) -> Callable[[Reply, PartyNames], str]:
    def words(reply: Reply, names: PartyNames) -> str:
        sentences = {
            News.EXTENDED: _("“%(subject)s”: %(party)s may now answer until %(day)s."),
            News.RETURNED: _(
                "“%(subject)s”: the secretariat has returned the answer of %(party)s and says "
                "what is missing."
            ),
            News.REOPENED: _("“%(subject)s” is open again: %(party)s may answer until %(day)s."),
            News.WITHDRAWN: _(
                "“%(subject)s” was withdrawn: nothing is asked of %(party)s any more."
            ),
        }
        return sentences[News(news)] % _told(reply, names)

    return words


def _told(reply: Reply, names: PartyNames) -> dict[str, str]:
    process, party = pair_of(reply)
    return {
        "subject": str(reply.call),
        "party": names.of(process, party),
        "day": day_in_words(due_day(reply)),
    }


def _let_go(today: date) -> None:
    """Let go what has waited as long as its process says; without that, it waits on."""
    plans = dict(
        ReminderPlan.objects.filter(leaves_after_days__isnull=False).values_list(
            "process", "leaves_after_days"
        )
    )
    waiting = ReminderRound.objects.waiting().filter(call__process__in=plans)
    for row in waiting.select_related("call"):
        days = plans.get(row.call.process_id or 0)
        if days is not None and row.planned_on + timedelta(days=days) <= today:
            row.state = RoundState.READY
            row.version += 1
            row.save()


def _waiting(made: list[ReminderRound], today: date) -> list[Told]:
    """Tell the presidency and the secretariat of rounds made today that wait for a word."""
    rounds = [row for row in made if row.state == RoundState.WAITING]
    processes = {row.call.process_id for row in rounds if row.call.process_id}
    chairs, secretariats = (
        people_presiding(processes, today),
        people_of_secretariats(processes, today),
    )
    told: list[Told] = []
    for row in rounds:
        process = row.call.process
        assert process is not None
        matter = Matter(
            process, _waiting_words(row), reverse("calls:reminders", args=[process.slug])
        )
        people = {*chairs.get(process.pk, []), *secretariats.get(process.pk, [])}
        told += [(recipient, matter) for recipient in sorted(people)]
    return told


def _waiting_words(row: ReminderRound) -> Callable[[], str]:
    count = row.reminders.count()

    def words() -> str:
        sentence = ngettext(
            "A reminder of “%(subject)s” to one participant waits for your word.",
            "A reminder of “%(subject)s” to %(count)d participants waits for your word.",
            count,
        )
        return sentence % {"subject": str(row.call), "count": count}

    return words


def _reminded(today: date, now: datetime) -> list[Told]:
    """Let the rounds leave that are ready, to those who have not answered meanwhile."""
    ready = ReminderRound.objects.filter(state=RoundState.READY).select_related("call__process")
    waiting = Reminder.objects.select_related("reply__party")
    told: list[Told] = []
    for row in ready.prefetch_related(Prefetch("reminders", waiting)):
        told += leave(row, list(row.reminders.all()), today, now)
    return told


def leave(row: ReminderRound, reminders: list[Reminder], today: date, now: datetime) -> list[Told]:
    """Mark a round as left, and each reminder of it that reaches somebody; return what is told.

    Who has answered, or was reminded by hand in these days, is left alone.
    """
    since = today - PAUSE if row.number else today
    lately = set(
        Reminder.objects.filter(left_on__gt=since, reply__call=row.call_id).values_list(
            "reply", flat=True
        )
    )
    by_reply = {each.reply_id: each for each in reminders if each.reply_id not in lately}
    for each in by_reply.values():
        each.reply.call = row.call
    replies = [
        each.reply
        for each in by_reply.values()
        if each.reply.state in UNANSWERED and each.reply.is_open(now)
    ]
    told = list(matters_of(replies, today, reminder_words, is_reminder=True))
    reached = {reply.pk for reply, _told in told}
    Reminder.objects.filter(pk__in=[by_reply[pk].pk for pk in reached if by_reply[pk].pk]).update(
        left_on=today
    )
    row.state, row.left_on = RoundState.LEFT, today
    row.version += 1
    row.save()
    return [one for _reply, one in told]


def _noticed(today: date) -> list[Told]:
    """Tell what happened to calls and replies since the last mail of a day."""
    rows = Notice.objects.filter(told_on=None).select_related("call__process", "reply__party")
    notices = list(rows)
    calls = {row.call_id for row in notices if row.reply_id is None}
    replies: dict[int, list[Reply]] = {}
    asked = Reply.objects.filter(call__in=calls).select_related("party")
    for reply in asked:
        replies.setdefault(reply.call_id, []).append(reply)
    told: list[Told] = []
    for (call, _only, news), row in _latest(notices).items():
        about = [row.reply] if row.reply else replies.get(call, [])
        for reply in about:
            reply.call = row.call
        still = [reply for reply in about if _is_still_so(reply, news)]
        told += [one for _reply, one in matters_of(still, today, _news_words(news))]
    Notice.objects.filter(pk__in=[row.pk for row in notices]).update(told_on=today)
    return told


def _latest(notices: list[Notice]) -> dict[tuple[int, int | None, str], Notice]:
    """Return each piece of news once, however often it came about since."""
    return {(row.call_id, row.reply_id, row.news): row for row in notices}


def _is_still_so(reply: Reply, news: str) -> bool:
    """Whether the news still say how things stand, for a party that has something to do with it.

    Who has answered is not told of more time; of a withdrawal, all are told.
    """
    if news == News.WITHDRAWN:
        return reply.call.state == CallState.WITHDRAWN
    return reply.call.state != CallState.WITHDRAWN and reply.state in UNANSWERED
