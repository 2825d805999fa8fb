"""What rules ask about texts: words, sentences, and the words that carry the content, in any script."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cardgen.richtext import Fold, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cardgen.richtext import (
        BulletList,
        Code,
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
        RichText,
        Styled,
        Table,
    )

OBJECT: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a picture or a formula, which counts as one word."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’.,/&+-][^\W_]+)*|" + OBJECT)  # noqa: RUF001 - the apostrophe that is typed

_ASCII_WORD: Final = re.compile(r"[A-Za-z0-9]+(?:['.,/&+-][A-Za-z0-9]+)*")
"""The same where there is nothing but ASCII, in half the time."""

# Scripts that write no spaces between words. Korean does.
_IDEOGRAPHS: Final = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]+"
)
_SOUTHEAST: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")

CHARACTERS_A_WORD: Final = {_IDEOGRAPHS: 2, _SOUTHEAST: 5}
"""How many characters are taken for a word where words are not divided: 2 in Chinese and Japanese, 5, vowel signs
included, in Thai, Lao, Khmer and Burmese. Rules of thumb of our own, good for limits and not for more."""

_UNDIVIDED: Final = re.compile("[" + "".join(script.pattern[1:-2] for script in CHARACTERS_A_WORD) + "]")
"""Any character of theirs."""

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|(?<=[。！？])|\n+")  # noqa: RUF001 - other scripts' marks
_COMMON: Final = (
    "a an the of in on at to for from by with without as is are was were be been do does did has have had it its this "
    "that these those and or not no but if than then so who whom whose what which when where why how may can must "
    "should will would could you your i my we our they their he she his her one there about into between after before "
    "up any all some each more most also only"
)
_STOP_WORDS: Final = frozenset(_COMMON.split())


def flat(tree: RichText) -> str:
    """Return the words of rich text without marks, addresses and pictures, gaps filled: a line a block and a point."""
    if len(tree) == 1 and isinstance(tree[0], Paragraph):
        return flat_inlines(tree[0].children)
    return "\n".join(filter(None, _lines(tree)))


def flat_inlines(children: tuple[Inline, ...]) -> str:
    """Return the words of inlines."""
    if len(children) == 1 and isinstance(children[0], str):
        return children[0]
    return "".join(map(_WORDS.inline, children))


def _lines(tree: RichText) -> Iterator[str]:
    for block in tree:
        yield from _WORDS.block(block)


class _Words(Fold[str, "Iterable[str]"]):
    """Inlines are turned into their words, blocks into lines of them."""

    def text(self, node: str) -> str:
        return node

    def styled(self, node: Styled) -> str:
        return flat_inlines(node.children)

    def code(self, node: Code) -> str:
        return node.text

    def math(self, node: Math) -> str:  # noqa: ARG002 - all are alike
        return OBJECT

    def line_break(self, node: LineBreak) -> str:  # noqa: ARG002 - all are alike
        return "\n"

    def link(self, node: Link) -> str:
        return flat_inlines(node.children)

    def image(self, node: Image) -> str:  # noqa: ARG002 - all are alike
        return OBJECT

    def gap(self, node: Gap) -> str:
        return flat_inlines(node.children)

    def paragraph(self, node: Paragraph) -> Iterable[str]:
        return (flat_inlines(node.children),)

    def bullet_list(self, node: BulletList) -> Iterable[str]:
        return (line for item in node.items for line in _lines(item))

    def numbered_list(self, node: NumberedList) -> Iterable[str]:
        return (line for item in node.items for line in _lines(item))

    def table(self, node: Table) -> Iterable[str]:
        return (flat_inlines(cell) for row in (node.header, *node.rows) for cell in row)

    def preformatted(self, node: Preformatted) -> Iterable[str]:
        return (node.text,)

    def drawing(self, node: Drawing) -> Iterable[str]:  # noqa: ARG002 - what it shows is no text of a card
        return ()

    def group(self, node: Group) -> Iterable[str]:
        return _lines(node.children)


_WORDS: Final = _Words()


def count_words(text: str) -> int:
    """Count words; where a script does not divide them, estimate them from the characters."""
    if text.isascii():
        return len(_ASCII_WORD.findall(text))
    count = 0
    if _UNDIVIDED.search(text):
        for script, characters in CHARACTERS_A_WORD.items():
            # Rounded up for each run: two characters between Latin words are a word.
            count += sum(-(-len(run) // characters) for run in script.findall(text))
            text = script.sub(" ", text)
    return count + len(_WORD.findall(text))


def may_have_more_words(text: str, limit: int) -> bool:
    """Say whether a text is long enough to have more words than a limit; most are not, and need not be counted."""
    # A word and what divides it from the next take two characters; an ideograph may be a word of its own.
    return len(text) > limit and not (len(text) < 2 * limit and text.isascii())


def any_in(text: str, words: Iterable[str]) -> bool:
    """Say whether any of some words stands in a text, also as a part of another word.

    That is found much faster than with an expression, and for most texts and words ends the matter.
    """
    for word in words:  # noqa: SIM110 - `any` would take three times as long, and this runs several times a card
        if word in text:
            return True
    return False


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Give beginning and end of each sentence."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def content_words(text: str) -> frozenset[str]:
    """Give what a text is about, in small letters: its words but for the common ones of English, singular as plural.

    Where words are not divided, every two characters that stand together count as one.
    """
    if text.isascii():
        return _stems(_ASCII_WORD.findall(text.lower()))
    found: set[str] = set()
    if _UNDIVIDED.search(text):
        for script in CHARACTERS_A_WORD:
            for run in script.findall(text):
                found.update("".join(pair) for pair in pairwise(run))
                if len(run) == 1:
                    found.add(run)
            text = script.sub(" ", text)
    return _stems(_WORD.findall(text.casefold())).union(found)


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_stem, {*words} - _STOP_WORDS))


@cache
def _stem(word: str) -> str:
    stem = word.removesuffix("'s").removesuffix("’s")  # noqa: RUF001 - the apostrophe that is typed
    shortest = 4  # what is shorter has no plural to speak of
    return stem[:-1] if len(stem) >= shortest and stem.endswith("s") and not stem.endswith("ss") else stem


_QUOTED: Final = re.compile(r"“[^”]{0,400}”|\"[^\"]{0,400}\"|«[^»]{0,400}»|„[^“]{0,400}“|「[^」]{0,400}」")


def unquoted(text: str) -> str:
    """Blank out what stands in quotes; all else keeps its position."""
    return _QUOTED.sub(lambda match: "_" * len(match[0]), text)
