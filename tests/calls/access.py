"""Who may open each page of this app, and the things that its addresses name."""

from tests.access_rows import Row
from tests.calls.answer_access import ANSWERING, answering_things

ACCESS: dict[str, Row] = {
    **ANSWERING,
}


def things(people, affiliations, process, body):
    """Return how to make what the addresses name: see ``tests/test_access.py``."""
    return {
        **answering_things(people, affiliations, process),
    }
