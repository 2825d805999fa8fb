"""Folders of CrowdAnki: ``deck.json``, or a JSON file called as its folder, and the folder ``media`` beside it.

The format is that of the add-on's own export (``crowd_anki/representation`` in https://github.com/Stvad/CrowdAnki): a
deck holds its note types, its notes and its children, which hold theirs.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from cardgen.anki.reading import FieldSettings, FoundCollection, FoundNote, FoundNoteType, FoundTemplate
from cardgen.bring.media import FolderMedia, UnreadableSourceError
from cardgen.diagnostics import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CLOZE: Final = 1
_LEVELS: Final = "::"
_DEEPEST: Final = 50
"""Decks inside each other; Anki's own limit is the length of their names."""


def deck_of(path: Path) -> Path | None:
    """Return the JSON file of a folder, or a JSON file itself; None if a path is neither."""
    if path.is_file():
        return path if path.suffix.lower() == ".json" else None
    return next((file for file in (path / "deck.json", path / f"{path.name}.json") if file.is_file()), None)


def notes_beside(file: Path) -> Path | None:
    """Return the file beside a deck's that may hold its notes, as some projects keep them apart to see what changes."""
    found = file.with_name("notes.json")
    return found if found.is_file() and found != file else None


def read_crowdanki(text: str, file: Path, beside: str = "[]") -> tuple[FoundCollection, FolderMedia]:
    """Read a deck.

    Args:
        text: The JSON.
        file: Where it is.
        beside: The JSON of notes in a file of their own, which count if the deck has none.

    Raises:
        UnreadableSourceError: If it is no deck of CrowdAnki's.
    """
    try:
        data, apart = json.loads(text), json.loads(beside)
    except (ValueError, RecursionError) as error:
        raise UnreadableSourceError(f"is no JSON ({error})") from None
    try:
        if apart and not data.get("notes"):
            data = {**data, "notes": apart}
        types: dict[str, FoundNoteType] = {}
        _gather(data, types)
        notes = tuple(_notes(data, types))
    except KeyError as error:
        raise UnreadableSourceError(f"is no deck of CrowdAnki's (there is no `{error.args[0]}` in it)") from None
    except ValueError as error:
        raise UnreadableSourceError(f"is no deck of CrowdAnki's ({error})") from None
    except (TypeError, AttributeError):
        why = "a text, a list or an object stands where CrowdAnki writes another"
        raise UnreadableSourceError(f"is no deck of CrowdAnki's ({why})") from None
    return FoundCollection({kind.id: kind for kind in types.values()}, notes), FolderMedia(file.parent / "media")


def _gather(data: dict[str, Any], types: dict[str, FoundNoteType], depth: int = 0) -> None:
    """Gather the note types of a deck and its children, by what notes call them."""
    if depth > _DEEPEST:
        raise ValueError("its decks lie too deep inside each other")
    for model in data.get("note_models") or ():
        fields = sorted(model["flds"], key=lambda field: field["ord"])
        sort_field = model.get("sortf")
        found = FoundNoteType(
            id=len(types) + 1,
            name=str(model["name"]),
            fields=tuple(str(field["name"]) for field in fields),
            templates=tuple(
                FoundTemplate(str(template["name"]), str(template["qfmt"]), str(template["afmt"]))
                for template in sorted(model["tmpls"], key=lambda template: template["ord"])
            ),
            css=str(model.get("css", "")),
            is_cloze=model.get("type") == _CLOZE,
            changed=0,
            sort_field=sort_field if isinstance(sort_field, int) else 0,
            latex=(str(model.get("latexPre", "")), str(model.get("latexPost", ""))),
            field_settings=tuple(FieldSettings(is_rtl=field.get("rtl") is True) for field in fields),
        )
        types.setdefault(str(model["crowdanki_uuid"]), found)
    for child in data.get("children") or ():
        _gather(child, types, depth + 1)


def _notes(data: dict[str, Any], types: dict[str, FoundNoteType], above: tuple[str, ...] = ()) -> Iterator[FoundNote]:
    levels = (*above, str(data["name"]))
    for note in data.get("notes") or ():
        kind = types.get(str(note["note_model_uuid"]))
        if kind is None:
            raise ValueError("a note is of a note type that is not in it")
        fields = tuple(map(str, note["fields"]))
        if len(fields) != len(kind.fields):
            raise ValueError(f"a note has {counted(len(fields), 'field')}, its note type {len(kind.fields)}")
        tags = tuple(sorted(map(str, note.get("tags") or ())))
        yield FoundNote(str(note["guid"]), kind.id, 0, fields, tags, _LEVELS.join(levels))
    for child in data.get("children") or ():
        yield from _notes(child, types, levels)
