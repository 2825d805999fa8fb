"""Reads the YAML that nearly all files are written in by its lines, and leaves everything else to a parser.

A field and its value stand in one line, or the value is in the next one, or a block below it. What such lines mean
needs no parser, and to read them takes half as long as libyaml's events, for each of which Python makes three objects.
Whatever is unusual (anchors, tags, tabs, texts over several lines that are no blocks, a field that stands there twice,
any mistake) is not read here at all, so that one place alone knows the rest of YAML and says what is wrong with a file.
Property tests hold both to the same values and places.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_BRACKETS: Final = 8
"""Most brackets and braces that begin in one line, which bounds how deep its value is."""

_MAX_LEVELS: Final = 32
"""Levels of nesting. It is half of what a parser may read, so that one place alone tells of that limit."""

# Text that begins otherwise than with one of YAML's signs ends with its line, unless there is a colon before a space or
# a `#` behind one: https://yaml.org/spec/1.2.2/#733-plain-style
_START: Final = r"[^-\s?:,\[\]{}#&*!|>'\"%@`]"
_PLAIN: Final = rf"{_START}[^:#\n]*+(?:(?::(?=\S)|(?<! )#)[^:#\n]*+)*+(?<! )"
# A name is at most half as long as libyaml may take one for.
_NAME: Final = rf"{_START}[^:#\n]{{0,500}}+(?<! )"
# The quote is the only escape; a no-break space may not be meant.
_QUOTED: Final = r"\"[^\"\\\n\xa0]*(?:\\\"[^\"\\\n\xa0]*)*\"|'[^'\n]*(?:''[^'\n]*)*'"
_LITERALS: Final = r"\['[^'\n]*'(?:, '[^'\n]*')*\]"
"""A list of texts in single quotes, as patterns are."""
_FLOW: Final = rf"{_LITERALS}|\[[^\n\\#&*!|>`]*\]|\{{[^\n\\#&*!|>`]*\}}"
_BLOCK: Final = r"[|>]-?\n(?:\1 ++[^\n]+\n|\n)*+"
_LINE: Final = re.compile(
    rf"^(?:( *+)(?=\S)(?:(- )?(?:({_NAME}):(?: (?=\S)|(?=\n)))?"
    rf"(?:({_PLAIN}|{_QUOTED}|{_FLOW})?\n|({_BLOCK}))|\#.*\n)|\n)",
    re.MULTILINE,
)
"""A line with its block: the indentation, whether an item of a list begins, a field's name, the value, the block."""

_WORD: Final = r"[^\W_][\w./-]*(?:::?\w[\w./-]*)*"
_WORDS: Final = re.compile(rf"\[{_WORD}(?:, {_WORD})*\]")
"""A list of single words, as tags are: nearly all that stands in brackets."""
_IN_PHRASE: Final = r"[^\[\]{}:,?\"]*+(?<! )"
_SCALAR: Final = rf"\"([^\"\xa0]*)\"|'([^'\"]*)'|([^\W_]{_IN_PHRASE}(?:::?\w{_IN_PHRASE})*+)"
_SIGNS_AND_SCALARS: Final = rf"(?:[\[\]{{}}]|[,:] |{_SCALAR})*+"
"""What nearly all the rest of it is made of. With quotes around all texts it is JSON."""
_MAX_JSON: Final = 1000
"""Most letters that are read so. A field name with more is none in YAML."""
STRUCTURED: Final = re.compile(r"\n[\s\S]|   |\\ |(?:^| )(?:[-*]|\d{1,9}[.)])(?: |$)|\||```|~~~|\$\$")
"""Finds in a text under ``>`` what may have been structure of Markdown; most texts have none. See ``folding``."""
_LINE_ENDS: Final = re.compile(r"\n(\n*)")


class _Unusual(Exception):  # noqa: N818 - it is no error, the file is for a parser
    pass


