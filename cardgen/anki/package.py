"""The package: genanki's, written in bulk, compressed, and the same bytes each time.

genanki gives the collection's schema and the shape of note types and decks. What it does note by note is done here
for all notes at once, in memory, so no temporary file is left behind.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import zipfile
from typing import IO, TYPE_CHECKING, Any, Final

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from cardgen.anki.fields import SEPARATOR
from cardgen.anki.note_types import note_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cardgen.anki.fields import AnkiNote
    from cardgen.check import MediaFile
    from cardgen.model import Preset

_FIRST_ID: Final = 1 << 40
_ID_BITS: Final = 39
# Ids of notes and cards are milliseconds since 1970 in Anki; ours lie between November 2004 and April 2022, before
# any that a learner's own work gets, and far enough apart that a hash seldom meets another.

_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_SQLITE_VERSION: Final = 96, 100
# The file format keeps the number of the library that wrote last in these bytes, and reads it nowhere:
# https://www.sqlite.org/fileformat2.html#write_library_version_number_and_version_valid_for_number


class SubDeck(genanki.Deck):  # type: ignore[misc] # genanki is untyped
    """A deck in Anki, with its description and its preset."""

    def __init__(self, name: str, description: str = "", preset_id: int = 1) -> None:
        super().__init__(stable_id("deck", name), name, description)
        self.preset_id = preset_id

    def to_json(self) -> dict[str, Any]:
        """Give the deck as a legacy collection holds it, without anybody's counts of today."""
        data: dict[str, Any] = super().to_json()
        today = {"newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0]}
        return data | today | {"conf": self.preset_id, "mod": 0}


class Package(genanki.Package):  # type: ignore[misc] # genanki is untyped
    """An Anki package of finished notes.

    Args:
        decks: The decks, parents before children.
        notes: The notes, in study order, each in one of the decks.
        times: When each note's content last changed, by guid, in seconds since 1970.
        media: The pictures that the notes show.
        presets: For each preset its id, its name and its values.
    """

    def __init__(
        self,
        decks: Sequence[SubDeck],
        notes: Sequence[AnkiNote],
        times: Mapping[str, int],
        media: Sequence[MediaFile] = (),
        presets: Sequence[tuple[int, str, Preset]] = (),
    ) -> None:
        super().__init__(list(decks))
        self._notes = notes
        self._times = times
        self._media = media
        self._presets = presets

    def write_to_file(self, file: str | IO[bytes], timestamp: float | None = None) -> None:
        """Write the package.

        Args:
            file: Path, or a stream that takes bytes.
            timestamp: Not used: each note and note type has a time of its own.

        Raises:
            OSError: If the file cannot be written.
        """
        del timestamp
        collection = memoryview(self._collection())
        with zipfile.ZipFile(file, "w", compresslevel=6) as package:
            # The bytes that differ between versions of SQLite are written as zeros.
            start, end = _SQLITE_VERSION
            _add(package, "collection.anki2", collection[:start], bytes(end - start), collection[end:])
            for index, media in enumerate(self._media):
                _add(package, str(index), media.content)
            names = {str(index): media.name for index, media in enumerate(self._media)}
            _add(package, "media", json.dumps(names).encode())

    def to_bytes(self) -> bytes:
        """Give the package as bytes."""
        stream = io.BytesIO()
        self.write_to_file(stream)
        return stream.getvalue()

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        """Fill an empty collection.

        Args:
            cursor: Of the collection's database.
            timestamp: When the newest content changed, in seconds since 1970.
            id_gen: Not used: ids hang on what is written, not on when.
        """
        del id_gen
        for statement in APKG_SCHEMA.split(";"):
            # Anki builds its indexes itself when it imports; without them the package is smaller and sooner written.
            if "CREATE INDEX" not in statement:
                cursor.execute(statement)
        cursor.execute(APKG_COL)
        models = [note_type(form) for form in dict.fromkeys(note.form for note in self._notes)]
        types = {str(model.model_id): model.to_json(timestamp, self.decks[-1].deck_id) for model in models}
        self._update_json(cursor, "models", types, keep=False)
        self._update_json(cursor, "decks", {str(deck.deck_id): deck.to_json() for deck in self.decks})
        self._update_json(
            cursor, "dconf", {str(id_): _preset(id_, name, preset) for id_, name, preset in self._presets}
        )
        if models:
            self._update_json(cursor, "conf", {"curModel": str(models[0].model_id)})
        cursor.execute("UPDATE col SET crt = 0, mod = ?, scm = 0", (int(timestamp) * 1000,))
        self._write_notes(cursor)

    def _collection(self) -> bytes:
        connection = sqlite3.connect(":memory:")
        try:
            # The connection's own transaction handling would start one at each statement.
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute("PRAGMA page_size = 4096")
            cursor.execute("BEGIN")
            self.write_to_db(cursor, max(self._times.values(), default=0), iter(()))
            cursor.execute("COMMIT")
            return connection.serialize()
        finally:
            connection.close()

    def _write_notes(self, cursor: sqlite3.Cursor) -> None:
        deck_ids = {deck.name: deck.deck_id for deck in self.decks}
        type_ids = {form: note_type(form).model_id for form in {note.form for note in self._notes}}
        note_ids = _ids(note.guid for note in self._notes)
        cursor.executemany(
            "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')",
            (
                (
                    note_id,
                    note.guid,
                    type_ids[note.form],
                    self._times[note.guid],
                    _joined(note.tags),
                    "\x1f".join(note.fields),
                    note.fields[0],
                )
                for note_id, note in zip(note_ids, self._notes, strict=True)
            ),
        )
        cursor.executemany(
            "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            self._cards(note_ids, deck_ids),
        )

    def _cards(self, note_ids: list[int], deck_ids: dict[str, int]) -> Iterator[tuple[int, ...]]:
        """Give the rows of all cards; `due` holds the study order."""
        taken: set[int] = set()
        for note_id, note in zip(note_ids, self._notes, strict=True):
            deck_id, modified = deck_ids[note.deck], self._times[note.guid]
            for ordinal in note.ordinals:
                card_id = _free(note_id + ordinal, taken)
                yield card_id, note_id, deck_id, ordinal, modified, note.position

    @staticmethod
    def _update_json(cursor: sqlite3.Cursor, column: str, values: dict[str, Any], *, keep: bool = True) -> None:
        """Add values to a JSON column of the collection, in one write however many there are."""
        (before,) = cursor.execute(f"SELECT {column} FROM col").fetchone()  # noqa: S608 - our own names
        merged = {**(json.loads(before) if keep else {}), **values}
        text = json.dumps(merged, ensure_ascii=False, separators=(",", ":"))
        cursor.execute(f"UPDATE col SET {column} = ?", (text,))  # noqa: S608 - as above


def stable_id(sort: str, name: str) -> int:
    """Give a deck or preset an id that hangs on its name, as Anki itself matches decks."""
    digest = hashlib.blake2b(f"{sort}/{name}".encode(), digest_size=8).digest()
    return _FIRST_ID + (int.from_bytes(digest, "big") >> (64 - _ID_BITS))


def with_parents(names: Iterable[str]) -> list[str]:
    """Give all names with those of their parents, parents first, each once, otherwise in the order given."""
    found: dict[str, None] = {}
    for name in names:
        parts = name.split(SEPARATOR)
        for length in range(1, len(parts) + 1):
            found[SEPARATOR.join(parts[:length])] = None
    return list(found)


def _ids(guids: Iterable[str]) -> list[int]:
    taken: set[int] = set()
    return [_free(_FIRST_ID + (int(guid, 16) & ((1 << _ID_BITS) - 1)), taken) for guid in guids]


def _free(candidate: int, taken: set[int]) -> int:
    while candidate in taken:
        candidate += 1
    taken.add(candidate)
    return candidate


def _joined(tags: tuple[str, ...]) -> str:
    return f" {' '.join(tags)} " if tags else ""


def _preset(preset_id: int, name: str, preset: Preset) -> dict[str, Any]:
    """Give a preset as a legacy collection holds it; what the deck does not say is Anki's own default."""
    data: dict[str, Any] = {
        "id": preset_id,
        "name": name,
        "mod": 0,
        "usn": -1,
        "maxTaken": 60,
        "autoplay": True,
        "timer": 0,
        "replayq": True,
        "dyn": False,
        "new": {
            "bury": False,
            "delays": [1.0, 10.0],
            "initialFactor": 2500,
            "ints": [1, 4, 0],
            "order": 1,
            "perDay": 20,
        },
        "rev": {
            "bury": False,
            "ease4": 1.3,
            "ivlFct": 1.0,
            "maxIvl": 36500,
            "perDay": 200,
            "hardFactor": 1.2,
        },
        "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
        # Gather by position, so that sections come in the deck's order and not in that of their names
        # (NewCardGatherPriority.LOWEST_POSITION in proto/anki/deck_config.proto).
        "newGatherPriority": 1,
    }
    if preset.new_per_day is not None:
        data["new"]["perDay"] = preset.new_per_day
    if preset.reviews_per_day is not None:
        data["rev"]["perDay"] = preset.reviews_per_day
    if preset.desired_retention is not None:
        data["desiredRetention"] = float(preset.desired_retention)
    return data


def _add(package: zipfile.ZipFile, name: str, *parts: bytes | memoryview) -> None:
    """Add a file without the time, owner or system that would make two builds differ."""
    entry = zipfile.ZipInfo(name, _ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    entry.file_size = sum(map(len, parts))
    with package.open(entry, "w") as stream:
        for part in parts:
            stream.write(part)
