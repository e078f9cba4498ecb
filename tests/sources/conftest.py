import pytest
from django.contrib.contenttypes.models import ContentType

from comity.core.registry import Registry
from comity.sources import queries
from comity.sources.gates import ClosedKind


@pytest.fixture
def gates(monkeypatch):
    registry = Registry("gate of sources")
    monkeypatch.setattr(queries, "gates", registry)
    monkeypatch.setattr(queries, "closed_kinds", Registry("closed kind of sources"))
    return registry


@pytest.fixture
def facts(db):
    ContentType.objects.clear_cache()
    return [ContentType.objects.create(app_label="made", model=f"fact{n}") for n in range(5)]


@pytest.fixture
def opened(gates, facts):
    """All facts but the last may be seen."""
    seen = {fact.pk: (fact.model, f"/{fact.model}/") for fact in facts[:-1]}
    kind = "contenttypes.contenttype"
    rows = ContentType.objects.filter(pk__in=seen)
    gates.add(kind, lambda _actor, _pks: seen)
    queries.closed_kinds.add(kind, ClosedKind(kind, lambda _actor: rows))
    return facts
