"""Where the pages of a printed file break: what is parted there that belongs together, by its structure tree."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pdfplumber
import pikepdf
from measuring import unmeasured

from cardgen.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_INLINE = frozenset({"Span", "Link", "Strong", "Em", "Code", "Quote", "Reference"})
"""Elements that are parts of a text where they stand inside of one."""

_WHOLES = frozenset({"Document", "Sect", "Div", "L", "LI", "Table", "THead", "TBody", "TR"})
"""Elements that hold others."""

_HEADINGS = frozenset({"H1", "H2", "H3"})

_LABELS = frozenset(
    ENGLISH[key].casefold()
    for key in (
        "aim",
        "framework",
        "do",
        "dont",
        "template",
        "in_full",
        "better",
        "example",
        "for_example",
        "sources",
        "worksheet",
    )
)


class Line(NamedTuple):
    """A line of text: its page, counted from 1, and its place from the left and from the top, in points."""

    page: int
    left: float
    top: float


@dataclass
class Piece:
    """A text of its own: a paragraph, a heading, a label, a figure.

    Attributes:
        kind: The type of its element.
        text: What it says; of a figure, what stands in it.
        lines: Its lines, from the first to the last.
        strong: Whether all of it is strong.
        listed: Whether it stands in a list.
    """

    kind: str
    text: str = ""
    lines: list[Line] = field(default_factory=list)
    strong: bool = True
    listed: bool = False

    @property
    def introduces(self) -> bool:
        """Whether it says nothing without what follows: a heading, a label."""
        words = self.text.strip().rstrip(":").casefold()
        return self.kind in _HEADINGS or words in _LABELS or (self.kind == "P" and self.strong)


def pieces(file: Path) -> list[Piece]:
    """Return the texts of a file in the order in which they are read."""
    chars: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    with unmeasured(), pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                if char["mcid"] is not None:
                    chars[page.page_number, char["mcid"]].append(char)
    found: list[Piece] = []
    for piece, page, mcid, strong in _marks_of(file):
        if not found or found[-1] is not piece:
            found.append(piece)
        here = [char for char in chars[page, mcid] if char["text"].strip()]
        piece.text += "".join(char["text"] for char in chars[page, mcid])
        piece.strong &= strong
        for char in here:
            line = Line(page, round(char["x0"]), round(char["bottom"]))
            if not piece.lines or (piece.lines[-1].page, piece.lines[-1].top) != (page, line.top):
                piece.lines.append(line)
    return [piece for piece in found if piece.lines]


def reading_order(file: Path) -> dict[int, list[int]]:
    """Return the numbers of the marks of each page in the order in which they are read."""
    found: dict[int, list[int]] = defaultdict(list)
    for _, page, mcid, _ in _marks_of(file):
        found[page].append(mcid)
    return found


def _marks_of(file: Path) -> list[tuple[Piece, int, int, bool]]:
    with unmeasured(), pikepdf.open(file) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return list(_marks(pdf.Root.StructTreeRoot.K, pages, None, 0, False))


def _marks(
    node: Any, pages: dict[tuple[int, int], int], piece: Piece | None, page: int, strong: bool
) -> Iterator[tuple[Piece, int, int, bool]]:
    """Yield the marks of a part of the tree: the piece that each belongs to, page, number, and whether strong."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _marks(child, pages, piece, page, strong)
    elif isinstance(node, pikepdf.Dictionary):
        page = pages[node.Pg.objgen] if "/Pg" in node else page
        if "/MCID" in node:
            yield (piece or Piece("P")), page, int(node.MCID), strong
        elif "/S" in node:
            kind = str(node.S)[1:]
            inside = piece is not None and (piece.kind == "Figure" or (kind in _INLINE and piece.kind not in _WHOLES))
            listed = piece is not None and (piece.listed or piece.kind == "LI")
            piece = piece if inside else Piece(kind, listed=listed)
            yield from _marks(node.get("/K", pikepdf.Array()), pages, piece, page, strong or kind == "Strong")
    else:
        yield (piece or Piece("P")), page, int(node), strong


def parted(file: Path) -> dict[str, list[str]]:
    """Return what is parted by the end of a page or a column.

    Returns:
        ``labels``: headings and labels after which the page ends; ``figures``: charts and pictures that begin a page
        while a text, and not the last step of a list, ends the one before; ``lines``: texts of which one line stands
        alone on a page, or pages that begin with a single line before the next heading. Each as ``page: text``.
    """
    found = pieces(file)
    labels, figures = [], []
    for piece, following in pairwise(found):
        end, start = piece.lines[-1], following.lines[0]
        next_column = start.top < end.top - 100 and start.left > end.left + 100
        if piece.introduces and (start.page > end.page or next_column):
            labels.append(f"{end.page}: {piece.text}")
        if following.kind == "Figure" and start.page > end.page and not piece.listed:
            figures.append(f"{start.page}: {piece.text}")
    return {"labels": labels, "figures": figures, "lines": [*_torn(found), *_left_over(found)]}


def _torn(found: list[Piece]) -> Iterator[str]:
    for piece in found:
        on = Counter(line.page for line in piece.lines)
        if piece.kind != "Figure" and len(on) > 1 and min(on.values()) == 1:
            yield f"{piece.lines[0].page}: {piece.text}"


def _left_over(found: list[Piece]) -> Iterator[str]:
    pages: dict[int, list[tuple[Piece, Line]]] = defaultdict(list)
    for piece in found:
        for line in piece.lines:
            pages[line.page].append((piece, line))
    for number, lines in pages.items():
        first = lines[0][0]
        if len(lines) > 1 and lines[1][0].kind in _HEADINGS and not (first.kind in _HEADINGS or first.introduces):
            yield f"{number}: {first.text}"
