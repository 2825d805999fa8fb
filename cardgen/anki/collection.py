"""The legacy collection, schema 11: its tables, and what their columns hold. Packages are written and read by it.

Anki's own is at https://github.com/ankitects/anki/blob/main/rslib/src/storage/schema11.sql. Tables and the row of an
empty collection come from genanki; what is put into them stands here.
"""

from __future__ import annotations

import errno
import importlib.util
import json
from contextlib import closing, contextmanager
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from msgspec import Struct

from cardgen.leftovers import own_prefix, sweep

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

DECK_SEPARATOR: Final = "::"
"""Between the levels of a deck's name."""

FIELD_SEPARATOR: Final = "\x1f"
"""Between a note's fields, in ``notes.flds``."""

COLLECTION_VERSION: Final = 11
"""The schema's version, in ``col.ver``."""

_ADD_NOTE: Final = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
"""Values for: id, guid, mid, mod, tags, flds, sfld. Anki computes the checksum itself."""

_ADD_CARD: Final = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"
"""Values for: id, nid, did, ord, mod, due. All cards are new; ``due`` is their place in the study order."""

_PREFIX: Final = "cardgen-collection-"

NoteRow = tuple[int, str, int, int, str, str, str]
CardRow = tuple[int, int, int, int, int, int]


class Content(Struct, frozen=True, eq=False):
    """What is written into an empty collection.

    Attributes:
        note_types, decks, presets: As the JSON columns hold them, by their ids.
        notes, cards: Rows, with the values of `_ADD_NOTE` and `_ADD_CARD`.
        changed: When the newest of it changed, in seconds since 1970.
    """

    note_types: Mapping[str, Mapping[str, Any]]
    decks: Mapping[str, Mapping[str, Any]]
    presets: Mapping[str, Mapping[str, Any]]
    notes: Iterable[NoteRow]
    cards: Iterable[CardRow]
    changed: int


@contextmanager
def database(content: Content) -> Iterator[BinaryIO]:
    """Make the file of a collection, and give it to read; the same content gives the same bytes.

    It is a temporary file, for that of a large deck would take as much memory as all the rest.

    Raises:
        OSError: If the file cannot be written.
    """
    import tempfile

    temporary = Path(tempfile.gettempdir())
    sweep(temporary, _PREFIX)
    with tempfile.TemporaryDirectory(prefix=own_prefix(_PREFIX), dir=temporary) as folder:
        file = Path(folder, "collection.anki2")
        _write(file, content)
        with file.open("rb") as stream:
            yield stream


def _write(file: Path, content: Content) -> None:
    import sqlite3

    try:
        with closing(sqlite3.connect(file)) as connection:
            # The connection's own transaction handling would start one at each statement.
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute("PRAGMA page_size = 4096")
            # If this fails, all of it is thrown away.
            cursor.execute("PRAGMA journal_mode = OFF")
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("BEGIN")
            _create(cursor)
            _fill(cursor, content)
            cursor.execute("COMMIT")
    except sqlite3.OperationalError as error:
        # The folder for temporary files is full, say.
        raise OSError(errno.EIO, str(error), str(file.parent.parent)) from error


def _create(cursor: sqlite3.Cursor) -> None:
    """Create the tables, with Anki's Default deck and preset."""
    for statement in _of_genanki("apkg_schema", "APKG_SCHEMA").split(";"):
        # Anki builds its indexes itself when it imports; without them the package is smaller and sooner written.
        if "CREATE INDEX" not in statement:
            cursor.execute(statement)
    cursor.execute(_of_genanki("apkg_col", "APKG_COL"))


@cache
def _of_genanki(module: str, name: str) -> str:
    """Return a text of a module of genanki, without what the package imports: that took 26 of a build's 300 ms."""
    package = importlib.util.find_spec("genanki")
    found = PathFinder.find_spec(f"genanki.{module}", package.submodule_search_locations if package else None)
    if found is None or found.loader is None:
        raise ModuleNotFoundError(f"genanki has no module {module}", name=f"genanki.{module}")
    loaded = importlib.util.module_from_spec(found)
    found.loader.exec_module(loaded)
    text: str = getattr(loaded, name)
    return text


def _fill(cursor: sqlite3.Cursor, content: Content) -> None:
    _write_json(cursor, "models", content.note_types)
    _add_json(cursor, "decks", content.decks)
    _add_json(cursor, "dconf", content.presets)
    if content.note_types:
        _add_json(cursor, "conf", {"curModel": next(iter(content.note_types))})
    cursor.execute("UPDATE col SET crt = 0, mod = ?, scm = 0", (content.changed * 1000,))
    cursor.executemany(_ADD_NOTE, content.notes)
    cursor.executemany(_ADD_CARD, content.cards)


def _add_json(cursor: sqlite3.Cursor, column: str, values: Mapping[str, Any]) -> None:
    """Add values to those that a JSON column of the collection has."""
    (before,) = cursor.execute(f"SELECT {column} FROM col").fetchone()  # noqa: S608 - our own names
    _write_json(cursor, column, {**json.loads(before), **values})


def _write_json(cursor: sqlite3.Cursor, column: str, values: Mapping[str, Any]) -> None:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    cursor.execute(f"UPDATE col SET {column} = ?", (text,))  # noqa: S608 - as above


def joined_tags(tags: Iterable[str]) -> str:
    """Return tags as ``notes.tags`` holds them."""
    together = " ".join(tags)
    return f" {together} " if together else ""
