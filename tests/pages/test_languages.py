"""No English word of the interface stands on a page in another language."""

from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest

import comity
from tests.pages.test_views import PAGES

LOCALE = Path(comity.__file__).parent / "locale"
SAID_TO_READERS = ("title", "aria-label", "placeholder", "alt", "data-label")
WITHOUT_END = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SHORTEST = 4
MORE_PAGES = [
    "/processes/midsa/",
    "/processes/cis/",
    "/processes/bali/",
    "/processes/sacm/",
    "/processes/labour-asia/",
    "/organisations/unhcr/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/signup/",
    "/nowhere/",
]


class Reading(HTMLParser):
    """Gathers what a page says in its own language, and not in that of a source."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.said = set()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang") or (self.open[-1][1] if self.open else None)
        if language == self.page_language(language):
            self.said |= {given[name] for name in SAID_TO_READERS if given.get(name)}
        if tag not in WITHOUT_END:
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        words = " ".join(data.split())
        if self.open and self.open[-1][0] not in {"script", "style"}:
            language = self.open[-1][1]
            if words and language == self.page_language(language):
                self.said.add(words)

    def page_language(self, otherwise):
        return self.open[0][1] if self.open else otherwise


def english_words(language):
    """Return the texts of the interface that are written otherwise in ``language``."""
    catalogue = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))
    texts = {
        entry.msgid
        for entry in catalogue.translated_entries()
        if not entry.msgid_plural and entry.msgstr != entry.msgid and len(entry.msgid) >= SHORTEST
    }
    own = {entry.msgstr for entry in catalogue}
    both = texts | {text[:1].upper() + text[1:] for text in texts}
    return both - own - {text[:1].upper() + text[1:] for text in own}


@pytest.mark.parametrize("language", ["es", "fr"])
def test_no_english_word_of_the_interface_is_left(paper, client, language):
    english = english_words(language)
    left = {}
    for url in [*PAGES, *MORE_PAGES]:
        reading = Reading()
        page = client.get(url, headers={"accept-language": language})
        reading.feed(page.content.decode())
        if found := reading.said & english:
            left[url] = found

    assert left == {}


def test_reading_finds_an_english_word_and_passes_over_a_marked_one():
    reading = Reading()

    reading.feed(
        '<html lang="es"><p>Status <b lang="en">Chair <i>Sources</i></b><br>'
        '<a aria-label="Next"></a></p><script>Previous</script></html>'
    )

    assert reading.said == {"Status", "Next"}


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "United Nations High Commissioner for Refugees (UNHCR)"),
        ("es", "Oficina del Alto Comisionado de las Naciones Unidas para los Refugiados (ACNUR)"),
        ("fr", "Haut-Commissariat des Nations Unies pour les réfugiés (HCR)"),
    ],
)
def test_partner_is_called_as_the_reader_calls_it(paper, client, language, name):
    page = client.get("/processes/midsa/", headers={"accept-language": language})

    titles = [line.title for line in page.context["page"].partners]
    assert titles.count(name) == 1


@pytest.mark.parametrize("words", ["CEDEAO", "ECOWAS", "ACNUR", "OIM"])
def test_organisation_is_found_by_each_of_its_short_names(paper, client, words):
    expected = {"CEDEAO": "ecowas", "ECOWAS": "ecowas", "ACNUR": "unhcr", "OIM": "iom"}[words]

    page = client.get("/search/", {"q": words}).content.decode()

    assert f'href="/organisations/{expected}/"' in page


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", '<a href="/organisations/oas/">Organization of American States (OAS)</a>'),
        (
            "es",
            (
                '<a href="/organisations/oas/">Organización de los Estados Americanos (OEA)</a>'
                ' <span class="remark" lang="en">«Organization of American States (OAS)»</span>'
            ),
        ),
    ],
)
def test_grouping_is_named_for_the_reader_and_cited_as_its_source_writes_it(
    paper, client, language, shown
):
    page = client.get("/groupings/", headers={"accept-language": language}).content.decode()

    assert shown in page
