"""Questions that a page asks at every request: their SQL is written once, and run each time.

For a page that asks many small questions, writing their SQL anew costs several times what the
database needs to answer them. Nothing of the answers is kept.
"""

import threading
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.utils.translation import get_language

# Stand in for what differs from one asking to the next, and are found again among the
# parameters of the SQL. No row has such a key, and no fact such a day.
FIRST_KEY: Final = 8_999_999_999_999_999_000
FIRST_DAY: Final = date(1, 1, 1)
FIRST_WORD: Final = "\ue000"  # kept for private use: it stands in no text of ours

Rows = Sequence[Any]  # Any: named tuples, whose type no name can be given
Argument = int | date | str


@dataclass(frozen=True)
class Written:
    """The SQL of a question, and where in its parameters each argument goes."""

    sql: str
    parameters: Sequence[Any]  # Any: what databases take
    stand_ins: Mapping[object, str]
    compiler: Any  # Any: Django's, which gives the values of a row their types
    row: Callable[..., Any]
    width: int


class Prepared:
    """A question whose keyword arguments are primary keys, days, or words it looks for.

    ``build`` takes them and returns a queryset that ends in ``values_list(*names)``; it may
    depend on the reader's language, and on nothing else that changes.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._kept = threading.local()

    def __call__(self, **arguments: Argument) -> Rows:
        """Return the rows of the question as named tuples."""
        connection = connections[DEFAULT_DB_ALIAS]
        written = self._written(connection, arguments)
        parameters: list[Any] = [
            _adapted(connection, arguments[written.stand_ins[each]])
            if each in written.stand_ins
            else each
            for each in written.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, parameters)
            found = cursor.fetchall()
        # An order by what is not asked for adds columns at the end.
        rows = written.compiler.results_iter([found])
        return [written.row(*each[: written.width]) for each in rows]

    def _written(self, connection: Any, arguments: Mapping[str, Argument]) -> Written:  # noqa: ANN401 -- Django's
        key = (connection.vendor, get_language())
        kept: dict[Any, Written] = self._kept.__dict__
        if key not in kept:
            kept[key] = self._write(connection, arguments)
        return kept[key]

    def _write(self, connection: Any, arguments: Mapping[str, Argument]) -> Written:  # noqa: ANN401 -- Django's
        stand_ins: dict[str, Argument] = {
            name: _stand_in(value, number) for number, (name, value) in enumerate(arguments.items())
        }
        query = self._build(**stand_ins).query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = list(query.selected or ())
        return Written(
            sql=sql,
            parameters=parameters,
            stand_ins={_adapted(connection, each): name for name, each in stand_ins.items()},
            compiler=compiler,
            row=namedtuple("Row", names),  # noqa: PYI024 -- its names are the question's
            width=len(names),
        )


def _stand_in(value: Argument, number: int) -> Argument:
    match value:
        case date():
            return FIRST_DAY + timedelta(number)
        case str():
            return f"{FIRST_WORD}{number}"
    return FIRST_KEY + number


def _adapted(connection: Any, value: Argument) -> Any:  # noqa: ANN401 -- what databases take
    """Return ``value`` as the database takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
