"""Packages that no honest program writes, each made from a good one by one change."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

if sys.version_info >= (3, 14):
    from compression import zstd as zstd  # noqa: PLC0414 - tests take it from here
else:
    from backports import zstd as zstd  # noqa: PLC0414 - as above

if TYPE_CHECKING:
    from collections.abc import Mapping

LATEST_META = b"\x08\x03"
"""The ``meta`` of a package in Anki's latest form: field 1, version 3."""

Make = Callable[[bytes], bytes]
"""Makes a package of a database."""

ENDLESS = "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t)"


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Make a zip of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return stream.getvalue()


def legacy(database: bytes) -> bytes:
    """Make a package in the oldest form."""
    return packed({"collection.anki2": database, "media": b"{}"})


def latest(database: bytes) -> bytes:
    """Make a package in the latest form; the collection that old programs see is a dummy."""
    files = {"meta": LATEST_META, "collection.anki21b": zstd.compress(database), "collection.anki2": b"dummy"}
    return packed(files, zipfile.ZIP_STORED)


def changed(database: bytes, *statements: str) -> bytes:
    """Run SQL on a database."""
    with closing(sqlite3.connect(":memory:")) as connection:
        # Anki leaves the mark of a write-ahead log in the header, with which no database in memory opens.
        connection.deserialize(database[:18] + b"\x01\x01" + database[20:])
        connection.isolation_level = None
        connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        for statement in statements:
            connection.execute(statement)
        return connection.serialize()


def loosened(database: bytes, table: str, *statements: str) -> bytes:
    """Take from a table's columns what SQLite would check or convert, then run SQL."""
    copy = (f"CREATE TABLE copy AS SELECT * FROM {table}", f"DROP TABLE {table}", f"ALTER TABLE copy RENAME TO {table}")
    return changed(database, *copy, *statements)


def with_json(database: bytes, column: str, change: Callable[[Any], object]) -> bytes:
    """Change the first value of a JSON column; what `change` returns, if it is text, replaces the whole column."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        ((text,),) = connection.execute(f"SELECT {column} FROM col")
        data = json.loads(text)
        replacement = change(next(iter(data.values())))
        written = replacement if isinstance(replacement, str) else json.dumps(data)
        connection.execute(f"UPDATE col SET {column} = ?", (written,))
        connection.commit()
        return connection.serialize()


def flag_encrypted(package: bytes) -> bytes:
    """Set the bit of encryption in the heads of a zip's first entry."""
    damaged = bytearray(package)
    damaged[damaged.index(b"PK\x03\x04") + 6] |= 1
    damaged[damaged.index(b"PK\x01\x02") + 8] |= 1
    return bytes(damaged)
