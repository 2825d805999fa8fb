"""The package: a collection of its own and the pictures, in a zip that is the same bytes each time."""

from __future__ import annotations

import hashlib
import re
from array import array
from html import unescape
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from msgspec import Struct

from cardgen.anki.archive import Archive
from cardgen.anki.collection import DECK_SEPARATOR, FIELD_SEPARATOR, Content, database, joined_tags
from cardgen.anki.spool import add_media
from cardgen.read.files import MIB

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cardgen.anki.collection import CardRow, NoteRow
    from cardgen.anki.fields import AnkiNote
    from cardgen.anki.note_types import NoteType
    from cardgen.check import MediaFile
    from cardgen.export import Begun
    from cardgen.model import Preset

_FIRST_ID: Final = 1 << 40
_ID_BITS: Final = 39
# Ids of notes and cards are milliseconds since 1970 in Anki; ours lie between November 2004 and April 2022, before
# any that a learner's own work gets, and far enough apart that a hash seldom meets another.

_COMPUTED: Final = re.compile("[0-9a-f]{20}")
"""A guid of `cardgen.notes.guid_of`; what an author gives is any text."""

_SQLITE_VERSION: Final = 96, 100
# The file format keeps the number of the library that wrote last in these bytes, and reads it nowhere:
# https://www.sqlite.org/fileformat2.html#write_library_version_number_and_version_valid_for_number


class AnkiDeck(Struct, frozen=True):
    """A deck in Anki.

    Attributes:
        name: Its full name.
        description: HTML.
        preset_id: Id of its preset; 1 is Anki's own.
        retention: Desired retention of this deck alone, from 0 to 1; None leaves it to the preset.
    """

    name: str
    description: str = ""
    preset_id: int = 1
    retention: float | None = None

    @property
    def id(self) -> int:
        """Its id in the package; Anki matches decks by name and keeps no id of a package."""
        return stable_id("deck", self.name)

    def as_json(self) -> dict[str, Any]:
        """Return the deck as a legacy collection holds it, without anybody's counts of today."""
        own = {} if self.retention is None else {"desiredRetention": round(100 * self.retention)}
        return {
            "collapsed": False,
            "conf": self.preset_id,
            "desc": self.description,
            "dyn": 0,
            "extendNew": 0,
            "extendRev": 50,
            "id": self.id,
            "lrnToday": [0, 0],
            "mod": 0,
            "name": self.name,
            "newToday": [0, 0],
            "revToday": [0, 0],
            "timeToday": [0, 0],
            "usn": -1,
            **own,
        }


class Package(Struct, frozen=True, eq=False):
    """A package of finished notes.

    Attributes:
        decks: The decks, parents before children.
        notes: The notes, in study order, each in one of the decks.
        times: When each note's content last changed, by guid, in seconds since 1970.
        media: The pictures that the notes show.
        presets: For each preset its id, its name and its values.
    """

    decks: Sequence[AnkiDeck]
    notes: Sequence[AnkiNote]
    times: Mapping[str, int]
    media: Sequence[MediaFile] = ()
    presets: Sequence[tuple[int, str, Preset]] = ()

    def write_to(self, stream: BinaryIO) -> Begun | None:
        """Write the package's file.

        Returns:
            How it begins, if another package of this process began with the same.

        Raises:
            OSError: If it cannot be written.
            UnreadableFileError: If a picture changed since it was looked at.
        """
        archive = Archive(stream)
        begun = add_media(archive, self.media)
        with database(self._content()) as collection:
            archive.add("collection.anki2", _without_version(collection))
        archive.end()
        return begun

    def _content(self) -> Content:
        changed = max(self.times.values(), default=0)
        rows = _Rows(self.notes)
        return Content(
            note_types={str(kind.id): kind.as_json(self.decks[-1].id) for kind in self._note_types()},
            decks={str(deck.id): deck.as_json() for deck in self.decks},
            presets={str(id_): _preset(id_, name, preset) for id_, name, preset in self.presets},
            notes=self._notes(rows),
            cards=self._cards(rows),
            changed=changed,
        )

    def _note_types(self) -> Iterable[NoteType]:
        return {note.note_type.id: note.note_type for note in self.notes}.values()

    def _notes(self, rows: _Rows) -> Iterator[NoteRow]:
        sorted_by = {kind.id: kind.sort_field for kind in self._note_types()}
        for note_id, note in rows:
            type_id, fields = note.note_type.id, note.fields
            yield (
                note_id,
                note.guid,
                type_id,
                self.times[note.guid],
                joined_tags(note.tags),
                FIELD_SEPARATOR.join(fields),
                unescape(fields[sorted_by[type_id]]),
            )

    def _cards(self, rows: _Rows) -> Iterator[CardRow]:
        deck_ids = {deck.name: deck.id for deck in self.decks}
        taken: set[int] = set()
        last = 0
        for note_id, note in rows:
            if note_id > last:
                taken.clear()  # ids ascend: no card from here on wants one of these
            deck_id, modified = deck_ids[note.deck], self.times[note.guid]
            for ordinal, position in zip(note.ordinals, note.positions, strict=True):
                card_id = _free(note_id + ordinal, taken)
                last = max(last, card_id)
                yield card_id, note_id, deck_id, ordinal, modified, position


