"""What the templates may read of a formula, as types: ``m`` says what a node is."""

from __future__ import annotations

from typing import Literal, TypedDict

FormulaPlace = Literal["line", "alone", "display"]
MathPlace = Literal["over", "beside", "usual"]
MathStyle = Literal["display", "inline", "script", "sscript"]
MathRole = Literal["", "normal", "binary", "relation", "punctuation", "opening", "closing"]


class BlankNode(TypedDict):
    """A gap to fill in: its number where there are several, and its hint."""

    t: Literal["blank"]
    mark: str
    hint: str


class FormulaNode(TypedDict):
    """A formula: its TeX, about the same in a line of text, where it stands, and what it is made of.

    ``place`` is ``line`` in a line of text, ``alone`` where it is all of a paragraph, ``display`` where it stands on a
    line of its own.
    """

    t: Literal["math"]
    alt: str
    line: str
    place: FormulaPlace
    c: list[MathNode]


class SignNode(TypedDict):
    """A character; ``spacing`` says what it is for the spaces around it, where that is not the usual."""

    m: Literal["sign"]
    s: str
    spacing: MathRole
    upright: bool


class MathTextNode(TypedDict):
    """Words, numbers and names of functions."""

    m: Literal["text"]
    s: str
    bold: bool
    italic: bool
    mono: bool


class MathSpaceNode(TypedDict):
    """A space, in heights of letters; it may be less than nothing."""

    m: Literal["space"]
    em: float


class MathFrameNode(TypedDict):
    """What takes its room and is not seen, or has a frame."""

    m: Literal["hidden", "boxed"]
    c: list[MathNode]


class MathPairNode(TypedDict):
    """What stands between two signs that grow with it; either may be empty."""

    m: Literal["pair"]
    open: str
    close: str
    c: list[MathNode]


class MathGrownNode(TypedDict):
    """A sign that grows: between those of a pair, or with what stands over or under it."""

    m: Literal["middle", "stretched"]
    s: str


class MathBigNode(TypedDict):
    """A sign of a given height, in heights of letters."""

    m: Literal["big"]
    s: str
    spacing: MathRole
    em: float


class MathFractionNode(TypedDict):
    """One over the other, with a line between them or within parentheses."""

    m: Literal["fraction", "binomial"]
    c: list[MathNode]
    under: list[MathNode]


class MathRootNode(TypedDict):
    """A root, and which, if it is not the square root."""

    m: Literal["root"]
    c: list[MathNode]
    index: list[MathNode]


class ScriptsNode(TypedDict):
    """What stands above and below, also before; over and under, beside, or as it is usual for the sign."""

    m: Literal["scripts"]
    place: MathPlace
    c: list[MathNode]
    t: list[MathNode]
    b: list[MathNode]
    tl: list[MathNode]
    bl: list[MathNode]


class MathAccentNode(TypedDict):
    """A mark over something."""

    m: Literal["accent"]
    s: str
    c: list[MathNode]


class MathSpanNode(TypedDict):
    """A line, a brace or the like over or under something."""

    m: Literal["span"]
    form: str
    under: bool
    c: list[MathNode]


class MathStyleNode(TypedDict):
    """What is set larger or smaller."""

    m: Literal["style"]
    style: MathStyle
    c: list[MathNode]


class MathColourNode(TypedDict):
    """What has a colour, as ``#RRGGBB``."""

    m: Literal["colour"]
    fill: str
    c: list[MathNode]


class MathStruckNode(TypedDict):
    """What is struck through, once or across."""

    m: Literal["struck"]
    cross: bool
    down: bool
    c: list[MathNode]


class MathPointNode(TypedDict):
    """Where the cells of a column are aligned."""

    m: Literal["point"]


class TableOfMaths(TypedDict):
    """Cells in rows; ``gap`` and ``leading`` are between columns and rows, lines are counted from the first of them."""

    m: Literal["table"]
    rows: list[list[list[MathNode]]]
    style: MathStyle
    gap: float
    leading: float
    hlines: list[int]
    vlines: list[int]


class MathBlankNode(TypedDict):
    """A gap to fill in."""

    m: Literal["blank"]
    blank: BlankNode


MathNode = (
    SignNode
    | MathTextNode
    | MathSpaceNode
    | MathFrameNode
    | MathPairNode
    | MathGrownNode
    | MathBigNode
    | MathFractionNode
    | MathRootNode
    | ScriptsNode
    | MathAccentNode
    | MathSpanNode
    | MathStyleNode
    | MathColourNode
    | MathStruckNode
    | MathPointNode
    | TableOfMaths
    | MathBlankNode
)
