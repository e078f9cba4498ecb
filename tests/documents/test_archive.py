import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from comity.accounts.authority import SYSTEM
from comity.documents.archive import load_archive
from comity.documents.models import Document, LanguageVersion
from comity.documents.services import change_paper
from comity.documents.services.archive import keep_loaded_paper
from comity.search.models import SearchEntry
from comity.store.services import MOST_BYTES
from tests.documents.conftest import facts
from tests.factories.documents import DocumentFactory, version_of
from tests.factories.processes import MeetingFactory
from tests.store.samples import DOCX, archive, pdf

HEADS = (
    "symbol,kind,date,meeting,audience,original,title_en,title_fr,files_en,files_fr,note,adopted_by"
)
FIRST = "MC/INF/1,report,2003-11-10,plenary,public,fr,Report,Rapport,a.docx,sub/b.pdf;b.docx,,"
SECOND = ",agenda,2004,,members,,Agenda,,,,,"


@pytest.fixture
def folder(tmp_path, process):
    MeetingFactory(process=process, slug="plenary")
    folder = tmp_path / "archive"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.docx").write_bytes(DOCX)
    (folder / "b.docx").write_bytes(archive_of("second"))
    (folder / "sub" / "b.pdf").write_bytes(pdf(2))
    write(folder, FIRST, SECOND)
    return folder


def archive_of(words):
    """Return a Word file like no other."""
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": "<Relationships/>",
            "word/document.xml": f"<main>{words}</main>",
        }
    )


def write(folder, *lines, heads=HEADS):
    (folder / "archive.csv").write_text("\n".join([heads, *lines]) + "\n", encoding="utf-8")


def load(folder, process, **options):
    return load_archive(folder=folder, process=process, by=SYSTEM, **options)


def counts(report):
    return report.found, report.added, report.changed, report.left, report.files


def told(problems):
    return [(problem.row, problem.column, problem.reason) for problem in problems]


def test_archive_is_looked_at_and_then_loaded(folder, process):
    looked = load(folder, process, dry_run=True)
    assert (counts(looked), looked.problems, looked.is_loaded) == ((2, 0, 0, 0, 0), [], False)
    assert not Document.objects.exists()

    report = load(folder, process)

    assert (counts(report), report.problems, report.duplicates) == ((2, 2, 0, 0, 3), [], [])
    paper = Document.objects.get(symbol="MC/INF/1")
    assert (paper.title, paper.kind, paper.dated, paper.meeting.slug, paper.audience) == (
        {"en": "Report", "fr": "Rapport"},
        "report",
        "2003-11-10",
        "plenary",
        "public",
    )
    assert paper.published_at.date() == date(2003, 11, 10)
    assert [(str(each), each.status) for each in paper.versions.all()] == [
        ("en.docx", "translation"),
        ("fr.docx", "original"),
        ("fr.pdf", "original"),
    ]
    assert SearchEntry.objects.filter(title="Rapport").exists()


def test_loading_again_adds_nothing_and_goes_on_where_it_stopped(folder, process):
    load(folder, process)
    cut_short = LanguageVersion.objects.get(form="pdf")
    cut_short.delete()
    Document.objects.get(symbol="").delete()

    again = load(folder, process)
    third = load(folder, process)

    assert counts(again) == (2, 1, 0, 0, 1)
    assert counts(third) == (2, 0, 0, 0, 0)


def test_changed_row_is_brought_up_to_date_unless_somebody_edited_it(folder, process, secretariat):
    load(folder, process)
    paper = Document.objects.get(symbol="MC/INF/1")
    write(folder, FIRST.replace("Rapport", "Compte rendu"), SECOND)
    assert counts(load(folder, process)) == (2, 0, 1, 0, 0)
    paper.refresh_from_db()
    assert paper.title["fr"] == "Compte rendu"

    wanted = facts(symbol="MC/INF/1", title={"en": "By hand"})
    change_paper(document=paper, facts=wanted, version=paper.version, by=secretariat)

    assert counts(load(folder, process)) == (2, 0, 0, 1, 0)
    paper.refresh_from_db()
    assert paper.title == {"en": "By hand"}


