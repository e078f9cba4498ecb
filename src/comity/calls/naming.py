"""What the log calls calls, questions and replies, in the reader's language."""

from collections.abc import Callable

from django.db import models
from django.utils.translation import gettext as _

from comity.audit.queries import Naming, namings
from comity.audit.values import kind_of
from comity.calls.models import Call, Question, Reply


def _sentence(template: Callable[[], str], *fields: str, untold: tuple[str, ...]) -> Naming:
    # Called when the entry is read: the template is then in the reader's language.
    return Naming(fields, lambda words: template() % words, untold=untold)


NAMINGS: dict[type[models.Model], Naming] = {
    Call: _sentence(lambda: _("Call: %(subject)s"), "subject", untold=("process", "kind")),
    Question: _sentence(lambda: _("Question: %(words)s"), "words", untold=("call", "order")),
    Reply: _sentence(lambda: _("Reply of %(party)s"), "party", untold=("call",)),
}


def declare_namings() -> None:
    """Tell the log how it calls the rows of this app."""
    for model, naming in NAMINGS.items():
        namings.add(kind_of(model), naming)
