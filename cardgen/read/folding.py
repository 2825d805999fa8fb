"""What is lost where YAML joins lines: lists, tables, paragraphs and line breaks that Markdown would have kept apart.

Under ``>``, in quotes and in plain texts, YAML joins a line to the one before it, and leaves of an empty line a single
line end, which Markdown takes for a space: https://yaml.org/spec/1.2.2/#65-line-folding.
"""

from __future__ import annotations

import re
from typing import Final

from cardgen.diagnostics import shortened
from cardgen.read.flaws import Flaw

_BULLET: Final = re.compile(r"[-*](?:[ \t]|$)")
_NUMBER: Final = re.compile(r"(\d{1,9})[.)](?:[ \t]|$)")
_EMPTY_ITEM: Final = r"(?:(?:[-*]|\d{1,9}[.)])[ \t]*)+$"
_OTHER_BLOCK: Final = re.compile(r"\|.*\|$|```|~~~|\$\$$")
_STANDS_ALONE: Final = re.compile(rf"{_EMPTY_ITEM}|{_OTHER_BLOCK.pattern}")
"""Finds lines after which the text of the next one is none of theirs: an item with nothing in it, a row, a fence."""
_NO_BLOCK_ALONE: Final = re.compile(rf"{_EMPTY_ITEM}|[|]")
_OPEN: Final = re.compile(rf"{_EMPTY_ITEM}|```|~~~|\$\$$")
_HARD_BREAK: Final = re.compile(r"(?: {2,}|\\)[\r\n]*$")
_WHITE: Final = " \t\r\n"
_QUOTES: Final = "the quotes"


def folded_block(source: str, start: int) -> Flaw | None:
    """Find the first line or paragraph of a text under ``>`` that joining takes from Markdown.

    Args:
        source: The text as the file has it, from ``>`` on.
        start: Where it begins in the file.
    """
    header, *lines = source.splitlines(keepends=True)
    indicator = header.split()[0]
    hint = f"Write `|` in place of `{indicator}`: it keeps lines and paragraphs as they are."
    return _joined(lines, start + len(header), f"`{indicator}`", hint, keeps_deeper=True)


def folded_flow(source: str, start: int) -> Flaw | None:
    """Find the same in a text of several lines that is plain or in quotes.

    Args:
        source: The text as the file has it, with its quotes.
        start: Where it begins in the file.
    """
    quoted = source.startswith(("'", '"'))
    hint = "Write the text under `|`, which keeps lines and paragraphs as they are."
    lines = source[quoted : len(source) - quoted].splitlines(keepends=True)
    by = _QUOTES if quoted else "YAML"
    return _joined(lines, start + quoted, by, hint, keeps_deeper=False, escapes=source.startswith('"'))


def _joined(lines: list[str], at: int, by: str, hint: str, *, keeps_deeper: bool, escapes: bool = False) -> Flaw | None:
    before, blanks, margin = "", 0, -1
    in_list = False
    for line in lines:
        text = line.strip(_WHITE)
        begins, at = at + _indent(line), at + len(line)
        if not text:
            blanks += 1
            continue
        margin = _indent(line) if margin < 0 else margin
        kept = not before or (keeps_deeper and (_indent(line) > margin or _indent(before) > margin))
        if escapes and before.rstrip(_WHITE).endswith("\\"):
            kept = True  # the author has written that the line continues
        number = _NUMBER.match(text)
        # A number other than 1 begins no list in the middle of running text.
        is_item = _BULLET.match(text) or (number and (in_list or number[1] == "1" or not before))
        begins_block = bool(is_item or _OTHER_BLOCK.match(text))
        apart = begins_block or _STANDS_ALONE.match(before.strip(_WHITE)) or _HARD_BREAK.search(before)
        # An item with nothing in it and a row without a head are no blocks after a line of text.
        lost = apart if not blanks else blanks == 1 and (not begins_block or _NO_BLOCK_ALONE.match(text))
        lost = lost or _OPEN.match(before.strip(_WHITE))
        if not kept and lost:
            unit = "paragraph" if blanks else "line"
            verb = "join" if by == _QUOTES else "joins"
            message = f"{by} {verb} the {unit} `{shortened(text, 30)}` to the one before it"
            return Flaw("CG118", message, (begins, begins + len(text)), hint)
        in_list = in_list or bool(is_item)
        before, blanks = line, 0
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(_WHITE))
