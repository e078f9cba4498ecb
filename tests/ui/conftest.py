from copy import deepcopy
from pathlib import Path

import pytest
from django.utils import translation

from comity.core.registry import Registry
from comity.ui import navigation
from comity.ui.navigation import NavigationEntry


@pytest.fixture(autouse=True)
def english():
    """Begin in English: a request leaves the language of its reader behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def pattern_pages(settings, monkeypatch):
    """Serve the pages that show every piece, with a navigation of their own."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.ui.addresses"
    for name in ("entries", "platform_links", "follow_links"):
        monkeypatch.setattr(navigation, name, Registry("link"))
    navigation.entries.add("form", NavigationEntry("Meetings", "form", 2))
    navigation.entries.add("pages", NavigationEntry("Processes", "patterns", 1))
    navigation.entries.add("desk", NavigationEntry("Desk", "forbidden", 3, for_signed_in=True))
    navigation.platform_links.add("about", NavigationEntry("Accessibility", "patterns", 1))
    navigation.follow_links.add("news", NavigationEntry("News (Atom)", "patterns", 1))
    navigation.forget()
    yield
    navigation.forget()
