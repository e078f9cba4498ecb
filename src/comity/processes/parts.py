"""The pages of editing: what each is called and for what it is."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """A page of editing; ``name`` is that of its address, too."""

    name: str
    label: Promise
    purpose: Promise

    @property
    def address(self) -> str:
        """The full name of its address."""
        return f"processes:{self.name}"


# What everybody may read, for whoever keeps the record.
RECORD = (
    Part(
        "participants",
        _("Participants"),
        _("Who takes part, in which status, from when until when."),
    ),
    Part("bodies", _("Bodies"), _("Steering groups, working groups and who sits in them.")),
    Part(
        "terms",
        _("Terms of office"),
        _("Who presides and who runs the secretariat; handing an office over."),
    ),
    Part("rotation", _("Rotation"), _("In which order the presidency goes round.")),
    Part("meetings", _("Meetings"), _("What, when and where; postponing and cancelling.")),
    Part("names", _("Names"), _("What the process is called, in every language.")),
    Part("areas", _("Areas of interest"), _("What it works on, in its own words.")),
    Part("stages", _("Stages"), _("Proposed, ongoing, dormant, concluded or merged, and when.")),
    Part("agreements", _("Agreements"), _("Memoranda and agreements, with parties and day.")),
    Part("partners", _("Partners"), _("Organisations and processes it works with.")),
    Part("history", _("History"), _("Who changed what in the record, and when.")),
)
# What only the secretariat and those whom it concerns read.
WORK = (
    Part(
        "requests",
        _("Requests"),
        _("What participants ask of the secretariat, and what it answers."),
    ),
    Part(
        "approved",
        _("Names, order and map"),
        _("What the process has approved for its lists and maps: prepared, seen, put in force."),
    ),
    Part(
        "visits", _("Liaison visits"), _("Meetings of other processes: who goes, what they report.")
    ),
)
