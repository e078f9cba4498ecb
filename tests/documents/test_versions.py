import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from docx import Document as Word

from comity.audit.models import Event
from comity.audit.services import EditConflict
from comity.documents.models import LanguageVersion, Reading
from comity.documents.services import (
    add_version,
    change_version_status,
    remove_version,
    withdraw_paper,
)
from comity.jobs.services import run_due_jobs
from comity.search.models import SearchEntry
from comity.store.models import StoredFile
from tests.factories.documents import kept, version_of
from tests.store.samples import DOCX, XLSX, pdf


def added(document, by, content=DOCX, name="paper.docx", language="en"):
    return add_version(
        document=document,
        language=language,
        status="original",
        stored=kept(content, name),
        name=name,
        by=by,
    )


def test_file_of_the_same_language_and_form_replaces_the_earlier_one(secretariat, paper):
    first = added(paper, secretariat, pdf(1), "first.pdf")
    second = added(paper, secretariat, pdf(2), "second.pdf")
    added(paper, secretariat, pdf(2), "zweite.pdf", "fr")

    assert [str(each) for each in paper.versions.all()] == ["en.pdf", "fr.pdf"]
    assert paper.versions.get(language="en") == second
    assert list(StoredFile.objects.values_list("sha256", flat=True)) == [second.file.sha256]
    removed = Event.objects.get(action="language_version.removed")
    assert removed.before["sha256"] == first.file.sha256


def test_same_file_again_stays(secretariat, paper):
    added(paper, secretariat)
    again = added(paper, secretariat)

    assert list(paper.versions.all()) == [again]
    assert StoredFile.objects.count() == 1


def test_file_of_a_form_in_which_papers_do_not_come_is_refused(secretariat, paper, people):
    with pytest.raises(ValidationError) as refusal:
        added(paper, secretariat, b"some words", "paper.txt")

    assert refusal.value.message_dict == {
        "file": ["Papers come in one of these: docx, odp, ods, odt, pdf, pptx, xlsx."]
    }
    with pytest.raises(PermissionDenied):
        added(paper, people["chair"])
    withdrawn = withdraw_paper(document=paper, reason="Wrong", version=1, by=secretariat)
    with pytest.raises(ValidationError):
        added(withdrawn, secretariat)


def test_status_changes_and_a_file_goes(secretariat, paper):
    version = added(paper, secretariat)

    changed = change_version_status(version=version, status="unofficial", seen=1, by=secretariat)

    assert changed.get_status_display() == "unofficial translation"
    with pytest.raises(EditConflict):
        remove_version(version=version, seen=1, by=secretariat)
    remove_version(version=version, seen=2, by=secretariat)
    assert not LanguageVersion.objects.exists()
    assert not StoredFile.objects.exists()


def test_paper_is_found_by_the_words_of_its_file(secretariat, paper):
    file, buffer = Word(), io.BytesIO()
    file.add_paragraph("The corridor of Vellmar")
    file.add_table(1, 1).cell(0, 0).text = "seasonal\u202e permits"
    file.save(buffer)
    version = added(paper, secretariat, buffer.getvalue())

    run_due_jobs(timezone.now())

    words = "The corridor of Vellmar\nseasonal permits"
    assert Reading.objects.get().words == words
    found = SearchEntry.objects.filter(kind="document").values_list("language", "text")
    assert ("en", words) in list(found)
    remove_version(version=version, seen=1, by=secretariat)
    assert not SearchEntry.objects.filter(text=words).exists()


def test_pages_of_a_pdf_are_counted_and_a_workbook_is_left(secretariat, paper):
    added(paper, secretariat, pdf(3), "paper.pdf")
    added(paper, secretariat, XLSX, "paper.xlsx")
    added(paper, secretariat, DOCX, "paper.docx")  # which is no whole Word file

    run_due_jobs(timezone.now())

    assert dict(paper.versions.values_list("form", "pages")) == {
        "docx": None,
        "pdf": 3,
        "xlsx": None,
    }


def test_files_are_had_by_readers_and_of_a_withdrawn_paper_by_the_secretariat(
    people, secretariat, paper, published
):
    version_of(paper)
    version_of(published, "fr")

    def languages(name):
        return set(LanguageVersion.objects.visible_to(people[name]).values_list("language"))

    assert languages("focal_point") == {("fr",)}
    assert languages("secretariat") == {("en",), ("fr",)}
    assert languages("observer") == set()
    withdraw_paper(document=published, reason="Wrong", version=1, by=secretariat)
    assert languages("focal_point") == set()
    assert languages("secretariat") == {("en",), ("fr",)}
