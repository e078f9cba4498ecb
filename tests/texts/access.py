"""Who may open each page of this app, and the things that its addresses name."""

from tests.access_rows import Row

ACCESS: dict[str, Row] = {}


def things(people, affiliations, process, body):
    """Return how to make what the addresses name: see ``tests/test_access.py``."""
    return {}
