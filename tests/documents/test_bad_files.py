"""What people may hand in as a file of a paper by mistake or to do harm: each is refused."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from comity.documents.models import LanguageVersion
from comity.documents.services import FORMS
from comity.store.models import StoredFile
from comity.store.services import MOST_BYTES, keep_file
from tests.store.samples import DOCX, TYPES_XML, archive, pdf

RELATIONS = {"_rels/.rels": "<Relationships/>", TYPES_XML: "<Types/>"}
ENTITY = '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><c>&x;</c>'


def word(**parts):
    """Return a Word file with other parts, whose paths are written with underscores."""
    named = {path.replace("__", "/").replace("_", "."): text for path, text in parts.items()}
    return archive({**RELATIONS, "word/document.xml": "<main/>", **named})


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "bomb.docx",
            lambda: word(word__media_xml="0" * 30_000_000),
            "“bomb.docx” would grow too large when it is opened.",
        ),
        (
            "entity.docx",
            lambda: word(word__comments_xml=ENTITY),
            "“entity.docx” declares a document type or has a part without end. Save it without.",
        ),
        (
            "own.docx",
            lambda: archive({**RELATIONS, "word/document.xml": ENTITY}),
            "“own.docx” is damaged or locked and cannot be opened.",
        ),
        (
            "macro.docx",
            lambda: word(word__vbaProject_bin="x"),
            "“macro.docx” carries macros. Save it without them.",
        ),
        (
            "out.docx",
            lambda: archive({**RELATIONS, "word/document.xml": "<m/>", "../out.xml": "<x/>"}),
            "“out.docx” holds files that would be written outside its own folder.",
        ),
        ("lie.pdf", lambda: DOCX, "“lie.pdf” is not what its name says: its content is DOCX."),
        (
            "head.pdf",
            lambda: b"%PDF-1.7\n",
            "“head.pdf” is damaged or locked and cannot be opened.",
        ),
        (
            "locked.pdf",
            lambda: pdf(password="secret"),
            "“locked.pdf” is locked with a password. Save it without.",
        ),
        ("empty.docx", lambda: b"", "The submitted file is empty."),
        (
            "..\\..\\dir\x07\u202efdp.html",
            lambda: b"<p>words</p>",
            "“dirfdp.html” is not of a type taken here: docx, odp, ods, odt, pdf, pptx, xlsx.",
        ),
    ],
)
def test_bad_file_is_refused_with_a_sentence_and_nothing_is_kept(
    editor, page, paper, name, content, sentence
):
    file = SimpleUploadedFile(name, content())
    file.name = name.rpartition("\\")[2]

    response = editor.post(
        page("version_add", paper.pk), {"language": "en", "status": "original", "file": file}
    )

    assert (response.status_code, response.context["form"].errors["file"]) == (422, [sentence])
    assert not LanguageVersion.objects.exists()
    assert not StoredFile.objects.exists()


def test_two_gigabytes_are_not_read_to_their_end(secretariat):
    class Endless:
        """Says two gigabytes, and counts what is taken of them."""

        size, taken = 2 * 1024**3, 0

        def read(self, size):
            self.taken += size
            return b"x" * size

    stream = Endless()

    with pytest.raises(ValidationError, match="at most 50 MB"):
        keep_file(stream=stream, name="large.pdf", by=secretariat, allowed=FORMS)

    assert stream.taken <= MOST_BYTES + 2 * 1024**2
    assert not StoredFile.objects.exists()
