import io
import os

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from comity.documents.models import Reading
from comity.documents.reading import MOST_CHARACTERS, _clean, read_words, recogniser
from comity.documents.services import add_version
from comity.jobs.services import run_due_jobs
from comity.search.models import SearchEntry
from tests.factories.documents import kept
from tests.store.samples import pdf

# Stands for tesseract: says which language it was asked for, and takes the picture.
PROGRAM = """#!/bin/sh
[ "$4" = "rus" ] && exit 3
head -c 8 | grep -q PNG && echo "Recognised in $4"
"""


def scan():
    """Return a PDF of one page that is a picture."""
    buffer = io.BytesIO()
    Image.new("L", (40, 40), 200).save(buffer, "PDF")
    return buffer.getvalue()


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a program that answers as tesseract does where it is looked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "tesseract").write_text(PROGRAM)
    (folder / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def without_program(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))


def words_of(content, language="fr", form="pdf"):
    return read_words(kept(content, f"paper.{form}"), form, language, lambda _done, _of: None)


def test_scan_is_recognised_where_the_program_is_installed(db, program):
    found = words_of(scan())

    assert (found.words, found.pages, found.is_recognised) == ("Recognised in fra", 1, True)
    assert words_of(scan(), "ru").words == ""


def test_scan_is_kept_without_words_where_it_is_not(db, without_program):
    found = words_of(scan())

    assert recogniser() is None
    assert (found.words, found.pages, found.is_recognised) == ("", 1, False)


def test_page_says_that_words_were_recognised_and_they_are_searched(
    program, client, people, secretariat, published
):
    stored = kept(scan(), "scan.pdf")
    add_version(
        document=published,
        language="es",
        status="original",
        stored=stored,
        name="scan.pdf",
        by=secretariat,
    )
    run_due_jobs(timezone.now())
    client.force_login(people["focal_point"])

    page = client.get(reverse("pages:document", args=[published.slug])).content.decode()

    assert Reading.objects.get().is_recognised
    assert "a scan; its words were recognised by a program" in page
    assert SearchEntry.objects.filter(text="Recognised in spa", language="es").exists()


def test_text_of_a_pdf_with_words_is_not_recognised_again(db, program):
    from weasyprint import HTML  # noqa: PLC0415 -- heavy, and only this test needs it

    content = HTML(string="<p>Words of a paper that stand there as text</p>").write_pdf()

    found = words_of(content)

    assert (found.words, found.is_recognised) == (
        "Words of a paper that stand there as text",
        False,
    )


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_file_that_cannot_be_read_has_no_words(db, form, without_program):
    content = {"pdf": pdf(), "docx": b"", "xlsx": b""}[form]
    stored = kept(content or pdf(), "paper.pdf")

    assert read_words(stored, form, "en", lambda _done, _of: None).words == ""


def test_words_are_bounded_and_plain():
    assert _clean(["a\x00b\u202ec\n\n d", "", "e"]) == "abc d\ne"
    assert len(_clean(["x" * MOST_CHARACTERS, "y"])) == MOST_CHARACTERS
