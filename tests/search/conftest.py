import pytest
from django.contrib.contenttypes.models import ContentType

from comity.core.registry import Registry
from comity.search import queries, services, sources, views
from tests.factories.search import declare_kinds


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    registry = Registry("kind of thing found")
    declare_kinds(registry)
    for module in (sources, queries, services, views):
        monkeypatch.setattr(module, "kinds", registry)
    return registry


@pytest.fixture(autouse=True)
def access_keys(monkeypatch):
    registry = Registry("access keys")
    monkeypatch.setattr(sources, "access_keys", registry)
    return registry


@pytest.fixture
def things(db):
    ContentType.objects.clear_cache()
    return [ContentType.objects.create(app_label="made", model=f"thing{n}") for n in range(5)]
