"""Note types and decks of schema 11, where the table ``col`` holds them as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from cardgen.anki.reading.found import (
    FieldSettings,
    FoundDeck,
    FoundNoteType,
    FoundTemplate,
    TemplateSettings,
    UnreadablePackageError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.anki.reading.database import Database

_CLOZE: Final = 1
"""The ``type`` of a note type whose cards come from gaps."""

_LARGEST: Final = 1 << 63
"""Numbers from here on are none of Anki's: they would not fit into its database."""


def note_types(database: Database) -> dict[int, FoundNoteType]:
    """Read the note types, by their ids.

    Raises:
        UnreadablePackageError: If they are not as Anki writes them.
    """
    found = (_note_type(value) for value in _column(database, "models").values())
    return {kind.id: kind for kind in found}


def decks(database: Database) -> dict[int, FoundDeck]:
    """Read the decks, by their ids.

    Raises:
        UnreadablePackageError: If they are not as Anki writes them.
    """
    values = [_mapping(value, "a deck") for value in _column(database, "decks").values()]
    return {
        _number(value, "id", "a deck"): FoundDeck(
            _text(value, "name", "a deck"), _optional_text(value, "desc"), value.get("md") is True
        )
        for value in values
    }


def _note_type(value: object) -> FoundNoteType:
    what = "a note type"
    data = _mapping(value, what)
    fields = [_mapping(item, "a field") for item in _listed(data, "flds", what)]
    templates = [_mapping(item, "a template") for item in _listed(data, "tmpls", what)]
    return FoundNoteType(
        id=_number(data, "id", what),
        name=_text(data, "name", what),
        fields=tuple(_text(field, "name", "a field") for field in fields),
        templates=tuple(
            FoundTemplate(*(_text(template, key, "a template") for key in ("name", "qfmt", "afmt")))
            for template in templates
        ),
        css=_text(data, "css", what),
        is_cloze=_number(data, "type", what) == _CLOZE,
        changed=_number(data, "mod", what),
        sort_field=_optional_number(data, "sortf"),
        stock=_optional_number(data, "originalStockKind"),
        latex=(_optional_text(data, "latexPre"), _optional_text(data, "latexPost")),
        field_settings=tuple(
            FieldSettings(_optional_number(field, "id"), field.get("rtl") is True) for field in fields
        ),
        template_settings=tuple(
            TemplateSettings(
                _optional_number(template, "id"),
                any(_optional_text(template, key) for key in ("bqfmt", "bafmt")),
                _optional_number(template, "did") != 0,
            )
            for template in templates
        ),
    )


def _column(database: Database, name: str) -> Mapping[str, Any]:
    """Read a JSON column of the collection's one row."""
    ((text,),) = database.rows("col", (name, str))
    try:
        return _mapping(json.loads(text, parse_constant=_refused), f"`col.{name}`")
    except RecursionError:
        raise UnreadablePackageError(f"no Anki package (`col.{name}` is nested too deeply)") from None
    except ValueError as error:
        raise UnreadablePackageError(f"no Anki package (`col.{name}`: {error})") from None


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON's")


def _mapping(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise UnreadablePackageError(f"no Anki package ({what} is {type(value).__name__}, not a mapping)")
    return value


def _listed(data: Mapping[str, Any], key: str, what: str) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list):
        raise UnreadablePackageError(f"no Anki package (`{key}` of {what} is no list)")
    return value


def _text(data: Mapping[str, Any], key: str, what: str) -> str:
    value = data.get(key)
    # JSON can spell half a character, which no output could write.
    if not isinstance(value, str) or any("\ud800" <= char <= "\udfff" for char in value):
        raise UnreadablePackageError(f"no Anki package (`{key}` of {what} is no text)")
    return value


def _optional_text(data: Mapping[str, Any], key: str) -> str:
    """Return a text that older versions do not have; empty if it is missing."""
    return _text(data, key, "a setting") if data.get(key) is not None else ""


def _optional_number(data: Mapping[str, Any], key: str) -> int:
    """Return a number that older versions do not have; 0 if it is missing."""
    return _number(data, key, "a setting") if data.get(key) is not None else 0


def _number(data: Mapping[str, Any], key: str, what: str) -> int:
    value = data.get(key)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(_LARGEST)):
        value = int(value)
    if type(value) is not int or not -_LARGEST <= value < _LARGEST:
        raise UnreadablePackageError(f"no Anki package (`{key}` of {what} is no whole number)")
    return value
