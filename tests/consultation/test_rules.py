"""What a process decides on how its texts are negotiated."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.audit.services import EditConflict
from comity.consultation.models import ConsultationRules, NamesShown, RecordAfter, rules_of
from comity.consultation.services.rules import RulesFacts, set_rules
from tests.conftest import PERSONAS
from tests.factories.processes import BodyFactory

FACTS = RulesFacts(NamesShown.MEMBERS, record_after=RecordAfter.SEALED)


def test_process_without_rules_has_the_careful_ones(process):
    rules = rules_of(process)

    assert (rules.pk, rules.names_shown_to, rules.observers_read_drafts, rules.record_after) == (
        None,
        "committee",
        False,
        "kept",
    )


def test_secretariat_sets_and_changes_them(process, body, secretariat):
    rules = set_rules(process=process, facts=FACTS, version=1, by=secretariat)
    assert (rules.names_shown_to, rules.record_after, rules.committee) == (
        "members",
        "sealed",
        None,
    )

    with pytest.raises(EditConflict):
        set_rules(process=process, facts=FACTS, version=7, by=secretariat)
    facts = RulesFacts(committee=body)
    changed = set_rules(process=process, facts=facts, version=rules.version, by=secretariat)
    assert (changed.committee, changed.observers_read_drafts) == (body, False)
    assert rules_of(process) == changed


def test_committee_is_a_body_of_the_process(process, secretariat):
    with pytest.raises(ValidationError, match="another process"):
        set_rules(
            process=process, facts=RulesFacts(committee=BodyFactory()), version=1, by=secretariat
        )
    assert not ConsultationRules.objects.exists()


@pytest.mark.parametrize("name", sorted({*PERSONAS} - {"secretariat"}))
def test_nobody_else_sets_them(process, people, name):
    with pytest.raises(PermissionDenied):
        set_rules(process=process, facts=FACTS, version=1, by=people[name])
