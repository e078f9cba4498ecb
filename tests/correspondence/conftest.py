"""Notes of a process, and who keeps them."""

from io import BytesIO

import pytest

from comity.correspondence.models import Direction
from comity.correspondence.services import NoteFacts
from comity.parties.models import Affiliation
from comity.store.services import keep_file
from tests.factories.correspondence import CircularFactory, NoteFactory


@pytest.fixture
def secretariat(people):
    return people["secretariat"]


@pytest.fixture
def party(affiliations):
    """The party of the focal point, for which that person speaks."""
    Affiliation.objects.filter(pk=affiliations["focal_point"].pk).update(may_speak=True)
    return affiliations["focal_point"].party


@pytest.fixture
def note(process, party):
    return NoteFactory(process=process, parties=[party])


@pytest.fixture
def circular(process):
    return CircularFactory(process=process)


def facts(party, **others):
    """Return what the register says of a note received from ``party``."""
    known = {
        "direction": Direction.IN,
        "number": "IN/2026/7",
        "dated": "2026-10",
        "parties": [party],
        "subject": "Figures of the year",
    }
    return NoteFacts(**(known | others))


def kept(by, name="page.txt", content=b"One page."):
    """Return a file that the store keeps."""
    return keep_file(stream=BytesIO(content), name=name, by=by)
