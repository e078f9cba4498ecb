import subprocess
import sys

import pytest
from click.testing import CliRunner

from migstat.cli import main


def run(path):
    return CliRunner().invoke(main, ["effectiveness", str(path)])


def written(folder, text):
    path = folder / "flows.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_effectiveness_prints_the_index_of_a_file(tmp_path):
    # By hand: A sends 30 and receives 10, B the reverse; |net| 20 + 20 of a turnover of 80.
    path = written(tmp_path, "origin,destination,persons\nA,B,30\n\nB,A,10\nA,A,500\n")

    result = run(path)

    assert (result.exit_code, result.output) == (0, "50.00\n")


def test_effectiveness_reads_what_a_spreadsheet_saves(tmp_path):
    path = written(tmp_path, '\ufefforigin,destination,persons\r\n"Côte, Nord", B ,7\r\n'.encode())

    result = run(path)

    assert (result.exit_code, result.output) == (0, "100.00\n")


HEADER = "origin,destination,persons\n"
COLUMNS = "the columns must be origin, destination, persons"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", f"row 1: {COLUMNS}, not none."),
        ("from,to,persons\n", f"row 1: {COLUMNS}, not from, to, persons."),
        (HEADER + "A,B\n", "row 2: 2 values instead of 3."),
        (HEADER + " ,B,1\n", "row 2, column origin: the place is missing."),
        (HEADER + "A,,1\n", "row 2, column destination: the place is missing."),
        (HEADER + "A,B,many\n", "row 2, column persons: 'many' is not a number."),
        (HEADER + "A,B,1\nA,B,2\n", "row 3: A to B stands there twice."),
        (HEADER + 'A,"B"x,1\n', "row 2: this is not CSV (',' expected after '\"')."),
        (HEADER + "Curaçao,B,1\n", "the file is not in UTF-8: save it as “CSV UTF-8”."),
        (HEADER + "A,B,-1\n", "flows must hold finite numbers that are not negative."),
        (HEADER + "A,B,0\n", "Nobody moved: the index is undefined."),
        (HEADER, "flows must be a square matrix of at least 2 x 2."),
    ],
)
def test_effectiveness_says_what_is_wrong_and_where(tmp_path, text, sentence):
    path = written(tmp_path, text.encode("latin-1"))

    result = run(path)

    assert (result.exit_code, result.output) == (1, f"Error: flows.csv: {sentence}\n")


def test_command_runs_without_settings_or_web_framework():
    code = "import sys, migstat.cli; print([m for m in sys.modules if m in {'django', 'comity'}])"

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={}
    )

    assert done.stdout == "[]\n"
