"""What can be done to bodies, their seats, and terms of office."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version
from comity.core.dates import in_words, parse_date, period_in_words
from comity.core.facts import certainly_overlapping
from comity.parties.models import Party
from comity.parties.models.parties import name_today
from comity.processes.models import Body, Office, Process, Seat, Term
from comity.processes.services.rows import (
    add_row,
    change_row,
    end_row,
    lock_process,
    namesakes,
    refuse_equal,
    refuse_used,
    remove_row,
)
from comity.processes.services.secretariats import refuse_leaving_nobody
from comity.processes.services.slugs import free_slug
from comity.sources.services import change_cited


@dataclass(frozen=True)
class BodyFacts:
    """What a body is: all that an editor may change of it."""

    name: dict[str, str]
    kind: str
    begins: str = ""
    ends: str = ""
    seat_or_members: str = ""
    terms_of_reference: dict[str, str] | None = None
    part_of: Body | None = None


@dataclass(frozen=True)
class TermFacts:
    """When a term runs, and what is to be said of it."""

    begins: str
    ends: str = ""
    note: str = ""


@transaction.atomic
def add_body(*, process: Process, facts: BodyFacts, by: Actor, grounds: str = "") -> Body:
    """Let ``process`` have a body; ``grounds`` is where one knows it from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: the process has a body of this name that goes on, it would be
            part of a body of another process, end before it begins, or a value is wrong.
    """
    require(by, "processes.edit", process)
    body = Body(process=process, slug=free_slug(Body, process, facts.name), **vars(facts))
    _refuse_wrong_place(body, facts)
    lock_process(body)
    same_time = Q(ends="") | Q(begins=facts.begins, ends=facts.ends)
    refuse_equal(
        namesakes(process.bodies.filter(same_time), facts.name),
        _("This process has a body of this name already."),
    )
    return add_row(body, action="body.added", by=by, grounds=grounds)


@transaction.atomic
def remove_body(*, body: Body, version: int, by: Actor) -> None:
    """Remove a body to which nothing belongs, such as one added by mistake; the log keeps it.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it has seats, offices, parts or papers.
    """
    require(by, "processes.edit", body.process)
    refuse_used(
        body,
        _(
            "Something belongs to this body: a seat, an office, a part or a paper. "
            "It stays in the record; say until when it existed instead."
        ),
    )
    remove_row(body, version=version, action="body.removed", by=by)


@transaction.atomic
def change_body(
    *, body: Body, facts: BodyFacts, version: int, by: Actor, grounds: str = ""
) -> Body:
    """Change what a body is called, does and belongs to; ``grounds`` is where that comes from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it would be part of itself or of a body of another process, end before
            it begins, or a value is wrong.
    """
    require(by, "processes.edit", body.process)
    _refuse_wrong_place(body, facts)
    changes = {**vars(facts)}
    return change_row(body, changes, version=version, action="body.changed", by=by, grounds=grounds)


@transaction.atomic
def add_seat(
    *,
    body: Body,
    party: Party,
    begins: str,
    by: Actor,
    ends: str = "",
    note: str = "",
    grounds: str = "",
) -> Seat:
    """Give ``party`` a seat in ``body``; ``grounds`` is where one knows it from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: the party certainly sits there at that time, or a value is wrong.
    """
    require(by, "processes.edit", body.process)
    seat = Seat(body=body, party=party, begins=begins, ends=ends, note=note)
    _refuse_second_seat(seat)
    return add_row(seat, action="seat.added", by=by, grounds=grounds)


@transaction.atomic
def change_seat(
    *,
    seat: Seat,
    begins: str,
    ends: str,
    note: str,
    version: int,
    by: Actor,
    grounds: str = "",
) -> Seat:
    """Change since when and until when a party sits in a body.

    ``grounds`` is where the change comes from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: the party certainly sits there at that time, or a value is wrong.
    """
    require(by, "processes.edit", seat.body.process)
    wanted = Seat(pk=seat.pk, body=seat.body, party=seat.party, begins=begins, ends=ends, note=note)
    _refuse_second_seat(wanted)
    changes = {"begins": begins, "ends": ends, "note": note}
    return change_row(seat, changes, version=version, action="seat.changed", by=by, grounds=grounds)


@transaction.atomic
def end_seat(*, seat: Seat, last_day: date, version: int, by: Actor) -> Seat:
    """Let a party sit in a body for the last time on ``last_day``."""
    require(by, "processes.edit", seat.body.process)
    return end_row(seat, last_day, version=version, action="seat.ended", by=by)


@transaction.atomic
def add_term(
    *,
    process: Process,
    office: Office,
    party: Party,
    facts: TermFacts,
    by: Actor,
    body: Body | None = None,
    grounds: str = "",
) -> Term:
    """Entrust ``party`` with an office; ``grounds`` is where one knows it from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: another certainly holds the office at that time, or a value is wrong.
    """
    require(by, "processes.edit", process)
    term = Term(process=process, office=office, party=party, body=body, **vars(facts))
    return add_row(term, action="term.added", by=by, grounds=grounds)


@transaction.atomic
def change_term(
    *, term: Term, facts: TermFacts, version: int, by: Actor, grounds: str = ""
) -> Term:
    """Change when a term runs; ``grounds`` is where the change comes from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: another certainly holds the office at that time, or a value is wrong.
    """
    require(by, "processes.edit", term.process)
    if facts.ends and facts.ends != term.ends:
        refuse_leaving_nobody(term, facts.ends)
    changes = {**vars(facts)}
    return change_row(term, changes, version=version, action="term.changed", by=by, grounds=grounds)


@transaction.atomic
def end_term(*, term: Term, last_day: date, version: int, by: Actor) -> Term:
    """End ``term`` after ``last_day``; the rights of its holder end with it.

    Raises:
        PermissionDenied: ``by`` neither keeps the record nor runs the installation.
        ValidationError: the term has ended by then, begins later, was saved after ``version``,
            or nobody would run the process afterwards.
    """
    require(by, "processes.end_term", term)
    refuse_leaving_nobody(term, last_day.isoformat())
    return end_row(term, last_day, version=version, action="term.ended", by=by)


@transaction.atomic
def hand_over(
    *, term: Term, to: Party, on: date, version: int, by: Actor, grounds: str = ""
) -> Term:
    """Hand the office of ``term`` over on that day, and return the term that then begins.

    The present term ends the day before: both happen, or neither. ``grounds`` is where one
    knows it from, and stays with both.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        EditConflict: somebody saved the present term after ``version``.
        ValidationError: nobody holds the office then, the present term begins later, or
            another term of the office begins meanwhile.
    """
    require(by, "processes.edit", term.process)
    if on == date.min:
        raise ValidationError({"on": _("This lies before the beginning.")}, code="order")
    last_day = on - timedelta(days=1)
    changes = {"ends": last_day.isoformat()}
    term = lock_version(term, version, yours=changes)
    begins = parse_date(term.begins).earliest
    if begins and begins > last_day:
        raise ValidationError({"on": _too_early(term)}, code="early")
    ends = parse_date(term.ends).latest if term.ends else None
    if ends and ends < last_day:
        raise ValidationError(
            _("Nobody holds this office then: the term of %(party)s ended %(day)s. Add a term.")
            % {"party": name_today(term.party_id), "day": in_words(parse_date(term.ends))},
            code="ended",
        )
    change_cited(term, changes, action="term.handed_over", by=by, grounds=grounds)
    following = Term(
        process=term.process, office=term.office, body=term.body, party=to, begins=on.isoformat()
    )
    return add_row(following, action="term.added", by=by, grounds=grounds)


def _too_early(term: Term) -> str:
    words = _(
        "The present term of %(party)s begins %(day)s. Choose a later day; or, if another held "
        "the office before, add a term that ends before that day."
    )
    return words % {
        "party": name_today(term.party_id),
        "day": in_words(parse_date(term.begins)),
    }


def _refuse_wrong_place(body: Body, facts: BodyFacts) -> None:
    above = facts.part_of
    if above and above.process_id != body.process_id:
        raise ValidationError({"part_of": _("This body belongs to another process.")})
    while above:
        if above.pk == body.pk:
            raise ValidationError({"part_of": _("A body cannot be part of itself.")})
        above = above.part_of
    if facts.begins and facts.ends:
        earliest, latest = parse_date(facts.begins).earliest, parse_date(facts.ends).latest
        if earliest and latest and latest < earliest:
            raise ValidationError({"ends": _("This lies before the beginning.")}, code="order")


def _refuse_second_seat(seat: Seat) -> None:
    others = Seat.objects.filter(certainly_overlapping(seat), body=seat.body, party=seat.party)
    if other := others.exclude(pk=seat.pk).first():
        raise ValidationError(
            _("This party sits in this body already: %(when)s. End that seat first, or correct it.")
            % {"when": period_in_words(other.begins, other.ends)},
            code="duplicate",
        )
