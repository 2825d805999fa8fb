"""Packages that no honest program writes: a good one of either form, changed at random at any of its layers.

The same number always gives the same package. The layers are the zip, what is packed in it, the pages of the database,
its tables and values, and the settings that a value holds as JSON or as a message of Protocol Buffers.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from random import Random
from typing import TYPE_CHECKING, Any, Final

from fuzz_inputs import NASTY_TEXTS, changed_value
from packages import ENDLESS, LATEST_META, changed, flag_encrypted, latest, legacy, loosened, packed, zstd

if TYPE_CHECKING:
    from collections.abc import Callable

TABLES: Final = {
    False: {"notes": "id guid mid mod usn tags flds sfld csum flags data", "cards": "id nid did ord mod due data",
            "col": "id crt mod scm ver models decks dconf tags conf"},
    True: {"notes": "id guid mid mod tags flds", "cards": "id nid did ord", "notetypes": "id name config",
           "fields": "ntid ord name config", "templates": "ntid ord name config", "decks": "id name kind",
           "col": "id ver models decks"},
}  # fmt: skip
"""Columns by table, of the old form and of the latest."""

VALUES: Final = (
    "NULL", "''", "0", "-1", "1.5", "9223372036854775807", "1e999", "x''", "x'00ff'", "zeroblob(5000000)", "'x'",
    "hex(zeroblob(1000000))", "CAST(x'fffe61' AS TEXT)", "char(27) || '[2J'", "char(10) || '::error::x'",
    "char(0x202e)", "char(31)", "char(31) || char(31)", "char(0xd800)", "char(0)", "random()", "randomblob(40)",
)  # fmt: skip


def package(old: bytes, new: bytes, number: int) -> bytes:
    """Return a package.

    Args:
        old: The database of a good package in the old form.
        new: The database of a good package in the latest form.
        number: Which one.
    """
    chance = Random(f"package {number}")
    is_new = chance.random() < 0.4
    database = new if is_new else old
    ways: tuple[Callable[[bytes, bool, Random], bytes], ...] = (_values, _values, _settings, _settings, _schema, _pages)
    for _ in range(chance.choice((1, 1, 2, 3))):
        try:
            database = chance.choice(ways)(database, is_new, chance)
        except (sqlite3.Error, ValueError, TypeError, MemoryError):
            # What an earlier change has broken can only be damaged further.
            database = _pages(database, is_new, chance)
    content = latest(database) if is_new else legacy(database)
    return content if chance.random() < 0.7 else _zip(content, database, chance)


def _values(database: bytes, is_new: bool, chance: Random) -> bytes:
    """Put values into a column that nobody expects there."""
    table, columns = chance.choice(list(TABLES[is_new].items()))
    column = chance.choice(columns.split())
    nasty = chance.choice(NASTY_TEXTS)[:50_000].replace("'", "''").replace("\x00", "")
    value = chance.choice((*VALUES, f"'{nasty}'", f"'{nasty}'", f"{column} || '{nasty}'", f"'{nasty}' || {column}"))
    wanted = chance.choice(("", " WHERE rowid % 2 = 0", f" WHERE rowid = (SELECT min(rowid) FROM {table})"))
    statement = f"UPDATE {table} SET {column} = {value}{wanted}"
    return changed(database, statement) if chance.random() < 0.5 else loosened(database, table, statement)


def _settings(database: bytes, is_new: bool, chance: Random) -> bytes:
    """Change what a value holds as JSON, or as a message."""
    if is_new:
        table = chance.choice(("notetypes", "fields", "templates"))
        message = bytearray(_first(database, f"SELECT config FROM {table}"))
        for _ in range(chance.choice((1, 2, 8))):
            at = chance.randrange(len(message) + 1)
            message[at : at + chance.randrange(3)] = chance.randbytes(chance.choice((0, 1, 1, 3)))
        return changed(database, f"UPDATE {table} SET config = x'{message.hex()}'")
    column = chance.choice(("models", "decks", "models", "decks", "conf", "dconf"))
    value = json.loads(_first(database, f"SELECT {column} FROM col"))
    for _ in range(chance.choice((1, 2, 4))):
        value = changed_value(value, chance)
    text = json.dumps(value, default=str).replace("'", "''")
    return changed(database, f"UPDATE col SET {column} = '{text}'")


def _schema(database: bytes, is_new: bool, chance: Random) -> bytes:
    """Change what tables there are."""
    table = chance.choice(list(TABLES[is_new]))
    statements = (
        (f"DROP TABLE {table}",),
        (f"DELETE FROM {table}",),
        (f"DROP TABLE {table}", f"CREATE VIEW {table} AS {ENDLESS} SELECT x AS id, 'g' || x AS guid FROM t"),
        (f"ALTER TABLE {table} RENAME TO other", f"CREATE VIEW {table} AS SELECT * FROM other"),
        (f"CREATE TRIGGER t AFTER UPDATE ON {table} BEGIN DELETE FROM {table}; END",),
        (f"INSERT INTO {table} SELECT * FROM {table} LIMIT 0",),
        ("CREATE TABLE many (a)", f"INSERT INTO many {ENDLESS} SELECT x FROM t LIMIT 50000"),
        ("CREATE VIRTUAL TABLE extra USING fts5(text)",),
        (f"CREATE INDEX odd ON {table} (hex(zeroblob(1000)))",),
        ("PRAGMA user_version = 99",),
    )  # fmt: skip
    return changed(database, *chance.choice(statements))


def _pages(database: bytes, is_new: bool, chance: Random) -> bytes:
    """Change bytes of the database's file."""
    del is_new
    data = bytearray(database)
    for _ in range(chance.choice((1, 5, 50, 500)) if data else 0):
        data[chance.randrange(min(len(data), chance.choice((100, 4096, 10**9))))] = chance.randrange(256)
    if chance.random() < 0.1:
        del data[chance.randrange(len(data) + 1) :]
    return bytes(data)


