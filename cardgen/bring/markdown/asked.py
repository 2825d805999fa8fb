"""Cards marked with ``Q:``, ``A:`` and ``C:``, as hashcards has them (https://github.com/eudoxia0/hashcards).

A card lasts to the next one, to a line ``---`` or to a heading. In a text after ``C:``, brackets are gaps, each a card.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.bring.markdown.lines import Written, heading_of, heading_words, numbered, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK: Final = re.compile(r"(\*\*|__|)(Q|A|C|Question|Answer)\d{0,4}(?:\1[ ]?:|:\1)[ \t]*(.*)", re.DOTALL)
_RULE: Final = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*")
_GAP: Final = re.compile(r"(?<!!)(?<!\\)\[((?:[^\[\]\\]|\\.)+)\](?!\([^\s()]*[:/.#][^()]*\))", re.DOTALL)
"""A gap: in brackets that are not escaped, and neither of a link nor of a picture."""


def is_asked(text: str) -> bool:
    """Return whether a file has cards that are marked so."""
    found = {_what(match): match[3] for line in whole_lines(text) if (match := _MARK.fullmatch(line))}
    return {"Q", "A"} <= found.keys() or _GAP.search(found.get("C", "")) is not None


def asked_cards(text: str) -> Iterator[Written]:
    """Yield the cards of a file."""
    headings: list[tuple[int, str]] = []
    parts: dict[str, list[str]] = {}
    last = ""
    for line in whole_lines(text):
        mark = _MARK.fullmatch(line)
        heading = heading_of(line)
        ends = heading is not None or _RULE.fullmatch(line) is not None or (mark is not None and _what(mark) != "A")
        if ends:
            yield from _card(parts, tuple(words for _, words in headings))
            parts, last = {}, ""
        if heading is not None:
            while headings and headings[-1][0] >= heading[0]:
                headings.pop()
            headings.append((heading[0], heading_words(heading[1])))
        elif mark is not None:
            last = _what(mark)
            parts.setdefault(last, []).append(mark[3])
        elif last and not ends:
            parts[last].append(line)
    yield from _card(parts, tuple(words for _, words in headings))


def _what(mark: re.Match[str]) -> str:
    return mark[2][0]


def _card(parts: dict[str, list[str]], headings: tuple[str, ...]) -> Iterator[Written]:
    texts = {what: "\n".join(lines).strip() for what, lines in parts.items()}
    if "C" in texts:
        yield Written("cloze", _with_gaps(texts["C"]), "", headings)
    elif texts:
        yield Written("basic", texts.get("Q", ""), texts.get("A", ""), headings)


def _with_gaps(text: str) -> str:
    count = 0

    def gap(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return numbered((str(count), match[1]))

    return _GAP.sub(gap, text)
