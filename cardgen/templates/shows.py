"""What templates make of a note: which of its fields count as filled, which cards there are, what a side shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.templates.nodes import Replacement, Section, Text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from cardgen.templates.nodes import Node

FRONT_SIDE: Final = "FrontSide"
"""On the back, all that the front shows."""

TAGS: Final = "Tags"
CARD_ID: Final = "CardID"

SPECIAL: Final = frozenset({FRONT_SIDE, TAGS, CARD_ID, "Card", "CardFlag", "Deck", "Subdeck", "Type"})
"""What Anki itself fills, unless a field has the name (SPECIAL_FIELDS in rslib/src/notetype/mod.rs)."""

_WAITING: Final = frozenset({"type", "hint"})
"""Filters in whose place a side has no words of the field."""

_EMPTY: Final = re.compile(r"(?:[ \t\n\v\f\r]|</?(?:br|div) ?/?>)*", re.IGNORECASE)
"""What counts as an empty field (``field_is_empty`` in rslib/src/template.rs)."""


def is_empty(html: str) -> bool:
    """Return whether a field counts as empty."""
    return _EMPTY.fullmatch(html) is not None


def counted(filled: Iterable[str], fields: Iterable[str], *, tagged: bool) -> frozenset[str]:
    """Return all names that count as filled when Anki makes a note's cards.

    Args:
        filled: The names of those of its fields that are not empty.
        fields: The names of all of its fields: a field goes before what Anki itself fills.
        tagged: Whether it has tags.
    """
    always = SPECIAL - {FRONT_SIDE} if tagged else SPECIAL - {FRONT_SIDE, TAGS}
    return frozenset(filled) | (always - frozenset(fields))


def named(nodes: Sequence[Node]) -> Iterator[Replacement | Section]:
    """Yield all that names a field, wherever it stands, in the order of the text."""
    for node in nodes:
        match node:
            case Replacement():
                yield node
            case Section():
                yield node
                yield from named(node.nodes)


def replacements(nodes: Sequence[Node]) -> Iterator[Replacement]:
    """Yield what stands in for fields, wherever it stands, in the order of the text."""
    return (node for node in named(nodes) if isinstance(node, Replacement))


def reached(nodes: Sequence[Node], filled: Container[str]) -> Iterator[Replacement]:
    """Yield what of a side is not empty, in the order of the text.

    Args:
        nodes: The nodes of the side.
        filled: The names that count as filled, as `counted` returns them.
    """
    for node in nodes:
        match node:
            case Replacement() if node.field in filled:
                yield node
            case Section() if (node.field in filled) is not node.negated:
                yield from reached(node.nodes, filled)


def seen(nodes: Sequence[Node], filled: Container[str]) -> Iterator[Text | Replacement]:
    """Yield what of a side can be read at once: its own text, and fields that are neither typed nor behind a hint.

    Args:
        nodes: The nodes of the side.
        filled: The names that count as filled, as `counted` returns them.
    """
    for node in nodes:
        match node:
            case Text():
                yield node
            case Replacement() if _WAITING.isdisjoint(node.filters):
                yield node
            case Section() if (node.field in filled) is not node.negated:
                yield from seen(node.nodes, filled)


def makes_a_card(front: Sequence[Node], filled: Container[str]) -> bool:
    """Return whether a template makes a card (``template_is_empty`` in rslib/src/template.rs).

    It does if its front shows a field that is not empty; what stands there beside fields counts for nothing, and so do
    filters. The cards of a cloze type come from its gaps instead.

    Args:
        front: The nodes of the template's front.
        filled: The names that count as filled, as `counted` returns them.
    """
    return next(reached(front, filled), None) is not None


def cards(fronts: Sequence[Sequence[Node]], filled: Container[str]) -> tuple[int, ...]:
    """Return which templates make cards of a note, counted from 0; the first if none would: no note is without a card.

    Args:
        fronts: The nodes of the templates' fronts, in their order.
        filled: The names that count as filled, as `counted` returns them.
    """
    return tuple(number for number, front in enumerate(fronts) if makes_a_card(front, filled)) or (0,)