def test_everything_wrong_is_said_with_row_column_and_reason(folder, process, tmp_path):
    (tmp_path / "secret.docx").write_bytes(DOCX)
    (folder / "link.docx").symlink_to(tmp_path / "secret.docx")
    (folder / "lie.docx").write_bytes(pdf())
    (folder / "notes.txt").write_text("words")
    with (folder / "large.pdf").open("wb") as large:
        large.truncate(MOST_BYTES + 1)
    write(
        folder,
        "MC//1,report,03-11,nowhere,body,xx,Report,,none.docx,,,",
        "X/1,report,2003,,public,,Title,,../secret.docx;link.docx,lie.docx,,",
        "X/2,report,2003,,public,,,,notes.txt,large.pdf,,",
        "X/3,report,2003,,public,,T,,a.docx;b.docx,,,",
        "X/3,report,2003,,public,,T,,,,,",
        FIRST,
    )

    report = load(folder, process)

    assert not Document.objects.exists()
    audiences = "chair, members, participants, public, secretariat"
    forms = "docx, odp, ods, odt, pdf, pptx, xlsx"
    assert [(row, column) for row, column, _reason in told(report.problems)] == [
        (2, "meeting"),
        (2, "date"),
        (2, "audience"),
        (2, "original"),
        (2, "symbol"),
        (2, "files_en"),
        (3, "files_en"),
        (3, "files_en"),
        (3, "files_fr"),
        (4, "title_en"),
        (4, "files_en"),
        (4, "files_fr"),
        (5, "files_en"),
        (6, "symbol"),
    ]
    reasons = [reason for _row, _column, reason in told(report.problems)]
    for sentence in (
        "“nowhere” is not known.",
        f"Write one of these: {audiences}.",
        "This is not the code of a language.",
        "The folder has no file “none.docx”.",
        "The folder has no file “secret.docx”.",
        "The folder has no file “link.docx”.",
        "“lie.docx” is not what its name says: its content is PDF.",
        f"Papers come in one of these: {forms}.",
        "“large.pdf” is too large: at most 50 MB are taken.",
        "There are two files of one form in this language.",
        "This is in row 5 already.",
    ):
        assert sentence in reasons
    rest = load(folder, process, leave_out=True)
    assert (counts(rest), rest.is_loaded) == ((6, 1, 0, 0, 3), True)


def test_what_is_there_twice_is_found(folder, process):
    version_of(DocumentFactory(process=process, symbol="OLD/1"), content=DOCX)
    (folder / "copy.pdf").write_bytes(pdf(2))
    write(folder, FIRST, "X/9,report,2003,,public,,Other,,copy.pdf,,,")

    report = load(folder, process, dry_run=True)

    assert told(report.duplicates) == [
        (3, "files_en", "“copy.pdf” is the same file as “b.pdf” of row 2."),
        (2, "files_en", "“a.docx” is a file of OLD/1 already."),
    ]


def test_wrong_columns_leave_the_rows_unread(folder, process):
    write(folder, FIRST, heads=HEADS.replace("audience", "readers"))
    report = load(folder, process, leave_out=True)

    assert told(report.problems)[:2] == [
        (1, "audience", "This column is missing."),
        (1, "readers", "This column is not expected here."),
    ]
    assert not Document.objects.exists()
    (folder / "archive.csv").unlink()
    (missing,) = load(folder, process).problems
    assert missing.reason == "The folder has neither archive.csv nor archive.xlsx."


def test_workbook_is_read_as_the_comma_separated_file_is(folder, process):
    book, buffer = Workbook(), io.BytesIO()
    book.active.append([*HEADS.split(","), None])
    for line in (FIRST, SECOND):
        book.active.append([value or None for value in line.split(",")])
    book.active.append([])
    book.active["C2"], book.active["C3"] = date(2003, 11, 10), 2004.0
    book.save(buffer)
    (folder / "archive.xlsx").write_bytes(buffer.getvalue())

    assert counts(load(folder, process)) == (2, 2, 0, 0, 3)
    (folder / "archive.xlsx").unlink()
    assert counts(load(folder, process)) == (2, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("heads", "problems"),
    [
        (
            ["symbol", "kind", "kind", "date", "meeting", "readers"],
            [
                (1, "audience", "This column is missing."),
                (1, "kind", "This column stands twice."),
                (1, "readers", "This column is not expected here."),
            ],
        ),
        ([], None),
    ],
)
def test_wrong_workbook_is_refused(folder, process, heads, problems):
    book, buffer = Workbook(), io.BytesIO()
    book.active.append(heads)
    book.save(buffer)
    (folder / "archive.xlsx").write_bytes(buffer.getvalue() if heads else b"no workbook")

    found = told(load(folder, process).problems)

    assert found == (problems or [(0, "", "The workbook is damaged and cannot be read.")])


def test_command_says_what_it_found_and_did(folder, process, capsys):
    call_command("load_archive", str(folder), "--process", "meridian", "--dry-run")
    assert "2 rows can be loaded. Nothing was loaded." in capsys.readouterr().out
    call_command("load_archive", str(folder), "--process", "meridian")
    assert "2 papers added, 0 changed, 0 left as they were edited; 3 files added." in (
        capsys.readouterr().out
    )
    write(folder, "A,report,2003,,nobody,,Title,,,,,")
    with pytest.raises(CommandError, match="Nothing was loaded: 1 problems in 1 rows"):
        call_command("load_archive", str(folder), "--process", "meridian")
    assert "archive.csv, row 2, column “audience”" in capsys.readouterr().out
    for words in ([str(folder), "--process", "none"], ["/nowhere", "--process", "meridian"]):
        with pytest.raises(CommandError, match="There is no"):
            call_command("load_archive", *words)


def test_only_who_runs_the_process_loads_into_it(process, people):
    with pytest.raises(PermissionDenied):
        keep_loaded_paper(
            document=None, process=process, slug="x", values={}, by=people["outsider"]
        )
    undated = keep_loaded_paper(
        document=None,
        process=process,
        slug="x",
        values={"title": {"en": "Undated"}, "kind": "note", "audience": "public"},
        by=SYSTEM,
    )
    assert undated.published_at is not None
