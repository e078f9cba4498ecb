"""A browser for the tests: Debian's Chromium, closed to every host but this machine."""

import os
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.ui.conftest import pattern_pages  # noqa: F401 -- a fixture

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="session", autouse=True)
def let_playwright_loop():
    """Let Django's database be used although Playwright keeps a loop running in this thread."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser():
    if not Path(CHROMIUM).exists():
        pytest.fail("There is no Chromium on this machine: make setup installs it.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page_in(browser, live_server):
    """Return how to open a page: ``page_in(width=…, theme=…, language=…)``.

    What the browser complains of (a refused script, a missing file) is kept in ``complaints``.
    """
    contexts = []

    def open_page(size=WIDE, theme="light", language="en", *, scripts=True):
        context = browser.new_context(
            base_url=live_server.url,
            viewport=size,
            color_scheme=theme,
            locale=language,
            bypass_csp=False,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on(
            "console",
            lambda message: message.type == "error" and page.complaints.append(message.text),
        )
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(page_in):
    """A page in a wide window, light, in English."""
    return page_in()


def violations(page):
    """Return what axe-core finds on the page as it stands, one line for each element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for rule in found
        for node in rule["nodes"]
    ]


def overflow(page):
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


ALL_FOUR = [(theme, window) for theme in ("light", "dark") for window in (WIDE, NARROW)]
# Every rule at both widths and every colour in both themes, in half the time: the pieces that the
# pages are made of are looked at in all four.
TWO_OF_FOUR = [("light", WIDE), ("dark", NARROW)]


def faults(page, look=lambda _theme, _window: None, views=ALL_FOUR):
    """Return all that is wrong with the page as it stands, in the given themes and widths.

    ``look`` is called as the page stands in each, with the theme and the width: for pictures.
    """
    wrong = []
    for theme, window in views:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(window)
        if beyond := overflow(page):
            wrong.append(f"{beyond} pixels too wide at {window['width']}")
        wrong += [f"{theme}, {each}" for each in violations(page)]
        look(theme, window["width"])
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    return wrong
