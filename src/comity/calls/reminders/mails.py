"""One mail to each person, whatever there is to tell: short, in their language."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from comity.calls.reminders.recipients import Recipient
from comity.core.addresses import whole_address
from comity.core.registry import Registry
from comity.outbox.services import post_message
from comity.parties.models import Party
from comity.processes.approved import read_names
from comity.processes.models import Process

LONGEST_SUBJECT = 180


@dataclass(frozen=True)
class Matter:
    """One thing to tell: ``words`` is called in the language of the reader.

    ``path`` is where they read on; ``title`` heads a mail that tells nothing else.
    """

    process: Process
    words: Callable[[], str]
    path: str = ""
    is_reminder: bool = False
    title: Callable[[], str] | None = None


Told = tuple[Recipient, Matter]
# Each tells what is due on a day, and marks it as told in the transaction of the mail.
daily_sources = Registry[Callable[[datetime], Iterable[Told]]]("source of the mail of the day")


class PartyNames:
    """What the parties of a mail are called, in the language that is set, as their process says."""

    def __init__(self, parties: Collection[int], on: date) -> None:
        self._parties, self.on = set(parties), on
        self._named: dict[str, dict[int, str]] = {}
        self._approved: dict[tuple[str, int], dict[int, str]] = {}

    def of(self, process: int, party: int) -> str:
        """Return the name that the process has approved, else that of the record."""
        language = get_language() or ""
        if language not in self._named:
            rows = Party.objects.filter(pk__in=self._parties).with_name(self.on)
            self._named[language] = {row.pk: str(row) for row in rows}
        key = language, process
        if key not in self._approved:
            called = read_names(process, self.on).called
            self._approved[key] = {pk: each.name for pk, each in called.items()}
        return self._approved[key].get(party) or self._named[language][party]


def post_together(
    told: Iterable[Told], *, cause: str, key: str, about: models.Model | None = None
) -> int:
    """Keep one mail for each address with all that there is for it; return how many there are.

    ``key`` and the address make the key of the mail: kept twice, it leaves once.
    """
    by_address: dict[str, list[Matter]] = defaultdict(list)
    recipients: dict[str, Recipient] = {}
    for recipient, matter in told:
        recipients.setdefault(recipient.address.casefold(), recipient)
        by_address[recipient.address.casefold()].append(matter)
    for address, recipient in recipients.items():
        with override(recipient.language):
            subject, text = written(by_address[address], signs_in=recipient.signs_in)
            post_message(
                to=recipient.address,
                subject=subject,
                text=text,
                cause=cause,
                about=about,
                key=f"{key}:{address}"[:200],
            )
    return len(recipients)


def written(matters: Collection[Matter], *, signs_in: bool = True) -> tuple[str, str]:
    """Return subject and text of a mail about ``matters``, in the language that is set.

    Who does not sign in is given no addresses of pages, but told how else to answer.
    """
    by_process: dict[int, list[Matter]] = defaultdict(list)
    for matter in matters:
        by_process[matter.process.pk].append(matter)
    parts = []
    for found in by_process.values():
        lines = dict.fromkeys(_line(matter, signs_in=signs_in) for matter in found)
        parts.append("\n\n".join([str(found[0].process), *lines]))
    if any(matter.is_reminder for matter in matters):
        parts.append(
            _(
                "If you have answered meanwhile, nothing more is needed. At most two reminders of "
                "an answer leave by themselves."
            )
        )
    if not signs_in:
        parts.append(_("You can answer the secretariat by mail or by note."))
    return _subject(matters), "\n\n\n".join(parts)


def _subject(matters: Collection[Matter]) -> str:
    """Return the subject of a mail: what it tells, or how many things."""
    processes = ", ".join(dict.fromkeys(str(matter.process) for matter in matters))
    words = {"processes": processes[:LONGEST_SUBJECT], "count": len(matters)}
    titles = [matter.title() for matter in matters if matter.title]
    if len(matters) == len(titles) == 1:
        words["title"] = titles[0][: LONGEST_SUBJECT // 2]
        return _("%(processes)s: %(title)s") % words
    many = ngettext("%(processes)s: one matter", "%(processes)s: %(count)d matters", len(matters))
    return many % words


def _line(matter: Matter, *, signs_in: bool) -> str:
    words = f"– {matter.words()}"
    return f"{words}\n  {whole_address(matter.path)}" if matter.path and signs_in else words
