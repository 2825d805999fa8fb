"""What rules ask about texts: words, sentences, and the words that carry the content, in any script."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from cardgen.richtext import Fold, Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cardgen.richtext import (
        BulletList,
        Code,
        DefinitionList,
        Drawing,
        Gap,
        Group,
        Image,
        Inline,
        LineBreak,
        Link,
        Math,
        NumberedList,
        Preformatted,
        Recording,
        RichText,
        Ruby,
        Styled,
        Table,
    )

OBJECT: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Represents code, a formula, a picture or a recording in the words of a text; it is no word."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’.,/&+-][^\W_]+)*")  # noqa: RUF001 - the apostrophe that is typed

_ASCII_WORD: Final = re.compile(r"[A-Za-z0-9]+(?:['.,/&+-][A-Za-z0-9]+)*")
"""The same for text in ASCII, in half the time."""

# Scripts without spaces between words. Korean has them. They are compiled where a text has some: that takes as long as
# to import four modules.
_IDEOGRAPHS: Final = (
    "[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]+"
)
_SOUTHEAST: Final = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"

CHARACTERS_A_WORD: Final = {_IDEOGRAPHS: 2, _SOUTHEAST: 5}
"""Characters that count as a word in scripts without spaces: 2 in Chinese and Japanese; 5, including vowel signs, in
Thai, Lao, Khmer and Burmese. Rules of thumb of our own, precise enough for limits."""

_UNDIVIDED: Final = "[" + "".join(script[1:-2] for script in CHARACTERS_A_WORD) + "]"
"""Any character of these scripts."""

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|(?<=[。！？])|\n+")  # noqa: RUF001 - other scripts' marks
_COMMON: Final = (
    "a an the of in on at to for from by with without as is are was were be been do does did has have had it its this "
    "that these those and or not no but if than then so who whom whose what which when where why how may can must "
    "should will would could you your i my we our they their he she his her one there about into between after before "
    "up any all some each more most also only"
)
_STOP_WORDS: Final = frozenset(_COMMON.split())


class Object(NamedTuple):
    """What a text has beside words.

    Attributes:
        kind: Code, a formula, or a picture or recording.
        content: The code, the TeX, or the file's path.
    """

    kind: Literal["code", "maths", "media"]
    content: str

    def __str__(self) -> str:
        """Return it as Markdown: this is not a word, so it can be compared along with words."""
        match self.kind:
            case "code":
                return f"`{self.content}`"
            case "maths":
                return f"${self.content}$"
            case "media":
                return f"![]({self.content})"


def prose(tree: RichText) -> str:
    """Return the words of rich text, gaps filled, in a line for each block and point, with OBJECT for all else."""
    return _flat(tree, _PROSE)


def prose_inlines(children: tuple[Inline, ...]) -> str:
    """Return the words of inlines, as `prose` does."""
    return _PROSE.inlines(children)


def prose_and_code(tree: RichText) -> str:
    """Return what `prose` does, with code in its place."""
    return _flat(tree, _WITH_CODE)


def prose_and_objects(tree: RichText) -> str:
    """Return what `prose` does, with code and TeX in their places."""
    return _flat(tree, _WITH_OBJECTS)


def objects(tree: RichText) -> tuple[Object, ...]:
    """Return the code, formulas, pictures and recordings of rich text, one for each OBJECT of its prose."""
    found: list[Object] = []

    def take(found_object: Object) -> str:
        found.append(found_object)
        return OBJECT

    _flat(tree, _Words(take))
    return tuple(found)


def _flat(tree: RichText, words: _Words) -> str:
    if len(tree) == 1 and isinstance(tree[0], Paragraph):
        return words.inlines(tree[0].children)
    return "\n".join(filter(None, words.lines(tree)))


class _Words(Fold[str, "Iterable[str]"]):
    """Turns inlines into their words, and blocks into lines of them.

    Args:
        shown: Returns what is shown in the place of an object.
    """

    def __init__(self, shown: Callable[[Object], str]) -> None:
        self._shown = shown

    def inlines(self, children: tuple[Inline, ...]) -> str:
        """Fold inlines."""
        if len(children) == 1 and isinstance(children[0], str):
            return children[0]
        return "".join(map(self.inline, children))

    def lines(self, tree: RichText) -> Iterator[str]:
        """Fold blocks."""
        for block in tree:
            yield from self.block(block)

    def text(self, node: str) -> str:
        return node

    def styled(self, node: Styled) -> str:
        return self.inlines(node.children)

    def code(self, node: Code) -> str:
        return self._shown(Object("code", node.text))

    def math(self, node: Math) -> str:
        return self._shown(Object("maths", node.tex))

    def line_break(self, node: LineBreak) -> str:  # noqa: ARG002 - all are alike
        return "\n"

    def link(self, node: Link) -> str:
        return self.inlines(node.children)

    def image(self, node: Image) -> str:
        return self._shown(Object("media", node.path))

    def recording(self, node: Recording) -> str:
        return self._shown(Object("media", node.path))

    def ruby(self, node: Ruby) -> str:
        # A reading says the same once more.
        return "".join(base for base, _ in node.pairs)

    def gap(self, node: Gap) -> str:
        return self.inlines(node.children)

    def paragraph(self, node: Paragraph) -> Iterable[str]:
        return (self.inlines(node.children),)

    def bullet_list(self, node: BulletList) -> Iterable[str]:
        return (line for item in node.items for line in self.lines(item))

    def numbered_list(self, node: NumberedList) -> Iterable[str]:
        return (line for item in node.items for line in self.lines(item))

    def definition_list(self, node: DefinitionList) -> Iterable[str]:
        for term, definitions in node.entries:
            yield self.inlines(term)
            for definition in definitions:
                yield from self.lines(definition)

    def table(self, node: Table) -> Iterable[str]:
        return (self.inlines(cell) for row in (node.header, *node.rows) for cell in row)

    def preformatted(self, node: Preformatted) -> Iterable[str]:
        return (self._shown(Object("code", node.text)),)

    def drawing(self, node: Drawing) -> Iterable[str]:  # noqa: ARG002 - what it shows is no text of a card
        return ()

    def group(self, node: Group) -> Iterable[str]:
        return self.lines(node.children)


def _code_or_placeholder(found: Object) -> str:
    return found.content if found.kind == "code" and found.content else OBJECT


def _content_or_placeholder(found: Object) -> str:
    return found.content if found.kind != "media" and found.content else OBJECT


_PROSE: Final = _Words(lambda _: OBJECT)
_WITH_CODE: Final = _Words(_code_or_placeholder)
_WITH_OBJECTS: Final = _Words(_content_or_placeholder)


def count_words(text: str) -> int:
    """Return the number of words, estimated from characters in scripts without spaces."""
    if text.isascii():
        return len(_ASCII_WORD.findall(text))
    count = 0
    if re.search(_UNDIVIDED, text):
        for script, characters in CHARACTERS_A_WORD.items():
            # Rounded up for each run: one character between Latin words is a word.
            count += sum(-(-len(run) // characters) for run in re.findall(script, text))
            text = re.sub(script, " ", text)
    return count + len(_WORD.findall(text))


def may_have_more_words(text: str, limit: int) -> bool:
    """Return whether a text is long enough to have more words than a limit; most are not, and need no counting."""
    # A word and a separator take at least two characters; an ideograph may be a word of its own.
    return len(text) > limit and not (len(text) < 2 * limit and text.isascii())


def any_in(text: str, words: Iterable[str]) -> bool:
    """Return whether any of some words occurs in a text, even as a part of another word.

    This is much faster than a regular expression, and rules out most texts.
    """
    for word in words:  # noqa: SIM110 - `any` would take three times as long, and this runs several times a card
        if word in text:
            return True
    return False


def has_one_of_each(text: str, sets: Iterable[Iterable[str]]) -> bool:
    """Return whether a text has a word of each of some sets; `any_in` says what counts."""
    for words in sets:  # noqa: SIM110 - as in `any_in`
        if not any_in(text, words):
            return False
    return True


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def content_words(text: str) -> frozenset[str]:
    """Return what a text is about: its words in lower case and singular, without the common ones of English.

    In scripts without spaces, every two adjacent characters count as a word.
    """
    if text.isascii():
        return _stems(_ASCII_WORD.findall(text.lower()))
    found: set[str] = set()
    if re.search(_UNDIVIDED, text):
        for script in CHARACTERS_A_WORD:
            for run in re.findall(script, text):
                found.update("".join(pair) for pair in pairwise(run))
                if len(run) == 1:
                    found.add(run)
            text = re.sub(script, " ", text)
    return _stems(_WORD.findall(text.casefold())).union(found)


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_stem, {*words} - _STOP_WORDS))


@cache
def _stem(word: str) -> str:
    stem = word.removesuffix("'s").removesuffix("’s")  # noqa: RUF001 - the apostrophe that is typed
    shortest = 4  # shorter words have no plural that matters
    return stem[:-1] if len(stem) >= shortest and stem.endswith("s") and not stem.endswith("ss") else stem


_QUOTED: Final = re.compile(r"“[^”]{0,400}”|\"[^\"]{0,400}\"|«[^»]{0,400}»|„[^“]{0,400}“|「[^」]{0,400}」")


def unquoted(text: str) -> str:
    """Return a text with quotes blanked out; all else keeps its position."""
    return _QUOTED.sub(lambda match: "_" * len(match[0]), text)
