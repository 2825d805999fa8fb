"""What a kind of card is made of.

A kind is a module of this package, named as the schema names the kind. It offers a frozen `Struct` of the kind's
fields and the functions of `Kind`. The schema has said that the fields are there and of the right type, so
``read`` only takes them over.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, cast

from msgspec import Struct

from cardgen.richtext import EMPTY, Group, GroupRole, Paragraph, RichText, Styled, to_plain
from cardgen.words import fill, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cardgen.masks import Masked
    from cardgen.masks.drawing import DrawnMask
    from cardgen.model import Content, OwnKind
    from cardgen.richtext import Inline
    from cardgen.words import Words


class Form(StrEnum):
    """How a note asks: it decides the note type."""

    BASIC = "basic"
    TWO_WAY = "two-way"
    TYPED = "typed"
    CLOZE = "cloze"
    OCCLUSION = "occlusion"
    OWN = "own"

    @property
    def from_gaps(self) -> bool:
        """Whether each number in a text is a card."""
        return self in (Form.CLOZE, Form.OCCLUSION)


class OwnPart(Struct, frozen=True, gc=False):
    """What a note of a kind of one's own holds.

    Attributes:
        kind: The kind.
        values: What its fields hold, in the order in which it declares them: rich text, or HTML as it goes into Anki.
        cards: Which cards it makes, counted from 0, in the order of the kind's templates or of its gaps.
    """

    kind: OwnKind
    values: tuple[RichText | str, ...]
    cards: tuple[int, ...]


OWN_TYPE: Final = "own-"
"""What begins the name that tells the note type of a kind of one's own from others; the kind's id follows."""


class Part(Struct, frozen=True, gc=False):
    """What becomes one note: a card makes one or more.

    Attributes:
        id: Names the part inside its card, permanently: empty for the card's main note, else a step's or move's id.
        form: How the note asks.
        front: The question; for `Form.CLOZE`, the text with its gaps; for `Form.OCCLUSION`, all masks at once.
        back: The answer; for these two, what stands under the text or the picture.
        more: What is shown under the answer, and is not part of it.
        title: Plain text that tells the part from its siblings in a list; empty where its question does.
        covered: Whether the card's main note shows all that this one asks for, so that paper does without it.
        aloud: For how many seconds the answer is to be spoken aloud; 0 where it is not. A plan of study counts them.
        masked: For `Form.OCCLUSION`, the picture and its masks.
        own: For a kind of one's own, the fields of its note; then `front` and `back` are what paper and tables show.
    """

    id: str
    form: Form
    front: RichText
    back: RichText
    more: RichText = EMPTY
    title: str = ""
    covered: bool = False
    aloud: int = 0
    masked: Masked | None = None
    own: OwnPart | None = None

    @property
    def note_type(self) -> str:
        """What tells its note type from others, whatever that looks like: Anki never makes one of another."""
        return self.form.value if self.own is None else f"{OWN_TYPE}{self.own.kind.id}"


class Problem(Struct, frozen=True):
    """Something wrong in a card that a schema cannot see.

    Attributes:
        code: A code of the catalogue.
        message: What is wrong, with the value received.
        path: The path of the field in the card.
        hint: What to do, if there is something better than the code's own `way_out`.
        text: The text, if the problem is in a part of one.
        span: Start and end of that part.
    """

    code: str
    message: str
    path: tuple[str | int, ...]
    hint: str = ""
    text: str = ""
    span: tuple[int, int] | None = None


class Role(StrEnum):
    """What a text of a card is to its learner."""

    PROMPT = "prompt"  # a question to be answered from memory
    CUE = "cue"  # what an answer depends on and is no question: a term, a title, an interviewer's question
    GAPS = "gaps"  # a text with gaps: prompt and answer in one
    ANSWER = "answer"  # what is to be recalled
    MORE = "more"  # what stands under the answer
    WRONG = "wrong"  # what the card itself calls wrong
    TEMPLATE = "template"  # a frame with slots


class CardText(NamedTuple):
    """One text of a card as its author wrote it.

    Attributes:
        role: What it is to the learner.
        path: Its path in the card.
        text: Markdown, or plain text where `literal`.
        literal: Whether nothing in it is markup.
    """

    role: Role
    path: tuple[str | int, ...]
    text: str
    literal: bool = False


class Reference(NamedTuple):
    """A card of another deck that a card names.

    Attributes:
        address: Its address, as ``deck/card``.
        asks: What it asks, in plain words.
        seconds: How long an answer to it should take; None if it does not say.
    """

    address: str
    asks: str
    seconds: int | None = None


class FieldPicture(NamedTuple):
    """A picture that a field of a card names by itself, and not in Markdown.

    Attributes:
        path: The path of the field in the card.
        file: The picture's path in the deck's folder.
        words: What it shows, for those who cannot see it; may be empty. None where its card has no place for words.
        layer: The layer of the drawing that is cut out; or empty.
        layer_path: The path of the field that names the layer.
        masked: Whether something lies over it, so that it must say how large it is.
    """

    path: tuple[str | int, ...]
    file: str
    words: str | None
    layer: str = ""
    layer_path: tuple[str | int, ...] = ()
    masked: bool = False

    @property
    def key(self) -> str:
        """What the picture is known by among those of a deck: its path and, as in an address, its layer."""
        return f"{self.file}#{self.layer}" if self.layer else self.file


class Kind(Protocol):
    """What each module of a kind offers."""

    def read(self, fields: Mapping[str, Any]) -> Content:
        """Take over the fields of a card that fits the schema."""

    def check(self, content: Any) -> Iterable[Problem]:  # noqa: ANN401 - each kind has content of its own
        """Find what is wrong with the content beyond the schema."""

    def compose(self, content: Any, words: Words) -> Iterator[Part]:  # noqa: ANN401 - as above
        """Make the parts, in study order, with the words of the deck's language."""

    def texts(self, content: Any) -> Iterator[CardText]:  # noqa: ANN401 - as above
        """Yield all texts that learners read, in the order of the schema's fields, each with what it is to them."""


