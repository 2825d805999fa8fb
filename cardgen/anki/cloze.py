"""Anki's own rendering of a text with gaps: what is asked for stands in brackets, what is not stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final

from cardgen.anki.stripped import without_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TOKEN: Final = re.compile(r"\{\{c([0-9,]+)::|\}\}")
_MATHS: Final = re.compile(r"(\\[(\[])(.*?)(\\[\])])", re.DOTALL)
_MASK: Final = "image-occlusion:"

_DEEPEST: Final = 10
"""How deep gaps may stand in each other; Anki passes over what begins one that is deeper."""

_LARGEST: Final = 0xFFFF
"""Numbers of gaps are unsigned and of 16 bits."""


@dataclass(slots=True)
class _Gap:
    """A gap, or without numbers the text around all gaps: what it holds, in order, and its hint."""

    numbers: tuple[int, ...]
    hint: str = "..."
    inside: list[str | _Gap] = field(default_factory=list)

    @property
    def mask(self) -> str:
        """What it says of a mask; empty if it is none."""
        first = self.inside[0] if self.inside else ""
        return first.removeprefix(_MASK) if isinstance(first, str) and first.startswith(_MASK) else ""


def filled(text: str, number: int, *, asked: bool) -> str:
    """Render the gaps of a field as Anki's filter ``cloze:`` does (rslib/src/cloze.rs).

    Args:
        text: The field's HTML.
        number: The number of the card's gap.
        asked: Whether the gap is open, as on the card's front.

    Returns:
        HTML; empty if the field has no gap of the number.
    """
    parts = _parsed(text).inside
    if not any(_shows(part, number) for part in parts):
        return ""
    return _with_plain_maths("".join(_shown(part, number, asked=asked) for part in parts))


def _with_plain_maths(html: str) -> str:
    """Take out all tags between MathJax's delimiters, those of gaps as well: it wants plain TeX."""
    # Behind the last that ends a formula, each that begins one would be sought an end for in vain.
    end = max(html.rfind(r"\)"), html.rfind(r"\]")) + 2
    return _MATHS.sub(lambda maths: maths[1] + without_tags(maths[2]) + maths[3], html[:end]) + html[end:]


def only(text: str, number: int, *, asked: bool) -> str:
    """Render the gaps of a number and nothing around them, as Anki's filter ``cloze-only:`` does; see `filled`."""
    gaps = _of_number(_parsed(text).inside, number)
    return ", ".join(gap.hint if asked else _plain(gap) for gap in gaps)


def typed(text: str, number: int) -> str:
    """Return what is to be typed for the gaps of a number (``extract_cloze_for_typing``): once what all hold alike."""
    answers = [_plain(gap) for gap in _of_number(_parsed(text).inside, number)]
    return answers[0] if len(set(answers)) == 1 else ", ".join(answers)


def numbers(text: str) -> frozenset[int]:
    """Return the numbers of a field's gaps, each of which makes a card (``cloze_numbers_in_string``)."""
    return frozenset(number for gap in _gaps(_parsed(text).inside) for number in gap.numbers if number)


def _gaps(parts: Iterable[str | _Gap]) -> Iterator[_Gap]:
    """Yield all gaps, each before those in it."""
    for part in parts:
        if isinstance(part, _Gap):
            yield part
            yield from _gaps(part.inside)


def _of_number(parts: Iterable[str | _Gap], number: int) -> Iterator[_Gap]:
    return (gap for gap in _gaps(parts) if number in gap.numbers)


def _plain(gap: _Gap) -> str:
    """Return what a gap holds, without those in it."""
    return "".join(part if isinstance(part, str) else _plain(part) for part in gap.inside)


@lru_cache(maxsize=4)
def _parsed(text: str) -> _Gap:
    """Return what a text holds; the cards of a note, which follow each other, ask for the same texts."""
    levels = [_Gap(())]
    position = 0
    for match in _TOKEN.finditer(text):
        found = _numbers(match[1]) if match[1] else ()
        if match[1] and not found:
            continue
        _add_text(levels[-1], text[position : match.start()])
        position = match.end()
        if found and len(levels) <= _DEEPEST:
            levels.append(_Gap(found))
        elif not found and len(levels) > 1:
            gap = levels.pop()
            levels[-1].inside.append(gap)
        elif not found:
            levels[-1].inside.append(match[0])
    _add_text(levels[-1], text[position:])
    return levels[0]


def _numbers(written: str) -> tuple[int, ...]:
    """Return the numbers of a gap, which commas part, without those that are too large."""
    digits = (number.lstrip("0") or "0" for number in written.split(",") if number)
    short = {int(number) for number in digits if len(number) <= len(str(_LARGEST))}
    return tuple(sorted(number for number in short if number <= _LARGEST))


def _add_text(gap: _Gap, text: str) -> None:
    if not text:
        return
    if gap.numbers and "::" in text and not text.startswith(_MASK):
        text, _, gap.hint = text.partition("::")
    gap.inside.append(text)


def _shows(part: str | _Gap, number: int) -> bool:
    """Return whether rendering comes to a gap of a number: nothing in a mask is looked at."""
    if isinstance(part, str):
        return False
    return number in part.numbers or (not part.mask and any(_shows(child, number) for child in part.inside))


def _shown(part: str | _Gap, number: int, *, asked: bool) -> str:
    if isinstance(part, str):
        return part
    ordinals = ",".join(map(str, part.numbers))
    is_active = number in part.numbers
    if part.mask:
        role = "cloze-inactive" if not is_active else "cloze" if asked else "cloze-highlight"
        return _mask(part.mask, ordinals, "cloze" if 0 in part.numbers else role)
    inside = "".join(_shown(child, number, asked=asked) for child in part.inside)
    if not is_active:
        return f'<span class="cloze-inactive" data-ordinal="{ordinals}">{inside}</span>'
    if asked:
        hidden = _attribute(inside)
        return f'<span class="cloze" data-cloze="{hidden}" data-ordinal="{ordinals}">[{part.hint}]</span>'
    return f'<span class="cloze" data-ordinal="{ordinals}">{inside}</span>'


def _mask(written: str, ordinals: str, role: str) -> str:
    """Return the element that a mask becomes, from which a script draws it."""
    shape, *properties = written.split(":")
    named = {"oi": "occludeInactive"}
    attributes = "".join(
        f'data-{named.get(name, name)}="{value}" ' for name, _, value in (item.partition("=") for item in properties)
    )
    return f'<div class="{role}" data-ordinal="{ordinals}" data-shape="{shape}" {attributes}></div>'


def _attribute(text: str) -> str:
    """Escape for an attribute as Anki does: of Latin-1, all but letters and digits of ASCII."""
    return "".join(
        char if char > "\xff" or (char.isascii() and char.isalnum()) else _NAMED.get(char) or f"&#x{ord(char):02X};"
        for char in text
    )


_NAMED: Final = {char: escape(char) for char in '&<>"'}
