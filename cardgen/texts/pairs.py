"""`pairs`: a line of two columns for each card, for programs that learn in pairs, such as Quizlet.

They take pasted text with a tab between the sides of a pair and a line end behind it. So a side is one line of text,
and the advice says what that cannot carry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.export import Exported, File
from cardgen.notes import asked_once
from cardgen.richtext import BulletList, Group, GroupRole, Image, Math, Recording, Table, nodes
from cardgen.richtext.plain import PlainFold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cardgen.export import Bundle
    from cardgen.notes import Asked
    from cardgen.richtext import Link, RichText

SUFFIX: Final = ".pairs.txt"

_POINT: Final = re.compile(r"\s*\n\s*(?=\N{BULLET} |\d+\. )")
_LINE_END: Final = re.compile(r"\s*\n\s*")
_SPACES: Final = re.compile(r"\s+")

_WORDED: Final = {
    Image: ("picture", "pictures"),
    Recording: ("recording", "recordings"),
    Math: ("formula", "formulas"),
    Table: ("table", "tables"),
}
"""What words or TeX stand for."""


def export(bundle: Bundle) -> Exported:
    """Return the pairs, in UTF-8; each card is there once, as on paper."""
    asked = [asked_once(note) for edition in bundle.editions for note in edition.notes if not note.part.covered]
    content = "".join(f"{_side(pair.question)}\t{_side(pair.answer)}\n" for pair in asked).encode()
    advice = f"{bundle.name}{SUFFIX}: {' '.join(_not_carried(asked))}"
    return Exported((File(SUFFIX, content, len(asked), len(asked)),), advice=(advice,))


def _side(tree: RichText) -> str:
    """Return rich text as one line without tabs; what was a line of its own stands behind a slash."""
    text = _LINE_END.sub(" / ", _POINT.sub(" ", _FOLD.blocks(tree)))
    return _SPACES.sub(" ", text).strip()


def _not_carried(asked: Sequence[Asked]) -> Iterator[str]:
    """Yield sentences that say what has been lost."""
    yield "pairs have no sections, styles, links, sources and dates."
    if count := sum(bool(pair.more) for pair in asked):
        yield f"What stands under the answer is left out ({_counted(count, 'card', 'cards')})."
    met = [type(node) for pair in asked for side in (pair.question, pair.answer) for node in nodes(side)]
    worded = [_counted(met.count(what), *names) for what, names in _WORDED.items() if what in met]
    if worded:
        yield f"In words only: {', '.join(worded)}."


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


class _PairFold(PlainFold):
    """Writes plain text: a link is its words, and of the ways to ask a question it is the first."""

    def link(self, node: Link) -> str:
        """Fold a link."""
        return self.inlines(node.children)

    def group(self, node: Group) -> str:
        """Fold blocks that play a role."""
        match node:
            case Group(GroupRole.WORDINGS, (BulletList((first, *_)),)):
                return self.blocks(first)
        return self.blocks(node.children)


_FOLD: Final = _PairFold()
