"""What differs between two sides, as a learner would meet it.

Three laws hold, and tests hold them: nothing differs between a side and itself; the difference from b to a is the one
from a to b read backwards; the order in which notes come plays no part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.diff.version import NoteTypeView, NoteView, Version


_TOLD: Final = ("note_type", "fields", "tags", "deck")
"""What a learner has of a note: its address is in a field, or nobody but its author knows it."""


class FieldChange(Struct, frozen=True):
    """A field whose HTML differs."""

    field: str
    old: str
    new: str


class NoteChange(Struct, frozen=True):
    """A note that is on both sides and differs.

    Attributes:
        old, new: The note on either side.
        fields: Fields that differ, in the note type's order.
    """

    old: NoteView
    new: NoteView
    fields: tuple[FieldChange, ...]

    @property
    def name(self) -> str:
        """What to call the note: by its address if one of the sides knows it."""
        return self.new.address or self.old.address or self.new.name

    @property
    def moved(self) -> bool:
        """Whether it is in another deck; Anki leaves the learner's cards where they are."""
        return self.old.deck != self.new.deck

    @property
    def tags_added(self) -> tuple[str, ...]:
        """Tags that only the new side has."""
        return tuple(sorted(set(self.new.tags) - set(self.old.tags)))

    @property
    def tags_removed(self) -> tuple[str, ...]:
        """Tags that only the old side has."""
        return tuple(sorted(set(self.old.tags) - set(self.new.tags)))


class NoteTypeChange(Struct, frozen=True):
    """A note type that is on both sides and differs in what `parts` names: id, fields, templates, css."""

    name: str
    old: NoteTypeView
    new: NoteTypeView
    parts: tuple[str, ...]


class Difference(Struct, frozen=True):
    """All that differs, each list sorted by address or name.

    Attributes:
        added, removed: Notes on one side only.
        changed: Notes on both sides.
        note_types: Note types on both sides.
        warnings: What a learner would feel: lost schedules, notes that Anki would refuse.
    """

    added: tuple[NoteView, ...]
    removed: tuple[NoteView, ...]
    changed: tuple[NoteChange, ...]
    note_types: tuple[NoteTypeChange, ...]
    warnings: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.note_types)


def compare(old: Version, new: Version) -> Difference:
    """Find what differs from an old side to a new one."""
    added = [new.notes[guid] for guid in new.notes.keys() - old.notes.keys()]
    removed = [old.notes[guid] for guid in old.notes.keys() - new.notes.keys()]
    changed = [
        change
        for guid in old.notes.keys() & new.notes.keys()
        if (change := _note_change(old.notes[guid], new.notes[guid])) is not None
    ]
    types = [
        type_change
        for name in old.note_types.keys() & new.note_types.keys()
        if (type_change := _type_change(old.note_types[name], new.note_types[name])) is not None
    ]
    types.sort(key=lambda change: change.name)
    return Difference(
        added=tuple(sorted(added, key=_by_address)),
        removed=tuple(sorted(removed, key=_by_address)),
        changed=tuple(sorted(changed, key=lambda change: _by_address(change.new))),
        note_types=tuple(types),
        warnings=tuple(sorted({*_guid_warnings(added, removed), *_type_warnings(types), *_form_warnings(changed)})),
    )


def _by_address(note: NoteView) -> tuple[str, str, str]:
    return note.address, note.question, note.guid


def _note_change(old: NoteView, new: NoteView) -> NoteChange | None:
    if all(getattr(old, part) == getattr(new, part) for part in _TOLD):
        return None
    names = dict.fromkeys((*old.fields, *new.fields))
    fields = tuple(
        FieldChange(name, old.fields.get(name, ""), new.fields.get(name, ""))
        for name in names
        if old.fields.get(name, "") != new.fields.get(name, "")
    )
    return NoteChange(old, new, fields)


def _type_change(old: NoteTypeView, new: NoteTypeView) -> NoteTypeChange | None:
    parts = tuple(part for part in ("id", "fields", "templates", "css") if getattr(old, part) != getattr(new, part))
    return NoteTypeChange(new.name, old, new, parts) if parts else None


def _guid_warnings(added: list[NoteView], removed: list[NoteView]) -> Iterator[str]:
    """A note that goes and one that comes under the same address is one note to its author and two to Anki."""
    for address in {note.address for note in added} & {note.address for note in removed} - {""}:
        yield f"{address} has another identity: learners lose its schedule and get it a second time"


def _type_warnings(types: list[NoteTypeChange]) -> Iterator[str]:
    for change in types:
        if "id" in change.parts:
            yield f"the note type {change.name} has another id: learners get a second one beside it"
        if "fields" in change.parts:
            yield f"the fields of the note type {change.name} differ: Anki refuses to update its notes by default"
        elif len(change.old.templates) != len(change.new.templates):
            yield f"the note type {change.name} makes other cards: Anki asks for a full synchronisation"


def _form_warnings(changed: list[NoteChange]) -> Iterator[str]:
    for change in changed:
        if change.old.note_type != change.new.note_type:
            yield f"{change.name} is of another note type: Anki refuses to update it"
