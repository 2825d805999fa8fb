"""Markdown of other programs as HTML of Anki's fields, which `cardgen.anki.reading.markup` reads.

So headings, quotes, HTML and what else cards have no form for is told or left out in one place, whatever it came from.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from cardgen.richtext.tree import FILMS, PICTURES, SOUNDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

_LONGEST: Final = 40_000
"""Letters of a text that is read as Markdown; no card takes half of them."""

_WIKI_LINK: Final = re.compile(r"(!?)\[\[([^\[\]\n|#]*)(?:#([^\[\]\n|]*))?(?:\|([^\[\]\n]*))?\]\]")
_SOURCE: Final = re.compile(
    r"(<(?:img|audio|video|source)\b[^<>]*?\bsrc\s*=\s*)(\"[^\"<>]*\"|'[^'<>]*')", re.IGNORECASE
)
_ANKIS: Final = re.compile(r"\\(?=[(\[])|\[(?=sound:|\$|latex\]|anki:)")
"""How Anki's notations begin, which text in Markdown does not mean."""
_APART: Final = "<!---->"


def field_of(markdown: str, place: Callable[[str], str], *, breaks: bool) -> str:
    """Return the HTML of a field.

    Args:
        markdown: What a side of a card says.
        place: Returns the name of a file among the source's media for a path or name that the text gives; the same
            text if there is none.
        breaks: Whether the end of a line is one on the card, as in Obsidian; else it is a space, as in CommonMark.
    """
    if len(markdown) > _LONGEST:
        return escape(markdown, quote=False)
    return str(_parser(breaks=breaks).render(markdown, {"place": place}))


@cache
def _parser(*, breaks: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    from cardgen.richtext.paired import paired_plugin

    parser = MarkdownIt("commonmark", {"html": True, "breaks": breaks, "maxNesting": 100})
    parser.enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, allow_space=False, allow_labels=False, double_inline=True)
    parser.use(paired_plugin)
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    for kind, rule in _RULES.items():
        parser.add_render_rule(kind, rule)
    return parser


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """Take ``[[note#heading|words]]`` for its words, and ``![[picture.png]]`` for the picture."""
    match = _WIKI_LINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        embeds, name, heading, words = match[1], match[2].strip(), match[3], match[4]
        if embeds and PurePosixPath(name).suffix.lower() in PICTURES | SOUNDS | FILMS:
            token = state.push("image", "img", 0)
            token.attrs = {"src": name, "alt": ""}
            token.content = ""
            token.children = []
        else:
            state.push("text", "", 0).content = words or " > ".join(filter(None, (name, heading)))
    state.pos = match.end()
    return True


def _text(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    del renderer, options, env
    return _ANKIS.sub(rf"\g<0>{_APART}", escape(tokens[index].content, quote=False))


def _line_math(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    del renderer, options, env
    return rf"\({escape(tokens[index].content.strip(), quote=False)}\)"


def _display_math(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, options, env
    return rf"\[{escape(tokens[index].content.strip(), quote=False)}\]"


def _image(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    name = env["place"](str(token.attrs["src"]))
    if PurePosixPath(name).suffix.lower() in SOUNDS | FILMS:
        return f"[sound:{escape(name, quote=False)}]"
    words = renderer.renderInlineAsText(token.children, options, env) or token.content
    return f'<img src="{escape(name)}" alt="{escape(words)}">'


def _html(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Return HTML as it was typed, its pictures by the names that they have among the media."""
    del renderer, options
    return _SOURCE.sub(lambda match: f'{match[1]}"{escape(env["place"](match[2][1:-1]))}"', tokens[index].content)


def _mark(text: str) -> Callable[..., str]:
    return lambda *_: text


_RULES: Final[dict[str, Callable[..., str]]] = {
    "text": _text,
    "image": _image,
    "html_inline": _html,
    "html_block": _html,
    "math_inline": _line_math,
    "math_inline_double": _display_math,
    "math_block": _display_math,
    "highlight_open": _mark("<mark>"),
    "highlight_close": _mark("</mark>"),
    # Neither Obsidian nor hashcards underlines.
    "underline_open": _mark("++"),
    "underline_close": _mark("++"),
}
