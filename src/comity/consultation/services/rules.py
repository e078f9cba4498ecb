"""What a process decides on how its texts are negotiated."""

from dataclasses import dataclass

from django.db import transaction

from comity.accounts.authority import Actor, require
from comity.audit.services import lock_version, record_creation, save_change
from comity.consultation.models import ConsultationRules, NamesShown, RecordAfter, rules_of
from comity.processes.models import Body, Process


@dataclass(frozen=True)
class RulesFacts:
    """Who sees who proposed, who reads drafts, who drafts, and what becomes of the record."""

    names_shown_to: NamesShown = NamesShown.COMMITTEE
    observers_read_drafts: bool = False
    record_after: RecordAfter = RecordAfter.KEPT
    committee: Body | None = None


@transaction.atomic
def set_rules(*, process: Process, facts: RulesFacts, version: int, by: Actor) -> ConsultationRules:
    """Decide how ``process`` negotiates its texts.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved them after ``version``.
        ValidationError: the committee is a body of another process.
    """
    rules = rules_of(process)
    require(by, "consultation.set_rules", rules)
    if rules.pk is None:
        rules = ConsultationRules(process=process, **vars(facts))
        rules.full_clean()
        rules.save()
        record_creation(rules, action="consultation.rules_changed", by=by)
        return rules
    current = lock_version(rules, version, yours=vars(facts))
    save_change(current, vars(facts), action="consultation.rules_changed", by=by)
    return current
