"""The small tree that card text becomes, and that every output renders in its own way.

Blocks are `Paragraph`, `BulletList`, `NumberedList`, `Table`, `Preformatted`, `Drawing` and `Group`; inlines are
``str`` (text as the author meant it, nothing to interpret), `Styled`, `Code`, `Math`, `LineBreak`, `Link` and `Image`.
A renderer that handles these handles everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from cardgen.charts import Chart

StyleName = Literal["strong", "em", "sub", "sup", "strike"]
Alignment = Literal["start", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Styled:
    """Text in a style."""

    style: StyleName
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text shown letter by letter, in a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """TeX mathematics; `display` sets it on a line of its own."""

    tex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line end that the author asked for."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a web or mail address."""

    address: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its path in the deck's folder, and the words for those who cannot see it."""

    path: str
    alternative: str


Inline = str | Styled | Code | Math | LineBreak | Link | Image


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    """Points without an order."""

    items: tuple[RichText, ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Points in order, counted from `start`."""

    items: tuple[RichText, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `alignments` has one entry a column."""

    alignments: tuple[Alignment, ...]
    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines shown letter by letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart."""

    chart: Chart


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that play a role on a card, such as ``figure`` or ``prompt``; outputs give each role its look."""

    role: str
    children: RichText


Block = Paragraph | BulletList | NumberedList | Table | Preformatted | Drawing | Group
RichText = tuple[Block, ...]

EMPTY: Final[RichText] = ()


def literal(text: str) -> RichText:
    """Make rich text of plain text, in which nothing is markup."""
    return (Paragraph((text,)),) if text else EMPTY
