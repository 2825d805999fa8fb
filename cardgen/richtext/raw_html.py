"""HTML as it goes into Anki: the files that it shows and plays, and the gaps in it.

What counts as a file is what Anki itself looks for in fields (``HTML_MEDIA_TAGS`` and ``AV_TAGS`` in
rslib/src/text.rs): the sources of pictures, recordings and objects, and ``[sound:...]``.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from cardgen.richtext.gap_reader import plain_gaps
from cardgen.richtext.tree import Image, Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cardgen.richtext.tree import Inline, RichText

_TAG: Final = re.compile(
    r"""<(?:img|audio|video|object|source)\b(?:[^>"']|"[^"]*"|'[^']*')*+|\[sound:(?P<sound>[^\]]+)\]""", re.IGNORECASE
)
"""A tag that may show or play a file, without its end; one that is not closed is taken, too: no text is read twice."""

_ATTRIBUTE: Final = re.compile(
    r"""(?P<name>[^\s"'>/=]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))"""
)
_SOURCES: Final = frozenset({"src", "data"})
OWN_MEDIA: Final = "media/"
"""What the paths of files begin with that are in the deck's folder."""

_UNSEEN: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_LINE_END: Final = re.compile(
    r"<(?:br|hr|/?(?:div|p|li|ul|ol|dl|dt|dd|tr|td|th|table|h[1-6]|blockquote|pre))\b[^>]*>", re.IGNORECASE
)
_PICTURE: Final = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ANY_TAG: Final = re.compile(r"<[^>]*>")
_GAP: Final = re.compile(r"\{\{c([0-9]+(?:,[0-9]+)*)::")
"""The beginning of a gap; since Anki 25 one may be of several cards (rslib/src/cloze.rs)."""


def with_media_names(html: str, name: Callable[[str], str | None]) -> str:
    """Return HTML with other names for its files.

    Args:
        html: The HTML.
        name: Returns for a name as it stands there, entities read, the one to put in its place; None leaves it.
    """
    if "<" not in html and "[" not in html:
        return html

    def attribute(match: re.Match[str]) -> str:
        if match["name"].lower() not in _SOURCES:
            return match[0]
        new = name(unescape(match["double"] or match["single"] or match["bare"] or ""))
        return match[0] if new is None else f'{match["name"]}="{escape(new)}"'

    def tag(match: re.Match[str]) -> str:
        if match["sound"] is None:
            return _ATTRIBUTE.sub(attribute, match[0])
        new = name(unescape(match["sound"]))
        return match[0] if new is None else f"[sound:{escape(new, quote=False)}]"

    return _TAG.sub(tag, html)


def media_in_html(html: str) -> Iterator[str]:
    """Yield the names of the files that HTML shows and plays, in order."""
    found: list[str] = []

    def noted(name: str) -> None:
        found.append(name)

    with_media_names(html, noted)
    yield from found


def files_in_html(html: str) -> Iterator[str]:
    """Yield the paths of those files of HTML that are in the deck's folder; what else it names is left to Anki."""
    return (name for name in media_in_html(html) if name.startswith(OWN_MEDIA))


def shown_in_html(html: str, *, gaps: bool = False) -> RichText:
    """Return what of HTML can be read without a browser: its lines, without their looks, and its pictures.

    Args:
        html: The HTML.
        gaps: Whether gaps in it are gaps.
    """
    lines = (tuple(_inlines(line, gaps=gaps)) for line in _LINE_END.split(_UNSEEN.sub("", html)))
    return tuple(Paragraph(line) for line in lines if line)


def _inlines(line: str, *, gaps: bool) -> Iterator[Inline]:
    before = 0
    for tag in _PICTURE.finditer(line):
        yield from _words(line[before : tag.start()], gaps=gaps)
        before = tag.end()
        yield from (Image(path, "") for path in files_in_html(tag[0]))
    yield from _words(line[before:], gaps=gaps)


def _words(html: str, *, gaps: bool) -> Iterator[Inline]:
    text = " ".join(unescape(_ANY_TAG.sub("", html)).split())
    if text:
        found = plain_gaps(text) if gaps else None
        yield from (text,) if found is None else found


def gap_numbers_in_html(html: str) -> tuple[int, ...]:
    """Return the numbers of the gaps in HTML, ascending, each once."""
    numbers = {int(number) for found in _GAP.findall(html) for number in found.split(",") if len(number) <= _LONGEST}
    return tuple(sorted(numbers - {0}))


_LONGEST: Final = 3
"""Digits of a gap's number; Anki takes up to 500."""
