"""What can be found of processes and meetings, and the keys that readers hold."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from comity.accounts.authority import Actor
from comity.accounts.models import User
from comity.core.translated import text_in
from comity.parties.indexing import names_of_party
from comity.parties.models import Party
from comity.processes.audiences import Addressed, Audience, presided_by
from comity.processes.models import (
    BARRED,
    TAKING_PART,
    Meeting,
    MeetingQuerySet,
    Participation,
    Process,
    Seat,
    Status,
)
from comity.search.followers import follow, in_batches
from comity.search.passages import (
    date_words,
    day_of,
    in_every_language,
    passages,
    said_of,
    sentence,
)
from comity.search.services import Findable, index_many
from comity.search.sources import PUBLIC

PROCESS, MEETING = "process", "meeting"
# A name alone means the process rather than its meetings; with a year, a meeting.
PROCESS_WEIGHT, MEETING_WEIGHT = 2.5, 2.4
# An alias of so many words is a name by which one asks; a longer one describes.
SHORT_NAME = 3
PROCESSES = "process proceso processus processo عملية процесс 进程"
MEETINGS = (
    "meeting conference reunión conferencia réunion conférence reunião اجتماع مؤتمر"
    " встреча совещание конференция 会议"
)


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
        for process in presided_by(actor, on).values_list("process", flat=True)
    }
    keys |= {
        f"process:{process}:{Audience.SECRETARIAT}"
        for process in Process.objects.run_by(actor, on).values_list("pk", flat=True)
    }
    return keys | _keys_of_parties(actor, on)


def _keys_of_parties(actor: User, on: date) -> set[str]:
    """Return the keys of what names a party of ``actor``.

    A party barred from a process holds the keys of the others, one by one.
    """
    own = set(Party.objects.of(actor, on).values_list("pk", flat=True))
    barred = set(
        Participation.objects.on(on)
        .filter(party__in=own, status__in=BARRED)
        .values_list("party", "process")
    )
    keys = {f"party:{pk}" for pk in own - {party for party, _process in barred}}
    if not barred:
        return keys
    for process in Process.objects.values_list("pk", flat=True):
        keys |= {
            _named_in(process, party)
            for party in {party for party, _process in barred}
            if (party, process) not in barred
        }
    return keys


def _named_in(process: int | None, party: int) -> str:
    return f"process:{process}:party:{party}"


def keys_for(row: Addressed, parties: Iterable[int] = ()) -> set[str]:
    """Return the keys that open content of a process; ``parties`` are those it names."""
    if row.audience == Audience.PUBLIC:
        return {PUBLIC}
    keys = {f"process:{row.process_id}:{Audience.SECRETARIAT}"}
    if row.audience == Audience.BODY:
        keys.add(f"body:{row.body_id}")
    elif row.audience == Audience.NAMED:
        for party in parties:
            keys |= {f"party:{party}", _named_in(row.process_id, party)}
        if row.named_process_id:
            keys.add(f"process:{row.named_process_id}:{Audience.PARTICIPANTS}")
    elif row.audience != Audience.SECRETARIAT:
        keys.add(f"process:{row.process_id}:{row.audience}")
    return keys


def index_process(process: Process) -> None:
    """Let ``process`` be found by every name it has and by what it works on.

    What is found by its names follows after the page.
    """
    index_processes([process])
    follow(process)


def index_processes(processes: Iterable[Process]) -> None:
    """Let ``processes`` be found by every name they have and by what they work on."""
    # Read anew: whoever calls may hold lists from before the change.
    changed = Process.objects.filter(pk__in=[process.pk for process in processes])
    index_many(
        _process(process)
        for process in changed.prefetch_related("aliases", "areas__themes", "subjects")
    )


def whole_meetings() -> MeetingQuerySet:
    """Return meetings with all that they are found by."""
    return Meeting.objects.select_related("process", "series", "country").prefetch_related(
        "subjects", "process__aliases", "country__names"
    )


def follow_with_meetings(target: models.Model, tell: Callable[[], None]) -> None:
    """Index anew the meetings that are found by the words of a process or a party."""
    if isinstance(target, Process):
        in_batches(whole_meetings().filter(process=target), index_meetings, tell)
    if isinstance(target, Party):
        in_batches(whole_meetings().filter(country=target), index_meetings, tell)


def found_by(target: models.Model) -> dict[str, models.Model]:
    """Return the filter for papers of a process or meeting that are found by ``target``."""
    if isinstance(target, Process):
        return {"process": target}
    if isinstance(target, Meeting):
        return {"meeting": target}
    return {"meeting__country": target} if isinstance(target, Party) else {}


def index_meeting(meeting: Meeting) -> None:
    """Let ``meeting`` be found; what came of it follows after the page."""
    index_meetings([meeting])
    follow(meeting)


def index_meetings(meetings: Iterable[Meeting]) -> None:
    """Let ``meetings`` be found by title, day, place, process and subjects."""
    index_many(_meeting(meeting) for meeting in meetings)


def process_words(process: Process | None) -> list[str]:
    """Return every name of ``process``: words that find what belongs to it."""
    if process is None:
        return []
    aliases = [alias.name for alias in process.aliases.all()]
    return [process.slug, *process.short_name.values(), *process.name.values(), *aliases]


def meeting_words(meeting: Meeting | None) -> list[str]:
    """Return title, day, place and series of ``meeting``: words that find what came of it."""
    if meeting is None:
        return []
    series = meeting.series
    return [
        *meeting.title.values(),
        date_words(meeting.days),
        meeting.place,
        *names_of_party(meeting.country),
        *(series.name.values() if series else ()),
        str(meeting.number or ""),
    ]


def sentence_of_process(process: Process | None, language: str) -> str:
    """Return the sentence that names ``process``; empty for none."""
    return sentence(text_in(process.name, language)) if process else ""


def _process(process: Process) -> Findable:
    known = {*process.name.values(), *process.short_name.values()}
    aliases = [alias.name for alias in process.aliases.all() if alias.name not in known]
    short = [name for name in aliases if len(name.split()) <= SHORT_NAME]
    areas = list(process.areas.all())
    subjects = [area.words for area in areas] + [row.words for row in process.subjects.all()]
    themes = [name for area in areas for row in area.themes.all() for name in row.name.values()]
    return Findable(
        target=process,
        kind=PROCESS,
        url=process.get_absolute_url(),
        passages=passages(
            process.name,
            lambda language: [
                sentence(text_in(process.short_name, language), str(process.get_region_display())),
                said_of(gettext("Since"), [day_of(process.begins)]),
                said_of(gettext("Also called"), aliases),
                said_of(gettext("Works on"), subjects),
            ],
        ),
        keys=[PUBLIC],
        when=process.begins_earliest,
        weight=PROCESS_WEIGHT,
        names=[process.slug, *process.short_name.values(), *short],
        also=[PROCESSES, date_words(process.begins), *themes],
        is_made_up=process.is_made_up,
    )


def _meeting(meeting: Meeting) -> Findable:
    subjects = [subject.words for subject in meeting.subjects.all()]
    return Findable(
        target=meeting,
        kind=MEETING,
        url=meeting.get_absolute_url(),
        passages=passages(
            meeting.title,
            lambda language: [
                sentence(gettext(meeting.kind), day_of(meeting.days), meeting.place),
                said_of(gettext("Organised by"), [meeting.organisers]),
                sentence_of_process(meeting.process, language),
                said_of(gettext("Subjects"), subjects),
            ],
        ),
        keys=[PUBLIC],
        when=meeting.days_earliest,
        weight=MEETING_WEIGHT,
        names=[meeting.place, str(meeting.days)],
        also=[
            MEETINGS,
            in_every_language(meeting.kind),
            *meeting_words(meeting),
            *process_words(meeting.process),
        ],
        is_made_up=bool(meeting.process and meeting.process.is_made_up),
    )
