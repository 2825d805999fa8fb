"""What the cards of a cloze text ask and hide, as trees: a card for each number of its gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.richtext.parse import parse
from cardgen.richtext.rebuild import Rebuild, joined
from cardgen.richtext.tree import Gap, Math, Paragraph
from cardgen.richtext.walk import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cardgen.richtext.tree import (
        Inline,
        RichText,
    )


def gaps(tree: RichText) -> Iterator[Gap]:
    """Yield the gaps of a text, each before those inside it."""
    return (node for node in nodes(tree) if isinstance(node, Gap))


def gap_numbers(tree: RichText) -> tuple[int, ...]:
    """Return the numbers of a text's gaps, each once, in ascending order."""
    return tuple(sorted({gap.number for gap in gaps(tree)}))


def has_gap(text: str) -> bool:
    """Return whether Markdown would have a gap, if it were a cloze text."""
    return "{{c" in text and any(True for _ in gaps(parse(text, gaps=True)))


def ask(tree: RichText, number: int | None) -> tuple[RichText, tuple[RichText, ...]]:
    """Return what the card of a number asks and what it hides.

    Args:
        tree: A text with gaps.
        number: Of the card; None asks for all gaps at once.

    Returns:
        The text with the hint or an ellipsis in brackets in the gaps asked for, and all others filled; and what stands
        in the gaps asked for, one by one. A gap that lies in another that is asked for is a part of that.
    """
    fold = _Filled(number, _in_brackets)
    return fold.tree(tree), tuple(fold.hidden)


def without(tree: RichText, number: int, instead: str) -> RichText:
    """Return a text with other words in the place of what a number hides; all other gaps are filled."""
    return _Filled(number, lambda _: (instead,)).tree(tree)


def _in_brackets(gap: Gap) -> tuple[Inline, ...]:
    if gap.hint is None:
        return ("[...]",)
    return joined(("[", *gap.hint, "]"))


class _Filled(Rebuild):
    """The same tree without gaps: in each stands what it hides, or what a number's card (None: any) shows instead.

    Attributes:
        hidden: What the gaps asked for hide, as far as they have been met.
    """

    def __init__(self, number: int | None, shown: Callable[[Gap], tuple[Inline, ...]]) -> None:
        self._number = number
        self._shown = shown
        self._in_math = False
        self.hidden: list[RichText] = []

    def math(self, node: Math) -> tuple[Inline, ...]:
        self._in_math = True
        parts = self.inlines(node.parts)
        self._in_math = False
        return (Math(parts, node.display),)

    def gap(self, node: Gap) -> tuple[Inline, ...]:
        if self._number not in (None, node.number):
            return self.inlines(node.children)
        within = _FILLED.inlines(node.children)
        self.hidden.append((Paragraph((Math(within),) if self._in_math else within),))
        return self._shown(node)


_FILLED: Final = _Filled(0, _in_brackets)
"""Fills all gaps: none has the number 0."""
