"""The numbers of cards on paper and in tables: the same everywhere, so that people can go from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cardgen.notes.note import Note


def numbered(notes: Iterable[Note], first: int = 1) -> Iterator[tuple[int, Note]]:
    """Yield each note after its number, counted from `first`; a covered one shares that of its card's main note."""
    number, main = first - 1, first
    for note in notes:
        if note.part.covered:
            yield main, note
            continue
        number += 1
        if not note.part.id:
            main = number
        yield number, note
