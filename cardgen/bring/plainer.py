"""Texts without what Markdown has no form for, each paragraph and cell by itself: one bold syllable costs no list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.richtext import LineBreak, Paragraph, literal, to_plain
from cardgen.richtext.rebuild import Rebuild, joined
from cardgen.richtext.tree import DefinitionList, Math, Ruby, Styled, Table
from cardgen.richtext.write import NotWritableError, to_markdown

if TYPE_CHECKING:
    from collections import Counter

    from cardgen.richtext import Block, Inline, RichText


def plainer(tree: RichText, lost: Counter[str], *, gaps: bool = False) -> RichText:
    """Return a tree that can be written.

    Args:
        tree: What cannot.
        lost: Counts what was left out.
        gaps: Whether the texts in it have marks of gaps, which stay.
    """
    found = _Plainer(lost, gaps=gaps).tree(tree)
    if is_writable(found, gaps=gaps):
        return found
    lost["lists and tables that Markdown has no form for"] += 1
    return tuple(
        block for line in to_plain(found).splitlines() for block in literal(" ".join(line.split())) if line.strip()
    )


def is_writable(tree: RichText, *, gaps: bool = False) -> bool:
    """Return whether there is Markdown for a tree."""
    try:
        to_markdown(tree, gaps=gaps)
    except NotWritableError:
        return False
    return True


class _Plainer(Rebuild):
    """Tries each run of text as it is, then without readings, then without styles, then as words.

    Args:
        lost: Counts what was left out.
        gaps: Whether texts have marks of gaps.
    """

    def __init__(self, lost: Counter[str], *, gaps: bool) -> None:
        self._lost = lost
        self._gaps = gaps

    def paragraph(self, node: Paragraph) -> Block:
        """Fold running text."""
        return Paragraph(self._run(node.children))

    def table(self, node: Table) -> Block:
        """Fold a table."""
        header = tuple(map(self._run, node.header))
        return Table(node.alignments, header, tuple(tuple(map(self._run, row)) for row in node.rows))

    def definition_list(self, node: DefinitionList) -> Block:
        """Fold terms with what they mean."""
        return DefinitionList(
            tuple((self._run(term), tuple(map(self.tree, definitions))) for term, definitions in node.entries)
        )

    def _run(self, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        if not children or self._is_writable(children):
            return children
        children = _with_words_in_formulas(children)
        if self._is_writable(children):
            return children
        for what, without in _WITHOUT:
            found = without.inlines(children)
            if found != children and self._is_writable(found):
                self._lost[what] += 1
                return found
        self._lost["texts that Markdown has no form for, now in plain words"] += 1
        lines = to_plain((Paragraph(children),)).splitlines()
        return joined(tuple(part for line in lines for part in (LineBreak(), " ".join(line.split())))[1:])

    def _is_writable(self, children: tuple[Inline, ...]) -> bool:
        return is_writable((Paragraph(children),), gaps=self._gaps)


def _with_words_in_formulas(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return running text with what touches a formula inside of it: dollars beside a letter or a digit are prices."""
    found: list[Inline] = []
    for child in children:
        last = found[-1] if found else None
        if (
            isinstance(child, Math)
            and not child.display
            and isinstance(last, str)
            and (word := _WORD_BEFORE.search(last))
        ):
            found[-1:] = [last[: word.start()], Math((_as_tex(word[0]), *child.parts))]
        elif isinstance(child, str) and isinstance(last, Math) and not last.display and (word := _DIGITS.match(child)):
            found[-1:] = [Math((*last.parts, word[0])), child[word.end() :]]
        else:
            found.append(child)
    return joined(tuple(found))


def _as_tex(word: str) -> str:
    return word if word.isdigit() else rf"\text{{{word}}}"


_WORD_BEFORE: Final = re.compile(r"[A-Za-z0-9]+\Z")
_DIGITS: Final = re.compile(r"[0-9]+")


class _WithoutReadings(Rebuild):
    def ruby(self, node: Ruby) -> tuple[Inline, ...]:
        return ("".join(f"{base}({reading})" for base, reading in node.pairs),)


class _WithoutStyles(Rebuild):
    def styled(self, node: Styled) -> tuple[Inline, ...]:
        return self.inlines(node.children)


class _WithoutBoth(_WithoutReadings, _WithoutStyles):
    pass


_WITHOUT: Final = (
    ("readings over letters and digits, now in brackets", _WithoutReadings()),
    ("styles in the middle of words", _WithoutStyles()),
    ("styles in the middle of words", _WithoutBoth()),
)
