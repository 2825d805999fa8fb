"""Kinds of one's own that a folder of decks has already: a second deck of the same note types uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cardgen.model import FieldType
from cardgen.read import InputFolder, label, read_document
from cardgen.read.files import exists, names_in
from cardgen.read.kinds import KINDS_FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class KindThere(NamedTuple):
    """A kind.

    Attributes:
        anki_id: The id of its note type; 0 if it says none.
        title: Its title.
        types: The types of its fields by their titles.
        data: What its file says.
    """

    anki_id: int
    title: str
    types: Mapping[str, FieldType]
    data: Mapping[str, Any]

    def has_fields_of(self, data: Mapping[str, Any]) -> bool:
        """Return whether another file declares the same fields."""
        return _declared(self.data) == _declared(data)


def kinds_there(root: Path) -> dict[str, KindThere]:
    """Return the kinds of a folder of decks by their names; of what is wrong in them, nothing."""
    folder = root / KINDS_FOLDER
    files = [folder / name for name in sorted(names_in(folder))] if exists(folder) else []
    return {file.stem: _read(file) for file in files if file.suffix == ".yaml"}


def _read(file: Path) -> KindThere:
    data = _mapping(read_document(file, label(file), InputFolder(file.parent)).value)
    written = _mapping(data.get("anki")).get("id")
    anki_id = int(written) if isinstance(written, str) and written.isdecimal() else 0
    types = {title: FieldType(type_) for _, title, type_ in _declared(data)[1] if type_ in [*FieldType]}
    return KindThere(anki_id, str(data.get("title", "")), types, data)


def _declared(data: Mapping[str, Any]) -> tuple[bool, list[tuple[str, str, str]]]:
    """Return whether a kind's cards come from gaps, and its fields: the name, the title and the type of each."""
    fields = {name: _mapping(field) for name, field in _mapping(data.get("fields")).items()}
    declared = [(name, str(field.get("title", "")), str(field.get("type", "text"))) for name, field in fields.items()]
    return str(data.get("cloze", False)).lower() == "true", declared


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
