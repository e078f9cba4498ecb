"""The statistics core on the command line: a file in, a figure out."""

import csv
import io
from pathlib import Path

import click

from migstat.flows import migration_effectiveness_index

COLUMNS = ["origin", "destination", "persons"]


@click.group()
@click.version_option(package_name="comity", prog_name="migstat", message="%(prog)s %(version)s")
def main() -> None:
    """Compute statistics of migration from tables of flows."""


@main.command()
@click.argument(
    "path", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def effectiveness(path: Path) -> None:
    """Print the migration effectiveness index of a file, from 0 to 100.

    FILE.csv is in UTF-8 and has the columns origin, destination, persons, one row for each pair
    of places. A pair without a row counts as nobody; rows of a place with itself are ignored.
    """
    try:
        flows = read_flows(path)
        click.echo(f"{migration_effectiveness_index(flows):.2f}")
    except ValueError as problem:
        raise click.ClickException(f"{path.name}: {problem}") from None


def read_flows(path: Path) -> list[list[float]]:
    """Return the persons who moved between each two places of a file, as a square matrix.

    Places stand in the order of their names. A pair without a row is 0.

    Raises:
        ValueError: the file is not UTF-8, its columns are others, a place is empty, persons are
            not a number, or a pair stands there twice. The sentence names row and column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("the file is not in UTF-8: save it as “CSV UTF-8”.") from None
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    persons: dict[tuple[str, str], float] = {}
    try:
        header = next(rows, [])
        if header != COLUMNS:
            found = ", ".join(header) or "none"
            raise ValueError(f"row 1: the columns must be {', '.join(COLUMNS)}, not {found}.")
        for row in rows:
            if row:
                pair, value = read_row(row, rows.line_num)
                if pair in persons:
                    raise ValueError(
                        f"row {rows.line_num}: {pair[0]} to {pair[1]} stands there twice."
                    )
                persons[pair] = value
    except csv.Error as error:
        raise ValueError(f"row {rows.line_num}: this is not CSV ({error}).") from None
    places = sorted({place for pair in persons for place in pair})
    return [[persons.get((origin, place), 0.0) for place in places] for origin in places]


def read_row(row: list[str], number: int) -> tuple[tuple[str, str], float]:
    """Return the pair of places of a row, and how many persons moved."""
    if len(row) != len(COLUMNS):
        raise ValueError(f"row {number}: {len(row)} values instead of {len(COLUMNS)}.")
    origin, destination, persons = (value.strip() for value in row)
    for name, value in (("origin", origin), ("destination", destination)):
        if not value:
            raise ValueError(f"row {number}, column {name}: the place is missing.")
    try:
        return (origin, destination), float(persons)
    except ValueError:
        raise ValueError(f"row {number}, column persons: {persons!r} is not a number.") from None
