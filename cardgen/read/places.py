"""The place of every value of a YAML text, found by reading it a second time: a good file pays nothing for it.

Where the value stands in an item whose beginning is known, such as a card, reading that item is enough.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from cardgen.read.yaml_events import best_parser

if TYPE_CHECKING:
    from cardgen.read.flaws import Span


@dataclass(slots=True)
class Where:
    """Places of a value and of what is in it: its own span, and by key or position the key's span and the rest."""

    span: Span
    parts: dict[str | int, tuple[Span, Where]] = field(default_factory=dict)


def places(text: str, parser: Any = None) -> Where:  # noqa: ANN401 - PyYAML's parsers share no type
    """Find the places in a text that ``strict_yaml.parse`` has read without a flaw that stopped it."""
    return _Finder(text).find((parser or best_parser())(text))


def places_in_item(text: str, start: int, end: int, parser: Any = None) -> Where | None:  # noqa: ANN401 - as above
    """Find the places in an item of a list of such a text, as they are in the whole.

    Args:
        text: The whole text.
        start: Where the item begins; it is a mapping without braces.
        end: Where the next one begins, or the text ends.
        parser: As for `places`.

    Returns:
        The places, or None if the item cannot be read alone: with an alias of something outside, for one.
    """
    line = text.rfind("\n", 0, start) + 1
    line = text.rfind("\r", line, start) + 1 or line
    # What stands before it in its line is blanked, so that its first field stands under the others.
    alone = " " * (start - line) + text[start:end]
    try:
        return _Finder(text, line).find((parser or best_parser())(alone))
    except (KeyError, YAMLError):
        return None


class _Finder:
    """Finds the places in a text, or in a part of it that begins at an offset."""

    def __init__(self, text: str, offset: int = 0) -> None:
        self._text = text
        self._offset = offset
        self._anchors: dict[str, Where] = {}

    def find(self, parser: Any) -> Where:  # noqa: ANN401 - as above
        root = Where((0, 0))
        stack = [(root, False)]
        key: tuple[str, Span] | None = None
        parser.get_event()
        parser.get_event()
        while True:
            event = parser.get_event()
            kind = type(event)
            if kind in (MappingEndEvent, SequenceEndEvent):
                stack.pop()
                if len(stack) == 1:
                    return root.parts[0][1]
                continue
            here, is_mapping = stack[-1]
            if is_mapping and key is None:
                key = event.value, self._span(event)
                self._remember(event, Where(key[1]))
                continue
            where = self._place(event, key)
            if key is None:
                here.parts[len(here.parts)] = where.span, where
            else:
                here.parts.setdefault(key[0], (key[1], where))  # of a key that stands twice the first counts
                key = None
            if kind in (MappingStartEvent, SequenceStartEvent):
                stack.append((where, kind is MappingStartEvent))
            elif len(stack) == 1:
                return where

    def _place(self, event: Any, key: tuple[str, Span] | None) -> Where:  # noqa: ANN401 - as above
        kind = type(event)
        if kind is AliasEvent:
            return Where(self._span(event), self._anchors[event.anchor].parts)
        where = Where(self._span(event))
        self._remember(event, where)
        if key and kind is ScalarEvent and event.start_mark.index == event.end_mark.index:
            # Nothing is there. The parsers do not agree where nothing is, so it is right behind the colon.
            colon = self._text.find(":", key[1][1], where.span[0])
            if colon >= 0 and event.anchor is None:
                where.span = colon + 1, colon + 2
        return where

    def _remember(self, event: Any, where: Where) -> None:  # noqa: ANN401 - as above
        if event.anchor is not None:
            self._anchors[event.anchor] = where

    def _span(self, event: Any) -> Span:  # noqa: ANN401 - as above
        start = event.start_mark.index
        return self._offset + start, self._offset + max(event.end_mark.index, start + 1)
