"""Three ways to write a difference: for people, for release notes, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cardgen.anki.search import removal_advice, with_addresses, with_text
from cardgen.diagnostics import counted
from cardgen.diagnostics.shown import json_document, line, markdown, markdown_code
from cardgen.diff.version import ADDRESS_FIELD
from cardgen.diff.words import visible, word_changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.diff.compare import Difference, FieldChange, NoteChange
    from cardgen.diff.version import NoteView

JSON_VERSION: Final = 1
"""Version of the JSON form; it grows when a field changes its meaning or goes away."""


def as_text(difference: Difference) -> str:
    """Write a difference for a terminal: ``+`` added, ``-`` removed, ``~`` changed; words as ``[-old-]{+new+}``."""
    lines = [f"! {warning}" for warning in difference.warnings]
    lines += [f"~ note type {change.name}: {', '.join(change.parts)}" for change in difference.note_types]
    lines += [f"+ {_named(note)}" for note in difference.added]
    lines += [f"- {_named(note)}" for note in difference.removed]
    for change in difference.changed:
        lines.append(f"~ {change.name}")
        lines += [f"    {line}" for line in _details(change)]
    return "\n".join([*map(line, lines), summary(difference)])


def summary(difference: Difference) -> str:
    """Count what differs, in words."""
    if not difference:
        return "no difference"
    counts = (
        (len(difference.added), "added"),
        (len(difference.removed), "removed"),
        (len(difference.changed), "changed"),
    )
    words = ", ".join(f"{count} {word}" for count, word in counts if count)
    types = len(difference.note_types)
    changed_types = f"{counted(types, 'note type')} changed" if types else ""
    return "; ".join(filter(None, (f"{words} notes" if words else "", changed_types)))


def as_markdown(difference: Difference) -> str:
    """Write a difference as release notes, ready to paste."""
    parts: list[str] = []
    if difference.warnings:
        parts.append("### Take care\n\n" + "\n".join(f"- {markdown(warning)}" for warning in difference.warnings))
    if difference.added:
        parts.append("### New\n\n" + "\n".join(_line(note, note.address) for note in difference.added))
    if difference.changed:
        parts.append("### Changed\n\n" + "\n".join(_changed_line(change) for change in difference.changed))
    if difference.removed:
        parts.append("### Removed\n\n" + "\n".join(_line(note, note.address) for note in difference.removed))
        parts.append(removal_advice(" or ".join(map(_search, difference.removed))))
    if difference.note_types:
        names = ", ".join(change.name for change in difference.note_types)
        parts.append(f"The look of the cards has changed ({markdown(names)}).")
    return "\n\n".join(parts or ["Nothing has changed."]) + "\n"


def as_json(difference: Difference) -> str:
    """Write a difference as one JSON document, ``{"version": 1, ...}`` with the names of `Difference`."""
    data = {
        "version": JSON_VERSION,
        "same": not difference,
        "added": [_note(note) for note in difference.added],
        "removed": [_note(note) for note in difference.removed],
        "changed": [
            {
                **_note(change.new),
                "fields": [{"field": field.field, "old": field.old, "new": field.new} for field in change.fields],
                "moved_from": change.old.deck if change.moved else None,
                "tags_added": list(change.tags_added),
                "tags_removed": list(change.tags_removed),
            }
            for change in difference.changed
        ],
        "note_types": [{"name": change.name, "parts": list(change.parts)} for change in difference.note_types],
        "warnings": list(difference.warnings),
    }
    return json_document(data)


def _named(note: NoteView) -> str:
    return f"{note.address}: {note.question}" if note.address else note.name


def _note(note: NoteView) -> dict[str, Any]:
    return {
        "guid": note.guid,
        "address": note.address or note.guid,
        "note_type": note.note_type,
        "deck": note.deck,
        "question": note.question,
    }


def _details(change: NoteChange) -> Iterator[str]:
    for field in change.fields:
        yield f"{field.field}: {_words(field, '[-', '-]', '{+', '+}')}"
    if change.moved:
        yield f"moved from {change.old.deck} to {change.new.deck}"
    if change.tags_added:
        yield f"tags added: {' '.join(change.tags_added)}"
    if change.tags_removed:
        yield f"tags removed: {' '.join(change.tags_removed)}"


def _words(field: FieldChange, *marks: str) -> str:
    old, new = visible(field.old), visible(field.new)
    if old == new:
        return "only its markup differs"
    old_start, old_end, new_start, new_end = marks
    around = {"same": ("", ""), "old": (old_start, old_end), "new": (new_start, new_end)}
    return "".join(f"{around[kind][0]}{text}{around[kind][1]}" for kind, text in word_changes(old, new))


def _line(note: NoteView, address: str) -> str:
    if not address:
        return f"- {markdown(note.name)}"
    return f"- {markdown(note.question)} {markdown_code(address)}"


def _search(note: NoteView) -> str:
    """Return a search for a note: by its address if a field has it, else by its first field that is not empty."""
    if address := note.fields.get(ADDRESS_FIELD, ""):
        return with_addresses([address])
    field, html = next((pair for pair in note.fields.items() if pair[1]), ("", ""))
    return with_text(note.note_type, field, html)


def _changed_line(change: NoteChange) -> str:
    lines = [_line(change.new, change.new.address or change.old.address)]
    for field in change.fields:
        old, new = visible(field.old), visible(field.new)
        if old != new:
            lines.append(
                f"  - {markdown(field.field)}: ~~{markdown(old)}~~ → {markdown(new)}"
                if old
                else f"  - {markdown(field.field)}: {markdown(new)}"
            )
    if change.moved:
        lines.append(f"  - moved to {markdown(change.new.deck)} (cards that you have stay where they are)")
    return "\n".join(lines)
