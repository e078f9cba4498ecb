"""What the loading refuses of dates, double rows and encodings, with file, row and column."""

import shutil

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from comity.pages.loading import DATA, load_paper
from comity.pages.management.commands.load import Command
from comity.processes.models import Term
from comity.sources.folders import BadFolderError

LATE = "This lies before the beginning."
TERM = "rcm,secretariat,iom,2001-09,,"


def rows_of_all_models():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.fixture
def folder(tmp_path):
    """A copy of the data in which a test may break something."""
    return shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("geo"))


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def refusal(folder):
    before = rows_of_all_models()
    with pytest.raises(BadFolderError) as caught:
        load_paper(folder)
    assert rows_of_all_models() == before
    return str(caught.value)


OPPOSITE = {
    "month before the year": (TERM, "rcm,secretariat,iom,2005,2003-06,"),
    "year before an open beginning": (TERM, "rcm,secretariat,iom,2004-05/..,2003,"),
    "open end before the year": (TERM, "rcm,secretariat,iom,2005,../2003,"),
    "interval before an interval": (TERM, "rcm,secretariat,iom,2005/2007,2001/2004,"),
    "day before": (TERM, "rcm,secretariat,iom,2003-05-02,2003-05-01,"),
}


@pytest.mark.parametrize("case", OPPOSITE)
def test_end_that_is_certainly_before_the_beginning_is_refused(paper, folder, case):
    replace(folder / "reading/terms.csv", *OPPOSITE[case])

    assert refusal(folder) == f"reading/terms.csv, row 2, column “ends”: {LATE}"


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("2003", "2003-01"),
        ("2003-06", "2003"),
        ("../2005", "2003"),
        ("2005", "2003/.."),
        ("2003/2006", "2005"),
    ],
)
def test_end_that_may_lie_after_the_beginning_is_accepted(paper, folder, begins, ends):
    row = f"rcm,secretariat,iom,{begins},{ends},"
    replace(folder / "reading/terms.csv", TERM, row)

    loaded = load_paper(folder)

    assert (loaded.added, loaded.changed, loaded.left) == (0, 1, 0)
    term = Term.objects.get(process__slug="rcm", office="secretariat")
    assert (term.begins, term.ends) == (begins, ends)


def test_dates_of_names_and_projects_are_held_against_each_other_too(paper, folder):
    path = folder / "names/renamed.csv"
    first = path.read_text(encoding="utf-8").splitlines()[1]
    party, language, name, _begins, _ends, source = first.split(",", 5)
    replace(path, first, f"{party},{language},{name},2005,2003-06,{source}")
    projects = folder / "paper/projects.csv"
    lines = projects.read_text(encoding="utf-8").splitlines()
    columns = lines[0].split(",")
    cells = lines[1].split(",")
    cells[columns.index("start")], cells[columns.index("end")] = "2004-05/..", "2003"
    replace(projects, lines[1], ",".join(cells))

    assert refusal(folder).splitlines() == [
        f"names/renamed.csv, row 2, column “ends”: {LATE}",
        f"paper/projects.csv, row 2, column “end”: {LATE}",
    ]


@pytest.mark.parametrize(
    ("file", "row"),
    [("reading/terms.csv", 2), ("reading/seats.csv", 2), ("paper/studies.csv", 2)],
)
def test_row_that_stands_twice_is_refused(paper, folder, file, row):
    path = folder / file
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[row - 1]]) + "\n", encoding="utf-8")

    assert refusal(folder) == f"{file}, row {len(lines) + 1}: This is in row {row} already."


def test_seat_in_no_known_body_is_refused(paper, folder):
    path = folder / "reading/seats.csv"
    first = path.read_text(encoding="utf-8").splitlines()[1]
    replace(path, first, first.replace(first.split(",")[0], "b-nowhere", 1))

    assert refusal(folder) == (
        "reading/seats.csv, row 2, column “body_id”: “b-nowhere” is not known."
    )


def test_table_in_utf_16_is_refused(paper, folder):
    path = folder / "paper/websites.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))

    assert refusal(folder) == (
        "paper/websites.csv, row 1: There is a zero byte here: this is not a text file."
    )


def test_mark_before_the_text_is_no_mistake(paper, folder):
    path = folder / "paper/websites.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    loaded = load_paper(folder)

    assert (loaded.added, loaded.changed, loaded.left) == (0, 0, 0)


def test_workbook_under_the_name_of_a_table_is_refused(paper, folder):
    (folder / "paper/websites.csv").write_bytes(b"PK\x03\x04\x14\x00\x06\x00workbook")

    assert refusal(folder) == (
        "paper/websites.csv, row 1: There is a zero byte here: this is not a text file."
    )


def test_folder_under_the_name_of_a_table_is_refused(paper, folder):
    (folder / "paper/websites.csv").unlink()
    (folder / "paper/websites.csv").mkdir()

    assert refusal(folder) == "paper/websites.csv: The file cannot be read (Is a directory)."


def test_second_row_of_a_party_tells_its_other_faults_too(db, folder):
    file = "paper/participants.csv"
    replace(
        folder / file, "rcm,2,Canada,CAN,CAN,,state,participant", "rcm,2,Belize,BLZ,BLZ,,state,king"
    )

    assert refusal(folder) == (
        f"{file}, row 77: This is in row 76 already.\n"
        f"{file}, row 77, column “status”: Value 'king' is not a valid choice."
    )


def test_words_too_long_are_refused_at_the_column_of_the_file(db, folder):
    file = "paper/participants.csv"
    replace(folder / file, "rcm,2,Canada,", f"rcm,2,{'C' * 256},")

    assert refusal(folder).startswith(f"{file}, row 77, column “name_in_paper”: ")


def test_folder_inside_data_is_refused_in_one_sentence(db, folder):
    with pytest.raises(CommandError) as refused:
        call_command("load", "paper", folder=folder / "paper")

    assert str(refused.value) == (
        f"Nothing was loaded. {folder / 'paper'} holds no folder “paper”. "
        "Name the folder “data” itself, not one inside it."
    )


def test_help_of_loading_speaks_of_the_folder_and_not_of_django(capsys):
    with pytest.raises(SystemExit):
        Command().create_parser("comity", "load").parse_args(["--help"])

    said = " ".join(capsys.readouterr().out.split())
    assert "The folder “data” itself" in said
    assert "--settings" not in said
