"""What can be found of processes and meetings, and the keys that readers hold."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.core.translated import text_in
from comity.parties.models import Party
from comity.processes.audiences import Addressed, Audience
from comity.processes.models import (
    PRESIDENCIES,
    TAKING_PART,
    Meeting,
    Participation,
    Process,
    Seat,
    Status,
    Term,
)
from comity.search.services import Findable, index_many
from comity.search.sources import PUBLIC

PROCESS, MEETING = "process", "meeting"
# What the process is called counts for more than what is said of it.
PROCESS_WEIGHT = 3.0


def held_keys(actor: Actor) -> set[str]:
    """Return the keys that ``actor`` holds today; they follow ``audiences.addressed_to``."""
    if not isinstance(actor, User):
        return set()
    on = timezone.localdate()
    keys: set[str] = set()
    taking_part = Participation.objects.held_by(actor, on).unless_suspended(on)
    for process, status in taking_part.filter(status__in=TAKING_PART).values_list(
        "process", "status"
    ):
        keys.add(f"process:{process}:{Audience.PARTICIPANTS}")
        if status == Status.MEMBER:
            keys.add(f"process:{process}:{Audience.MEMBERS}")
    seats = Seat.objects.held_by(actor, on).unless_suspended(on, "body__process")
    keys |= {f"body:{body}" for body in seats.values_list("body", flat=True)}
    keys |= {
        f"process:{process}:{Audience.CHAIR}"
        for process in Term.objects.held_by(actor, on)
        .filter(office__in=PRESIDENCIES)
        .values_list("process", flat=True)
    }
    keys |= {
        f"process:{process}:{Audience.SECRETARIAT}"
        for process in Process.objects.run_by(actor, on).values_list("pk", flat=True)
    }
    return keys | {f"party:{pk}" for pk in Party.objects.of(actor, on).values_list("pk", flat=True)}


def keys_for(row: Addressed, parties: Iterable[int] = ()) -> set[str]:
    """Return the keys that open content of a process; ``parties`` are those it names."""
    if row.audience == Audience.PUBLIC:
        return {PUBLIC}
    keys = {f"process:{row.process_id}:{Audience.SECRETARIAT}"}
    if row.audience == Audience.BODY:
        keys.add(f"body:{row.body_id}")
    elif row.audience == Audience.NAMED:
        keys |= {f"party:{pk}" for pk in parties}
        if row.named_process_id:
            keys.add(f"process:{row.named_process_id}:{Audience.PARTICIPANTS}")
    elif row.audience != Audience.SECRETARIAT:
        keys.add(f"process:{row.process_id}:{row.audience}")
    return keys


def index_process(process: Process) -> None:
    """Let ``process`` be found by every name it has and by what it works on."""
    index_processes([process])


def index_processes(processes: Iterable[Process]) -> None:
    """Let ``processes`` be found by every name they have and by what they work on."""
    given = list(processes)
    words: dict[int, list[str]] = defaultdict(list)
    pks = [process.pk for process in given]
    for relation in ("aliases__name", "areas__words", "subjects__words"):
        found = Process.objects.filter(pk__in=pks).exclude(**{relation: None})
        for pk, text in found.values_list("pk", relation):
            words[pk].append(text)
    index_many(
        Findable(
            target=process,
            kind=PROCESS,
            url=process.get_absolute_url(),
            passages=[
                (
                    language,
                    name,
                    "\n".join([text_in(process.short_name, language), *words[process.pk]]),
                )
                for language, name in process.name.items()
            ],
            keys=[PUBLIC],
            when=process.begins_earliest,
            weight=PROCESS_WEIGHT,
        )
        for process in given
    )


def index_meetings(meetings: Iterable[Meeting]) -> None:
    """Let ``meetings`` be found by title, place, process and subjects."""
    index_many(
        Findable(
            target=meeting,
            kind=MEETING,
            url=meeting.get_absolute_url(),
            passages=[
                (
                    language,
                    title,
                    "\n".join(
                        [
                            meeting.place,
                            meeting.organisers,
                            text_in(meeting.process.name, language) if meeting.process else "",
                            *(subject.words for subject in meeting.subjects.all()),
                        ]
                    ),
                )
                for language, title in meeting.title.items()
            ],
            keys=[PUBLIC],
            when=meeting.days_earliest,
        )
        for meeting in meetings
    )
