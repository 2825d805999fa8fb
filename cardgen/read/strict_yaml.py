"""Strict YAML: text in, plain values out, and the place of any value when somebody asks.

Every scalar stays the text that its author typed, as YAML 1.2 leaves it to the application to say what a plain
scalar means; the schema says later which texts are numbers or booleans. Rejected are duplicate keys, tabs outside of
texts under ``|`` and ``>``, tags, control characters, several documents, aliases or nesting without bound, and what
would be lost from a text without a word (see ``losses``).

What nearly all files are made of is read line by line (``plain_lines``). For the rest there is PyYAML's parser in C, or
the one in Python where that is missing; both only deliver events, and what is built from the events is built here, so
deep nesting meets a limit of ours before it meets the C stack.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
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
from cardgen.read.flaws import FOREIGN_SPACES, Flaw, Span
from cardgen.read.plain_lines import STRUCTURED, read_lines
from cardgen.read.python_parser import PythonParser

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH: Final = 64
"""Levels of nesting; the deck files of design need eight."""

MAX_ALIASED: Final = 100_000
"""Values that aliases may add to a file, all counted as often as they are repeated."""

KeyPath = tuple[str | int, ...]
"""Way to a value inside a file: field names and list positions from 0, as ``("cards", 3, "front")``."""

# What YAML 1.2 does not count as printable, and three that YAML 1.1 parsers take for line ends (NEL, LS, PS), and the
# byte order mark: https://yaml.org/spec/1.2.2/#51-character-set
UNPRINTABLE: Final = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]"
)
_UNPRINTABLE_ASCII: Final = "".join(map(chr, (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F)))
_UNPRINTABLE_COMMON: Final = f"{_UNPRINTABLE_ASCII}{''.join(map(chr, range(0x80, 0xA0)))}\u2028\u2029\ufeff\ufffe\uffff"
"""The same but for halves of characters, which no file has that is UTF-8."""
_ESCAPED: Final = re.compile("[\\x00-\\x1f\\x7f-\\xa0\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]")
"""Finds what an escape in double quotes may have left: all of those, line ends, tabs and no-break spaces."""
_FOREIGN: Final = "\xa0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_FOREIGN_START: Final = re.compile(rf"^ *[{FOREIGN_SPACES}]", re.MULTILINE)
_BLOCKS: Final = ("|", ">")
_MANY: Final = 10
"""So many control characters, and it is no text that somebody wrote."""

_ITEM_DEPTH: Final = 2
"""What stands around an item of a list of the outermost mapping: these two."""


class Items(Mapping[KeyPath, int]):
    """Where items of lists of the outermost mapping begin in the text, by their paths.

    Of each it keeps four bytes, since a large deck has as many as cards and needs few of them, or none: as a dictionary
    they were 140 bytes a card.
    """

    def __init__(self) -> None:
        self._starts: dict[str, array[int]] = {}

    def note(self, name: str, index: int, start: int) -> None:
        """Note where an item of a list begins; of a list that stands there twice, the first counts."""
        starts = self._starts.get(name)
        if starts is None:
            starts = self._starts[name] = array("i")  # files have less than 2^31 characters
        if index >= len(starts):
            starts.extend([_NOWHERE] * (index - len(starts)))
            starts.append(start)

    def __getitem__(self, path: KeyPath) -> int:
        match path:
            case (str() as name, int() as index):
                starts = self._starts.get(name, ())
                if 0 <= index < len(starts) and starts[index] != _NOWHERE:
                    return starts[index]
        raise KeyError(path)

    def __iter__(self) -> Iterator[KeyPath]:
        for name, starts in self._starts.items():
            yield from ((name, index) for index, start in enumerate(starts) if start != _NOWHERE)

    def __len__(self) -> int:
        return sum(len(starts) - starts.count(_NOWHERE) for starts in self._starts.values())


_NOWHERE: Final = -1
"""Where an item begins that is no mapping, or one in braces."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text holds.

    Attributes:
        value: Its value; None when it could not be read to the end.
        flaws: What is wrong with it.
        items: Where mappings begin that are items of a list of the outermost mapping (in files of cards, the cards),
            by their paths, except those in braces.
    """

    value: Any
    flaws: tuple[Flaw, ...] = ()
    items: Mapping[KeyPath, int] = field(default_factory=dict, compare=False)


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


def parse(text: str, parser: Any = None) -> Parsed:  # noqa: ANN401 - see c_parser
    """Read one YAML document of mappings, lists and text.

    Args:
        text: The file's text, without a byte order mark.
        parser: Class of the parser, for all of the text; by default the one in C, or in Python where that is missing,
            for what is not read by its lines.

    What says what is wrong is imported only where something may be.

    Returns:
        The value, made of dict, list and str, and all flaws up to the first that reading cannot pass.
    """
    flaws = _invisible(text)
    if flaws:
        return Parsed(None, tuple(flaws))
    if not text or text.isspace():
        return Parsed(None, (Flaw("CG114", "the file is empty", (0, 0)),))
    items = Items()
    try:
        value = read_lines(text, _in_brackets, items.note) if parser is None and not flaws else None
        if value is None:
            items = Items()
            value = _build((parser or best_parser())(text), text, flaws, items)
    except _Stopped as stop:
        return Parsed(None, (*flaws, stop.flaw))
    except yaml.MarkedYAMLError as error:
        stopped = _stopped_before(error, text, parser)
        from cardgen.read.slips import explain_syntax

        # What is folded where a quote or a bracket was not closed is no text that somebody wrote.
        kept = (flaw for flaw in flaws if flaw.code != "CG118")
        return stopped or Parsed(None, (*kept, explain_syntax(error, text)))
    pairs = _questions_and_answers(text, value)
    if pairs:
        return Parsed(None, (pairs,))
    suspicious = not text.isascii() and any(map(text.__contains__, _FOREIGN)) and _FOREIGN_START.search(text)
    foreign = tuple(_foreign_names(text, value)) if suspicious else ()
    if foreign:  # its fields are not where their author sees them
        return Parsed(None, (*flaws, *foreign))
    return Parsed(value, tuple(flaws), items)


def _in_brackets(text: str) -> Any:  # noqa: ANN401 - any value may come
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


def _invisible(text: str) -> list[Flaw]:
    flaws = []
    # To look for each of the characters is several times as fast as one search for all of them.
    if text.isascii():
        suspicious = any(map(text.__contains__, _UNPRINTABLE_ASCII))
    else:
        suspicious = any(map(text.__contains__, _UNPRINTABLE_COMMON)) or not _is_utf8(text)
    for match in UNPRINTABLE.finditer(text) if suspicious else ():
        name = f"U+{ord(match[0]):04X}"
        flaws.append(Flaw("CG104", f"the file holds the invisible character {name}", match.span()))
    if len(flaws) > _MANY:
        message = f"the file holds {len(flaws):,} control characters: this is no text file"
        return [Flaw("CG122", message, flaws[0].span)]
    if "\t" in text:
        flaws.extend(_tabs(text))
    return flaws


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _tabs(text: str) -> Iterator[Flaw]:
    """Find tabs, but for those in texts under ``|`` and ``>``, which they are a part of."""
    from cardgen.read.source_lines import SourceLines

    for line in SourceLines(text).lines:
        for match in re.finditer(r"\t+", line.text):
            if not line.is_text or match.start() < line.content:
                start, end = line.start + match.start(), line.start + match.end()
                yield Flaw("CG105", "a tab stands where YAML wants spaces", (start, end))


def _foreign_names(text: str, value: Any) -> Iterator[Flaw]:  # noqa: ANN401 - any value may come
    """Find lines whose field got spaces into its name that are none to YAML."""
    from cardgen.read.slips import foreign_indentation
    from cardgen.read.source_lines import SourceLines

    names = set(_names(value))
    for line in SourceLines(text).lines:
        flaw = None if line.is_text else foreign_indentation(line)
        if flaw and any(name in line.text for name in names):
            yield flaw


def _questions_and_answers(text: str, value: Any) -> Flaw | None:  # noqa: ANN401 - as above
    """Find pairs of questions and answers where a card file should be."""
    first = next(iter(value), "") if isinstance(value, dict) else ""
    if first.lower() not in ("q", "question", "front"):
        return None
    from cardgen.read.slips import questions_and_answers

    return questions_and_answers(text)


def _names(value: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Yield all names of fields that begin with a space that is none to YAML."""
    if isinstance(value, dict):
        yield from (name for name in value if not name.isascii() and _FOREIGN_START.match(name))
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _names(inner)


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
