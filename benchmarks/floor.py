"""The floor: the least that any Python program does on this way, and nothing else.

It takes libyaml's events one by one, keeps the two texts of each card, writes them in bulk into SQLite and deflates
that. It checks nothing, renders nothing, and its package has no note type: Anki could not use it.
"""

from __future__ import annotations

import sqlite3
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml.events import ScalarEvent, StreamEndEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEMA: Final = """
CREATE TABLE notes (
    id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null,
    tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null,
    data text not null
);
CREATE TABLE cards (
    id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null,
    usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null,
    factor integer not null, reps integer not null, lapses integer not null, left integer not null,
    odue integer not null, odid integer not null, flags integer not null, data text not null
);
"""
"""The two tables of Anki's schema 11 that hold what a deck has."""


def texts(file: Path) -> Iterator[tuple[str, str]]:
    """Yield front and back of every card of a file."""
    event = yaml.CBaseLoader(file.read_text(encoding="utf-8")).get_event
    front = previous = ""
    while True:
        current: Any = event()
        kind = type(current)
        if kind is ScalarEvent:
            value = current.value
            if previous == "front":
                front = value
            elif previous == "back":
                yield front, value
            previous = value
        elif kind is StreamEndEvent:
            return


def collection(found: list[tuple[str, str]]) -> bytes:
    """Return the database of all notes and cards."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(_SCHEMA)
    connection.executemany(
        "INSERT INTO notes VALUES (?, ?, 1, 0, -1, '', ?, ?, 0, 0, '')",
        ((number, str(number), f"{front}\x1f{back}", front) for number, (front, back) in enumerate(found)),
    )
    connection.executemany(
        "INSERT INTO cards VALUES (?, ?, 1, 0, 0, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
        ((number, number, number) for number in range(len(found))),
    )
    connection.commit()
    return connection.serialize()


def main() -> None:
    """Build the deck `bench` of the folder of decks that the command line names first; the second is for the output."""
    decks, out = map(Path, sys.argv[1:])
    files = (decks / "bench").glob("section-*.yaml")
    found = [pair for file in files for pair in texts(file)]
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out / "bench.apkg", "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        package.writestr("collection.anki2", collection(found))
    print(f"{len(found):,} notes")


if __name__ == "__main__":
    main()