def _zip(content: bytes, database: bytes, chance: Random) -> bytes:
    """Change the zip."""
    way = chance.randrange(6)
    if way == 0:
        return flag_encrypted(content)
    if way == 1:
        method = chance.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
        return _damaged(packed({"collection.anki2": database}, method), chance)
    if way == 2:
        return packed({"meta": chance.choice((LATEST_META, b"\x08\x09", b"\xff" * 20)), "collection.anki21": database})
    if way == 3:
        name = chance.choice(
            ("../collection.anki2", "collection.anki21b", "collection.anki21", "a\x1b[2J", "x" * 60_000)
        )
        return packed({name: database, "collection.anki2": database})
    if way == 4:
        squeezed = bytearray(zstd.compress(database))
        squeezed[chance.randrange(len(squeezed))] ^= 1 << chance.randrange(8)
        return packed({"meta": LATEST_META, "collection.anki21b": bytes(squeezed)}, zipfile.ZIP_STORED)
    return _damaged(content, chance)


def _damaged(content: bytes, chance: Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.choice((chance.randrange(len(data)), len(data) - 1 - chance.randrange(min(200, len(data)))))
        data[at] ^= 1 << chance.randrange(8)
    if chance.random() < 0.2:
        del data[chance.randrange(len(data)) :]
    return bytes(data)


def _first(database: bytes, query: str) -> Any:
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database[:18] + b"\x01\x01" + database[20:])
        return connection.execute(query).fetchone()[0]
    finally:
        connection.close()


def bomb(size: int, *, newest: bool) -> bytes:
    """Return a package whose collection unpacks to many zeros."""
    zeros = bytes(1 << 20)
    if newest:
        squeezer = zstd.ZstdCompressor(level=1)
        inner = b"".join(squeezer.compress(zeros) for _ in range(size >> 20)) + squeezer.flush()
        return packed({"meta": LATEST_META, "collection.anki21b": inner}, zipfile.ZIP_STORED)
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as opened,
        opened.open("collection.anki2", "w", force_zip64=True) as entry,
    ):
        for _ in range(size >> 20):
            entry.write(zeros)
    return stream.getvalue()
