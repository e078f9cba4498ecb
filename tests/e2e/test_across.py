"""The pages across all processes stand as they should: places in a drawing, heads of a table."""

import pytest

from comity.pages.loading import load_paper
from tests.e2e.conftest import NARROW, WIDE, overflow
from tests.factories.processes import ProcessFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The edge at which a bar begins and the edge at which the words of a year begin, from the edge at
# which a line of the page begins.
YEARS_AND_BARS = """() => {
  const right = document.documentElement.dir === "rtl";
  const start = (each) => {
    const box = each.getBoundingClientRect();
    return Math.round(right ? innerWidth - box.right : box.left);
  };
  const texts = [...document.querySelectorAll(".ticks text")];
  return {
    years: Object.fromEntries(texts.map((each) => [each.textContent, start(each)])),
    bars: [...document.querySelectorAll(".strip rect")].map(start),
  };
}"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_year_stands_above_the_bars_that_begin_in_it(page_in, settings, language):
    settings.LANGUAGES = [("en", "English"), ("ar", "العربية")]
    for year in (1990, 1995, 2010):
        ProcessFactory(begins=f"{year}-01-01")
    page = page_in(language=language)

    page.goto("/timeline/")
    found = page.evaluate(YEARS_AND_BARS)

    assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
    years = [found["years"][year] for year in ("1990", "1995", "2010")]
    assert years == sorted(years)
    assert found["bars"] == pytest.approx(years, abs=2)


# How much wider the table is than its frame; how far the regions reach into the names of the
# processes below them; what covers the head and the end of the frame while it is scrolled.
HEAD = """() => {
  const frame = document.querySelector(".participation");
  frame.scrollTop = 500;
  const box = (each) => each.getBoundingClientRect();
  const words = (each) => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return box(range);
  };
  const regions = [...frame.querySelectorAll(".regions th")].map((each) => words(each).bottom);
  const names = [...frame.querySelectorAll(".names th")].map((each) => box(each).top);
  const rows = [...frame.querySelectorAll("thead tr")].map(box);
  const end = getComputedStyle(frame, "::after");
  return {
    beyond: frame.scrollWidth - frame.clientWidth,
    regionsEnd: Math.max(...regions) <= Math.min(...names),
    noGap: Math.abs(rows[0].bottom - rows[1].top) < 1,
    stays: Math.round(rows[0].top - box(frame).top),
    fades: end.position === "sticky" && end.backgroundImage.startsWith("linear-gradient"),
  };
}"""


def test_the_participation_table_fits_its_place_and_keeps_its_head_whole(page_in):
    load_paper()

    found = {}
    for language in ("en", "es", "fr"):
        page = page_in(WIDE, language=language)
        page.goto("/participation/")
        found[language] = page.evaluate(HEAD)
        page.set_viewport_size(NARROW)
        found[language]["too wide"] = overflow(page)

    whole = {"beyond": 0, "regionsEnd": True, "noGap": True, "stays": 0, "fades": True}
    assert found == dict.fromkeys(("en", "es", "fr"), whole | {"too wide": 0})
