"""A collection's database, opened so that nothing in it can run, and read under limits of size and time."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

from cardgen.anki.reading.found import UnreadablePackageError
from cardgen.anki.reading.schema_pages import check_schema_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


MOST_MEMORY: Final = 112 * 1024 * 1024
"""Most memory, in bytes, that what is found in a package may take: some 80,000 notes of cardgen's."""

MOST_STEPS: Final = 200_000_000
"""Most steps of SQLite's machine; a note and its cards take about 50. A count is the same on every machine."""

_MOST_VALUE: Final = 4 * 1024 * 1024
"""Largest text or blob, in bytes. As JSON, an eighth of it or less can become a hundred megabytes of objects."""

_ROW: Final = 250
"""Memory of a row, in bytes, beside its texts; that of a note with its fields is about twice as much."""

_STEPS_A_CALL: Final = 100_000
_JOURNAL_MODES: Final = slice(18, 20)
"""Bytes of the header that say whether a write-ahead log belongs to the file; a package brings none."""


class Database:
    """A database of plain tables, and how much memory may still be taken by what is read from it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._left = MOST_MEMORY

    def rows(self, table: str, *columns: tuple[str, type], order: str = "") -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table.

        Args:
            table: Its name.
            columns: Names of columns, each with the type that its values must have.
            order: Columns to sort by, as SQL.

        Raises:
            UnreadablePackageError: If table or column is missing, or a value is of another type.
        """
        names = [name for name, _ in columns]
        types = [kind for _, kind in columns]
        self._check_columns(table, names)
        sorting = f" ORDER BY {order}" if order else ""
        for row in self._connection.execute(f"SELECT {', '.join(names)} FROM {table}{sorting}"):  # noqa: S608 - ours
            for name, kind, value in zip(names, types, row, strict=True):
                if type(value) is not kind:
                    raise UnreadablePackageError(
                        f"no Anki package (`{table}.{name}` holds {type(value).__name__}, not {kind.__name__})"
                    )
            yield row

    def keep(self, *texts: str | bytes) -> None:
        """Count what a row takes whose texts are kept.

        Raises:
            UnreadablePackageError: If all that is kept takes too much.
        """
        self._left -= _ROW + sum([sys.getsizeof(text) for text in texts if text])
        if self._left < 0:
            raise UnreadablePackageError(f"what is in it takes more than {MOST_MEMORY // 1024 // 1024} MiB of memory")

    def _check_columns(self, table: str, names: Sequence[str]) -> None:
        """Check that a table has columns, none of which is computed when it is read."""
        shown = {str(row[1]): row[6] for row in self._connection.execute(f"PRAGMA table_xinfo({table})")}
        for name in names:
            if shown.get(name) != 0:
                raise UnreadablePackageError(f"no Anki package (it has no plain column `{table}.{name}`)")


@contextmanager
def opened(file: Path) -> Iterator[Database]:
    """Open a collection's database, which belongs to us: its journal mode is changed.

    Raises:
        UnreadablePackageError: If it is no collection, is damaged, or exceeds the limits; also while it is read.
        OSError: If the file cannot be read.
    """
    with file.open("r+b") as stream:
        check_schema_pages(stream)
        stream.seek(_JOURNAL_MODES.start)
        stream.write(b"\x01\x01")
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            _guard(connection)
            yield Database(connection)
    except sqlite3.Error as error:
        raise UnreadablePackageError(_why(error)) from None


def _why(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", None)  # what Python itself raises has none
    if code == sqlite3.SQLITE_INTERRUPT:
        return "its collection takes too long to read"
    if code == sqlite3.SQLITE_TOOBIG:
        return f"its collection has a value of more than {_MOST_VALUE // 1024 // 1024} MiB"
    if code is None:  # only texts that are no UTF-8; Python's message quotes them
        return "no Anki package (a text in its collection is not UTF-8)"
    # SQLite quotes names of the schema.
    return f"no Anki package ({''.join(char if char.isprintable() else '?' for char in str(error))})"


def _guard(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_VALUE)
    calls = iter(range(MOST_STEPS // _STEPS_A_CALL))
    connection.set_progress_handler(lambda: next(calls, None) is None, _STEPS_A_CALL)
    # Anki's own order of names, which SQLite asks for where a table is sorted by them.
    connection.create_collation("unicase", _compared)
    for switch in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {switch}")
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        is_virtual = isinstance(sql, str) and sql.lstrip().upper().startswith("CREATE VIRTUAL")
        if kind not in ("table", "index") or is_virtual:
            what = "virtual table" if is_virtual else kind
            raise UnreadablePackageError(f"no Anki package (its collection has a {what}, {name!a})")


def _compared(one: str, other: str) -> int:
    first, second = one.casefold(), other.casefold()
    return (first > second) - (first < second)