@cache
def kind_named(name: str) -> Kind:
    """Return a kind by its name: that of a module here, else it is one of those that share `own`."""
    return cast("Kind", import_module(f"cardgen.kinds.{name if name in _shipped() else OWN}"))


@cache
def _shipped() -> frozenset[str]:
    """Return the names of the modules of kinds."""
    around = import_module("cardgen.kinds").__path__
    return frozenset(module.name for module in iter_modules(around)) - {"base", OWN}


OWN: Final = "own"
"""The module of all kinds of one's own."""


def literal_paths(name: object) -> frozenset[tuple[str | int, ...]]:
    """Return the paths of the texts of a kind in which nothing is markup: none for what is no kind."""
    return getattr(kind_named(name), "LITERAL", frozenset()) if isinstance(name, str) else frozenset()


def pictures_of(name: str, content: Content) -> Iterable[FieldPicture]:
    """Return the pictures that fields of a card of a kind name by themselves; most kinds have no such field."""
    found: Callable[[Content], Iterable[FieldPicture]] | None = getattr(kind_named(name), "pictures", None)
    return found(content) if found is not None else ()


def with_layer(name: str, content: Content, masks: Sequence[DrawnMask]) -> Content:
    """Return a card of a kind that has pictures with layers, with what such a layer holds."""
    taken: Content = cast("Any", kind_named(name)).with_layer(content, masks)
    return taken


@cache
def entries_shown(name: str) -> tuple[str, ...]:
    """Return the names of the entries of the words that the templates show on cards of a kind."""
    shown: tuple[str, ...] = getattr(kind_named(name), "WORDS", ())
    return shown


@cache
def task_of(name: str) -> str:
    """Return the name of the entry of the words that says what to do with a front of a kind that is a term alone.

    It is empty for kinds whose fronts ask by themselves.
    """
    task: str = getattr(kind_named(name), "TASK", "")
    return task


@cache
def field_of_references(name: str) -> str:
    """Return the name of the field in which cards of a kind name cards of other decks; empty where they name none.

    `Kind.read` finds a `Reference` for each of them there.
    """
    field: str = getattr(kind_named(name), "REFERS", "")
    return field


def present(*sides: CardText) -> Iterator[CardText]:
    """Return the texts that are not empty."""
    return (side for side in sides if side.text)


def prompt(words: str) -> Group:
    """Make the line that says what the learner is to do."""
    return Group(GroupRole.PROMPT, (Paragraph((words,)),))


def sentence(pattern: str, **parts: tuple[Inline, ...]) -> Paragraph:
    """Make a paragraph of an entry of the words, with rich text for its place holders."""
    text = [parts[piece] if index % 2 else ((piece,) if piece else ()) for index, piece in enumerate(pieces(pattern))]
    return Paragraph(tuple(node for nodes in text for node in nodes))


def chained(items: Sequence[RichText]) -> Iterator[tuple[RichText, RichText]]:
    """Yield each of some items after what a learner sees of the one before it; nothing shows what follows.

    An item that is put in changes what the next one shows, and no other: numbers would change all that follow.
    """
    for index, item in enumerate(items):
        yield (Group(GroupRole.BEFORE, items[index - 1]),) if index else EMPTY, item


def next_title(title: RichText, before: RichText, first: str, words: Words) -> str:
    """Name a part that is asked for by the one before it, for a list.

    Args:
        title: What it is a part of.
        before: The part before it; empty for the first.
        first: What the first one is called.
        words: Those of the deck's language.
    """
    whole = to_plain(title).rstrip(".:")
    place = fill(words.listed_after, part=to_plain(before).rstrip(".")) if before else first
    return f"{whole} {place}" if whole.endswith(("?", "!", "؟")) else f"{fill(words.label, label=whole)} {place}"


def labelled(label: str, blocks: RichText, words: Words) -> RichText:
    """Put a label in front of the first line."""
    label = fill(words.label, label=label)
    first, *rest = blocks
    if isinstance(first, Paragraph):
        return (Paragraph((f"{label} ", *first.children)), *rest)
    return (Paragraph((label,)), first, *rest)


def duplicate_ids(items: Iterable[tuple[str, object]], field: str) -> Iterator[Problem]:
    """Find ids of steps or moves that were given before."""
    seen: set[str] = set()
    for index, (item_id, _) in enumerate(items):
        if item_id in seen:
            yield Problem("CG309", f"`{item_id}` names an earlier one of the {field}", (field, index, "id"))
        seen.add(item_id)


def titled(role: GroupRole, title: str, blocks: RichText) -> Group:
    """Make a group of blocks under a title in bold."""
    return Group(role, (Paragraph((Styled("strong", (title,)),)), *blocks))
