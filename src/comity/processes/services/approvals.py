"""What can be done to what a process approves: prepared, approved from a day, followed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record, record_removal, save_change
from comity.core.dates import day_in_words
from comity.core.languages import language_name
from comity.core.translated import text_in
from comity.parties.models import NameKind, Party, PartyName
from comity.processes.models import (
    TAKING_PART,
    Approved,
    ApprovedList,
    ApprovedMap,
    ApprovedName,
    Footnote,
    Participation,
    Process,
)
from comity.processes.services.approved_names import refuse_approved

Kind = TypeVar("Kind", ApprovedList, ApprovedMap)
# Nothing follows what is approved before it begins: a slip of the pen must not last for ever.
MOST_AHEAD = timedelta(days=366)


@transaction.atomic
def start_list(*, process: Process, languages: Sequence[str], by: Actor) -> ApprovedList:
    """Prepare a list of names: a copy of the one that was approved last, or who takes part.

    Nobody but the secretariat sees it until it is approved.

    Raises:
        PermissionDenied: ``by`` does not work for the secretariat.
        ValidationError: one is being prepared already, or a language is unknown.
    """
    require(by, "processes.run", process)
    if not languages or set(languages) - set(settings.CONTENT_LANGUAGES):
        raise ValidationError({"languages": _("Choose the languages of the list.")})
    prepared = ApprovedList(process=process, languages=list(languages))
    prepared.full_clean()
    prepared.save()
    latest = process.approved_lists.exclude(begins=None).order_by("begins").last()
    if latest:
        _copy(latest, prepared)
    else:
        _take_participants(prepared)
    listed = prepared.names.count()
    after = {"process": process, "languages": prepared.languages, "names_listed": listed}
    record(by, "approved_list.started", prepared, after=after)
    return prepared


@transaction.atomic
def discard_list(*, prepared: ApprovedList, version: int, by: Actor) -> None:
    """Remove a list that was never approved; the log keeps what it was."""
    require(by, "processes.run", prepared.process)
    current = lock_version(prepared, version)
    refuse_approved(current)
    record_removal(
        current, action="approved_list.discarded", by=by, also={"approved_names": _lines(current)}
    )
    current.delete()


@transaction.atomic
def approve_list(
    *, prepared: ApprovedList, begins: date, decision: str, version: int, by: Actor
) -> ApprovedList:
    """Let the pages of the process follow a list from the day ``begins`` on.

    The one before it ends the day before; the log keeps the whole list.

    Raises:
        PermissionDenied: ``by`` does not work for the secretariat.
        EditConflict: somebody has changed the list since ``version``.
        ValidationError: names, places or footnotes are not whole, another begins later, or the
            process had not begun.
    """
    require(by, "processes.run", prepared.process)
    current = lock_version(prepared, version)
    refuse_approved(current)
    if problems := list(problems_of(current)):
        raise ValidationError(problems)
    _end_previous(current, begins, by=by)
    changes = {"begins": begins, "decision": decision}
    save_change(current, changes, action="approved_list.approved", by=by)
    lines = {"approved_names": _lines(current)}
    record(by, "approved_list.kept", current, after=lines)
    return current


@transaction.atomic
def approve_map(
    *, prepared: ApprovedMap, begins: date, decision: str, version: int, by: Actor
) -> ApprovedMap:
    """Let the maps of the process follow outlines and a disclaimer from ``begins`` on."""
    require(by, "processes.run", prepared.process)
    current = lock_version(prepared, version)
    refuse_approved(current)
    _end_previous(current, begins, by=by)
    changes = {"begins": begins, "decision": decision}
    save_change(current, changes, action="approved_map.approved", by=by)
    return current


@transaction.atomic
def end_approved(*, approved: Kind, last_day: date, version: int, by: Actor) -> Kind:
    """Let what is approved hold for the last time on ``last_day``: the usual follows."""
    require(by, "processes.run", approved.process)
    current = lock_version(approved, version)
    if current.begins is None or (current.ends and current.ends <= last_day):
        raise ValidationError({"last_day": _("This is not in force then.")}, code="ended")
    if last_day < current.begins:
        raise ValidationError({"last_day": _("This lies before the beginning.")}, code="order")
    action = f"{_subject(current)}.ended"
    save_change(current, {"ends": last_day}, action=action, by=by)
    return current


def problems_of(prepared: ApprovedList) -> Iterator[str]:
    """Go through what must be mended before a list can be approved."""
    names = list(prepared.names.select_related("footnote"))
    if not names:
        yield _("The list holds no name.")
    for language in prepared.languages:
        in_words = {"language": language_name(language)}
        missing = [str(each) for each in names if not each.name.get(language)]
        if missing:
            yield _("Without a name in %(language)s: %(names)s.") % {
                **in_words,
                "names": ", ".join(missing),
            }
        called = Counter(each.name[language] for each in names if each.name.get(language))
        for name in (name for name, times in called.items() if times > 1):
            yield _("Two parties are called “%(name)s” in %(language)s.") % {
                **in_words,
                "name": name,
            }
        yield from _problems_of_places(names, language, in_words)
    for footnote in prepared.footnotes.all():
        for language in prepared.languages:
            if language not in footnote.text:
                yield _("The footnote %(mark)s has no text in %(language)s.") % {
                    "mark": footnote.mark,
                    "language": language_name(language),
                }


def _problems_of_places(
    names: Sequence[ApprovedName], language: str, in_words: Mapping[str, str]
) -> Iterator[str]:
    """Go through what is wrong with the order of one language: all have a place of it, or none."""
    places: dict[int, list[str]] = defaultdict(list)
    for each in names:
        if language in each.positions:
            places[each.positions[language]].append(text_in(each.name, language))
    without = [str(each) for each in names if language not in each.positions]
    if places and without:
        yield _("Without a place in the order of %(language)s: %(names)s.") % {
            **in_words,
            "names": ", ".join(without),
        }
    for place, those in sorted(places.items()):
        if len(those) > 1:
            yield _("Place %(place)d of the order of %(language)s is taken twice: %(names)s.") % {
                **in_words,
                "place": place,
                "names": ", ".join(those),
            }


def _refuse_before_process(process: Process, begins: date) -> None:
    """Refuse a day before the process began, or before the first day known of it.

    Where the record knows no day of it, the first process on record is the measure: nobody
    approved names for a process before there was any.
    """
    earliest = process.begins_earliest or _first_known(process)
    if begins < earliest:
        raise ValidationError(
            {"begins": _("Choose %(day)s or a later day.") % {"day": day_in_words(earliest)}},
            code="early",
        )


def _refuse_far_ahead(begins: date) -> None:
    latest = timezone.localdate() + MOST_AHEAD
    if begins > latest:
        raise ValidationError(
            {"begins": _("Choose %(day)s or an earlier day.") % {"day": day_in_words(latest)}},
            code="late",
        )


def _first_known(process: Process) -> date:
    """Return the first day that the record knows of a process whose beginning it does not."""
    firsts = (
        process.stages.aggregate(day=Min("begins_earliest")),
        process.meetings.aggregate(day=Min("days_earliest")),
        process.participations.aggregate(day=Min("begins_earliest")),
        process.terms.aggregate(day=Min("begins_earliest")),
    )
    days: list[date] = [first["day"] for first in firsts if first["day"]]
    if not days:
        alike = Process.objects.filter(is_made_up=process.is_made_up)
        of_all = alike.aggregate(day=Min("begins_earliest"))["day"]
        days = [of_all] if of_all else []
    return min([*days, timezone.localdate()])


def _end_previous(current: Kind, begins: date, *, by: Actor) -> None:
    """Let what is in force end the day before; refuse a day on which a later one begins."""
    process = current.process
    _refuse_far_ahead(begins)
    Process.objects.select_for_update().filter(pk=process.pk).values_list("pk").first()
    others = type(current)._default_manager.filter(process=process).exclude(pk=current.pk)
    latest = others.exclude(begins=None).order_by("begins").last()
    if latest is None or latest.begins is None:
        _refuse_before_process(process, begins)
        return
    if latest.begins >= begins:
        raise ValidationError(
            {"begins": _("Another began on that day or later. This one can only follow it.")},
            code="order",
        )
    if latest.ends is None or latest.ends >= begins:
        action = f"{_subject(current)}.ended"
        changes = {"ends": begins - timedelta(days=1)}
        save_change(lock_version(latest, latest.version), changes, action=action, by=by)


def _subject(approved: Approved) -> str:
    return "approved_list" if isinstance(approved, ApprovedList) else "approved_map"


def _copy(latest: ApprovedList, prepared: ApprovedList) -> None:
    footnotes: dict[int | None, Footnote | None] = {None: None}
    for each in latest.footnotes.all():
        copy = Footnote(listed_in=prepared, mark=each.mark, text=each.text)
        copy.save()
        footnotes[each.pk] = copy
    kept = set(prepared.languages)
    ApprovedName.objects.bulk_create(
        ApprovedName(
            listed_in=prepared,
            party_id=each.party_id,
            name={code: text for code, text in each.name.items() if code in kept}
            or {prepared.languages[0]: text_in(each.name)},
            positions={code: place for code, place in each.positions.items() if code in kept},
            footnote=footnotes[each.footnote_id],
        )
        for each in latest.names.all()
    )


def _take_participants(prepared: ApprovedList) -> None:
    """Take who takes part today, under the names of the record in the languages of the list."""
    today = timezone.localdate()
    present = Participation.objects.on(today).filter(
        process=prepared.process_id, status__in=TAKING_PART
    )
    parties = list(dict.fromkeys(present.order_by("order", "pk").values_list("party", flat=True)))
    found: dict[int, dict[str, str]] = defaultdict(dict)
    known = PartyName.objects.filter(party__in=parties, kind=NameKind.OFFICIAL).exclude(
        begins_earliest__gt=today
    )
    earliest_first = known.order_by(F("begins_earliest").asc(nulls_first=True), "pk")
    for party, language, name in earliest_first.values_list("party", "language", "name"):
        if language in prepared.languages:
            found[party][language] = name
    codes = dict(Party.objects.filter(pk__in=parties).values_list("pk", "code"))
    ApprovedName.objects.bulk_create(
        ApprovedName(
            listed_in=prepared,
            party_id=party,
            name=found[party] or {prepared.languages[0]: codes[party]},
        )
        for party in parties
    )


def _lines(listed: ApprovedList) -> list[str]:
    """Return a line for each name, as the log keeps it: code, names, places and mark."""
    return [
        " | ".join(
            [
                each.party.code,
                *(f"{code}: {text}" for code, text in each.name.items()),
                *(f"{code} {place}" for code, place in each.positions.items()),
                *([each.footnote.mark] if each.footnote else []),
            ]
        )
        for each in listed.names.select_related("party", "footnote")
    ]
