"""The gaps of cloze texts, in Anki's own notation: ``{{c1::hidden}}`` and ``{{c1::hidden::hint}}``, also nested."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

MAX_NUMBER: Final = 499
"""Anki makes no card for a higher number (rslib/src/cloze.rs)."""

_TOKEN: Final = re.compile(r"\{\{c([0-9]+)::|\}\}")
_ALMOST: Final = re.compile(r"\{\{\s*(?:[cC][0-9]*(?:,[0-9]+)*\s*:{0,2}|[0-9]+\s*::)")
_OPENING: Final = re.compile(r"\{\{c[0-9]+::")


def has_gap(text: str) -> bool:
    """Say whether a text has the beginning of a gap."""
    return _OPENING.search(text) is not None


def gap_numbers(text: str) -> tuple[int, ...]:
    """Give the numbers of a text's gaps, each once, in ascending order."""
    return tuple(sorted({int(number) for number in re.findall(r"\{\{c([0-9]+)::", text)}))


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
            inside = text[end : match.start()]
            if not inside.split("::", maxsplit=1)[0].strip():
                return f"`{text[start : match.end()]}` hides nothing"
            if not _balanced(inside):
                return "a style or a list begins inside a gap and ends outside of it, or the other way round"
    if opened:
        start, end = opened[0]
        return f"`{text[start : end + 20]}` is not closed by `}}}}`"
    for match in _ALMOST.finditer(text):
        if not _OPENING.match(text, match.start()):
            return f"`{text[match.start() : match.end() + 12]}` is not how a gap begins"
    return ""


def _balanced(html: str) -> bool:
    opened: list[str] = []
    for slash, name in re.findall(r"<(/?)([a-z0-9]+)", html):
        if not slash and name not in ("br", "img"):
            opened.append(name)
        elif slash and (not opened or opened.pop() != name):
            return False
    return not opened


def ask(text: str, number: int) -> str:
    """Give a plain text as the card of a number asks it: ``[hint]`` or ``[...]`` in the gap, the others filled."""
    return _filled(text, number)


def hidden(text: str, number: int) -> str:
    """Give what a number hides; of several gaps, all, separated by semicolons."""
    found: list[str] = []
    _filled(text, number, found)
    return "; ".join(found)


@dataclass
class _Gap:
    """A gap that is open: its number, what it shows to the card that is asked, all it holds, and its hint."""

    number: int
    shown: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    hint: str | None = None

    def add(self, shown: str, whole: str) -> None:
        self.shown.append(shown)
        self.whole.append(whole)


def _filled(text: str, number: int, found: list[str] | None = None) -> str:
    # The outermost is the text itself. As in Anki, a hint is what follows :: up to the next gap (rslib/src/cloze.rs).
    levels = [_Gap(0)]
    position = 0
    for match in _TOKEN.finditer(text):
        _add_text(levels[-1], text[position : match.start()])
        position = match.end()
        if match[1] is not None:
            levels.append(_Gap(int(match[1])))
        elif len(levels) == 1:
            levels[-1].add(match[0], match[0])
        else:
            gap = levels.pop()
            shown, whole = "".join(gap.shown), "".join(gap.whole)
            if gap.number == number:
                shown = "[...]" if gap.hint is None else f"[{gap.hint}]"
                if found is not None and all(outer.number != number for outer in levels):
                    found.append(whole)
            levels[-1].add(shown, whole)
    _add_text(levels[-1], text[position:])
    return "".join("".join(level.shown) for level in levels)


def _add_text(gap: _Gap, text: str) -> None:
    if gap.number and "::" in text:
        text, _, gap.hint = text.partition("::")
    gap.add(text, text)
