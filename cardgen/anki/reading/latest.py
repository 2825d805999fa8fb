"""Note types and decks since schema 15: tables, with settings as messages of protobuf.

Names and numbers are those of Anki's rslib/src/storage/upgrades/schema15_upgrade.sql and proto/anki/notetypes.proto.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from cardgen.anki.collection import DECK_SEPARATOR
from cardgen.anki.reading import protobuf
from cardgen.anki.reading.found import FoundNoteType, FoundTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.anki.reading.database import Database

_Part = TypeVar("_Part", str, FoundTemplate)

_KIND, _CSS = 1, 3
"""Fields of the message in ``notetypes.config``."""
_CLOZE: Final = 1
_LEVELS: Final = "\x1f"
"""Between the levels of a deck's name."""
_FRONT, _BACK = 1, 2
"""Fields of the message in ``templates.config``."""


def note_types(database: Database) -> dict[int, FoundNoteType]:
    """Read the note types, by their ids.

    Raises:
        UnreadablePackageError: If they are not as Anki writes them.
    """
    fields: dict[int, dict[int, str]] = {}
    for type_id, ordinal, name in database.rows("fields", ("ntid", int), ("ord", int), ("name", str)):
        database.keep(name)
        fields.setdefault(type_id, {})[ordinal] = name
    templates: dict[int, dict[int, FoundTemplate]] = {}
    rows = database.rows("templates", ("ntid", int), ("ord", int), ("name", str), ("config", bytes))
    for type_id, ordinal, name, config in rows:
        database.keep(name, config)
        sides = protobuf.decoded(config)
        template = FoundTemplate(name, protobuf.text(sides, _FRONT), protobuf.text(sides, _BACK))
        templates.setdefault(type_id, {})[ordinal] = template
    found = {}
    columns = (("id", int), ("name", str), ("mtime_secs", int), ("config", bytes))
    for type_id, name, changed, config in database.rows("notetypes", *columns):
        database.keep(name, config)
        settings = protobuf.decoded(config)
        found[type_id] = FoundNoteType(
            id=type_id,
            name=name,
            fields=_ordered(fields.get(type_id, {})),
            templates=_ordered(templates.get(type_id, {})),
            css=protobuf.text(settings, _CSS),
            is_cloze=protobuf.number(settings, _KIND) == _CLOZE,
            changed=changed,
        )
    return found


def decks(database: Database) -> dict[int, str]:
    """Read the names of the decks, by their ids.

    Raises:
        UnreadablePackageError: If they are not as Anki writes them.
    """
    found = {}
    for deck_id, name in database.rows("decks", ("id", int), ("name", str)):
        database.keep(name)
        found[deck_id] = name.replace(_LEVELS, DECK_SEPARATOR)
    return found


def _ordered(parts: Mapping[int, _Part]) -> tuple[_Part, ...]:
    return tuple(parts[ordinal] for ordinal in sorted(parts))
