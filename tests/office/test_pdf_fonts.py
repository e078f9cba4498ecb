"""The PDFs are written with fonts that have the letters of all languages of the record."""

import pytest

from tests.office.test_pdf import render


def fonts_of(reader):
    """Return the families that the pages are written in."""
    return {
        font.get_object()["/BaseFont"].split("+")[-1].split("-")[0]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }


@pytest.mark.parametrize("words", ["中华人民共和国", "臺灣", "日本国", "かな", "대한민국"])
def test_names_of_east_asia_are_written_in_a_font_that_has_them(words):
    fonts = fonts_of(render(f"<p>{words}</p>"))

    assert "WenQuanYi" in fonts, "tools/setup installs this font: fonts-wqy-microhei"