class _Rows:
    """Notes with their ids, by ascending ids.

    SQLite appends what comes in that order, in two thirds of the time; in another one it splits pages, and a package
    is 5 % larger. Ids and order are arrays of plain numbers, a fifth of what pairs of an id and a note would take.
    """

    def __init__(self, notes: Sequence[AnkiNote]) -> None:
        self._notes = notes
        self._ids = array("q", _ids(note.guid for note in notes))
        self._order = array("q", sorted(range(len(notes)), key=self._ids.__getitem__))

    def __iter__(self) -> Iterator[tuple[int, AnkiNote]]:
        notes, ids = self._notes, self._ids
        return ((ids[index], notes[index]) for index in self._order)


def stable_id(what: str, name: str) -> int:
    """Return the id of a deck or preset; it depends on its name alone, as Anki itself matches decks."""
    return _FIRST_ID + _hashed(f"{what}/{name}")


def with_parents(names: Iterable[str]) -> list[str]:
    """Return all names with those of their parents, parents first, each once, otherwise in the order given."""
    found: dict[str, None] = {}
    for name in names:
        parts = name.split(DECK_SEPARATOR)
        for length in range(1, len(parts) + 1):
            found[DECK_SEPARATOR.join(parts[:length])] = None
    return list(found)


def _ids(guids: Iterable[str]) -> Iterator[int]:
    taken: set[int] = set()
    return (_free(_FIRST_ID + _number(guid), taken) for guid in guids)


def _number(guid: str) -> int:
    """Return a number of so many bits as ids have that follows from a guid: a computed one is a number itself."""
    if _COMPUTED.fullmatch(guid):
        return int(guid, 16) & ((1 << _ID_BITS) - 1)
    return _hashed(f"guid/{guid}")


def _hashed(name: str) -> int:
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - _ID_BITS)


def _free(candidate: int, taken: set[int]) -> int:
    while candidate in taken:
        candidate += 1
    taken.add(candidate)
    return candidate


def _preset(preset_id: int, name: str, preset: Preset) -> dict[str, Any]:
    """Return a preset as a legacy collection holds it; what the deck does not say is Anki's own default."""
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
            "bury": True,
            "delays": [1.0, 10.0],
            "initialFactor": 2500,
            "ints": [1, 4, 0],
            "order": 1,
            "perDay": 20,
        },
        "rev": {
            "bury": True,
            "ease4": 1.3,
            "ivlFct": 1.0,
            "maxIvl": 36500,
            "perDay": 200,
            "hardFactor": 1.2,
        },
        "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
        "buryInterdayLearning": True,
        # Gather by position, so that sections come in the deck's order also where they are subdecks, and show cards
        # in the order in which they were gathered (NewCardGatherPriority.LOWEST_POSITION and
        # NewCardSortOrder.NO_SORT in proto/anki/deck_config.proto).
        "newGatherPriority": 1,
        "newSortOrder": 1,
    }
    if preset.new_per_day is not None:
        data["new"]["perDay"] = preset.new_per_day
    if preset.reviews_per_day is not None:
        data["rev"]["perDay"] = preset.reviews_per_day
    if preset.desired_retention is not None:
        data["desiredRetention"] = float(preset.desired_retention)
    return data


def _without_version(collection: BinaryIO) -> Iterator[bytes]:
    """Yield a collection's file; the bytes that differ between versions of SQLite are zeros."""
    start, end = _SQLITE_VERSION
    yield collection.read(start) + bytes(len(collection.read(end - start)))
    while piece := collection.read(MIB):
        yield piece