def read_lines(  # noqa: C901, PLR0912, PLR0915 - one loop, because it runs once for every line of every deck
    text: str, parsed: Callable[[str], Any], note_item: Callable[[str, int, int], None]
) -> dict[str, Any] | None:
    """Return the value of a file, a mapping; None if it has to be read by a parser.

    Args:
        text: The file's text, without control characters.
        parsed: Reads what stands in brackets and is not plain, either; returns None if something is wrong with it.
        note_item: Is told where a mapping begins that is an item of a list of the outermost mapping: the list's name,
            the item's index, the position.
    """
    if not text.endswith("\n") or "\t" in text or "\r" in text or "\\ " in text:
        return None
    root: dict[str, Any] = {}
    here: Any = root  # the mapping or list being filled
    column = 0  # where its fields or items begin
    around: list[tuple[Any, int]] = []
    waiting: str | None = None  # the field whose value begins in the next line, if it has one
    outermost = ""  # the last field of the outermost mapping
    position = 0
    try:
        for match in _LINE.finditer(text):
            if match.start() != position:
                return None
            position = match.end()
            indent, dash, name, value, block = match.groups()
            if not name and not dash:
                if value and waiting is not None and len(indent) > column:
                    here[waiting] = _value(value, block, column, parsed)
                    waiting = None
                elif value or block:
                    return None
                continue  # that, a comment, or nothing
            begins = len(indent)
            if waiting is not None:
                if begins > column:
                    around.append((here, column))
                    below: Any = [] if dash else {}
                    here[waiting] = below
                    here, column = below, begins
                else:
                    here[waiting] = ""
                waiting = None
            while column > begins:
                here, column = around.pop()
            if column != begins or (here.__class__ is list) is not bool(dash) or len(around) > _MAX_LEVELS:
                return None
            if dash:
                if not name:
                    here.append(_value(value, block, column, parsed))
                    continue
                if len(around) == 1:
                    note_item(outermost, len(here), match.start(3))
                around.append((here, column))
                item: Any = {}
                here.append(item)
                here, column = item, column + len(dash)
            elif not around:
                outermost = name
            if name in here:
                return None
            if value or block:
                here[name] = _value(value, block, column, parsed)
            else:
                waiting = name
    except _Unusual:
        return None
    if waiting is not None:
        here[waiting] = ""
    return root if root and position == len(text) else None


def _value(value: str | None, block: str | None, column: int, parsed: Callable[[str], Any]) -> Any:  # noqa: ANN401 - as above
    """Return what is written as the value of a field or an item that stands in a column."""
    if block is not None:
        return _of_block(block, column)
    if value is None:
        raise _Unusual
    first = value[0]
    if first == '"':
        return value[1:-1].replace('\\"', '"')
    if first == "'":
        return value[1:-1].replace("''", "'")
    return _in_brackets(value, parsed) if first in "[{" else value


def _in_brackets(written: str, parsed: Callable[[str], Any]) -> Any:  # noqa: ANN401 - as above
    if _WORDS.fullmatch(written):
        return written[1:-1].split(", ")
    if re.fullmatch(_LITERALS, written):
        return written[2:-2].split("', '")
    if written.count("[") + written.count("{") > _MAX_BRACKETS:
        raise _Unusual
    as_json = _as_json(written)
    found = parsed(written) if as_json is None else json.loads(as_json)
    if found is None:
        raise _Unusual
    return found


@lru_cache(maxsize=1024)  # defaults of files and grades of sources are the same again and again
def _as_json(written: str) -> str | None:
    """Return what stands in brackets as JSON, or None where it has to be read by a parser."""
    if len(written) > _MAX_JSON or not re.fullmatch(_SIGNS_AND_SCALARS, written):
        return None
    as_json = re.sub(_SCALAR, r'"\1\2\3"', written)
    try:
        json.loads(as_json, object_pairs_hook=_mapping)
    except ValueError:  # a name without a value, for one, which YAML allows
        return None
    return as_json


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a mapping of its pairs.

    Raises:
        ValueError: If a name stands there twice.
    """
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise ValueError
    return mapping


def _of_block(block: str, column: int) -> str:
    """Return the text of a block: https://yaml.org/spec/1.2.2/#81-block-scalar-styles."""
    from cardgen.read.folding import folded_block

    header, _, body = block.partition("\n")
    lines = body.split("\n")
    while lines and not lines[-1]:
        lines.pop()
    depth = len(lines[0]) - len(lines[0].lstrip(" ")) if lines else 0
    indented = block.count("\n" + " " * depth)
    if depth <= column or " \n" in block or indented != len(lines) - lines.count(""):
        raise _Unusual
    text = "\n".join([line[depth:] for line in lines])
    if header[0] == ">":
        if "\n " in text:  # lines that are indented more are not folded
            raise _Unusual
        text = _LINE_ENDS.sub(lambda ends: ends[1] or " ", text)
        if STRUCTURED.search(text) and folded_block(block, 0):
            raise _Unusual
    return text if header[1:] else f"{text}\n"
