"""Strict YAML: text in, plain values out, and the place of any value when somebody asks.

Every scalar stays the text that its author typed, as YAML 1.2 leaves it to the application to say what a plain
scalar means; the schema says later which texts are numbers or booleans. Rejected are duplicate keys, tabs outside of
texts under ``|`` and ``>``, tags, control characters, several documents, aliases or nesting without bound, and what
would be lost from a text without a word (see ``losses``).

What nearly all files are made of is read line by line (``plain_lines``), the rest by a parser (``yaml_events``), which
is only imported then, as is what says what is wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from cardgen.read.flaws import FOREIGN_SPACES, Flaw
from cardgen.read.parsed import Items, Parsed
from cardgen.read.plain_lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVISIBLE_ASCII: Final = "".join(map(chr, (*range(10), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F)))
_INVISIBLE: Final = f"{_INVISIBLE_ASCII}{''.join(map(chr, range(0x80, 0xA0)))}\u2028\u2029\ufeff\ufffe\uffff"
"""What ``unprintable`` finds, tabs among it, but for halves of characters, which no file has that is UTF-8."""
_FOREIGN: Final = "\xa0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_FOREIGN_START: Final = rf"(?m)^ *[{FOREIGN_SPACES}]"


def parse(text: str, parser: Any = None) -> Parsed:  # noqa: ANN401 - see `yaml_events.c_parser`
    """Read one YAML document of mappings, lists and text.

    Args:
        text: The file's text, without a byte order mark.
        parser: Class of the parser, for all of the text; by default the one in C, or in Python where that is missing,
            for what is not read by its lines.

    Returns:
        The value, made of dict, list and str, and all flaws up to the first that reading cannot pass.
    """
    flaws = _invisible(text)
    if flaws:
        return Parsed(None, tuple(flaws))
    if not text or text.isspace():
        return Parsed(None, (Flaw("CG114", "the file is empty", (0, 0)),))
    parsed = _parse(text, parser)
    if parsed.value is None:
        return parsed
    pairs = _questions_and_answers(text, parsed.value)
    if pairs:
        return Parsed(None, (pairs,))
    suspicious = not text.isascii() and any(map(text.__contains__, _FOREIGN)) and re.search(_FOREIGN_START, text)
    foreign = tuple(_foreign_names(text, parsed.value)) if suspicious else ()
    if foreign:  # its fields are not where their author sees them
        return Parsed(None, (*parsed.flaws, *foreign))
    return parsed


def _parse(text: str, parser: Any) -> Parsed:  # noqa: ANN401 - as above
    if parser is None:
        items = Items()
        value = read_lines(text, _in_brackets, items.note)
        if value is not None:
            return Parsed(value, (), items)
    from cardgen.read.yaml_events import read_events

    return read_events(text, parser)


def _in_brackets(text: str) -> Any:  # noqa: ANN401 - any value may come
    """Return the value of what stands in brackets or braces; None if something is wrong with it."""
    from cardgen.read.yaml_events import read_brackets

    return read_brackets(text)


def _invisible(text: str) -> list[Flaw]:
    # To look for each of the characters is several times as fast as one search for all of them.
    if text.isascii():
        suspicious = any(map(text.__contains__, _INVISIBLE_ASCII))
    else:
        suspicious = any(map(text.__contains__, _INVISIBLE)) or not _is_utf8(text)
    if not suspicious:
        return []
    from cardgen.read.unprintable import invisible

    return invisible(text)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


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
        yield from (name for name in value if not name.isascii() and re.match(_FOREIGN_START, name))
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _names(inner)
