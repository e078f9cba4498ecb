"""What the log calls the rows of a process, in the reader's language."""

from collections.abc import Callable, Mapping

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.audit.queries import Naming, namings
from comity.audit.values import Recorded, kind_of, recorded
from comity.parties.queries import names_of_codes, names_of_parties
from comity.processes import models as tables

Words = Mapping[str, str]


def _sentence(template: Callable[[], str], *fields: str) -> Naming:
    # Called when the entry is read: the template is then in the reader's language.
    return Naming(fields, lambda words: template() % words, untold=("process", "slug"))


def _term(words: Words) -> str:
    if words["body"]:
        return _("%(office)s of %(party)s, %(body)s") % words
    return _("%(office)s of %(party)s") % words


NAMINGS: dict[type[models.Model], Naming] = {
    tables.Participation: _sentence(lambda: _("Participation of %(party)s"), "party"),
    tables.OpenSet: _sentence(lambda: _("Participants not enumerated: “%(words)s”"), "words"),
    tables.Body: _sentence(lambda: _("Body: %(name)s"), "name"),
    tables.Seat: _sentence(lambda: _("Seat of %(party)s in %(body)s"), "party", "body"),
    tables.Term: Naming(("office", "party", "body"), _term, untold=("process",)),
    tables.Alias: _sentence(lambda: _("Other name: “%(name)s”"), "name"),
    tables.Area: _sentence(lambda: _("Area of interest: “%(words)s”"), "words"),
    tables.Stage: _sentence(lambda: _("Stage: %(kind)s"), "kind"),
    tables.Partnership: _sentence(lambda: _("Partner: %(name_in_source)s"), "name_in_source"),
    tables.Grouping: _sentence(lambda: _("Grouping: “%(name)s”"), "name"),
    tables.Meeting: _sentence(lambda: _("Meeting: %(title)s"), "title"),
    tables.Series: _sentence(lambda: _("Series of meetings: %(name)s"), "name"),
    tables.ApprovedName: _sentence(lambda: _("Approved name: %(name)s"), "name"),
    tables.Footnote: _sentence(lambda: _("Footnote %(mark)s"), "mark"),
    tables.Agreement: _sentence(lambda: _("Agreement: %(title)s"), "title"),
}


def declare_namings() -> None:
    """Tell the log how it calls the rows of a process, and what is no field of theirs."""
    for model, naming in NAMINGS.items():
        namings.add(kind_of(model), naming)
    recorded.add("order_of_rotation", Recorded(gettext_lazy("order of rotation"), names_of_codes))
    recorded.add("names_listed", Recorded(gettext_lazy("names in the list")))
    recorded.add("approved_names", Recorded(gettext_lazy("approved names")))
    # Of a process itself: whose turn to preside was passed over.
    recorded.add("party", Recorded(gettext_lazy("party"), names_of_parties))
