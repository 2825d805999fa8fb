"""The numbers of cards on paper and in tables: the same everywhere, so that people can go from one to the other."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


def ranges(numbers: Sequence[int]) -> str:
    """Write ascending numbers, three or more in a row as first and last."""
    written: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        row = [number for _, number in run]
        long = len(row) > 2  # noqa: PLR2004 - "1, 2" is as short as a range
        written += [f"{row[0]}\N{EN DASH}{row[-1]}"] if long else map(str, row)
    return ", ".join(written)
