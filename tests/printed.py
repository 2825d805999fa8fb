"""Printed files read back: where every piece of text stands, and what the structure tree says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pdfplumber
import pikepdf
from measuring import unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MM = 72 / 25.4


@dataclass(frozen=True)
class Box:
    """Where a text stands, in millimetres from the page's upper left corner, and whether it stands on its head."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    turned: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, from the left and from the top."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Printed:
    """A printed file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.sizes: list[tuple[float, float]] = []
        self._chars: list[tuple[str, Box]] = []
        with unmeasured(), pdfplumber.open(file) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                self.sizes.append((float(page.width) / MM, float(page.height) / MM))
                for char in page.chars:
                    edges = (float(char[edge]) / MM for edge in ("x0", "top", "x1", "bottom"))
                    left, top, right, bottom = edges
                    self._chars.append((char["text"], Box(number, left, top, right, bottom, char["matrix"][0] < 0)))

    def text(self, *, first: int = 1, last: int = 10**6) -> str:
        """Return the text of some pages in its order in the file, without spaces."""
        return "".join(text for text, box in self._chars if first <= box.page <= last and not text.isspace())

    def boxes(self) -> Iterator[tuple[str, Box]]:
        """Yield every character that can be seen."""
        for text, box in self._chars:
            if text.strip() and text not in "\u200b\u2060":
                yield text, box

    def find(self, words: str) -> list[Box]:
        """Return the places of a text, which may be broken over lines."""
        seen = list(self.boxes())
        text = "".join(char for char, _ in seen)
        index = [at for at, (char, _) in enumerate(seen) for _ in char]
        wanted = "".join(words.split())
        found = []
        start = text.find(wanted)
        while start >= 0:
            part = [seen[index[at]][1] for at in range(start, start + len(wanted))]
            found.append(
                Box(
                    part[0].page,
                    min(box.left for box in part),
                    min(box.top for box in part),
                    max(box.right for box in part),
                    max(box.bottom for box in part),
                    part[0].turned,
                )
            )
            start = text.find(wanted, start + 1)
        return found


def elements(file: Path) -> list[tuple[str, dict[str, str]]]:
    """Return the structure tree in reading order: each element's type, with its language and alternative text."""
    with unmeasured(), pikepdf.open(file) as pdf:
        found: list[tuple[str, dict[str, str]]] = []
        _walk(pdf.Root.StructTreeRoot.K, found)
        return found


def _walk(node: Any, found: list[tuple[str, dict[str, str]]]) -> None:
    if isinstance(node, pikepdf.Array):
        for child in node:
            _walk(child, found)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        kept = {key[1:]: str(node[key]) for key in ("/Lang", "/Alt") if key in node}
        found.append((str(node.S)[1:], kept))
        if "/K" in node:
            _walk(node.K, found)
