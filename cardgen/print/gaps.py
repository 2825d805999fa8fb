"""The gaps of cloze texts in the tree, where Anki only knows them in its own notation (`cardgen.richtext.gaps`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cardgen.richtext import Link, Styled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cardgen.richtext import Inline

_TOKEN: Final = re.compile(r"(\{\{c[0-9]+::|\}\})")
_END: Final = "}}"


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap: what it hides, and its author's hint or nothing."""

    hidden: tuple[Inline, ...]
    hint: str


def split(children: Sequence[Inline]) -> Iterator[Inline | Gap]:
    """Give inlines with their gaps as such.

    Gaps inside gaps are filled, since the outer one hides them. The checks have seen to it that a gap begins and ends
    among the same inlines.
    """
    depth = 0
    hidden: list[Inline] = []
    for piece, is_token in _pieces(children):
        if is_token and piece == _END:
            depth -= 1
            if depth == 0:
                yield _gap(hidden)
                hidden = []
        elif is_token:
            depth += 1
        elif depth == 0:
            yield piece
        else:
            # The hint of a gap inside is of no use here.
            hidden.append(piece.partition("::")[0] if isinstance(piece, str) and depth > 1 else _filled(piece))


def _pieces(children: Sequence[Inline]) -> Iterator[tuple[Inline, bool]]:
    """Give inlines, texts cut at the marks of gaps, and whether each is such a mark; what closes nothing is none."""
    depth = 0
    for child in children:
        if not isinstance(child, str):
            yield child, False
            continue
        for index, text in enumerate(_TOKEN.split(child)):
            is_token = index % 2 == 1 and not (text == _END and depth == 0)
            if is_token:
                depth += -1 if text == _END else 1
            if text:
                yield text, is_token


def _gap(pieces: Sequence[Inline]) -> Gap:
    """Make a gap of what stands in it: as in Anki, what follows :: is the hint."""
    hidden: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, str) and "::" in piece:
            text, _, hint = piece.partition("::")
            return Gap((*hidden, text) if text else tuple(hidden), hint)
        hidden.append(piece)
    return Gap(tuple(hidden), "")


def _filled(inline: Inline) -> Inline:
    """Give what stands inside a gap with its own gaps filled."""
    match inline:
        case Styled(style, children):
            return Styled(style, tuple(_fill(children)))
        case Link(address, children):
            return Link(address, tuple(_fill(children)))
    return inline


def _fill(children: Sequence[Inline]) -> Iterator[Inline]:
    for piece in split(children):
        if isinstance(piece, Gap):
            yield from piece.hidden
        else:
            yield _filled(piece)
