"""Anki's own rendering of a text with gaps: what is asked for stands in brackets, what is not stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final

_TOKEN: Final = re.compile(r"\{\{c([0-9]+)::|\}\}")
_MATHS: Final = re.compile(r"(\\[(\[])(.*?)(\\[\])])", re.DOTALL)
_TAG: Final = re.compile(r"<.*?>", re.DOTALL)
_MASK: Final = "image-occlusion:"


@dataclass(slots=True)
class _Gap:
    """A gap, or with number 0 the text around all gaps: what it holds, in order, and its hint."""

    number: int
    hint: str = "..."
    inside: list[str | _Gap] = field(default_factory=list)


def filled(text: str, number: int, *, asked: bool) -> str:
    """Render the gaps of a field as Anki's filter ``cloze:`` does (rslib/src/cloze.rs).

    Args:
        text: The field's HTML, with gaps that are well formed.
        number: The number of the card's gap.
        asked: Whether the gap is open, as on the card's front.
    """
    html = "".join(_shown(part, number, asked=asked) for part in _parsed(text).inside)
    # MathJax wants plain TeX, so Anki takes out all tags between its delimiters, those of gaps as well.
    return _MATHS.sub(lambda maths: maths[1] + _TAG.sub("", maths[2]) + maths[3], html)


def only(text: str, number: int, *, asked: bool) -> str:
    """Render the gaps of a number and nothing around them, as Anki's filter ``cloze-only:`` does; see `filled`."""
    return ", ".join(
        f"[{part.hint}]" if asked else "".join(_shown(child, 0, asked=False) for child in part.inside)
        for part in _parsed(text).inside
        if isinstance(part, _Gap) and part.number == number
    )


def _parsed(text: str) -> _Gap:
    levels = [_Gap(0)]
    position = 0
    for match in _TOKEN.finditer(text):
        _add_text(levels[-1], text[position : match.start()])
        position = match.end()
        if match[1] is not None:
            levels.append(_Gap(int(match[1])))
        elif len(levels) > 1:
            gap = levels.pop()
            levels[-1].inside.append(gap)
        else:
            levels[-1].inside.append(match[0])
    _add_text(levels[-1], text[position:])
    return levels[0]


def _add_text(gap: _Gap, text: str) -> None:
    if gap.number and "::" in text:
        text, _, gap.hint = text.partition("::")
    gap.inside.append(text)


def _shown(part: str | _Gap, number: int, *, asked: bool) -> str:
    if isinstance(part, str):
        return part
    inside = "".join(_shown(child, number, asked=asked) for child in part.inside)
    if inside.startswith(_MASK):
        return _mask(inside.removeprefix(_MASK), part.number, number, asked=asked)
    if part.number != number:
        return f'<span class="cloze-inactive" data-ordinal="{part.number}">{inside}</span>'
    if asked:
        hidden = _attribute(inside)
        return f'<span class="cloze" data-cloze="{hidden}" data-ordinal="{part.number}">[{part.hint}]</span>'
    return f'<span class="cloze" data-ordinal="{part.number}">{inside}</span>'


def _mask(written: str, own: int, number: int, *, asked: bool) -> str:
    """Return the element that a mask becomes, from which a script draws it."""
    shape, *properties = written.split(":")
    named = {"oi": "occludeInactive"}
    attributes = "".join(
        f'data-{named.get(name, name)}="{value}" ' for name, _, value in (item.partition("=") for item in properties)
    )
    role = "cloze-inactive" if own != number else "cloze" if asked else "cloze-highlight"
    return f'<div class="{role}" data-ordinal="{own}" data-shape="{shape}" {attributes}></div>'


def _attribute(text: str) -> str:
    """Escape for an attribute as Anki does: of Latin-1, all but letters and digits of ASCII."""
    return "".join(
        char if char > "\xff" or (char.isascii() and char.isalnum()) else _NAMED.get(char) or f"&#x{ord(char):02X};"
        for char in text
    )


_NAMED: Final = {char: escape(char) for char in '&<>"'}
