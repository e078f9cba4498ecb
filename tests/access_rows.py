"""What a row of the access tests says, and the kinds of people it names."""

from typing import NamedTuple

from tests.conftest import PERSONAS

EVERYONE = set(PERSONAS)
SIGNED_IN = EVERYONE - {"visitor"}
SECRETARIAT = {"secretariat"}
ADMINISTRATOR = {"administrator"}


class Row(NamedTuple):
    """Who opens a page; ``args`` name the parts of its address among the things of the test.

    For GET, the answer is a page; for POST, the answer is not a refusal.
    """

    opened_by: set
    args: tuple = ()
    method: str = "GET"


# The process of the tests.
EDITED = ("process",)
# Who may ask something of the secretariat.
TAKING_PART = {
    "observer",
    "partner",
    "focal_point",
    "other_focal_point",
    "body_member",
    "chair",
}
# A party of which somebody signs in keeps its people; all of its own people read.
OWN = ADMINISTRATOR | {"chair"}
MEMBERS = {"focal_point", "other_focal_point", "body_member", "chair", "secretariat"}
