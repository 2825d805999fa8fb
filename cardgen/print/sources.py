"""The sources on paper: one numbered list at the end of a volume, and the marks on its cards that point there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from cardgen.print.text import printable
from cardgen.richtext import GroupRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cardgen.print.data import BlockNode, InlineNode, ReferenceNode, SourceEntry

SHOWN: Final = 2
"""How many works a mark names where a card cites many."""


class Work(NamedTuple):
    """A work as a card cites it.

    Attributes:
        text: Publisher, title, date and place in it, in plain text.
        nodes: The same for the templates, without a link.
        href: Its web address, or empty.
    """

    text: str
    nodes: list[InlineNode]
    href: str


class Sources:
    """Numbers the works of a volume from 1, in the order in which its cards cite them."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._entries: list[SourceEntry] = []

    def refer(self, card: int, works: Iterable[Work]) -> ReferenceNode | None:
        """Return the mark of a card for works, None if there are none.

        It names them in the card's order, and of more than three the first two: the list says of each which cards cite
        it, so that the others can be found.

        Args:
            card: The card's number.
            works: What it cites.
        """
        numbers = list(dict.fromkeys(self._number(card, work) for work in works))
        if not numbers:
            return None
        rest = len(numbers) - SHOWN
        return {"t": "ref", "n": numbers[:SHOWN], "more": rest} if rest > 1 else {"t": "ref", "n": numbers, "more": 0}

    def _number(self, card: int, work: Work) -> int:
        number = self._numbers.setdefault((work.text, work.href), len(self._numbers) + 1)
        if number > len(self._entries):
            address = printable(short_address(work.href))
            self._entries.append({"c": work.nodes, "address": address, "href": work.href, "cards": []})
        cards = self._entries[number - 1]["cards"]
        if card not in cards:
            cards.append(card)
        return number

    def entries(self) -> list[SourceEntry]:
        """Return the list, in the order of its numbers."""
        return self._entries


def short_address(address: str) -> str:
    """Return a web address as people type it: host, path and query, without scheme, fragment and last slash.

    An address of any other scheme stays whole.
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that are no IPv6 address
        return address
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return address
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc}{parts.path}".rstrip("/") + query


def marked(answer: Sequence[BlockNode], mark: ReferenceNode) -> list[BlockNode] | None:
    """Return an answer with a mark behind what its sources prove.

    That is the value of a statistic, the option that is right, or the last word of running text. Anything else, as a
    list or a table, is proved as a whole: a mark behind its last word would speak for its last part alone.

    Returns:
        The answer, or None if there is no such word.
    """
    if not answer:
        return None
    first, *others = answer
    if first["t"] == "group" and (first["role"] is GroupRole.FIGURE or not others):
        inside = marked(first["c"], mark)
        return None if inside is None else [{"t": "group", "role": first["role"], "c": inside}, *others]
    if first["t"] == "options" and len(first["c"]) == 1 and not others:
        (option,) = first["c"]
        inside = marked(option["c"], mark)
        return None if inside is None else [{"t": "options", "c": [{"mark": option["mark"], "c": inside}]}]
    *before, last = answer
    if last["t"] != "p" or any(node["t"] != "p" for node in before):
        return None
    return [*before, {"t": "p", "c": [*last["c"], mark]}]


def unlinked(nodes: Iterable[InlineNode]) -> Iterator[InlineNode]:
    """Yield inlines without their links."""
    for node in nodes:
        if isinstance(node, dict) and node["t"] == "a":
            yield from unlinked(node["c"])
        else:
            yield node
