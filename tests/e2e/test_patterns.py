"""The pieces of the interface, seen at two widths, in both themes and both directions."""

import os

import pytest

from tests.e2e.conftest import NARROW, WIDE, overflow, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pattern_pages"),
]
PICTURES = os.environ.get("PICTURES")


def picture(page, name):
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_pieces_can_be_read_by_everybody(page_in, settings, size, theme, language):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
    page = page_in(size, theme, language)

    found = []
    for path, name in (("/", "patterns"), ("/form/", "form"), ("/nowhere/", "error")):
        page.goto(path)
        if name == "form":
            page.eval_on_selector("main form", "form => { form.noValidate = true }")
            page.click(".form-actions button")
            page.wait_for_selector(".error-summary:focus")
        found += [(path, overflow(page), violations(page))]
        picture(page, f"{name}-{size['width']}-{theme}-{language}")

    assert found == [("/", 0, []), ("/form/", 0, []), ("/nowhere/", 0, [])]
    assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
