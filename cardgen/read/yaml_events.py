"""The YAML that is not read by its lines, and what is wrong with a text: values out of a parser's events.

There is PyYAML's parser in C, or the one in Python where that is missing; both only deliver events, and what is built
from the events is built here, so deep nesting meets a limit of ours before it meets the C stack.

PyYAML takes longer to import than a small deck to read, and most commands meet no text that needs it: whoever imports
this module does so where a text has come that does.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
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
from cardgen.read.flaws import Flaw
from cardgen.read.parsed import Items, Parsed
from cardgen.read.plain_lines import STRUCTURED
from cardgen.read.python_parser import PythonParser
from cardgen.read.unprintable import UNPRINTABLE

if TYPE_CHECKING:
    from cardgen.read.flaws import Span

MAX_DEPTH: Final = 64
"""Levels of nesting; the deck files of design need eight."""

MAX_ALIASED: Final = 100_000
"""Values that aliases may add to a file, all counted as often as they are repeated."""

_ESCAPED: Final = re.compile("[\\x00-\\x1f\\x7f-\\xa0\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]")
"""Finds what an escape in double quotes may have left: what is unprintable, line ends, tabs and no-break spaces."""
_BLOCKS: Final = ("|", ">")

_ITEM_DEPTH: Final = 2
"""What stands around an item of a list of the outermost mapping: these two."""


class _Stopped(Exception):  # noqa: N818 - it ends the reading, it is no error of ours
    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


def c_parser() -> Any:  # noqa: ANN401 - PyYAML's parsers share no type
    """Return PyYAML's parser in C, or None where PyYAML was built without it."""
    cyaml = getattr(yaml, "cyaml", None)
    return cyaml.CParser if cyaml else None


def best_parser() -> Any:  # noqa: ANN401 - as above
    """Return the parser in C, or the one in Python where that is missing."""
    return c_parser() or PythonParser


def read_events(text: str, parser: Any = None) -> Parsed:  # noqa: ANN401 - see c_parser
    """Read a text by a parser.

    Args:
        text: The text, without control characters; it is not empty.
        parser: Class of the parser; by default the best.
    """
    flaws: list[Flaw] = []
    items = Items()
    try:
        value = _build((parser or best_parser())(text), text, flaws, items)
    except _Stopped as stop:
        return Parsed(None, (*flaws, stop.flaw))
    except yaml.MarkedYAMLError as error:
        stopped = _stopped_before(error, text, parser)
        from cardgen.read.slips import explain_syntax

        # What is folded where a quote or a bracket was not closed is no text that somebody wrote.
        kept = (flaw for flaw in flaws if flaw.code != "CG118")
        return stopped or Parsed(None, (*kept, explain_syntax(error, text)))
    return Parsed(value, tuple(flaws), items)


def read_brackets(text: str) -> Any:  # noqa: ANN401 - any value may come
    """Return the value of what stands in brackets or braces; None if something is wrong with it."""
    return json.loads(_json_of(text))


@lru_cache(maxsize=1024)  # defaults of files are the same again and again: 4 % of a build of 4,000 small ones
def _json_of(text: str) -> str:
    """Return the value as JSON, so that everybody gets one to change; it is made of dict, list and str."""
    flaws: list[Flaw] = []
    try:
        value = _build(best_parser()(text), text, flaws, Items())
    except (_Stopped, yaml.MarkedYAMLError):
        return "null"
    return json.dumps(None if flaws else value)


def _stopped_before(error: yaml.MarkedYAMLError, text: str, parser: Any) -> Parsed | None:  # noqa: ANN401 - see c_parser
    """Return what ends the reading before a syntax error, or None if nothing does.

    While a bracket may turn out to begin a field name, parsers look ahead, up to 1,024 characters, before they deliver
    its event. What they refuse there (from libyaml 0.2.6 on, nesting deeper than 1,000 brackets) hides what is wrong
    before it, nesting deeper than our limit for one. The text up to the error has no error, so its events come.
    """
    flaws: list[Flaw] = []
    position = min(error.problem_mark.index, len(text)) if error.problem_mark else 0
    try:
        _build((parser or best_parser())(text[:position]), text, flaws, Items())
    except _Stopped as stop:
        # What ends where the text is cut may be due to the cut; so may it that only comments are left (CG114, 0 to 0).
        return Parsed(None, (*flaws, stop.flaw)) if 0 < stop.flaw.span[1] < position else None
    except yaml.YAMLError:
        pass
    return None


