"""Strict YAML: text in, plain values out, and the place of any value when somebody asks.

Every scalar stays the text that its author typed, as YAML 1.2 leaves it to the application to say what a plain
scalar means; the schema says later which texts are numbers or booleans. Rejected are duplicate keys, tabs, tags,
control characters, several documents, and aliases or nesting without bound.

PyYAML's parser in C is used where it is there, the one in Python otherwise; both only deliver events, and what is
built from the events is built here, so deep nesting meets a limit of ours before it meets the C stack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from cardgen.diagnostics import shortened
from cardgen.read.python_parser import PythonParser

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_DEPTH: Final = 64
"""Levels of nesting; the deck files of design need eight."""

MAX_ALIASED: Final = 100_000
"""Values that aliases may add to a file, all counted as often as they are repeated."""

KeyPath = tuple[str | int, ...]
"""Way to a value inside a file: field names and list positions from 0, as ``("cards", 3, "front")``."""

Span = tuple[int, int]
"""Start and end of a stretch of text, in characters from 0."""

# What YAML 1.2 does not count as printable, and three that YAML 1.1 parsers take for line ends (NEL, LS, PS), and the
# byte order mark: https://yaml.org/spec/1.2.2/#51-character-set
_UNPRINTABLE: Final = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]"
)
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_RESERVED_START: Final = "@`%"

_ITEM_DEPTH: Final = 2
"""What stands around an item of a list of the outermost mapping: these two."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong in a text: a code of the catalogue, a message, where, and a hint if the rule's is too wide."""

    code: str
    message: str
    span: Span
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text holds.

    Attributes:
        value: Its value; None when it could not be read to the end.
        flaws: What is wrong with it.
        items: Where mappings begin that are items of a list of the outermost mapping (in files of cards, the cards),
            by the way to them; but for those in braces.
    """

    value: Any
    flaws: tuple[Flaw, ...] = ()
    items: Mapping[KeyPath, int] = field(default_factory=dict, compare=False)


@dataclass(slots=True)
class Lines:
    """Turns positions in a text into lines and columns."""

    text: str
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        if "\r" in self.text:
            self._starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        else:  # nearly always, and much faster
            lengths = (len(line) + 1 for line in self.text.split("\n")[:-1])
            self._starts = list(accumulate(lengths, initial=0))

    def locate(self, position: int) -> tuple[int, int, str]:
        """Give line and column, both from 1, and the line's text."""
        row = bisect_right(self._starts, position)
        start = self._starts[row - 1]
        line = self.text[start : self._starts[row] if row < len(self._starts) else None].rstrip("\r\n")
        return row, max(0, min(position - start, len(line))) + 1, line


class _Stopped(Exception):  # noqa: N818 - it ends the reading, it is no error of ours
    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


def c_parser() -> Any:  # noqa: ANN401 - PyYAML's parsers share no type
    """Give PyYAML's parser in C, or None where PyYAML was built without it."""
    cyaml = getattr(yaml, "cyaml", None)
    return cyaml.CParser if cyaml else None


def best_parser() -> Any:  # noqa: ANN401 - as above
    """Give the parser in C, or the one in Python where that is missing."""
    return c_parser() or PythonParser


def parse(text: str, parser: Any = None) -> Parsed:  # noqa: ANN401 - see c_parser
    """Read one YAML document of mappings, lists and text.

    Args:
        text: The file's text, without a byte order mark.
        parser: Class of the parser; by default the one in C, or in Python where that is missing.

    Returns:
        The value, made of dict, list and str, and all flaws up to the first that reading cannot pass.
    """
    flaws = _invisible(text)
    if flaws:
        return Parsed(None, tuple(flaws))
    if not text.strip():
        return Parsed(None, (Flaw("CG114", "the file is empty", (0, 0)),))
    items: dict[KeyPath, int] = {}
    try:
        value = _build((parser or best_parser())(text), flaws, items)
    except _Stopped as stop:
        return Parsed(None, (*flaws, stop.flaw))
    except yaml.MarkedYAMLError as error:
        flaw = _syntax_flaw(error, text)
        return _stopped_before(flaw.span[0], text, parser) or Parsed(None, (*flaws, flaw))
    return Parsed(value, tuple(flaws), items)


def _stopped_before(position: int, text: str, parser: Any) -> Parsed | None:  # noqa: ANN401 - see c_parser
    """Return what ends the reading before a syntax error, or None if nothing does.

    While a bracket may turn out to begin a field name, parsers look ahead, up to 1,024 characters, before they deliver
    its event. What they refuse there (from libyaml 0.2.6 on, nesting deeper than 1,000 brackets) hides what is wrong
    before it, nesting deeper than our limit for one. The text up to the error has no error, so its events come.
    """
    flaws: list[Flaw] = []
    try:
        _build((parser or best_parser())(text[:position]), flaws, {})
    except _Stopped as stop:
        # What ends where the text is cut may be due to the cut; so may it that only comments are left (CG114, 0 to 0).
        return Parsed(None, (*flaws, stop.flaw)) if 0 < stop.flaw.span[1] < position else None
    except yaml.YAMLError:
        pass
    return None


def _invisible(text: str) -> list[Flaw]:
    flaws = []
    for match in _UNPRINTABLE.finditer(text):
        name = f"U+{ord(match[0]):04X}"
        flaws.append(Flaw("CG104", f"the file holds the invisible character {name}", match.span()))
    if "\t" in text:
        flaws.extend(
            Flaw("CG105", "a tab stands where YAML wants spaces", match.span()) for match in re.finditer(r"\t+", text)
        )
    return flaws


