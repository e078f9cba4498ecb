"""What can be done to the relations of a process: partners, agreements, visits, networks.

Partners and agreements are of the public record, and its keepers edit them. Visits and networks
are the secretariat's work.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.authority import Actor, require
from comity.parties.models import Affiliation, Party
from comity.processes.models import (
    Agreement,
    Contact,
    LiaisonVisit,
    Meeting,
    Network,
    Partnership,
    Process,
)
from comity.processes.services.rows import (
    add_row,
    change_row,
    lock_process,
    namesakes,
    refuse_equal,
    refuse_used,
    remove_row,
)


@dataclass(frozen=True)
class PartnershipFacts:
    """What a partner, a party or another process, does for a process."""

    name_in_source: str
    role: str
    party: Party | None = None
    partner_process: Process | None = None
    order: int = 0


@dataclass(frozen=True)
class AgreementFacts:
    """What was agreed, by whom and when."""

    title: dict[str, str]
    signed: str = ""
    note: str = ""
    parties: Sequence[Party] = field(default_factory=list)


@dataclass(frozen=True)
class VisitFacts:
    """When a process was at a meeting of another, and what was reported."""

    days: str
    represented_by: str
    meeting: Meeting | None = None
    report: str = ""


@transaction.atomic
def add_partnership(
    *, process: Process, facts: PartnershipFacts, by: Actor, grounds: str = ""
) -> Partnership:
    """Keep what a partner does for ``process``; ``grounds`` is where one knows it from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: the same is kept of it already, or a value is wrong.
    """
    require(by, "processes.edit", process)
    partnership = Partnership(process=process, **vars(facts))
    lock_process(partnership)
    same = process.partnerships.filter(**_without(facts, "order"))
    refuse_equal(same, _("The list has this partner with these words already."))
    return add_row(partnership, action="partnership.added", by=by, grounds=grounds)


@transaction.atomic
def change_partnership(
    *,
    partnership: Partnership,
    facts: PartnershipFacts,
    version: int,
    by: Actor,
    grounds: str = "",
) -> Partnership:
    """Change what a partner does; raise EditConflict where somebody saved it after ``version``."""
    require(by, "processes.edit", _process_of(partnership))
    return change_row(
        partnership,
        {**vars(facts)},
        version=version,
        action="partnership.changed",
        by=by,
        grounds=grounds,
    )


@transaction.atomic
def remove_partnership(*, partnership: Partnership, version: int, by: Actor) -> None:
    """Remove what a partner does."""
    require(by, "processes.edit", _process_of(partnership))
    remove_row(partnership, version=version, action="partnership.removed", by=by)


@transaction.atomic
def add_agreement(
    *, process: Process, slug: str, facts: AgreementFacts, by: Actor, grounds: str = ""
) -> Agreement:
    """Keep an agreement of ``process``; ``slug`` is the last part of its address.

    ``grounds`` is where one knows it from.

    Raises:
        PermissionDenied: ``by`` does not keep the record of the process.
        ValidationError: an agreement of this title and day is kept already, or a value is wrong.
    """
    require(by, "processes.edit", process)
    agreement = Agreement(process=process, slug=slug, **_without(facts, "parties"))
    lock_process(agreement)
    same = namesakes(process.agreements.filter(signed=facts.signed), facts.title, "title")
    refuse_equal(same, _("This process has an agreement of this title and day already."))
    many = {"parties": facts.parties}
    return add_row(agreement, action="agreement.added", by=by, many=many, grounds=grounds)


@transaction.atomic
def change_agreement(
    *, agreement: Agreement, facts: AgreementFacts, version: int, by: Actor, grounds: str = ""
) -> Agreement:
    """Change an agreement; raise EditConflict where somebody saved it after ``version``."""
    require(by, "processes.edit", _process_of(agreement))
    changes = {**_without(facts, "parties"), "parties": list(facts.parties)}
    return change_row(
        agreement, changes, version=version, action="agreement.changed", by=by, grounds=grounds
    )


@transaction.atomic
def add_visit(*, process: Process, visited: Process, facts: VisitFacts, by: Actor) -> LiaisonVisit:
    """Keep that ``process`` was at a meeting of ``visited``.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of ``process``.
        ValidationError: both are one process, the visit is kept already, or a value is wrong.
    """
    require(by, "processes.run", process)
    if visited == process:
        raise ValidationError(_("A process does not visit itself."), code="same")
    visit = LiaisonVisit(process=process, visited=visited, **vars(facts))
    lock_process(visit)
    same = process.visits_paid.filter(visited=visited, **_without(facts, "report", "meeting"))
    refuse_equal(same, _("This visit is kept already."))
    return add_row(visit, action="visit.added", by=by)


@transaction.atomic
def change_visit(
    *, visit: LiaisonVisit, facts: VisitFacts, version: int, by: Actor
) -> LiaisonVisit:
    """Change what is kept of a visit; raise EditConflict where somebody saved it meanwhile."""
    require(by, "processes.run", visit.process)
    return change_row(visit, {**vars(facts)}, version=version, action="visit.changed", by=by)


@transaction.atomic
def remove_visit(*, visit: LiaisonVisit, version: int, by: Actor) -> None:
    """Remove a visit that does not take place after all; the log keeps it."""
    require(by, "processes.run", visit.process)
    remove_row(visit, version=version, action="visit.removed", by=by)


@transaction.atomic
def add_network(*, process: Process, name: dict[str, str], by: Actor) -> Network:
    """Let ``process`` keep a network of contacts.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the process has a network of this name already.
    """
    require(by, "processes.run", process)
    network = Network(process=process, name=name)
    lock_process(network)
    sentence = _("This process has a network of this name already.")
    refuse_equal(namesakes(process.networks.all(), name), sentence)
    return add_row(network, action="network.added", by=by)


@transaction.atomic
def remove_network(*, network: Network, version: int, by: Actor) -> None:
    """Remove a network in which nobody is; the log keeps what it was called.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        EditConflict: somebody saved it after ``version``.
        ValidationError: it has contacts, or something is meant for it.
    """
    require(by, "processes.run", network.process)
    sentence = _("People are in this network, or a paper is meant for it. Take them out first.")
    refuse_used(network, sentence)
    remove_row(network, version=version, action="network.removed", by=by)


@transaction.atomic
def rename_network(*, network: Network, name: dict[str, str], version: int, by: Actor) -> Network:
    """Change what a network is called; raise EditConflict where it was saved meanwhile."""
    require(by, "processes.run", network.process)
    return change_row(network, {"name": name}, version=version, action="network.renamed", by=by)


@transaction.atomic
def add_contact(*, network: Network, affiliation: Affiliation, by: Actor) -> Contact:
    """Put a person into a network, by the affiliation that brings them there.

    Raises:
        PermissionDenied: ``by`` is not of the secretariat of the process.
        ValidationError: the person is in the network already.
    """
    require(by, "processes.run", network.process)
    contact = Contact(network=network, affiliation=affiliation, confirmed_on=timezone.localdate())
    return add_row(contact, action="contact.added", by=by)


@transaction.atomic
def confirm_contact(*, contact: Contact, version: int, by: Actor) -> Contact:
    """Say that a contact still holds today."""
    require(by, "processes.run", contact.network.process)
    changes = {"confirmed_on": timezone.localdate()}
    return change_row(contact, changes, version=version, action="contact.confirmed", by=by)


@transaction.atomic
def remove_contact(*, contact: Contact, version: int, by: Actor) -> None:
    """Take a person out of a network."""
    require(by, "processes.run", contact.network.process)
    remove_row(contact, version=version, action="contact.removed", by=by)


def _process_of(row: Partnership | Agreement) -> Process:
    """Return the process whose keepers edit ``row``; what belongs to none, nobody edits here."""
    if row.process is None:
        raise PermissionDenied("processes.edit")
    return row.process


def _without(
    facts: AgreementFacts | PartnershipFacts | VisitFacts, *left_out: str
) -> dict[str, Any]:  # Any: each column has its own type
    return {name: value for name, value in vars(facts).items() if name not in left_out}
