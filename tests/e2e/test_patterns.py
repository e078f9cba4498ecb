"""The pieces of the interface, seen at two widths, in both themes and both directions."""

import os

import pytest

from tests.e2e.conftest import NARROW, faults, overflow, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pattern_pages"),
]
PICTURES = os.environ.get("PICTURES")


def picture(page, name):
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def pictures(page, name):
    """Return how to take a picture of the page in each theme and at each width."""
    return lambda theme, width: picture(page, f"{name}-{width}-{theme}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pieces_can_be_read_by_everybody(page_in, settings, language):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
    page = page_in(language=language)

    found = {}
    for path, name in (("/", "patterns"), ("/form/", "form"), ("/nowhere/", "error")):
        page.goto(path)
        if name == "form":
            page.eval_on_selector("main form", "form => { form.noValidate = true }")
            page.click(".form-actions button")
            page.wait_for_selector(".error-summary:focus")
        found[path] = faults(page, pictures(page, f"{name}-{language}"))

    assert found == {"/": [], "/form/": [], "/nowhere/": []}
    assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")


def test_page_obeys_its_own_policy(page):
    for path in ("/", "/form/", "/nowhere/"):
        page.goto(path)

    refused = [line for line in page.complaints if "404" not in line]
    assert refused == []


def test_theme_is_kept_for_the_next_page(page):
    page.goto("/")
    before = page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor")
    page.click("[data-theme-switch]")
    page.goto("/form/")

    assert before == "rgb(255, 255, 255)"
    assert page.get_attribute("[data-theme-switch]", "aria-pressed") == "true"
    assert (
        page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor")
        == "rgb(18, 25, 26)"
    )


def test_language_is_chosen_without_a_script(page_in):
    page = page_in(scripts=False)
    page.goto("/form/?page=2")
    page.click("button[value=fr]")

    assert page.url.endswith("/form/?page=2")
    assert page.get_attribute("html", "lang") == "fr"
    assert page.is_hidden("[data-theme-switch]")


def test_menu_of_a_phone_holds_links_and_languages(page_in):
    page = page_in(NARROW)
    page.goto("/")
    closed = page.is_visible("button[value=fr]")
    page.click(".menu-button")
    picture(page, "menu")

    assert closed is False
    assert page.is_visible("button[value=fr]")
    assert page.is_visible("a:text('Meetings')")
    assert overflow(page) == 0
    assert violations(page) == []


def test_first_key_leads_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    picture(page, "skip")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_part_that_htmx_brings_gets_its_comforts_once(page):
    page.goto("/form/")
    page.evaluate(
        """() => {
            const part = document.createElement("div");
            part.innerHTML = "<div data-take-focus tabindex=-1 id=brought>x</div>";
            document.querySelector("main").append(part);
            part.dispatchEvent(new CustomEvent("htmx:load", {bubbles: true, detail: {elt: part}}));
        }"""
    )

    assert page.evaluate("document.activeElement.id") == "brought"
