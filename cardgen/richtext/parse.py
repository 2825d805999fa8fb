"""Markdown to tree, in a subset that does not change what medical and legal texts mean.

CommonMark would take the ``>`` off ">20 mmHg", set "HLA-B*57:01 and HLA-B*58:01" in italics and lower the 5 of
"~5-~10 mg"; here these stay as they were typed. Headings, block quotes, rules, indented code, HTML and references are
not part of the subset: what looks like them is text. Mathematics is TeX between dollars.
"""

from __future__ import annotations

import re
from bisect import bisect
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final, cast

from cardgen.richtext.address import is_address
from cardgen.richtext.gap_reader import MARK, GapReader, located, plain_gaps
from cardgen.richtext.simple import simple_blocks
from cardgen.richtext.tree import (
    FILMS,
    PICTURES,
    SOUNDS,
    Alignment,
    Block,
    BulletList,
    Code,
    DefinitionList,
    Gap,
    Inline,
    LineBreak,
    Link,
    Math,
    NumberedList,
    Paragraph,
    Preformatted,
    RichText,
    Ruby,
    Styled,
    StyleName,
    Table,
    is_picture,
    literal,
    shown_or_played,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from cardgen.richtext.gap_reader import Span

MAX_DEPTH: Final = 8
"""Levels of lists and styles inside each other; what lies deeper keeps its text and loses its structure."""

_MAX_NESTING: Final = 100
"""markdown-it drops text nested deeper than its limit; far above MAX_DEPTH, and what reaches it is taken literally."""

_LIST_START: Final = re.compile(r"(?:-|\d{1,9}[.)])(?:\s|$)")

_PLUS: Final = re.compile(r"^([ ]*)\+(?=\s|$)", re.MULTILINE)
"""A plus at the beginning of a line, which CommonMark takes for a bullet: \"+ 5 mg\" must not become \"- 5 mg\"."""

_LONE_MARK: Final = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s*")
"""A list's mark with nothing after it: a dash or a number that its author wants to be seen."""

_STYLES: Final[dict[str, StyleName]] = {
    "strong": "strong", "em": "em", "s": "strike", "sub": "sub", "sup": "sup", "highlight": "highlight",
    "underline": "underline",
}  # fmt: skip
_LANGUAGE: Final = re.compile(r"[A-Za-z][\w+#.-]*|")
_NO_LANGUAGE: Final = frozenset({"none", "plain", "plaintext", "text", "txt"})
"""What stands for a language where there is none."""


def parse(text: str, *, gaps: bool = False) -> RichText:
    """Parse a field's Markdown; an empty text gives an empty tree, and any text at all gives some tree.

    Args:
        text: Markdown.
        gaps: Whether ``{{c1::hidden::hint}}`` is a gap, as in a cloze text; else it is text.
    """
    if not gaps or "{{c" not in text:
        return _parse(text, None)
    if not has_markup(text) and (plain := plain_gaps(text)) is not None:
        return (Paragraph(plain),)
    simple = _simple(text, gaps=True)
    return _parse(text, GapReader()) if simple is None else simple


def check_gaps(text: str) -> tuple[bool, str]:
    """Return whether a text has a gap, and what is wrong with the first one that is not well formed; else nothing."""
    if "{{" not in text:
        return False, ""
    if not has_markup(text) and (plain := plain_gaps(text)) is not None:
        return any(isinstance(part, Gap) for part in plain), ""
    if _simple(text, gaps=True) is not None:
        return True, ""
    reader = GapReader()
    _parse(text, reader)
    return bool(reader.spans), reader.problem


def broken_gap(text: str) -> str:
    """Return what is wrong with the first gap of a text that is not well formed; empty if all are."""
    return check_gaps(text)[1]


def gap_spans(text: str) -> tuple[Span, ...]:
    """Return where the gaps of a text stand in it, in order; empty if that cannot be found out."""
    reader = GapReader()
    _parse(text, reader)
    spans = located(_escaped_plus(text), reader)
    added = [match.end() - 1 + index for index, match in enumerate(_PLUS.finditer(text))] if _adds_to(text) else []

    def back(position: int) -> int:
        return position - bisect(added, position)

    return tuple(span.moved(back) for span in spans)


def _adds_to(text: str) -> bool:
    return has_markup(text) and "+" in text and "```" not in text and "~~~" not in text


def _escaped_plus(text: str) -> str:
    return _PLUS.sub(r"\1\\+", text) if _adds_to(text) else text


def _parse(text: str, gaps: GapReader | None) -> RichText:
    if not has_markup(text):
        return literal(text) if gaps is None else (Paragraph(gaps.text(text)),)
    if gaps is None and (simple := _simple(text, gaps=False)):
        return simple
    if _LONE_MARK.fullmatch(text):
        return literal(text.strip())
    text = _escaped_plus(text)
    tokens = _markdown(gaps=gaps is not None).parse(text)
    if any(token.level >= _MAX_NESTING - 1 for token in _all(tokens)):
        return literal(text)
    return _blocks(_Reader(tokens, text, gaps), 0)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of each paragraph, also in lists: its first, from 0, and the one after its last."""
    for token in _markdown(gaps=False).parse(_escaped_plus(text)) if has_markup(text) else ():
        if token.type == "inline" and token.map:
            yield token.map[0], token.map[1]


def has_markup(text: str) -> bool:
    """Return whether anything in a text could be markup; most texts have none, and take the fast path."""
    return bool(text) and ("*" in text or _has_more_than_stars(text))


def _has_more_than_stars(text: str) -> bool:
    """Return whether anything in a text that is not empty could be markup, but for stars."""
    first = text[0]
    return (
        # To ask for each takes a quarter of the time that one search for all of them would, in every text of a deck.
        # A line end alone would be a soft break, so it is markup too; brackets are where they make a link or a picture.
        "](" in text or "_" in text or "$" in text or "\n" in text or "<" in text or "&" in text or "`" in text
        or "~" in text or "^" in text or "|" in text or "\\" in text or "\r" in text or "==" in text or "++" in text
        or first.isspace()
        or text[-1].isspace()
        or (not first.isalpha() and _LIST_START.match(text) is not None)
    )  # fmt: skip


def parse_line(text: str) -> tuple[Inline, ...]:
    """Parse one line of Markdown, in which there are no blocks: what looks like a list's mark is text."""
    if not has_markup(text):
        return (text,) if text else ()
    tokens = _markdown(gaps=False).parseInline(text.strip())[0].children or []
    if any(token.level >= _MAX_NESTING - 1 for token in tokens):
        return (text,)
    return _inlines(_Reader(tokens), 0)


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


_FORMER: Final = ContextVar("former", default=False)


@contextmanager
def former_reading() -> Iterator[None]:
    """Read Markdown as cardgen did before it knew highlights and what came with them, to tell what has changed."""
    token = _FORMER.set(True)
    try:
        yield
    finally:
        _FORMER.reset(token)


def _simple(text: str, *, gaps: bool) -> RichText | None:
    """Return what can be read without the parser, by what marks mean today; None for another text."""
    return None if _FORMER.get() else simple_blocks(text, gaps=gaps)


def _markdown(*, gaps: bool) -> MarkdownIt:
    return _markdown_of(gaps=gaps, former=_FORMER.get())


@cache
def _markdown_of(*, gaps: bool, former: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.dollarmath.index import math_inline_dollar
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    from cardgen.richtext.definitions import definitions_plugin
    from cardgen.richtext.paired import paired_plugin
    from cardgen.richtext.ruby import ruby_plugin

    class Markdown(MarkdownIt):
        """An address that we would not link stays text; a picture's path stays as it was typed."""

        def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
            return ":" not in url or is_address(url)

        def normalizeLink(self, url: str) -> str:  # noqa: N802 - as above
            return url

        def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - as above
            return link

    markdown = Markdown("commonmark", {"html": False, "maxNesting": _MAX_NESTING})
    markdown.enable(["table", "strikethrough"])
    markdown.disable(["html_block", "html_inline", "entity", "reference"])
    markdown.disable(["heading", "lheading", "blockquote", "code", "hr"])
    markdown.use(sub_plugin).use(superscript_plugin)
    markdown.use(dollarmath_plugin, allow_space=False, allow_digits=False, allow_labels=False, double_inline=True)
    markdown.inline.ruler.before("math_inline", "literal", _stays_literal)
    markdown.inline.ruler.before("math_inline", "spaced_math", _spaced_math)
    markdown.inline.ruler.at("math_inline", _math(math_inline_dollar(False, False, True)))
    markdown.inline.ruler.before("image", "spaced_picture", _spaced_picture)
    if not former:
        markdown.use(paired_plugin).use(ruby_plugin).use(definitions_plugin)
        markdown.inline.ruler.before("literal", "picture_width", _picture_width)
    if gaps:
        markdown.inline.ruler.before("literal", "gap_mark", _gap_mark)
    return markdown


_SPACED_PICTURE: Final = (
    r"(?i)!\[([^\]\n]*)\]\([ ]*([^()<>\"\n]*[^()<>\"\s][ ][^()<>\"\n]*\."
    rf"(?:{'|'.join(suffix[1:] for suffix in sorted(PICTURES | SOUNDS | FILMS))}|bmp|tiff?))[ ]*\)"
)
"""A picture or recording whose path has spaces, as other tools take it: ``![x](a b.png)``, CommonMark ``<a b.png>``."""


def _spaced_picture(state: StateInline, silent: bool) -> bool:
    match = re.compile(_SPACED_PICTURE).match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": match[2].rstrip(), "alt": ""}
        token.content = match[1]
        token.children = []
    state.pos = match.end()
    return True


_WIDTH: Final = re.compile(r"\{[ ]*width[ ]*=[ ]*(\"?)(100|[1-9][0-9]?)[ ]*%\1[ ]*\}")


def _picture_width(state: StateInline, silent: bool) -> bool:
    """Take ``{width=60%}`` right behind a picture for its width."""
    last = state.tokens[-1] if state.tokens and not state.pending else None
    if last is None or last.type != "image" or silent or not is_picture(str(last.attrs["src"])):
        return False
    match = _WIDTH.match(state.src, state.pos, state.posMax)
    if match is None or state.src[state.pos - 1] != ")":
        return False
    last.meta["width"] = int(match[2])
    state.pos = match.end()
    return True


def _math(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Keep the plugin's rule from taking a text's last character for the one before its first."""

    def math(state: StateInline, silent: bool) -> bool:
        if state.pos or not state.src[-1].isdigit():
            return rule(state, silent)
        text = state.src
        state.src += " "
        found = rule(state, silent)
        state.src = text
        return found

    return math


def _gap_mark(state: StateInline, silent: bool) -> bool:
    """Set a mark of the notation of gaps apart; which of them make gaps is known when the line is read."""
    match = MARK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("gap_mark", "", 0)
        token.content = match[0]
        token.meta["at"] = state.pos
    state.pos = match.end()
    return True


def _spaced_math(state: StateInline, silent: bool) -> bool:
    r"""Take ``$ \frac{a}{b} $`` for mathematics; dollars with spaces inside are prices, unless around a command."""
    start = state.pos + 1
    end = state.src.find("$", start, state.posMax) if state.src[state.pos] == "$" else -1
    tex = state.src[start : max(end, start)]
    if tex.strip() in ("", tex) or tex.endswith("\\") or not _COMMAND.search(tex):
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = tex
    state.pos = end + 1
    return True


_COMMAND: Final = re.compile(r"\\[A-Za-z]")


def _stays_literal(state: StateInline, silent: bool) -> bool:
    """Keep a mark as text where it stands in a word or opens nothing."""
    char = state.src[state.pos]
    if char not in "*~^$":
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[state.pos + 1] if state.pos + 1 < state.posMax else " "
    length = 1
    if char == "*":
        stays = _ascii_word(before) and _ascii_word(after)
    elif char == "$":
        latex = _LATEX.match(state.src, state.pos) if before in "[/" else None
        stays = latex is not None or _ascii_word(before)
        length = latex.end() - state.pos if latex else 1
    else:
        # H~2~O and 10^9^ follow what they belong to; "~5 mg" and "dose ~5-~10" are approximations.
        # What closes between digits opens another: "90~139/60~89", "10^9/L-10^12/L".
        end = state.src.find(char, state.pos + 1)
        ranges = before.isdigit() and end > 0 and state.src[end + 1 : end + 2].isdigit()
        stays = after != char and (ranges or not (before.isalnum() or before in ")]}~^"))
    if not stays:
        return False
    if not silent:
        state.pending += char * length
    state.pos += length
    return True


_LATEX: Final = re.compile(r"\$\$?(?=\])")
"""What stands in Anki's old tags [$] and [$$] is no beginning of mathematics."""


def _ascii_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


class _Reader:
    """The tokens in turn."""

    def __init__(self, tokens: Iterable[Token], text: str = "", gaps: GapReader | None = None) -> None:
        self._tokens = iter(tokens)
        self._text = text
        self.gaps = gaps
        self._lines: list[str] | None = None

    def line(self, number: int) -> str:
        """Return a line of the text, counted from 0."""
        if self._lines is None:
            self._lines = re.split(r"\r\n?|\n", self._text)
        return self._lines[number]

    def inlines(self, token: Token) -> tuple[Inline, ...]:
        """Read the inline tokens of one."""
        children = token.children or []
        if self.gaps is not None:
            children = self.gaps.tokens(children, token.content, token.map[0] if token.map else None)
        return _inlines(_Reader(children), 0)

    def math(self, token: Token) -> Math:
        """Read a formula on lines of its own."""
        tex = token.content.strip()
        return Math(self.gaps.tex(tex) if self.gaps is not None else (tex,), display=True)

    def put_back(self, token: Token) -> None:
        """Let a token be the next again."""
        self._tokens = chain((token,), self._tokens)

    def __iter__(self) -> Iterator[Token]:
        return self

    def __next__(self) -> Token:
        return next(self._tokens)


def _blocks(tokens: _Reader, depth: int) -> RichText:
    """Read blocks up to the end of the one they are in."""
    blocks: list[Block] = []
    former = _FORMER.get()
    for token in tokens:
        kind = token.type
        if token.nesting == -1:
            break
        if kind == "paragraph_open":
            blocks.extend(_paragraph(tokens))
        elif kind in ("bullet_list_open", "ordered_list_open"):
            blocks.extend(_list(token, tokens, depth))
        elif kind == "dl_open":
            blocks.extend(_definition_list(tokens, depth))
        elif kind == "table_open":
            blocks.append(_table(tokens))
        elif kind == "fence":
            # The word after the fence names a language; more than a word is the author's text.
            lost = "" if _LANGUAGE.fullmatch(token.info.strip()) else f"{token.info.strip()}\n"
            language = "" if lost or former or token.info.strip().lower() in _NO_LANGUAGE else token.info.strip()
            blocks.append(Preformatted((lost + token.content).rstrip("\n"), language))
        elif kind in ("math_block", "math_block_label"):
            blocks.append(Paragraph((tokens.math(token),)))
        else:
            raise AssertionError(f"the parser gave a token that the tree does not know: {kind}")
    return tuple(blocks)


def _paragraph(tokens: _Reader) -> Iterator[Paragraph]:
    for token in tokens:
        if token.nesting == -1:
            return
        children = tokens.inlines(token)
        if children:
            yield Paragraph(children)


def _list(opening: Token, tokens: _Reader, depth: int) -> Iterator[Block]:
    items = []
    for token in tokens:
        if token.nesting == -1:
            break
        items.append(_blocks(tokens, depth + 1))
    if depth >= MAX_DEPTH:
        for item in items:
            yield from item
    elif opening.type == "bullet_list_open":
        yield BulletList(tuple(items))
    else:
        yield NumberedList(tuple(items), int(opening.attrs.get("start", 1)))


def _definition_list(tokens: _Reader, depth: int) -> Iterator[Block]:
    entries: list[tuple[tuple[Inline, ...], list[RichText]]] = []
    for token in tokens:
        if token.type == "dl_close":
            break
        if token.type == "inline":
            entries.append((tokens.inlines(token), []))
        elif token.type == "dd_open":
            entries[-1][1].append(_blocks(tokens, depth + 1))
    if depth < MAX_DEPTH:
        yield DefinitionList(tuple((term, tuple(definitions)) for term, definitions in entries))
        return
    for term, definitions in entries:
        yield Paragraph(term)
        for definition in definitions:
            yield from definition


def _table(tokens: _Reader) -> Table:
    rows: list[list[tuple[Inline, ...]]] = []
    alignments: list[Alignment] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            row_map = token.map
            rows.append([])
        elif token.type == "tr_close" and len(rows) > 1 and row_map:
            rows[-1][-1] += tuple(f" | {cell}" for cell in _cells(tokens.line(row_map[0]))[len(rows[0]) :])
        elif token.type == "inline":
            rows[-1].append(tokens.inlines(token))
        elif token.type == "th_open":
            style = str(token.attrs.get("style", "text-align:start"))
            alignments.append(cast("Alignment", style.removeprefix("text-align:")))
    header, *body = (tuple(row) for row in rows)
    return Table(tuple(alignments), header, tuple(body))


def _cells(line: str) -> list[str]:
    """Split a table's row as the parser does, which drops what is beyond the last column."""
    from markdown_it.rules_block.table import escapedSplit

    cells = [cell.strip() for cell in escapedSplit(line.strip())]
    return cells[bool(cells) and not cells[0] : len(cells) - (len(cells) > 1 and not cells[-1])]


def _inlines(tokens: _Reader, depth: int) -> tuple[Inline, ...]:
    """Read inlines up to the end of the one they are in, neighbouring texts joined."""
    found: list[Inline] = []
    for token in tokens:
        if token.nesting == -1:
            break
        for inline in _span(token, tokens, depth) if token.nesting == 1 else (_leaf(token),):
            if isinstance(inline, str) and found and isinstance(found[-1], str):
                found[-1] += inline
            elif inline != "":
                found.append(inline)
    return tuple(found)


def _span(opening: Token, tokens: _Reader, depth: int) -> tuple[Inline, ...]:
    """Read what opens here up to its end: a gap, a link or a style, or just its children where it cannot be kept."""
    if opening.type == "gap_open":
        return (_gap(opening, tokens, depth),)
    children = _inlines(tokens, depth + 1)
    if opening.type == "link_open":
        address = str(opening.attrs["href"])
        title = f" ({opening.attrs['title']})" if opening.attrs.get("title") else ""
        # A path leads nowhere from a card, so it is shown.
        return (Link(address, children), title) if is_address(address) else (*children, f" ({address}){title}")
    style = _STYLES[opening.type.removesuffix("_open")]
    return (Styled(style, children),) if children and depth < MAX_DEPTH else children


def _gap(opening: Token, tokens: _Reader, depth: int) -> Gap:
    hint = None
    first = next(iter(tokens))
    if first.type == "hint_open":
        hint = _inlines(tokens, depth)
    else:
        tokens.put_back(first)
    return Gap(int(opening.content), _inlines(tokens, depth), hint)


def _leaf(token: Token) -> Inline:
    match token.type:
        case "text" | "text_special" | "gap_mark":
            return token.content
        case "softbreak":
            return " "
        case "hardbreak":
            return LineBreak()
        case "code_inline":
            return Code(token.content)
        case "math_inline" | "math_inline_double":
            parts = token.meta.get("parts") or (token.content.strip(),)
            return Math(parts, display=token.type.endswith("double"))
        case "ruby":
            return Ruby(token.meta["pairs"])
        case "image":
            title = f" ({token.attrs['title']})" if token.attrs.get("title") else ""
            return shown_or_played(str(token.attrs["src"]), token.content + title, token.meta.get("width", 0))
        case kind:
            raise AssertionError(f"the parser gave a token that the tree does not know: {kind}")
