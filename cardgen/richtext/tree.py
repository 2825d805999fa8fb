"""The small tree that card text becomes, and that every output renders in its own way.

Blocks are `Paragraph`, `BulletList`, `NumberedList`, `DefinitionList`, `Table`, `Preformatted`, `Drawing` and `Group`;
inlines are ``str`` (text as the author meant it, nothing to interpret), `Styled`, `Code`, `Math`, `LineBreak`, `Link`,
`Image`, `Recording`, `Ruby` and `Gap`. What turns a tree into something else is a `cardgen.richtext.fold.Fold`, which
has a method for each of them.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from cardgen.charts import Chart

StyleName = Literal["strong", "em", "sub", "sup", "strike", "highlight", "underline"]
Alignment = Literal["start", "left", "center", "right"]

PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"})
"""Pictures that Anki shows on all of its platforms."""

SOUNDS: Final = frozenset({".mp3", ".m4a", ".wav", ".flac", ".ogg", ".opus"})
FILMS: Final = frozenset({".mp4", ".mov", ".webm"})
"""Suffixes of files that Anki plays, on its desktop all of them (mpv does)."""

_SOUND: Final = "\N{EIGHTH NOTE}"
_FILM: Final = "\N{BLACK RIGHT-POINTING TRIANGLE}"


class Styled(Struct, frozen=True, gc=False):
    """Text in a style."""

    style: StyleName
    children: tuple[Inline, ...]


class Code(Struct, frozen=True, gc=False):
    """Text shown letter by letter, in a line."""

    text: str


class Math(Struct, frozen=True, gc=False):
    """TeX mathematics; `display` sets it on a line of its own.

    Attributes:
        parts: TeX, and gaps in it; what such a gap holds, and its hint, are TeX and gaps again.
        display: Whether it stands on a line of its own.
    """

    parts: tuple[Inline, ...]
    display: bool = False

    @property
    def tex(self) -> str:
        """The whole formula, gaps filled."""
        return tex_of(self.parts)


class LineBreak(Struct, frozen=True, gc=False):
    """A line end that the author asked for."""


class Link(Struct, frozen=True, gc=False):
    """A link to a web or mail address."""

    address: str
    children: tuple[Inline, ...]


class Image(Struct, frozen=True, gc=False):
    """A picture.

    Attributes:
        path: Its path in the deck's folder.
        alternative: The words for those who cannot see it.
        width: How much of the line it takes, in percent; 0 for as much as it needs.
    """

    path: str
    alternative: str
    width: int = 0


class Recording(Struct, frozen=True, gc=False):
    """A sound or a film.

    Attributes:
        path: Its path in the deck's folder.
        words: What it is, for those who cannot play it; empty if the author did not say.
        is_film: Whether there is something to see.
    """

    path: str
    words: str
    is_film: bool = False

    @property
    def name(self) -> str:
        """Its words, or else its file's name."""
        return self.words or self.path.rpartition("/")[2]

    @property
    def told(self) -> str:
        """What stands for it where it cannot be played: a mark and its name."""
        return f"{_FILM if self.is_film else _SOUND} {self.name}"


class Ruby(Struct, frozen=True, gc=False):
    """Characters with their readings over them: pairs of what is read and how."""

    pairs: tuple[tuple[str, str], ...]


class Gap(Struct, frozen=True, gc=False):
    """What a cloze text hides.

    Attributes:
        number: The card that asks for it, from 1; gaps that share a number are asked for together.
        children: What is hidden, with the gaps inside it. In mathematics, texts are TeX.
        hint: What stands in its place on the card that asks for it; None for an ellipsis. It may have styles, and
            mathematics, as Anki shows these there, too.
    """

    number: int
    children: tuple[Inline, ...]
    hint: tuple[Inline, ...] | None = None


Inline = str | Styled | Code | Math | LineBreak | Link | Image | Recording | Ruby | Gap


class Paragraph(Struct, frozen=True, gc=False):
    """Running text."""

    children: tuple[Inline, ...]


class BulletList(Struct, frozen=True, gc=False):
    """Points without an order."""

    items: tuple[RichText, ...]


class NumberedList(Struct, frozen=True, gc=False):
    """Points in order, counted from `start`."""

    items: tuple[RichText, ...]
    start: int = 1


class DefinitionList(Struct, frozen=True, gc=False):
    """Terms, each with what it means: one definition or more."""

    entries: tuple[tuple[tuple[Inline, ...], tuple[RichText, ...]], ...]


class Table(Struct, frozen=True, gc=False):
    """A table; `alignments` has one entry a column."""

    alignments: tuple[Alignment, ...]
    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


class Preformatted(Struct, frozen=True, gc=False):
    """Lines shown letter by letter, and the language of the code that they are; empty if that is not known."""

    text: str
    language: str = ""


class Drawing(Struct, frozen=True, gc=False):
    """A chart."""

    chart: Chart


class GroupRole(StrEnum):
    """What blocks are on a card. The values are the class in Anki's HTML and the role in the data for Typst."""

    PROMPT = "prompt"  # what the learner is to do
    CONTEXT = "context"  # what a question about a part is a part of
    BEFORE = "before"  # what stands before the part that is asked for
    FIGURE = "figure"  # a figure and its unit
    SCOPE = "scope"  # for what time and whom a figure holds
    DATA = "data"  # a chart
    OPTIONS = "options"  # what there is to choose from
    RIGHT = "right"  # an option that is right
    WRONG = "wrong"  # one that is not
    EXAMPLE = "example"
    CONTRAST = "contrast"  # how a term differs from another
    VERSUS = "versus"  # two terms and what they mean, side by side
    THIS = "this"  # the first of them
    OTHER = "other"  # the second
    DETAILS = "details"  # of a step
    WHO = "who"
    DOCUMENT = "document"
    WHEN = "when"
    AIM = "aim"  # what a question wants to learn
    NAME = "name"  # of a framework
    WORDINGS = "wordings"  # ways to ask a question, of which a card shows one at a time
    MOVES = "moves"  # the cues of an answer
    FOLDED = "folded"  # what waits behind a line to tap
    TEXTS = "texts"  # the parts of an answer in full
    POOR = "poor"  # an answer that has a flaw
    BETTER = "better"  # one that has it no more
    DO = "do"
    DONT = "dont"
    TEMPLATE = "template"  # a frame with slots


class Group(Struct, frozen=True, gc=False):
    """Blocks that play a role on a card; outputs give each role its look."""

    role: GroupRole
    children: RichText


Block = Paragraph | BulletList | NumberedList | DefinitionList | Table | Preformatted | Drawing | Group
RichText = tuple[Block, ...]

EMPTY: Final[RichText] = ()


def is_picture(path: str) -> bool:
    """Return whether a file is shown and not played, by its suffix."""
    return PurePosixPath(path).suffix.lower() not in SOUNDS | FILMS


def shown_or_played(path: str, words: str, width: int) -> Image | Recording:
    """Return what Markdown writes as a picture: the file's suffix says whether it is one."""
    if not is_picture(path):
        return Recording(path, words, is_film=PurePosixPath(path).suffix.lower() in FILMS)
    return Image(path, words, width)


def literal(text: str) -> RichText:
    """Make rich text of plain text, in which nothing is markup."""
    return (Paragraph((text,)),) if text else EMPTY


def tex_of(parts: tuple[Inline, ...]) -> str:
    """Return the TeX of a formula's parts, gaps filled."""
    return "".join(
        part if isinstance(part, str) else tex_of(part.children) for part in parts if isinstance(part, str | Gap)
    )
