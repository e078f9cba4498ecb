"""The pages across all processes stand as they should: places in a drawing, heads of a table."""

import pytest

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
