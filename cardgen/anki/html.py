"""Tree to HTML, as the fields of Anki notes hold it.

Text cannot become anything else: HTML is escaped, and so is what Anki itself would act on inside a field
(``[sound:...]``, ``[latex]`` and their like, MathJax's delimiters). Gaps are written in Anki's notation, and what it
would take for that notation elsewhere is escaped: in text by entities, which its parser of gaps does not read, and in
TeX by spaces, which TeX does not set and which outlive Anki's editor.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from cardgen.richtext.html import HtmlFold
from cardgen.richtext.tree import Gap, GroupRole, Paragraph
from cardgen.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable

    from cardgen.richtext.tree import Code, Group, Inline, Math, Recording, RichText

_TAG: Final = r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\]|\[type:)"
_HOT: Final = rf"(?i)[&<>]|{_TAG}|\\(?=[()\[\]])"
_HOT_TAG: Final = re.compile(_TAG, re.IGNORECASE)
_COOLED: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    # Anki looks for its own bracketed tags in the raw field, where an entity hides them
    # (rslib/src/card_rendering/parser.rs, rslib/src/latex.rs, and `[[type:` in aqt/reviewer.py).
    "[": "&#91;",
    # MathJax looks in text nodes, so the delimiter is spread over two of them.
    "\\": "\\<span></span>",
}

_OPENING: Final = re.compile(r"\{(?=\{c[0-9]+::)")
"""What would open a gap where it is text: the author has escaped it."""

_IN_GAP: Final = re.compile(r"(?<=\})\}|(?<=:):|(?<=image-occlusion):")
"""What is text inside a gap, and would close it, begin its hint, or make it a mask (rslib/src/cloze.rs)."""

_IN_HINT: Final = re.compile(r"(?<=\})\}")
"""What is text inside a hint, and would close its gap; the colons before the hint have been read by then."""

_COLONS: Final = re.compile(r"(?<=:):")
"""The same in TeX, which sets two colons alike with a space between them."""

_WORDS: Final = r"(?s)(?=.*(?:[^\W\d_]{3}|\S\s+\S))[^\\{}^_$&#%~]+"
"""A hint in mathematics that is words and not TeX, which would set them as products of letters."""


def text_to_html(text: str) -> str:
    """Escape plain text."""
    # In most texts there is nothing to escape, which these find out in a thirtieth of the time.
    if "&" in text or "<" in text or ">" in text or "[" in text or "\\" in text:
        return re.sub(_HOT, _cooled, text)
    return text


def _cooled(match: re.Match[str]) -> str:
    return _COOLED[match[0]]


def speech(text: str, language: str) -> str:
    """Have Anki read a text aloud; it puts a button there.

    Anki's tag for templates (https://docs.ankiweb.net/templates/fields.html#text-to-speech) is read in cards that are
    put together, so it may stand in a field, in any language.

    Args:
        text: What to say.
        language: BCP 47 tag with a country; Anki's own has a low line in it.
    """
    words = escape(text).replace("[", "&#91;")
    return f"[anki:tts lang={language.replace('-', '_')}]{words}[/anki:tts]"


def to_html(tree: RichText, media: Callable[[str], str] = str, more: str = ENGLISH.more) -> str:
    """Render rich text.

    Args:
        tree: What to render.
        media: Returns for the path of a picture or recording in the deck the name it has in the package.
        more: What stands on the line to tap, behind which advice waits.

    Returns:
        HTML; a single paragraph comes without ``<p>``.
    """
    if len(tree) == 1 and isinstance(tree[0], Paragraph):
        children = tree[0].children
        if len(children) == 1 and isinstance(children[0], str):
            return _OPENING.sub("&#123;", text_to_html(children[0]))
    return _Html(media, more).blocks(tree)


class _Html(HtmlFold):
    def __init__(self, media: Callable[[str], str], more: str) -> None:
        super().__init__(media)
        self._more = more
        self._notation: re.Pattern[str] | None = None  # what would be read as a part of the gap around it

    def group(self, node: Group) -> str:
        if node.role is GroupRole.FOLDED:
            inside = f"<div>{self.blocks(node.children)}</div>"
            # AnkiDroid and AnkiMobile leave taps on a ``tappable`` to the card.
            line = f'<summary class="tappable">{text_to_html(self._more)}</summary>'
            return f'<details class="{node.role}">{line}{inside}</details>'
        return super().group(node)

    def letters(self, text: str) -> str:
        """Escape code; its braces, too, which in a cloze would be taken for gaps."""
        return text_to_html(text).replace("{", "&#123;").replace("}", "&#125;")

    def text(self, node: str) -> str:
        html = text_to_html(node)
        if "{{c" in html:
            html = _OPENING.sub("&#123;", html)
        # Most texts have neither of what begins the notation.
        return self._harmless(html) if self._notation is not None and (":" in html or "}" in html) else html

    def code(self, node: Code) -> str:
        return self._harmless(super().code(node))

    def math(self, node: Math) -> str:
        opening, closing = (r"\[", r"\]") if node.display else (r"\(", r"\)")
        return f"{opening}{self._tex(node.parts)}{closing}"

    def recording(self, node: Recording) -> str:
        """Fold a sound or a film as Anki has both: it plays them, and puts a button there."""
        return f"[sound:{self._media(node.path)}]"

    def gap(self, node: Gap) -> str:
        around, self._notation = self._notation, _IN_GAP
        inside = self.inlines(node.children)
        if node.hint is None:
            inside = _apart(inside, "}", "&#125;", node.children)
        else:
            self._notation = _IN_HINT
            hint = _apart(self.inlines(node.hint), "}", "&#125;", node.hint)
            inside = f"{_apart(inside, ':', '&#58;', node.children)}::{hint}"
        self._notation = around
        return f"{{{{c{node.number}::{inside}}}}}"

    def _tex(self, parts: tuple[Inline, ...]) -> str:
        return "".join(
            self._tex_text(part) if isinstance(part, str) else self._gap_in_tex(part)
            for part in parts
            if isinstance(part, str | Gap)
        )

    def _tex_text(self, tex: str) -> str:
        # Two closing braces in a row would end the gap of a cloze; TeX does not mind the space.
        html = _OPENING.sub("{ ", _escape(tex).replace("}}", "} }"))
        return html if self._notation is None else _COLONS.sub(" :", html)

    def _gap_in_tex(self, gap: Gap) -> str:
        around, self._notation = self._notation, _IN_GAP
        inside = self._tex(gap.children)
        if gap.hint is None:
            inside = _apart(inside, "}", "} ", gap.children)
        else:
            words = len(gap.hint) == 1 and isinstance(gap.hint[0], str) and re.fullmatch(_WORDS, gap.hint[0])
            hint = f"\\text{{{_escape(words[0])}}} " if words else _apart(self._tex(gap.hint), "}", "} ", gap.hint)
            inside = f"{_apart(inside, ':', ': ', gap.children)}::{hint}"
        self._notation = around
        return f"{{{{c{gap.number}::{inside}}}}}"

    def attribute(self, text: str) -> str:
        """Escape what stands in an attribute; its braces, too, where a gap could not be."""
        return self._harmless(_escape(text).replace("{", "&#123;").replace("}", "&#125;"))

    def _harmless(self, html: str) -> str:
        return html if self._notation is None else self._notation.sub(_entity, html)


def _escape(text: str) -> str:
    """Escape what stands where a tag of ours would not work: in attributes and in mathematics."""
    return _HOT_TAG.sub("&#91;", escape(text))


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _apart(html: str, end: str, instead: str, children: tuple[Inline, ...]) -> str:
    """Keep a last character of text apart from the notation that follows it."""
    return html[:-1] + instead if html.endswith(end) and isinstance(children[-1], str) else html
