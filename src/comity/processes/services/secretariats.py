"""That somebody runs each process: its last secretariat stays, and one lost is appointed anew."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.accounts.authority import Actor, require
from comity.accounts.models import User
from comity.audit.services import record_creation
from comity.core.dates import parse_date
from comity.core.facts import in_force
from comity.outbox.services import post_message
from comity.parties.models import Affiliation, Party
from comity.processes.models import (
    PRESIDENCIES,
    SECRETARIATS,
    TAKING_PART,
    Office,
    Participation,
    Process,
    Term,
)


def refuse_leaving_nobody(term: Term, ends: str) -> None:
    """Raise ValidationError where the process would have no secretariat once ``term`` ends.

    Nobody could edit it then. Where nobody of the party signs in, the term is a fact of the
    record and its end takes no right from anybody.
    """
    last_day = parse_date(ends).latest
    if term.office not in SECRETARIATS or last_day in {None, date.max}:
        return
    assert last_day
    signing_in = Affiliation.objects.filter(
        in_force(timezone.localdate()), party=term.party_id, person__user__is_active=True
    )
    if not signing_in.exists():
        return
    others = Term.objects.filter(
        in_force(last_day + timedelta(days=1)), process=term.process_id, office__in=SECRETARIATS
    )
    if not others.exclude(pk=term.pk).exists():
        raise ValidationError(
            _("Nobody would run this process afterwards. Hand the office over to a successor."),
            code="last",
        )


def refuse_last_person(affiliation: Affiliation, last_day: date) -> None:
    """Raise ValidationError where nobody could run a process once ``affiliation`` ends.

    Who cannot sign in takes no right along.
    """
    if last_day == date.max:
        return
    day = max(last_day + timedelta(days=1), timezone.localdate())
    staff = Affiliation.objects.filter(in_force(day), person__user__is_active=True)
    if not staff.filter(pk=affiliation.pk).exists():
        return
    running = Term.objects.filter(in_force(day), office__in=SECRETARIATS)
    run = Process.objects.filter(
        pk__in=running.filter(party=affiliation.party_id).values("process")
    )
    # Two who leave at once do so one after the other.
    for process in run.select_for_update().order_by("pk").values_list("pk", flat=True):
        parties = running.filter(process=process).values("party")
        if not staff.filter(party__in=parties).exclude(pk=affiliation.pk).exists():
            raise ValidationError(
                _("Nobody could run a process afterwards. Let a successor sign in first."),
                code="last",
            )


@transaction.atomic
def appoint_secretariat(*, process: Process, party: Party, reason: str, by: Actor) -> Term:
    """Entrust ``party`` with a process that nobody runs today, and report it to those concerned.

    Those are the presidency and who speaks for a State that takes part.

    Raises:
        PermissionDenied: ``by`` does not run the installation.
        ValidationError: the reason is blank, or the process has a secretariat.
    """
    require(by, "processes.appoint_secretariat", process)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this cannot wait.")}, code="required")
    today = timezone.localdate()
    Process.objects.select_for_update().filter(pk=process.pk).values_list("pk").first()
    if Term.objects.filter(in_force(today), process=process, office__in=SECRETARIATS).exists():
        raise ValidationError(
            _("This process has a secretariat, which hands its office over itself."), code="held"
        )
    term = Term(process=process, party=party, office=Office.SECRETARIAT, begins=today.isoformat())
    term.full_clean()
    term.save()
    record_creation(term, action="secretariat.appointed", by=by, reason=reason.strip())
    for user in _concerned(process, today):
        _report(term, reason.strip(), user)
    return term


def _concerned(process: Process, today: date) -> list[User]:
    presiding = Term.objects.filter(in_force(today), process=process, office__in=PRESIDENCIES)
    present = Participation.objects.filter(in_force(today), process=process, status__in=TAKING_PART)
    people = Affiliation.objects.filter(
        Q(party__in=presiding.values("party"))
        | Q(party__in=present.values("party"), may_speak=True),
        in_force(today),
    )
    users = User.objects.filter(is_active=True, pk__in=people.values("person__user"))
    return list(users.order_by("pk"))


def _report(term: Term, reason: str, user: User) -> None:
    with override(user.language or settings.LANGUAGE_CODE):
        post_message(
            to=user.email,
            subject=_("%(process)s has a secretariat that was appointed in an emergency")
            % {"process": term.process},
            text=_(
                "Nobody ran %(process)s any longer. Who runs this installation has therefore "
                "entrusted %(party)s with its secretariat, from %(day)s.\n\n"
                "The reason given: %(reason)s\n\n"
                "From that day it reads and edits what a secretariat does. If this is not "
                "right, tell who runs the installation, and each other."
            )
            % {
                "process": term.process,
                "party": Party.objects.with_name(timezone.localdate()).get(pk=term.party_id),
                "day": term.begins,
                "reason": reason,
            },
            cause="secretariat.appointed",
            about=term,
        )