def _build(parser: Any, text: str, flaws: list[Flaw], items: Items) -> Any:  # noqa: ANN401, C901, PLR0912, PLR0915
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
    doubled: list[tuple[dict[str, Any], dict[str, Any], bool]] = []  # mappings, what they keep, whether that is all
    unused: dict[str, Span] = {}  # anchors of texts that no alias has named yet
    count = aliased = 0
    escaped_spaces = "\\ " in text

    while True:
        current = event()
        kind = type(current)
        if kind is ScalarEvent:
            count += 1
            value = current.value
            style = current.style
            if style is None:
                # Nearly all are plain; names of fields stand in one line, and most texts in that of their name.
                if (
                    (current.end_mark.line >= spans[key] if key is not None else here.__class__ is list)
                    and current.start_mark.line != current.end_mark.line
                ) or current.tag is not None:
                    _check_scalar(current, text, flaws)
            elif (
                (style == '"' and (escaped_spaces or _ESCAPED.search(value)))
                or (style == ">" and STRUCTURED.search(value))
                or (style not in _BLOCKS and current.start_mark.line != current.end_mark.line)
                or current.tag is not None
            ):
                _check_scalar(current, text, flaws)
            if current.anchor is not None:
                anchors[current.anchor] = (value, 1)
                unused[current.anchor] = _span(current)
            if here.__class__ is list:
                here.append(value)
            elif key is None:
                start = current.start_mark.index
                if value in spans:
                    line = spans[value]
                    span = (start, current.end_mark.index)
                    message = f"`{shortened(value)}` appears twice, first on line {line}"
                    # Of a list, where a hyphen is missing; also of one that has none at all, whose entries have ids.
                    around = stack[-1][0]
                    is_entry = value == next(iter(here)) and around is not root
                    is_entry = is_entry and (around.__class__ is list or value == "id")
                    doubled.append((here, dict(here) if is_entry else {value: here[value]}, is_entry))
                    if is_entry:
                        flaws.append(Flaw("CG107", message, span, f"If a new entry begins here, write `- {value}`."))
                        spans = {value: current.start_mark.line + 1}  # its other fields are told by that
                    else:
                        flaws.append(Flaw("CG107", message, span))
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
                    items.note(name, len(here), current.start_mark.index)
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
            unused.pop(name, None)
            if name in open_anchors:
                raise _Stopped(Flaw("CG109", f"`*{name}` stands inside the value that it names", _span(current)))
            if name not in anchors:
                message = f"`*{shortened(name)}` names nothing that came before"
                raise _Stopped(
                    Flaw("CG106", message, _span(current), "A text that begins with `*` must stand in quotes.")
                )
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
            for mapping, kept, is_all in reversed(doubled):
                if is_all:
                    mapping.clear()
                mapping.update(kept)
            flaws.extend(_unused_anchor(text, name, span) for name, span in unused.items())
            return root[0]


def _check_scalar(event: Any, text: str, flaws: list[Flaw]) -> None:  # noqa: ANN401 - PyYAML's events have no stubs
    from cardgen.read.folding import folded_block, folded_flow
    from cardgen.read.losses import eaten_backslash

    if event.tag is not None:
        flaws.append(_tag_flaw(event))
    start, end = _span(event)
    source = text[start:end]
    if event.style == ">":
        folded = folded_block(source[source.index(">") :], start + source.index(">"))
        flaws.extend(filter(None, [folded]))
        return
    if event.start_mark.line != event.end_mark.line and event.style not in _BLOCKS:
        folded = folded_flow(source, start)
        flaws.extend(filter(None, [folded]))
    bad = UNPRINTABLE.search(event.value)
    quote = source.find('"') if event.style == '"' else -1
    eaten = eaten_backslash(source[quote:], start + quote) if quote >= 0 else None
    if eaten:
        flaws.append(eaten)
    elif bad:
        name = f"U+{ord(bad[0]):04X}"
        flaws.append(Flaw("CG104", f"a text holds the invisible character {name}", (start, end)))


def _tag_flaw(event: Any) -> Flaw:  # noqa: ANN401 - as above
    start = event.start_mark.index
    tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
    hint = "Delete it: every value is the text that stands there." if tag.startswith("!!") else ""
    return Flaw("CG108", f"a value carries the tag `{shortened(tag)}`", (start, start + len(tag)), hint)


def _unused_anchor(text: str, name: str, span: Span) -> Flaw:
    from cardgen.read.slips import quote_whole

    message = f"`&{shortened(name)}` is an anchor to YAML, not a part of the text, and no alias names it"
    hint = quote_whole(text[slice(*span)]) if text[span[0]] == "&" else "Quote all of it."
    return Flaw("CG121", message, (span[0], span[0] + len(name) + 1), hint)


def _span(event: Any) -> Span:  # noqa: ANN401 - as above
    return event.start_mark.index, max(event.end_mark.index, event.start_mark.index + 1)
