"""The words of a file, for the search: its text, or what a program recognises in a scan.

The program is tesseract. Where it is not installed, a scan is kept and handed out as any file,
and is found by its title alone.
"""

import io
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final
from zipfile import BadZipFile

from comity.store.models import StoredFile
from comity.store.services import open_file

if TYPE_CHECKING:
    from pypdf import PageObject

MOST_PAGES: Final = 1_000
MOST_PAGES_RECOGNISED: Final = 200
MOST_CHARACTERS: Final = 2_000_000
MOST_PICTURE_BYTES: Final = 30 * 1024 * 1024
SECONDS_A_PAGE: Final = 60
# A scan may have a stamp or a number as text on its pages.
FEW_LETTERS_A_PAGE: Final = 20
# As tesseract calls the languages of content.
RECOGNISED: Final = {
    "ar": "ara",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "pt": "por",
    "ru": "rus",
    "zh": "chi_sim",
}
Tell = Callable[[int, int], object]


@dataclass(frozen=True)
class Words:
    """What was read: the words, of how many pages, and whether a program recognised them."""

    words: str = ""
    pages: int | None = None
    is_recognised: bool = False


def recogniser() -> str | None:
    """Return where the program that recognises words in scans is; None where it is not."""
    return shutil.which("tesseract")


def read_words(stored: StoredFile, form: str, language: str, tell: Tell) -> Words:
    """Return the words of a stored file; none where they cannot be read, which harms nobody."""
    with open_file(stored) as stream:
        try:
            if form == "pdf":
                return _of_pdf(stream, language, tell)
            if form == "docx":
                return Words(_clean(_of_word(stream)))
        except (BadZipFile, KeyError, OSError, ValueError, RecursionError):
            return Words()
    return Words()


def _of_word(stream: IO[bytes]) -> Iterator[str]:
    from docx import Document  # noqa: PLC0415 -- heavy, and only the worker reads files

    document = Document(stream)
    for paragraph in document.iter_inner_content():
        if hasattr(paragraph, "rows"):
            for row in paragraph.rows:
                yield from (cell.text for cell in row.cells)
        else:
            yield paragraph.text


def _of_pdf(stream: IO[bytes], language: str, tell: Tell) -> Words:
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy, and only the worker reads files
    from pypdf.errors import PyPdfError  # noqa: PLC0415 -- as above

    try:
        reader = PdfReader(stream)
        if reader.is_encrypted:
            reader.decrypt("")
        count = len(reader.pages)
        texts = []
        for number, page in enumerate(reader.pages[:MOST_PAGES]):
            tell(number, count)
            texts.append(page.extract_text())
        words = _clean(texts)
        if len(words) >= FEW_LETTERS_A_PAGE * len(texts) or recogniser() is None:
            return Words(words, count)
        found = []
        for number, page in enumerate(reader.pages[:MOST_PAGES_RECOGNISED]):
            tell(number, count)
            found += [_recognise(each, language) for each in _pictures(page)]
        return Words(_clean([words, *found]), count, is_recognised=True)
    except PyPdfError:
        return Words()


def _pictures(page: "PageObject") -> Iterator[bytes]:
    """Yield the pictures of a page of a scan, without those that would fill the memory."""
    for each in page.images:
        picture = each.image
        if picture is None:
            continue
        data = io.BytesIO()
        picture.convert("L").save(data, format="PNG")
        if data.tell() <= MOST_PICTURE_BYTES:
            yield data.getvalue()


def _recognise(picture: bytes, language: str) -> str:
    """Return the words that tesseract recognises; none where it does not know the language."""
    program = recogniser()
    assert program is not None
    try:
        done = subprocess.run(  # noqa: S603 -- fixed words; the picture goes through the pipe
            [program, "stdin", "stdout", "-l", RECOGNISED.get(language, "eng")],
            input=picture,
            capture_output=True,
            timeout=SECONDS_A_PAGE,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _clean(parts: "Iterator[str] | list[str]") -> str:
    """Return the parts as one text that a database keeps: no controls, no long gaps."""
    shown, size = [], 0
    for part in parts:
        words = "".join(
            character
            for character in unicodedata.normalize("NFC", part)
            if character in "\n\t" or unicodedata.category(character)[0] != "C"
        )
        words = re.sub(r"\s+", " ", words).strip()
        size += len(words) + 1
        shown.append(words[: max(MOST_CHARACTERS - size + len(words) + 1, 0)])
        if size > MOST_CHARACTERS:
            break
    return "\n".join(filter(None, shown))
