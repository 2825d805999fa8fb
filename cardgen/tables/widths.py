"""The widths of a table's columns on paper: as its content needs them, and together no wider than the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.tables.measure import PADDING, longest_word, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDEST_WORD: Final = 90
"""Pixels of the longest word that a column is made wide enough for; longer ones are broken."""


_NARROWEST: Final = 64
"""Pixels of a column that holds longer lines: a date, or two short words."""

_BUTTON: Final = 17
"""Pixels that the button of a filter takes of a heading."""


class Held(NamedTuple):
    """What a column holds: its heading, and texts."""

    heading: str
    texts: Sequence[str]


_WEIGHT: Final = 0.7
"""Power of how much a column holds by which it gets room. A row is as high as its highest cell, and what a column holds
differs from row to row: 0.6 to 0.8 give the four decks that come with cardgen the fewest pages, 1 gives 4 % more."""


class _Need(NamedTuple):
    """What a column needs: as wide as its longest word and as its longest line, and how much it holds."""

    least: float
    most: float
    weight: float


def widths(columns: Sequence[Held], room: int) -> list[int]:
    """Return the widths in pixels of columns that share a room.

    A row is as high as its highest cell, so columns get room by how much they hold: then cells are about as high as
    one another. None is narrower than its words, or wider than its lines.
    """
    needs = [_need(column) for column in columns]
    found: dict[int, float] = {}
    while len(found) < len(needs):
        rest = [index for index in range(len(needs)) if index not in found]
        free = room - sum(found.values())
        weight = sum(needs[index].weight for index in rest) or 1
        shares = {index: free * needs[index].weight / weight for index in rest}
        # Those that need more than their share come first, since they leave less for the others.
        fixed = {index: needs[index].least for index in rest if shares[index] < needs[index].least}
        fixed = fixed or {index: needs[index].most for index in rest if shares[index] > needs[index].most}
        found |= fixed or shares
    return [int(found[index]) for index in range(len(needs))]


def _need(column: Held) -> _Need:
    least, most = longest_word(column.heading) + _BUTTON, width_of(column.heading) + _BUTTON
    area = 0.0
    for text in column.texts:
        lines = [width_of(line) for line in text.split("\n")]
        least, most, area = max(least, longest_word(text)), max(most, *lines), area + sum(lines)
    narrowest = min(max(least, min(most, _NARROWEST)), _WIDEST_WORD)
    return _Need(narrowest + PADDING, most + PADDING, area**_WEIGHT)
