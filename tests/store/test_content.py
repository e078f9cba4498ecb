import zipfile

import pytest
from django.core.exceptions import ValidationError

from comity.store import archives
from comity.store.content import check_content
from tests.store import samples

OFFICE = "application/vnd.openxmlformats-officedocument"


@pytest.fixture
def check(tmp_path):
    """Return the type found, or the code and sentence of the refusal."""

    def run(content, name):
        path = tmp_path / "draft"
        path.write_bytes(content)
        try:
            return check_content(path, name).media_type
        except ValidationError as error:
            return error.code, *error.messages

    return run


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (samples.PDF, "a.PDF", "application/pdf"),
        (samples.PNG, "a.png", "image/png"),
        (samples.picture("JPEG"), "a.jpeg", "image/jpeg"),
        (samples.picture("GIF"), "a.gif", "image/gif"),
        (samples.picture("WEBP"), "a.webp", "image/webp"),
        (samples.picture("PNG", (4000, 3000)), "a.png", "image/png"),
        (samples.pdf(password=""), "a.pdf", "application/pdf"),
        (b"<a><b/></a>", "a.xml", "application/xml"),
        (samples.DOCX, "a.docx", f"{OFFICE}.wordprocessingml.document"),
        (samples.XLSX, "a.xlsx", f"{OFFICE}.spreadsheetml.sheet"),
        (samples.PPTX, "a.pptx", f"{OFFICE}.presentationml.presentation"),
        (samples.ODT, "a.odt", "application/vnd.oasis.opendocument.text"),
        (samples.archive({"a.txt": "a"}), "a.zip", "application/zip"),
        (samples.archive({samples.TYPES_XML: "<Types/>"}), "a.zip", "application/zip"),
        ("País,Año\n".encode(), "a.csv", "text/csv"),
        (b"\xef\xbb\xbf<svg/>", "a.svg", "image/svg+xml"),
        (b"Dear colleagues,", "a.txt", "text/plain"),
    ],
)
def test_check_content_tells_the_type_from_the_content(check, content, name, media_type):
    assert check(content, name) == media_type


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (
            samples.PDF,
            "list.xlsx",
            "“list.xlsx” is not what its name says: its content is PDF.",
        ),
        (
            samples.DOCX,
            "list.xlsx",
            "“list.xlsx” is not what its name says: its content is DOCX.",
        ),
        (
            b"plain words",
            "list.xlsx",
            "“list.xlsx” is not what its name says: its content is not XLSX.",
        ),
        (
            b"MZ\x90\0\3\0\0\0",
            "list.csv",
            "“list.csv” is not what its name says: its content is not text.",
        ),
        (
            b"a,b\n",
            "map.svg",
            "“map.svg” is not what its name says: its content is plain text.",
        ),
        (b"MZ\x90\0\3\0\0\0", "setup.exe", "“setup.exe” is of a type that is not kept here: .exe."),
        (b"words", "README", "“README” has no ending that tells its type, such as .pdf."),
        (
            samples.OLD_OFFICE,
            "old.doc",
            "“old.doc” is of an old kind of Office, or locked. Save it anew without a password.",
        ),
    ],
)
def test_check_content_refuses_a_file_that_lies_about_its_type(check, content, name, sentence):
    assert check(content, name) == ("type", sentence)


def test_check_content_refuses_an_empty_file(check):
    assert check(b"", "a.csv") == ("empty", "“a.csv” is empty.")


@pytest.mark.parametrize(
    "content", [b"a\nb\nPa\xeds\n", b"a\nb\nPa\xc3"], ids=["in the middle", "at the end"]
)
def test_check_content_names_the_row_that_is_not_utf8(check, content):
    assert check(content, "a.csv") == (
        "encoding",
        "“a.csv” is not written in UTF-8: row 3 cannot be read.",
    )


@pytest.mark.parametrize("content", [b"PK\3\4rubbish", samples.XLSX[:-30]])
def test_check_content_refuses_a_damaged_container(check, content):
    assert check(content, "a.xlsx") == (
        "damaged",
        "“a.xlsx” is damaged or locked and cannot be opened.",
    )


@pytest.mark.parametrize(
    "parts",
    [
        {samples.TYPES_XML: "<Types/>", "xl/workbook.xml": "", "xl/vbaProject.bin": "x"},
        {
            samples.TYPES_XML: "<Override ContentType='application/vnd.ms-excel."
            "sheet.macroEnabled.main+xml'/>",
            "xl/workbook.xml": "",
        },
        {"mimetype": "application/vnd.oasis.opendocument.text", "Basic/script-lc.xml": ""},
    ],
)
def test_check_content_refuses_macros(check, parts):
    assert check(samples.archive(parts), "a.xlsx") == (
        "macros",
        "“a.xlsx” carries macros. Save it without them.",
    )


