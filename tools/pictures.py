"""Take the pictures of the main pages for the README, from an installation that is served.

Give its address: ``python tools/pictures.py http://localhost:8000``. The Arabic picture needs
an installation that offers Arabic (``COMITY_LANGUAGES=en,es,fr,ar``).
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDE, PHONE = 1280, 390
# Name, address, language, width, theme, and who is signed in.
SHOTS = (
    ("home", "/", "en", WIDE, "light", ""),
    ("home-phone", "/", "fr", PHONE, "light", ""),
    ("process", "/processes/rcm/", "en", WIDE, "light", ""),
    ("process-spanish", "/processes/rcm/", "es", WIDE, "light", ""),
    ("process-phone", "/processes/bali/", "en", PHONE, "light", ""),
    ("process-arabic", "/processes/rcm/", "ar", WIDE, "light", ""),
    ("process-dark", "/processes/meridian/", "en", WIDE, "dark", ""),
    ("state", "/parties/AUS/", "en", WIDE, "light", ""),
    ("participation", "/participation/", "en", WIDE, "light", ""),
    ("participation-phone", "/participation/?region=africa", "es", PHONE, "light", ""),
    ("overlaps", "/overlaps/", "en", WIDE, "light", ""),
    ("timeline", "/timeline/", "fr", WIDE, "light", ""),
    ("overview", "/overview/", "en", WIDE, "light", ""),
    ("calendar", "/calendar/?month=2003-10", "en", WIDE, "light", ""),
    ("meeting", "/meetings/m-budapest-2003/", "en", WIDE, "light", ""),
    ("search", "/search/?q=readmission", "en", WIDE, "light", ""),
    ("sign-in", "/accounts/login/", "en", WIDE, "light", ""),
    ("desk", "/desk/", "en", WIDE, "light", "secretariat@meridian.example"),
    (
        "editing",
        "/processes/meridian/terms/edit/",
        "en",
        WIDE,
        "light",
        "secretariat@meridian.example",
    ),
)


def sign_in(page: Page, address: str, email: str) -> None:
    """Sign in as one of the demonstration's people."""
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", "demonstration")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/")


def main(address: str) -> None:
    """Take every picture."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path, language, width, theme, person in SHOTS:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if theme == "dark" else "light",
            )
            cookie = {"name": "django_language", "value": language, "url": address}
            context.add_cookies([cookie])
            page = context.new_page()
            if person:
                sign_in(page, address, person)
            page.goto(address + path)
            page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
