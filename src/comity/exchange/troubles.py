"""What can go wrong between two installations, each as one sentence.

A trouble is kept as its code and details, so that every reader is told it in their language. No
word that the other side sent is shown in it.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = {
    "form": _("This is no address of an installation: write it as https://comity.example/."),
    "scheme": _("The address must begin with https://."),
    "own": _("This is the address of this installation itself."),
    "unknown-name": _("The name %(host)s is not known. Is it spelt well?"),
    "private": _(
        "%(host)s leads to an address that is not on the public internet. Such addresses are"
        " never asked."
    ),
    "unreachable": _("%(host)s could not be reached."),
    "certificate": _("%(host)s does not prove who it is: its certificate is not valid."),
    "slow": _("%(host)s took longer than %(seconds)s seconds, and was left."),
    "silent": _("%(host)s said nothing for %(seconds)s seconds, and was left."),
    "cut-off": _("The answer broke off before its end."),
    "garbled": _("The answer was not in the form of the web."),
    "redirect": _(
        "The address leads on to another one, which is not followed. Subscribe to that one instead."
    ),
    "status": _("The other side refused: it answered with %(status)s."),
    "no-process": _("There is no process “%(slug)s” at this address."),
    "no-api": _("There is no installation of Comity at this address."),
    "type": _("The answer is not JSON."),
    "encoding": _("The answer is packed in a way that was not asked for."),
    "large": _("The answer is larger than %(megabytes)s MB, and was left unread."),
    "many-processes": _(
        "It has more than %(most)s processes: too many for one subscription. Name those you want."
    ),
    "many-meetings": _(
        "It has more than %(most)s meetings: too many for one subscription. Name the processes you"
        " want."
    ),
    "shape": _("The answer is not as the API promises: %(place)s."),
    "link": _("A link of the answer leads away from the installation: %(place)s."),
    "changed": _("The list changed while it was read. It is read again at the next attempt."),
    "language": _("A name is in no language that is known here: %(place)s."),
}


class TroubleError(Exception):
    """The other side could not be read, for the reason that ``code`` names."""

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    @property
    def sentence(self) -> str:
        """The reason in the language of whoever reads it."""
        return sentence_of(self.code, self.details)


def sentence_of(code: str, details: Mapping[str, object]) -> str:
    """Return the sentence for a trouble in the language of whoever reads it."""
    return str(SENTENCES[code]) % details