@pytest.mark.parametrize("path", ["../a", "/etc/passwd", "x/../../a", "..\\a", "C:/a"])
def test_check_content_refuses_paths_that_break_out(check, path):
    assert check(samples.archive({path: "x"}), "a.zip") == (
        "path",
        "“a.zip” holds files that would be written outside its own folder.",
    )


def test_check_content_refuses_what_unpacks_to_a_multiple_of_itself(check):
    bomb = samples.archive({"a.txt": b"\0" * (archives.RATIO_FROM_BYTES + 1)})

    assert check(bomb, "a.zip") == ("expansion", "“a.zip” would grow too large when it is opened.")


def test_check_content_refuses_what_declares_a_huge_size(check, tmp_path):
    path = tmp_path / "huge.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a", b"x" * 100)
    honest = path.read_bytes()
    size = (100).to_bytes(4, "little")
    entry = honest.rindex(b"PK\1\2")
    at = honest.index(size, honest.index(size, entry) + 4)
    lying = (
        honest[:at] + (archives.MOST_UNPACKED_BYTES + 1).to_bytes(4, "little") + honest[at + 4 :]
    )

    assert check(lying, "a.zip") == ("expansion", "“a.zip” would grow too large when it is opened.")


def test_check_content_refuses_too_many_entries(check, monkeypatch):
    monkeypatch.setattr(archives, "MOST_ENTRIES", 2)
    many = samples.archive({"a": "", "b": "", "c": ""})

    assert check(many, "a.zip") == ("expansion", "“a.zip” holds 3 files; at most 2 are taken.")


DAMAGED = "is damaged or locked and cannot be opened."


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n%%EOF\n", "a.pdf"),
        (samples.pdf(pages=0), "a.pdf"),
        (samples.PDF[: len(samples.PDF) // 2], "a.pdf"),
        (samples.PNG[:40], "a.png"),
        (samples.picture("PNG", (4000, 3000))[:-300], "a.png"),
        (samples.picture("JPEG")[:200], "a.jpg"),
        (samples.archive({samples.TYPES_XML: "<Types/>", "word/document.xml": "<a/>"}), "a.docx"),
        (
            samples.archive(
                {samples.TYPES_XML: "<a/>", "_rels/.rels": "<a/>", "word/document.xml": "<a>"}
            ),
            "a.docx",
        ),
        (samples.archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt"),
        (
            samples.archive(
                {
                    samples.TYPES_XML: "<!DOCTYPE a><a/>",
                    "_rels/.rels": "<a/>",
                    "xl/workbook.xml": "",
                }
            ),
            "a.xlsx",
        ),
    ],
)
def test_check_content_refuses_a_file_that_has_only_the_head_of_its_type(check, content, name):
    assert check(content, name) == ("damaged", f"“{name}” {DAMAGED}")


def test_check_content_refuses_a_pdf_that_needs_a_password(check):
    assert check(samples.pdf(password="secret"), "a.pdf") == (
        "locked",
        "“a.pdf” is locked with a password. Save it without.",
    )


def test_check_content_refuses_a_picture_of_too_many_points(check):
    assert check(samples.picture("PNG", (8000, 8000)), "a.png") == (
        "expansion",
        "“a.png” is too large: at most 50 million points are taken.",
    )


def test_check_content_refuses_a_container_with_too_long_a_list(check, monkeypatch):
    monkeypatch.setattr(archives, "MOST_DIRECTORY_BYTES", 100)

    assert check(samples.XLSX, "a.xlsx") == (
        "expansion",
        "“a.xlsx” would grow too large when it is opened.",
    )


def test_check_content_refuses_a_list_of_the_large_kind(check):
    content = samples.XLSX[:-22] + b"PK\6\7" + bytes(16) + samples.XLSX[-22:]

    assert check(content, "a.xlsx")[0] == "expansion"


@pytest.mark.parametrize("ending", ["xml", "svg"])
@pytest.mark.parametrize(
    "declaration", ['<!DOCTYPE a [<!ENTITY b "c">]>', '<!DOCTYPE a SYSTEM "file:///etc/hostname">']
)
def test_check_content_refuses_a_document_type(check, ending, declaration):
    assert check(f"{declaration}<a>&b;</a>".encode(), f"a.{ending}") == (
        "markup",
        f"“a.{ending}” declares a document type or has a part without end. Save it without.",
    )


def test_check_content_names_the_row_that_is_no_xml(check):
    assert check(b"<a>\n<b>\n</a>", "a.xml") == (
        "damaged",
        "“a.xml” is not written in XML: row 3 cannot be read.",
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<s:script xmlns:s="x"/>',
        "<foreignObject/>",
        '<rect onload="alert(1)"/>',
        '<a href=" java&#10;script:alert(1)"/>',
        '<use href="data:text/html,x"/>',
    ],
)
def test_check_content_refuses_a_drawing_with_scripts(check, inside):
    assert check(f"<svg>{inside}</svg>".encode(), "a.svg") == (
        "scripts",
        "“a.svg” carries scripts. Save it without them.",
    )
