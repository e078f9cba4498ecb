"""Who issued the sources that come with the platform, in the reader's language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PUBLISHERS: Final[dict[str, Promise]] = {
    "International Organization for Migration, Council, 86th session": _(
        "International Organization for Migration, Council, 86th session"
    ),
}


def publisher_in_words(name: str) -> str:
    """Return who issued a source in the reader's language; as it was entered, where unknown."""
    return str(PUBLISHERS.get(name, name))
