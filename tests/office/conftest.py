import json

import pytest

from comity.accounts.authority import SYSTEM
from comity.core.registry import Registry
from comity.office import models, permissions, services, word
from comity.office.services import load_boundaries
from tests.office.samples import topology


@pytest.fixture
def world_file(tmp_path):
    """A file of the outlines of two countries."""
    path = tmp_path / "countries.json"
    path.write_text(json.dumps(topology()), encoding="utf-8")
    return path


@pytest.fixture
def world(world_file, db):
    """The boundaries of the maps: two countries."""
    return load_boundaries(
        path=world_file, name="world", disclaimer={"en": "No claim."}, source="us", by=SYSTEM
    )


@pytest.fixture
def drawing_gates(monkeypatch):
    """The gates of drawings of this test alone."""
    registry = Registry("gate of drawings")
    monkeypatch.setattr(models, "drawing_gates", registry)
    return registry


@pytest.fixture
def template_gates(monkeypatch):
    """The gates of templates of this test alone."""
    registry = Registry("gate of templates")
    monkeypatch.setattr(permissions, "template_gates", registry)
    return registry


@pytest.fixture
def template_kinds(monkeypatch):
    """The kinds of templates of this test alone."""
    registry = Registry("kind of template")
    for module in (services, word):
        monkeypatch.setattr(module, "template_kinds", registry)
    return registry
