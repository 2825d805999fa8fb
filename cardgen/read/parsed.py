"""What a YAML text holds."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.read.flaws import Flaw

KeyPath = tuple[str | int, ...]
"""Way to a value inside a file: field names and list positions from 0, as ``("cards", 3, "front")``."""


class Items(Mapping[KeyPath, int]):
    """Where items of lists of the outermost mapping begin in the text, by their paths.

    Of each it keeps four bytes, since a large deck has as many as cards and needs few of them, or none: as a dictionary
    they were 140 bytes a card.
    """

    def __init__(self) -> None:
        self._starts: dict[str, array[int]] = {}

    def note(self, name: str, index: int, start: int) -> None:
        """Note where an item of a list begins; of a list that stands there twice, the first counts."""
        starts = self._starts.get(name)
        if starts is None:
            starts = self._starts[name] = array("i")  # files have less than 2^31 characters
        if index >= len(starts):
            starts.extend([_NOWHERE] * (index - len(starts)))
            starts.append(start)

    def __getitem__(self, path: KeyPath) -> int:
        match path:
            case (str() as name, int() as index):
                starts = self._starts.get(name, ())
                if 0 <= index < len(starts) and starts[index] != _NOWHERE:
                    return starts[index]
        raise KeyError(path)

    def __iter__(self) -> Iterator[KeyPath]:
        for name, starts in self._starts.items():
            yield from ((name, index) for index, start in enumerate(starts) if start != _NOWHERE)

    def __len__(self) -> int:
        return sum(len(starts) - starts.count(_NOWHERE) for starts in self._starts.values())


_NOWHERE: Final = -1
"""Where an item begins that is no mapping, or one in braces."""


class Parsed(Struct, frozen=True):
    """What a text holds.

    Attributes:
        value: Its value; None when it could not be read to the end.
        flaws: What is wrong with it.
        items: Where mappings begin that are items of a list of the outermost mapping (in files of cards, the cards),
            by their paths, except those in braces.
    """

    value: Any
    flaws: tuple[Flaw, ...] = ()
    items: Mapping[KeyPath, int] = field(default_factory=dict)
