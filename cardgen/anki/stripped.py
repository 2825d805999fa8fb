"""HTML without its tags, as Anki takes them out (rslib/src/text.rs)."""

from __future__ import annotations

import re
from html.entities import name2codepoint
from typing import Final

_WRAPPED: Final = {
    "<style": re.compile("</style>", re.IGNORECASE),
    "<script": re.compile("</script>", re.IGNORECASE),
}
"""What is taken out with all that stands in it, by how it begins, and how it ends."""

_LONGEST_START: Final = max(map(len, _WRAPPED))

_ENTITY: Final = re.compile(
    r"&(?:#(?P<decimal>[0-9]{1,10})|#x(?P<hexadecimal>[0-9a-fA-F]{1,8})|(?P<name>[A-Za-z0-9]+));"
)


def without_tags(html: str) -> str:
    """Return HTML without tags, comments, scripts and style sheets (``strip_html_preserving_entities``)."""
    kept: list[str] = []
    missing: set[str] = set()
    position = 0
    while (start := html.find("<", position)) >= 0:
        end = _end_of_tag(html, start, missing)
        if end < 0:
            break
        kept.append(html[position:start])
        position = end
    return "".join((*kept, html[position:])) if position else html


def as_text(html: str) -> str:
    """Return the text of HTML (``strip_html``). If it has an `&` that begins no entity of HTML 4, all of them stay."""
    text = without_tags(html)
    if "&" not in text:
        return text
    read = [_character(match) for match in _ENTITY.finditer(text)]
    if len(read) < text.count("&") or not all(read):
        return text
    return _ENTITY.sub(_character, text).replace("\xa0", " ")


def _end_of_tag(html: str, start: int, missing: set[str]) -> int:
    """Return where what begins with a `<` ends; -1 if it never does.

    Args:
        html: The text.
        start: Where it begins.
        missing: What is known to be nowhere in the rest of the text; what is found out is added.
    """
    if html.startswith("<!--", start) and "-->" not in missing:
        if (end := html.find("-->", start + 4)) >= 0:
            return end + 3
        missing.add("-->")
    close = html.find(">", start + 1)
    begun = html[start : start + _LONGEST_START].lower()
    for name, ending in _WRAPPED.items():
        if begun.startswith(name) and close >= 0 and name not in missing:
            if (match := ending.search(html, max(close, start + len(name)) + 1)) is not None:
                return match.end()
            missing.add(name)
    return close + 1 if close >= 0 else -1


def _character(match: re.Match[str]) -> str:
    """Return the character that an entity stands for; empty if there is none."""
    if match["name"]:
        code = name2codepoint.get(match["name"], -1)
    else:
        code = int(match["decimal"]) if match["decimal"] else int(match["hexadecimal"], 16)
    is_one = 0 <= code < 0xD800 or 0xDFFF < code <= 0x10FFFF  # noqa: PLR2004 - what is no half of a pair
    return chr(code) if is_one else ""
