"""Who may do what with adoptions, positions, elements and principles. The whole policy.

Observers never object and take no position; nobody does anything here by running the
installation.
"""

from django.utils import timezone

from comity.accounts.authority import Actor, declare, may
from comity.accounts.models import User
from comity.consultation.adopting import committee_seats
from comity.core.facts import in_force
from comity.elements.models import Adoption, AdoptionRule, Element, NamedTo, Position, Principle
from comity.parties.models import Party
from comity.processes.audiences import presided_by
from comity.processes.models import Participation, Process, Status
from comity.texts.models import Text


def runs_text(actor: Actor, text: Text) -> bool:
    """``actor`` works today for the secretariat of the process whose text it is."""
    process = text.document.process
    return process is not None and may(actor, "processes.run", process)


def runs_element(actor: Actor, element: Element) -> bool:
    """``actor`` works today for the secretariat of the process whose text the element is of."""
    return runs_text(actor, element.text)


def runs_rule(actor: Actor, rule: AdoptionRule) -> bool:
    """``actor`` works today for the secretariat of the process whose rule it is."""
    return may(actor, "processes.run", rule.process)


def runs_principle(actor: Actor, principle: Principle) -> bool:
    """``actor`` works today for the secretariat that keeps the register."""
    return may(actor, "processes.run", principle.process)


def presides(actor: Actor, text: Text) -> bool:
    """``actor`` is today of the presidency of the process whose text it is."""
    if not isinstance(actor, User):
        return False
    terms = presided_by(actor, timezone.localdate())
    return terms.filter(process=text.document.process_id).exists()


def is_member(party: Party, process: Process | None) -> bool:
    """``party`` is today a member of the process, and not barred from it."""
    today = timezone.localdate()
    held = Participation.objects.filter(
        in_force(today), process=process, party=party, status=Status.MEMBER
    )
    return held.unless_suspended(today).exists()


def takes_position(actor: Actor, position: Position) -> bool:
    """``actor`` speaks today for the party, which is a member of the process."""
    speaks = may(actor, "parties.speak", position.party)
    return speaks and is_member(position.party, position.text.document.process)


def withdraws_position(actor: Actor, position: Position) -> bool:
    """``actor`` speaks today for the party, or enters for the secretariat what it has said."""
    return may(actor, "parties.speak", position.party) or runs_text(actor, position.text)


def sees_objectors(actor: Actor, adoption: Adoption) -> bool:
    """Who objected is told to the secretariat and the presidency, and to whom the rule says.

    The rule of the process says to the drafting committee or to all members; a seat or a place
    that an observer holds opens nothing.
    """
    if runs_text(actor, adoption.text) or presides(actor, adoption.text):
        return True
    process = adoption.text.document.process
    rule = AdoptionRule.objects.filter(process=process).first() or AdoptionRule(process=process)
    if not isinstance(actor, User) or rule.objectors_named_to == NamedTo.CHAIR:
        return False
    today = timezone.localdate()
    held = Participation.objects.held_by(actor, today).unless_suspended(today)
    members = held.filter(process=process, status=Status.MEMBER)
    if rule.objectors_named_to == NamedTo.MEMBERS:
        return members.exists()
    seats = committee_seats(process, actor, today)
    return seats.filter(party__in=members.values("party")).exists()


declare("elements.adopt", runs_text)
declare("elements.cut", runs_text)
declare("elements.edit", runs_element)
declare("elements.keep_principles", runs_principle)
declare("elements.record_position", runs_text)
declare("elements.see_objectors", sees_objectors)
declare("elements.set_rule", runs_rule)
declare("elements.state_consensus", presides)
declare("elements.take_position", takes_position)
declare("elements.withdraw_position", withdraws_position)
