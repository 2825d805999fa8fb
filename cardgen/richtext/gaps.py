"""The gaps of cloze texts, in Anki's own notation: ``{{c1::hidden}}`` and ``{{c1::hidden::hint}}``, also nested."""

from __future__ import annotations

import re
from typing import Final

MAX_NUMBER: Final = 499
"""Anki makes no card for a higher number (rslib/src/cloze.rs)."""

_TOKEN: Final = re.compile(r"\{\{c(\d+)::|\}\}")
_ALMOST: Final = re.compile(r"\{\{\s*(?:[cC]\d*(?:,\d+)*\s*:{0,2}|\d+\s*::)")
_OPENING: Final = re.compile(r"\{\{c\d+::")


def has_gap(text: str) -> bool:
    """Say whether a text has the beginning of a gap."""
    return _OPENING.search(text) is not None


def gap_numbers(text: str) -> tuple[int, ...]:
    """Give the numbers of a text's gaps, each once, in ascending order."""
    return tuple(sorted({int(number) for number in re.findall(r"\{\{c(\d+)::", text)}))


def broken_gap(text: str) -> str:
    """Describe the first gap that is not well formed; empty if all are."""
    opened: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        if match[1] is not None:
            if not 1 <= int(match[1]) <= MAX_NUMBER:
                return f"`{match[0]}` has a number that is not from 1 to {MAX_NUMBER}"
            opened.append(match.span())
        elif opened:
            start, end = opened.pop()
            if not text[end : match.start()].split("::", maxsplit=1)[0].strip():
                return f"`{text[start : match.end()]}` hides nothing"
    if opened:
        start, end = opened[0]
        return f"`{text[start : end + 20]}` is not closed by `}}}}`"
    for match in _ALMOST.finditer(text):
        if not _OPENING.match(text, match.start()):
            return f"`{text[match.start() : match.end() + 12]}` is not how a gap begins"
    return ""


def ask(text: str, number: int) -> str:
    """Give a plain text as the card of a number asks it: ``[hint]`` or ``[...]`` in the gap, the others filled."""
    return _filled(text, number)


def hidden(text: str, number: int) -> str:
    """Give what a number hides; of several gaps, all, separated by semicolons."""
    found: list[str] = []
    _filled(text, number, found)
    return "; ".join(found)


def _filled(text: str, number: int, found: list[str] | None = None) -> str:
    # Each level collects what is inside one open gap; the outermost is the text itself.
    levels: list[tuple[int, list[str]]] = [(0, [])]
    position = 0
    for match in _TOKEN.finditer(text):
        levels[-1][1].append(text[position : match.start()])
        position = match.end()
        if match[1] is not None:
            levels.append((int(match[1]), []))
        elif len(levels) == 1:
            levels[-1][1].append(match[0])
        else:
            gap, parts = levels.pop()
            answer, _, hint = "".join(parts).partition("::")
            if gap == number:
                if found is not None:
                    found.append(answer)
                answer = f"[{hint or '...'}]"
            levels[-1][1].append(answer)
    levels[-1][1].append(text[position:])
    return "".join("".join(parts) for _, parts in levels)
