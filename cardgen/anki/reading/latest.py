"""Note types and decks since schema 15: tables, with settings as messages of protobuf.

Names and numbers are those of Anki's rslib/src/storage/upgrades/schema15_upgrade.sql and proto/anki/notetypes.proto.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from cardgen.anki.collection import DECK_SEPARATOR
from cardgen.anki.reading import protobuf
from cardgen.anki.reading.found import FieldSettings, FoundDeck, FoundNoteType, FoundTemplate, TemplateSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.anki.reading.database import Database

_Part = TypeVar("_Part")

_KIND, _SORT_FIELD, _CSS, _LATEX_PRE, _LATEX_POST, _STOCK = 1, 2, 3, 5, 6, 9
"""Fields of the message in ``notetypes.config``."""
_CLOZE: Final = 1
_LEVELS: Final = "\x1f"
"""Between the levels of a deck's name."""
_FRONT, _BACK, _BROWSER_FRONT, _BROWSER_BACK, _DECK, _TEMPLATE_ID = 1, 2, 3, 4, 5, 8
"""Fields of the message in ``templates.config``."""
_RTL, _FIELD_ID = 2, 9
"""Fields of the message in ``fields.config``."""
_NORMAL, _DESCRIPTION, _IS_MARKDOWN = 1, 4, 5
"""Fields of the message in ``decks.kind``, and of that inside it."""


def note_types(database: Database) -> dict[int, FoundNoteType]:
    """Read the note types, by their ids.

    Raises:
        UnreadablePackageError: If they are not as Anki writes them.
    """
    fields: dict[int, dict[int, tuple[str, FieldSettings]]] = {}
    parts = (("ntid", int), ("ord", int), ("name", str), ("config", bytes))
    for type_id, ordinal, name, config in database.rows("fields", *parts):
        database.keep(name, config)
        fields.setdefault(type_id, {})[ordinal] = name, _field_settings(protobuf.decoded(config))
    templates: dict[int, dict[int, tuple[FoundTemplate, TemplateSettings]]] = {}
    for type_id, ordinal, name, config in database.rows("templates", *parts):
        database.keep(name, config)
        sides = protobuf.decoded(config)
        template = FoundTemplate(name, protobuf.text(sides, _FRONT), protobuf.text(sides, _BACK))
        templates.setdefault(type_id, {})[ordinal] = template, _template_settings(sides)
    found = {}
    columns = (("id", int), ("name", str), ("mtime_secs", int), ("config", bytes))
    for type_id, name, changed, config in database.rows("notetypes", *columns):
        database.keep(name, config)
        settings = protobuf.decoded(config)
        own_fields, own_templates = _ordered(fields.get(type_id, {})), _ordered(templates.get(type_id, {}))
        found[type_id] = FoundNoteType(
            id=type_id,
            name=name,
            fields=tuple(name for name, _ in own_fields),
            templates=tuple(template for template, _ in own_templates),
            css=protobuf.text(settings, _CSS),
            is_cloze=protobuf.number(settings, _KIND) == _CLOZE,
            changed=changed,
            sort_field=protobuf.number(settings, _SORT_FIELD),
            stock=protobuf.number(settings, _STOCK),
            latex=(protobuf.text(settings, _LATEX_PRE), protobuf.text(settings, _LATEX_POST)),
            field_settings=tuple(more for _, more in own_fields),
            template_settings=tuple(more for _, more in own_templates),
        )
    return found


def _field_settings(config: protobuf.Message) -> FieldSettings:
    return FieldSettings(_signed(protobuf.number(config, _FIELD_ID)), protobuf.number(config, _RTL) != 0)


def _template_settings(config: protobuf.Message) -> TemplateSettings:
    in_browser = any(protobuf.text(config, field) for field in (_BROWSER_FRONT, _BROWSER_BACK))
    return TemplateSettings(
        _signed(protobuf.number(config, _TEMPLATE_ID)), in_browser, protobuf.number(config, _DECK) != 0
    )


def _signed(number: int) -> int:
    """Return a number that may be negative, which protobuf writes as one of 64 bits."""
    return number - (1 << 64) if number >= 1 << 63 else number


def decks(database: Database) -> dict[int, FoundDeck]:
    """Read the decks, by their ids.

    Raises:
        UnreadablePackageError: If they are not as Anki writes them.
    """
    found = {}
    for deck_id, name, kind in database.rows("decks", ("id", int), ("name", str), ("kind", bytes)):
        normal = protobuf.decoded(protobuf.content(protobuf.decoded(kind), _NORMAL))
        description = protobuf.text(normal, _DESCRIPTION)
        database.keep(name, description)
        is_markdown = protobuf.number(normal, _IS_MARKDOWN) != 0
        found[deck_id] = FoundDeck(name.replace(_LEVELS, DECK_SEPARATOR), description, is_markdown)
    return found


def _ordered(parts: Mapping[int, _Part]) -> tuple[_Part, ...]:
    return tuple(parts[ordinal] for ordinal in sorted(parts))
