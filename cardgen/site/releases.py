"""Release notes: Markdown files, each about one release, as parts of a page."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.build.release_notes import BEGINNING
from cardgen.read import InputFolder
from cardgen.read.files import MAX_NOTES, is_folder, names_in
from cardgen.site.html import Html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SUFFIX: Final = ".md"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_SPACE: Final = re.compile(r"\s+")
_COMMENT: Final = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_ALIGNED: Final = re.compile(r"text-align:(left|center|right)")
_TOP: Final = 3
"""Level of the uppermost heading in notes: above it stand the page's and the release's."""


class Release(Struct, frozen=True):
    """What changed at one time.

    Attributes:
        name: By which readers of the feed know it for ever: its file's name without the ending.
        day: When it came out.
        notes: What its author says of it.
    """

    name: str
    day: date
    notes: Html


def read_releases(path: Path | None, day: date) -> tuple[Release, ...]:
    """Read release notes; return the newest first.

    Args:
        path: A Markdown file, or a folder of such files; None if there are none.
        day: That of a file whose name does not begin with a day, as that of ``2026-11-29.md`` does.

    Raises:
        UnreadableFileError: If a file or the folder cannot be read.
    """
    if path is None:
        return ()
    inside = is_folder(path)
    files = [path / name for name in names_in(path) if name.endswith(_SUFFIX)] if inside else [path]
    folder = InputFolder(path if inside else path.parent)
    found = [
        Release(_SPACE.sub("-", file.stem), _day(file.stem, day), notes(folder.read_text(file, MAX_NOTES)))
        for file in files
    ]
    return tuple(sorted(found, key=lambda release: (release.day, release.name), reverse=True))


def notes(text: str) -> Html:
    """Return Markdown as part of a page: comments are left out, other HTML stays text, and so do pictures' words.

    The title that `cardgen build --release-notes` writes is left out as well, since the page has one.
    """
    tokens = _markdown().parse(text.removeprefix(BEGINNING))
    levels = [int(token.tag[1:]) for token in tokens if token.type == "heading_open"]
    deeper = _TOP - min(levels, default=_TOP)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1:]) + deeper)}"
        aligned = _ALIGNED.fullmatch(str(token.attrs.pop("style", "")))
        if aligned:
            token.attrSet("class", f"to-{aligned[1]}")
    return Html(_markdown().renderer.render(tokens, _markdown().options, {}))


def _day(name: str, otherwise: date) -> date:
    found = _DAY.match(name)
    try:
        return date.fromisoformat(found[0]) if found else otherwise
    except ValueError:
        return otherwise


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])

    def literal(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
        return escape(_COMMENT.sub("", tokens[index].content), quote=False)

    def words(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
        return escape(tokens[index].content, quote=False)

    markdown.add_render_rule("html_block", literal)
    markdown.add_render_rule("html_inline", literal)
    markdown.add_render_rule("image", words)
    return markdown
