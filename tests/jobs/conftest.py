import pytest

from comity.jobs import clock, kinds, services
from comity.jobs.clock import KIND, LEASE, run_entry
from comity.jobs.kinds import Kind


@pytest.fixture
def declared(db, monkeypatch):
    """The kinds of this test alone, in place of those the apps declare."""
    registry = kinds.Registry("kind of job")
    for module in (services, kinds):
        monkeypatch.setattr(module, "kinds", registry)
    registry.add(KIND, Kind(run_entry, atomic=False, lease=LEASE))
    return registry


@pytest.fixture
def entries(declared, monkeypatch):
    """The clock of this test alone."""
    registry = clock.Registry("entry of the clock")
    monkeypatch.setattr(clock, "clock", registry)
    return registry
