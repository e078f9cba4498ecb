"""Who may load boundaries and keep templates."""

from comity.accounts.authority import Actor, declare, is_administrator
from comity.office.registries import template_gates


def keeps_templates(actor: Actor, owner: str) -> bool:
    """``actor`` works for the ``owner`` of the templates, as a higher app knows."""
    return any(gate(actor, owner) for gate in template_gates)


declare("office.load_boundaries", is_administrator)
declare("office.keep_template", keeps_templates)
