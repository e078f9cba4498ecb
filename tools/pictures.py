"""Take the pictures of the main pages, from a demonstration that is served.

Give its address, and names of pictures where not all are wanted:
``python tools/pictures.py http://localhost:8000 home desk``. Arabic needs
an installation that offers Arabic (``COMITY_LANGUAGES=en,es,fr,ar``).
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDE, PHONE = 1280, 390
# What stands further below is on the page; a picture shows how it begins.
TALLEST = 2400
COLOURS = 256
SECRETARIAT = "secretariat@meridian.example"
FOCAL_POINT = "focal.qma@meridian.example"
DRAFT = "md-draft-declaration-2027"
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
    ("state-brief", "/parties/QMA/brief/", "en", WIDE, "light", SECRETARIAT),
    ("state-brief-phone", "/parties/QMA/brief/", "es", PHONE, "light", SECRETARIAT),
    ("participation", "/participation/", "en", WIDE, "light", ""),
    ("participation-phone", "/participation/?region=africa", "es", PHONE, "light", ""),
    ("overlaps", "/overlaps/", "en", WIDE, "light", ""),
    ("themes", "/themes/", "en", WIDE, "light", ""),
    ("themes-dark", "/themes/", "fr", WIDE, "dark", ""),
    ("timeline", "/timeline/", "fr", WIDE, "light", ""),
    ("overview", "/overview/", "en", WIDE, "light", ""),
    ("overview-spanish", "/overview/?language=es", "es", WIDE, "light", ""),
    ("overview-french-phone", "/overview/?language=fr", "fr", PHONE, "light", ""),
    ("calendar", "/calendar/?month=2003-10", "en", WIDE, "light", ""),
    ("calendar-arabic", "/calendar/?record=made-up&month=2026-12", "ar", WIDE, "light", ""),
    ("meeting", "/meetings/m-budapest-2003/", "en", WIDE, "light", ""),
    ("search", "/search/?q=readmission", "en", WIDE, "light", ""),
    ("open-data", "/open-data/", "en", WIDE, "light", ""),
    ("api", "/api/v1/", "en", WIDE, "light", ""),
    ("sign-in", "/accounts/login/", "en", WIDE, "light", ""),
    ("desk", "/desk/", "en", WIDE, "light", SECRETARIAT),
    ("desk-focal-point-phone", "/desk/", "es", PHONE, "light", FOCAL_POINT),
    ("asked", "/asked/", "fr", WIDE, "light", FOCAL_POINT),
    ("calls", "/processes/meridian/calls/", "en", WIDE, "light", SECRETARIAT),
    ("board", "/processes/meridian/calls/board/", "en", WIDE, "light", SECRETARIAT),
    ("board-arabic-dark", "/processes/meridian/calls/board/", "ar", WIDE, "dark", SECRETARIAT),
    ("call", "/calls/1/", "es", WIDE, "light", SECRETARIAT),
    ("answer-phone", "/calls/1/answer/QMA/", "es", PHONE, "light", FOCAL_POINT),
    ("text", f"/documents/{DRAFT}/text/?language=es&language=en", "en", WIDE, "light", SECRETARIAT),
    ("text-changes", f"/documents/{DRAFT}/text/2/changes/", "en", WIDE, "light", SECRETARIAT),
    ("consultation", "/consultations/1/", "en", WIDE, "light", SECRETARIAT),
    ("thread", "/processes/meridian/thread/", "en", WIDE, "light", SECRETARIAT),
    ("thread-phone", "/processes/meridian/thread/", "fr", PHONE, "light", FOCAL_POINT),
    ("correspondence", "/processes/meridian/correspondence/", "en", WIDE, "light", SECRETARIAT),
    ("papers", "/meetings/meridian-ministerial-2027/papers/", "en", WIDE, "light", SECRETARIAT),
    ("editing", "/processes/meridian/terms/edit/", "en", WIDE, "light", SECRETARIAT),
    ("approved", "/processes/meridian/approved/", "en", WIDE, "light", SECRETARIAT),
    ("people", "/processes/meridian/people/", "en", WIDE, "light", SECRETARIAT),
    ("people-french", "/people/", "fr", WIDE, "light", SECRETARIAT),
    ("secretariats", "/secretariats/", "en", WIDE, "light", ""),
    ("secretariats-phone", "/secretariats/", "es", PHONE, "dark", ""),
)


def sign_in(page: Page, address: str, email: str) -> None:
    """Sign in as one of the demonstration's people."""
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", "demonstration")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/")


def keep(picture: bytes, name: str) -> None:
    """Keep the beginning of a page in few colours, a third of the bytes for the same look."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    beginning = whole.crop((0, 0, whole.width, min(whole.height, TALLEST)))
    drawn = beginning.quantize(COLOURS, dither=Image.Dither.NONE)
    drawn.save(PICTURES / f"{name}.png", optimize=True)


def main(address: str, *names: str) -> None:
    """Take every picture, or those named."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path, language, width, theme, person in SHOTS:
            if names and name not in names:
                continue
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if theme == "dark" else "light",
                locale=language,
            )
            cookie = {"name": "django_language", "value": language, "url": address}
            context.add_cookies([cookie])
            page = context.new_page()
            if person:
                sign_in(page, address, person)
            page.goto(address + path)
            keep(page.screenshot(full_page=True), name)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), *sys.argv[2:])