def _build(parser: Any, flaws: list[Flaw], items: dict[KeyPath, int]) -> Any:  # noqa: ANN401, C901, PLR0912, PLR0915
    """Build the value from the parser's events; note flaws, and where items begin.

    One loop, because it runs once for every scalar of every deck: a call for each would double its time.
    """
    event = parser.get_event
    event()
    first = event()
    if type(first) is StreamEndEvent:
        raise _Stopped(Flaw("CG114", "the file has nothing but comments", (0, 0)))

    root: list[Any] = []
    here: Any = root  # the mapping or list being filled
    key: str | None = None  # the mapping's key that waits for its value
    spans: dict[str, int] = {}  # where each key of this mapping starts
    stack: list[tuple[Any, str | None, dict[str, int], str | None, int]] = []
    anchors: dict[str, tuple[Any, int]] = {}
    open_anchors: set[str] = set()
    count = aliased = 0

    while True:
        current = event()
        kind = type(current)
        if kind is ScalarEvent:
            count += 1
            value = current.value
            if current.tag is not None or (current.style == '"' and _UNPRINTABLE.search(value)):
                _check_scalar(current, flaws)
            if current.anchor is not None:
                anchors[current.anchor] = (value, 1)
            if here.__class__ is list:
                here.append(value)
            elif key is None:
                start = current.start_mark.index
                if value in spans:
                    line = spans[value]
                    span = (start, current.end_mark.index)
                    flaws.append(Flaw("CG107", f"`{shortened(value)}` stands twice; first in line {line}", span))
                else:
                    spans[value] = current.start_mark.line + 1
                key = value
            else:
                here[key] = value
                key = None
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            count += 1
            if len(stack) == MAX_DEPTH:
                raise _Stopped(Flaw("CG111", f"nested deeper than {MAX_DEPTH} levels", _span(current)))
            if current.tag is not None:
                flaws.append(_tag_flaw(current))
            if here.__class__ is dict and key is None:
                raise _Stopped(Flaw("CG113", "a field name is a list or a mapping, not text", _span(current)))
            if current.anchor is not None:
                open_anchors.add(current.anchor)
            if len(stack) == _ITEM_DEPTH and here.__class__ is list and not current.flow_style:
                name = stack[-1][1]
                if name is not None:
                    items[name, len(here)] = current.start_mark.index
            stack.append((here, key, spans, current.anchor, count))
            here, key, spans = ({}, None, {}) if kind is MappingStartEvent else ([], None, spans)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            value = here
            here, key, spans, anchor, count_before = stack.pop()
            if anchor is not None:
                open_anchors.discard(anchor)
                anchors[anchor] = (value, count - count_before + 1)
            if here.__class__ is list:
                here.append(value)
            else:
                here[key] = value
                key = None
        elif kind is AliasEvent:
            name = current.anchor
            if name in open_anchors:
                raise _Stopped(Flaw("CG109", f"`*{name}` stands inside the value that it names", _span(current)))
            if name not in anchors:
                raise _Stopped(Flaw("CG106", f"`*{name}` names nothing that came before", _span(current)))
            value, size = anchors[name]
            count += size
            aliased += size
            if aliased > MAX_ALIASED:
                raise _Stopped(Flaw("CG110", f"aliases repeat more than {MAX_ALIASED:,} values", _span(current)))
            if here.__class__ is list:
                here.append(value)
            elif key is None:
                raise _Stopped(Flaw("CG113", f"a field name is the alias `*{name}`, not text", _span(current)))
            else:
                here[key] = value
                key = None
        elif kind is DocumentStartEvent:
            raise _Stopped(Flaw("CG112", "a second YAML document begins here", _span(current)))
        elif kind is StreamEndEvent:
            return root[0]


def _check_scalar(event: Any, flaws: list[Flaw]) -> None:  # noqa: ANN401 - PyYAML's events have no stubs
    if event.tag is not None:
        flaws.append(_tag_flaw(event))
    bad = _UNPRINTABLE.search(event.value)
    if bad:
        name = f"U+{ord(bad[0]):04X}"
        flaws.append(Flaw("CG104", f"a text holds the invisible character {name}", _span(event)))


def _tag_flaw(event: Any) -> Flaw:  # noqa: ANN401 - as above
    start = event.start_mark.index
    tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
    return Flaw("CG108", f"a value carries the tag `{tag}`", (start, start + len(tag)))


def _span(event: Any) -> Span:  # noqa: ANN401 - as above
    return event.start_mark.index, max(event.end_mark.index, event.start_mark.index + 1)


def _syntax_flaw(error: yaml.MarkedYAMLError, text: str) -> Flaw:
    mark = error.problem_mark or error.context_mark
    position = min(mark.index, len(text)) if mark else 0
    if "unknown escape" in (error.problem or "") and text[position : position + 1] != "\\":
        position -= 1  # the parser in Python points behind the backslash
    # In our own words, since the two parsers word the same thing differently.
    found = f"`{text[position]}`" if position < len(text.rstrip()) else "end of the file"
    context = f" {error.context}" if error.context else ""
    hint = ""
    if text[position : position + 1] and text[position] in _RESERVED_START:
        hint = f"A text that begins with `{text[position]}` must stand in quotes."
    elif "block scalar" in context:
        hint = "A text that begins with `>` or `|` must stand in quotes."
    elif text[position : position + 1] == ":":
        hint = "A text that contains a colon and a space must stand in quotes."
    return Flaw("CG106", f"unexpected {found}{context}", (position, position + 1), hint)
