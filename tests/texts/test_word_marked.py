"""What others wrote into our Word file comes back as proposals by paragraph."""

import pytest
from django.core.exceptions import ValidationError

from comity.texts.word_marked import Marked, MarkedComment, read_marked
from comity.texts.word_writing import write_word
from tests.texts.word_files import W, changed, paragraph, word_file

OF = 'w:id="900" w:author="Arvenia" w:date="2026-01-01T00:00:00Z"'


def inserted(words):
    return f"<w:ins {OF}><w:r><w:t>{words}</w:t></w:r></w:ins>"


def deleted(words):
    return f"<w:del {OF}><w:r><w:delText>{words}</w:delText></w:r></w:del>"


def run_of(words):
    return f'<w:t xml:space="preserve">{words}</w:t></w:r>'


@pytest.fixture
def content(first):
    return write_word(first, ["es"])


@pytest.fixture
def keys(first):
    return list(first.passages.order_by("order").values_list("paragraph", flat=True))


def test_file_that_comes_back_unchanged_proposes_nothing(content, first):
    assert read_marked(content, first, "es") == []
    assert read_marked(write_word(first, ["es", "en"]), first, "en") == []


def test_tracked_words_are_proposed(content, first, keys):
    whole = run_of("Informar sin demora.")
    marked = changed(
        content,
        lambda xml: xml.replace(
            whole,
            run_of("Informar ")
            + deleted("sin demora")
            + inserted("en 72 horas")
            + "<w:r>"
            + run_of("."),
        ),
    )

    assert read_marked(marked, first, "es") == [
        Marked(keys[1], "Informar en 72 horas.", authors=("Arvenia",))
    ]


def test_words_that_were_not_tracked_are_proposed_too(content, first, keys):
    marked = changed(content, lambda xml: xml.replace("Compartir", "Publicar"))

    assert read_marked(marked, first, "es") == [Marked(keys[2], "Publicar cifras. Protegerlas.")]


def test_removal_and_new_paragraphs_are_proposed(content, first, keys):
    new = f"<w:p><w:pPr><w:rPr><w:ins {OF}/></w:rPr></w:pPr>{inserted('Nuevo.')}</w:p>"

    def change(xml):
        start = xml.index("<w:r>", xml.index(f"_p{keys[1]}_"))
        end = xml.index("<w:bookmarkEnd", start)
        inside = xml[start:end].replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        xml = f"{xml[:start]}<w:del {OF}>{inside}</w:del>{xml[end:]}"
        return xml.replace("<w:sectPr", f"{new}<w:sectPr", 1)

    assert read_marked(changed(content, change), first, "es") == [
        Marked(keys[1], "", authors=("Arvenia",)),
        Marked(None, "Nuevo.", keys[2], authors=("Arvenia",)),
    ]
    assert [
        (each.is_new, each.is_removal)
        for each in read_marked(changed(content, change), first, "es")
    ] == [(False, True), (True, False)]


def test_comments_come_with_their_authors(content, first, keys):
    comments = (
        f'<w:comments {W}><w:comment w:id="4" w:author="Ministry of Labour">'
        "<w:p><w:r><w:t>Too short.</w:t></w:r></w:p><w:p><w:r><w:t>See 3.</w:t></w:r></w:p>"
        "</w:comment></w:comments>"
    )
    whole = run_of("Informar sin demora.")
    marked = changed(
        content,
        lambda xml: xml.replace(
            whole, whole + '<w:r><w:commentReference w:id="4"/><w:commentReference w:id="5"/></w:r>'
        ),
        comments=comments,
    )

    assert read_marked(marked, first, "es") == [
        Marked(
            keys[1],
            None,
            comments=(MarkedComment("Ministry of Labour", "Too short.\nSee 3."),),
        )
    ]


def test_joined_paragraphs_read_as_one(content, first, keys):
    def change(xml):
        place = xml.rindex("</w:pPr>", 0, xml.index(f"_p{keys[1]}_"))
        xml = f"{xml[:place]}<w:rPr><w:del {OF}/></w:rPr>{xml[place:]}"
        end = xml.index("</w:p>", place) + len("</w:p>")
        return xml[:end] + paragraph(" Y más.") + xml[end:]

    marked = read_marked(changed(content, change), first, "es")

    assert marked == [Marked(keys[1], "Informar sin demora. Y más.", authors=("Arvenia",))]


def test_copied_paragraph_is_a_new_one(content, first, keys):
    def change(xml):
        start = xml.rindex("<w:p", 0, xml.index(f"_p{keys[1]}_"))
        while not xml[start:].startswith(("<w:p>", "<w:p ")):
            start = xml.rindex("<w:p", 0, start)
        end = xml.index("</w:p>", start) + len("</w:p>")
        return xml[:end] + xml[start:end] + xml[end:]

    assert read_marked(changed(content, change), first, "es") == [
        Marked(None, "Informar sin demora.", keys[1])
    ]


def test_file_without_bookmarks_is_known_by_its_words(first, keys):
    body = paragraph("Declaración") + (
        "<w:p><w:r><w:t>1</w:t><w:tab/><w:t>Informar sin demora.</w:t></w:r>"
        f"{inserted(' Ya.')}</w:p>"
    )

    assert read_marked(word_file(body), first, "es") == [
        Marked(keys[1], "Informar sin demora. Ya.", authors=("Arvenia",))
    ]


def test_file_of_another_revision_or_language_is_refused(content, first, draft):
    with pytest.raises(ValidationError, match="from another revision"):
        read_marked(content, draft, "es")
    with pytest.raises(ValidationError, match="in another language"):
        read_marked(content, first, "en")
    with pytest.raises(ValidationError, match="cannot be read as a Word file"):
        read_marked(b"no zip", first, "es")
