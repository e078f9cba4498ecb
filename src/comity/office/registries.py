"""Where higher apps say who may see a drawing and who keeps the templates of an owner."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

from comity.accounts.authority import Actor
from comity.core.registry import Registry

if TYPE_CHECKING:
    from docx.document import Document

# Each returns the condition on drawings, by their access key, that the actor meets.
DrawingGate = Callable[[Actor], Q]
drawing_gates = Registry[DrawingGate]("gate of drawings")

# Each tells whether the actor keeps the templates of an owner, as in "process:meridian".
TemplateGate = Callable[[Actor, str], bool]
template_gates = Registry[TemplateGate]("gate of templates")

# Each builds the template that serves where the owner has kept none.
TemplateBuilder = Callable[[], "Document"]
template_kinds = Registry[TemplateBuilder]("kind of template")
