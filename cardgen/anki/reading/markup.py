"""HTML of Anki's fields to the tree of rich text, as what a learner sees of it.

Fields are what people pasted into an editor: blocks inside inlines, line breaks for paragraphs, styles in attributes.
So an element says only what it adds to the text inside it. What the tree has no form for is left out and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import groupby
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import unquote

from msgspec import Struct

from cardgen.read.unprintable import UNPRINTABLE
from cardgen.richtext.address import is_address
from cardgen.richtext.parse import MAX_DEPTH
from cardgen.richtext.plain import to_plain
from cardgen.richtext.rebuild import joined
from cardgen.richtext.tree import (
    Block,
    BulletList,
    Code,
    DefinitionList,
    Image,
    LineBreak,
    Link,
    Math,
    NumberedList,
    Paragraph,
    Preformatted,
    Recording,
    RichText,
    Ruby,
    Styled,
    StyleName,
    Table,
    shown_or_played,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cardgen.richtext.tree import Alignment, Inline

_STYLES: Final[dict[str, StyleName]] = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em", "var": "em", "u": "underline",
    "ins": "underline", "s": "strike", "strike": "strike", "del": "strike", "sub": "sub", "sup": "sup",
    "mark": "highlight",
}  # fmt: skip
_RANK: Final = ("link", "strong", "em", "highlight", "underline", "strike", "sub", "sup")
"""Which of the styles of a text stands outside which: nothing has a style inside what is raised or lowered."""

_CODE: Final = frozenset({"code", "tt", "kbd", "samp"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = _HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "p", "section", "summary",
    "td", "th", "tr",
}  # fmt: skip
_UNSEEN: Final = frozenset({"script", "style", "head", "title", "template", "noscript", "iframe", "object", "rp"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "wbr", "col", "link", "meta", "source", "embed", "area", "base"})
_SILENT: Final = frozenset({"span", "font", "a", "wbr", "small", "big", "tbody", "thead", "tfoot", "colgroup", "col"})
"""Elements that add nothing by themselves; what their attributes say is looked at."""

_DECLARED: Final = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE), "strong"),
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE), "em"),
    (re.compile(r"text-decoration(?:-line)?\s*:[^;]*underline", re.IGNORECASE), "underline"),
    (re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE), "strike"),
    (re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE), "sub"),
    (re.compile(r"vertical-align\s*:\s*super\b", re.IGNORECASE), "sup"),
)
"""Declarations of CSS that are styles."""
_COLOURED: Final = re.compile(r"(?:^|;)\s*(?:background(?:-color)?|color)\s*:", re.IGNORECASE)
_SIZED: Final = re.compile(r"(?:^|;)\s*font-size\s*:", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Private characters around the number of what was set apart before the HTML is read; those in fields are dropped."""
_APART: Final = re.compile(
    r"\\\((?P<line>.+?)\\\)|\\\[(?P<display>.+?)\\\]|\[\$\](?P<old>.+?)\[/\$\]|\[\$\$\](?P<old_display>.+?)\[/\$\$\]"
    r"|<anki-mathjax(?P<block>[^>]*)>(?P<tag>.*?)</anki-mathjax>|\[sound:(?P<sound>[^\]]+)\]"
    r"|\[anki:tts[^\]]*\].*?\[/anki:tts\]|\[latex\](?P<latex>.*?)\[/latex\]",
    re.DOTALL | re.IGNORECASE,
)
"""Formulas and sounds (rslib/src/latex.rs, rslib/src/card_rendering/parser.rs)."""
_FORMULA: Final = re.compile(
    r"\s*(?:\$(?P<line>[^$]+)\$|\$\$(?P<display>[^$]+)\$\$|\\begin\{displaymath\}(?P<old_display>.+?)\\end\{displaymath\})\s*",
    re.DOTALL,
)
"""A document of LaTeX that is one formula."""
_PERCENT: Final = re.compile(r"([1-9][0-9]?|100)%")
_WIDTH: Final = re.compile(r"\s*width\s*:\s*([1-9][0-9]?|100)%\s*;?\s*", re.IGNORECASE)
"""The width of a picture as a style, which is how cardgen's own HTML has it."""
_COUNT: Final = re.compile(r"[0-9]{1,9}")
"""What Markdown takes for the number of a list's item."""
_NUMBER: Final = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_ANY_TAG: Final = re.compile(r"<[^>]*>")
_ENDS_OF_LINES: Final = "\x0b\x0c\x85\u2028\u2029"
"""Those of the characters that no file of cards may hold that part words."""
_SPACES: Final = re.compile(r"[ \t\n\r\f\xa0]+")
"""What is one space; those that do not break come from Anki's editor, which makes them of spaces in a row."""


class Read(Struct, frozen=True):
    """What a field holds.

    Attributes:
        tree: The text.
        lost: What has been left out, with how often, in words: ``colours``.
    """

    tree: RichText
    lost: Counter[str]


def printable(html: str) -> tuple[str, int]:
    """Return a text without the characters that no file of cards may hold, and how many there were.

    Those that part words become spaces.
    """
    return UNPRINTABLE.subn(lambda match: " " if match[0] in _ENDS_OF_LINES else "", html)


def read_html(html: str, media: Callable[[str], str | None] = str) -> Read:
    """Read a field.

    Args:
        html: As Anki has it.
        media: Returns a path in the deck for the name of a file; None if there is no such file.
    """
    lost: Counter[str] = Counter()
    if UNPRINTABLE.search(html):
        html, count = printable(html)
        lost["control characters"] += count
    if "<" not in html and "&" not in html and "\\" not in html and "[" not in html:
        text = _SPACES.sub(" ", html).strip(" ")
        return Read((Paragraph((text,)),) if text else (), lost)
    return Read(_Reading(media, lost).blocks(html), lost)


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str]
    children: list[_Element | str] = field(default_factory=list)


_CLOSES: Final[dict[str, tuple[str, ...]]] = {
    "li": ("li",), "p": ("p",), "td": ("td", "th"), "th": ("td", "th"), "tr": ("tr", "td", "th"),
}  # fmt: skip
"""Which elements end where another begins, without a tag of their own (https://html.spec.whatwg.org/#optional-tags)."""


class _Tree(HTMLParser):
    """Makes elements; end tags that nothing opened are passed over, as browsers do."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("body", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self._open[-1].tag in _CLOSES.get(tag, ()):
            self._open.pop()
        element = _Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        # Browsers stop at a depth of 512, and Python's stack would not take much more.
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


_DEEPEST: Final = 100


_Styles = tuple[tuple[str, str], ...]
"""Styles by rank, each with what belongs to it: a link's address."""


class _Leaf(Struct, frozen=True):
    """An inline without others inside, and its styles."""

    node: Inline
    styles: _Styles


class _Reading:
    """Reads one field."""

    def __init__(self, media: Callable[[str], str | None], lost: Counter[str]) -> None:
        self._media = media
        self._lost = lost
        self._apart: list[Inline] = []
        self._as_typed: list[str] = []
        self._depth = 0

    def blocks(self, html: str) -> RichText:
        """Read HTML."""
        parser = _Tree()
        parser.feed(_APART.sub(self._set_apart, html.replace(_OPEN, "").replace(_CLOSE, "")))
        parser.close()
        return self._blocks(parser.root.children, ())

    def _set_apart(self, match: re.Match[str]) -> str:
        found = match.lastgroup and {name: text for name, text in match.groupdict().items() if text is not None}
        if not found:
            self._lost["speech"] += 1
            return ""
        if "sound" in found:
            self._apart.append(self._recording(found["sound"]))
        elif (formula := _formula(found)) is not None:
            self._apart.append(formula)
        else:
            self._lost["documents of LaTeX, left as they were typed"] += 1
            return match[0]
        self._as_typed.append(unescape(_ANY_TAG.sub("", match[0])))
        return f"{_OPEN}{len(self._apart) - 1}{_CLOSE}"

    def _recording(self, name: str) -> Inline:
        name = unescape(name)
        path = self._media(name)
        played = shown_or_played(path, "", 0) if path is not None else None
        if not isinstance(played, Recording):
            self._lost["sounds without a file"] += 1
            return f"[{name}]"
        return played

    # Blocks

    def _blocks(self, nodes: Sequence[_Element | str], styles: _Styles) -> RichText:
        found: list[Block] = []
        run: list[_Leaf] = []
        for piece in self._pieces(nodes, styles):
            if isinstance(piece, _Leaf):
                run.append(piece)
                continue
            found.extend(_paragraphs(run))
            run = []
            if piece is not _EDGE:
                found.append(piece)
        found.extend(_paragraphs(run))
        return tuple(found)

    def _pieces(self, nodes: Sequence[_Element | str], styles: _Styles) -> Iterator[_Leaf | Block]:
        """Yield leaves of running text, blocks, and `_EDGE` where a block without a form of its own begins and ends."""
        for node in nodes:
            if isinstance(node, str):
                yield from self._text(node, styles)
            elif node.tag in _UNSEEN or _HIDDEN.search(node.attributes.get("style", "")):
                self._lost["hidden text"] += bool(node.children)
            elif (own := _OWN_FORMS.get(node.tag)) is not None:
                yield from own(self, node, styles)
            else:
                edges = (_EDGE,) if node.tag in _BLOCKS else ()
                yield from edges
                yield from self._pieces(node.children, self._styles(node, styles))
                yield from edges

    def _styles(self, node: _Element, styles: _Styles) -> _Styles:
        """Return the styles inside an element."""
        added = dict(styles)
        if node.tag in _STYLES:
            added[_STYLES[node.tag]] = ""
        elif node.tag in _HEADINGS:
            self._lost["headings, now in bold"] += 1
            added["strong"] = ""
        elif node.tag == "dt":
            added["strong"] = ""
        elif node.tag == "a" and is_address(node.attributes.get("href", "")):
            added["link"] = node.attributes["href"]
        elif node.tag not in _BLOCKS and node.tag not in _SILENT:
            self._lost[f"<{node.tag}>"] += 1
        self._declared(node, added)
        if "sub" in added and "sup" in added:
            del added["sub"]
        return tuple(sorted(added.items(), key=lambda style: _RANK.index(style[0])))

    def _declared(self, node: _Element, added: dict[str, str]) -> None:
        """Add the styles that an element's attributes declare."""
        style = node.attributes.get("style", "")
        for pattern, name in _DECLARED:
            if style and pattern.search(style):
                added[name] = ""
        self._lost["colours"] += bool(_COLOURED.search(style)) or (node.tag == "font" and "color" in node.attributes)
        self._lost["sizes of letters"] += bool(_SIZED.search(style)) or (
            node.tag == "font" and "size" in node.attributes
        )

    def _break(self, node: _Element, styles: _Styles) -> Iterator[_Leaf]:
        del node, styles
        yield _Leaf(LineBreak(), ())

    def _code(self, node: _Element, styles: _Styles) -> Iterator[_Leaf]:
        text = _SPACES.sub(" ", self._put_back(_text_of(node)))
        if text.strip():
            yield _Leaf(Code(text), styles)

    def _lines(self, node: _Element, styles: _Styles) -> Iterator[Block]:
        del styles
        text = self._put_back(_text_of(node)).strip("\n")
        if text.strip():
            yield Preformatted(text)

    def _ruby(self, node: _Element, styles: _Styles) -> Iterator[_Leaf]:
        """Read characters with their readings; a reading belongs to what stands before it."""
        pairs: list[tuple[str, str]] = []
        base = ""
        for child in node.children:
            if isinstance(child, _Element) and child.tag == "rt":
                pairs.append((base.strip(), _text_of(child).strip()))
                base = ""
            elif isinstance(child, str) or child.tag not in _UNSEEN:
                base += child if isinstance(child, str) else _text_of(child)
        found = [pair for pair in pairs if all(pair)]
        yield _Leaf(Ruby(tuple(found)), styles) if found and not base.strip() else _Leaf(_text_of(node), styles)

    def _put_back(self, text: str) -> str:
        """Return text with what was set apart as it stood there: code has no formulas."""
        return _NUMBER.sub(lambda match: self._as_typed[int(match[1])], text)

    def _text(self, text: str, styles: _Styles) -> Iterator[_Leaf]:
        for index, piece in enumerate(_NUMBER.split(text)):
            if index % 2:
                yield _Leaf(self._apart[int(piece)], () if isinstance(self._apart[int(piece)], Math) else styles)
            elif piece:
                yield _Leaf(piece, styles)

    def _image(self, node: _Element, styles: _Styles) -> Iterator[_Leaf]:
        source = node.attributes.get("src", "")
        words = re.sub(r"[\[\]\\]|\s+", " ", node.attributes.get("alt", "")).strip()
        path = self._media(source) or self._media(unquote(source)) if source else None
        if path is None:
            self._lost["pictures without a file"] += 1
            link = [style for style in styles if style[0] == "link"]
            if is_address(source) and not link:
                yield _Leaf(words or "picture", (("link", source),))
            return
        width = _PERCENT.fullmatch(node.attributes.get("width", "")) or _WIDTH.fullmatch(
            node.attributes.get("style", "")
        )
        if width is None and {"width", "height"} & node.attributes.keys():
            self._lost["sizes of pictures"] += 1
        yield _Leaf(Image(path, words, int(width[1]) if width else 0), styles)

    def _list(self, node: _Element, styles: _Styles) -> Iterator[Block]:
        del styles
        items: list[list[_Element | str]] = []
        is_beside = False
        for child in node.children:
            if isinstance(child, _Element) and child.tag == "li":
                items.append([*child.children])
                is_beside = False
            elif isinstance(child, _Element) or child.strip():
                # What stands in a list beside its items belongs to the one before, in a line of its own.
                if not items:
                    items.append([])
                elif not is_beside:
                    items[-1].append(_Element("br", {}))
                items[-1].append(child)
                is_beside = True
        self._depth += 1
        found = tuple(item for item in (self._blocks(item, ()) for item in items) if item)
        self._depth -= 1
        if not found:
            return
        if self._depth >= MAX_DEPTH:
            self._lost["lists deep inside others, now paragraphs"] += 1
            yield from (block for item in found for block in item)
            return
        start = node.attributes.get("start", "1")
        if node.tag == "ul":
            yield BulletList(found)
        else:
            yield NumberedList(found, int(start) if _COUNT.fullmatch(start) else 1)

    def _definitions(self, node: _Element, styles: _Styles) -> Iterator[Block]:
        """Read terms with what they mean; what is not in that order stays a row of blocks."""
        del styles
        entries: list[tuple[tuple[Inline, ...], list[RichText]]] = []
        for child in node.children:
            if isinstance(child, str):
                continue
            self._depth += 1
            blocks = self._blocks(child.children, ())
            self._depth -= 1
            match child.tag, blocks:
                case "dt", (Paragraph(term),):
                    entries.append((term, []))
                case "dd", (_, *_) if entries and self._depth < MAX_DEPTH:
                    entries[-1][1].append(blocks)
                case _:
                    yield from blocks
        whole = tuple((term, tuple(definitions)) for term, definitions in entries if definitions)
        if whole:
            yield DefinitionList(whole)
        yield from (Paragraph(term) for term, definitions in entries if not definitions)

    def _table(self, node: _Element, styles: _Styles) -> Iterator[Block]:
        del styles
        rows = [[*_cells(row)] for row in _rows(node)]
        columns = max(map(len, rows), default=0)
        if not columns:
            return
        self._lost["merged cells"] += sum(
            bool({"colspan", "rowspan"} & cell.attributes.keys()) for row in rows for cell in row
        )
        filled = [tuple(self._cell(cell) for cell in row) + ((),) * (columns - len(row)) for row in rows]
        has_header = all(cell.tag == "th" for cell in rows[0])
        header = filled[0] if has_header else ((),) * columns
        body = tuple(filled[1:] if has_header else filled)
        start: Alignment = "start"
        yield Table((start,) * columns, header, body)

    def _cell(self, cell: _Element) -> tuple[Inline, ...]:
        """Return a cell's text in one line: a table of Markdown has no other."""
        blocks = self._blocks(cell.children, ())
        if not blocks:
            return ()
        match blocks:
            case (Paragraph(children),) if not any(isinstance(child, LineBreak | Preformatted) for child in children):
                return children
        self._lost["lines in cells of tables"] += 1
        return _in_one_line([*_lines_of(blocks)])


_EDGE: Final = Paragraph(())

_OWN_FORMS: Final[dict[str, Callable[[_Reading, _Element, _Styles], Iterator[_Leaf | Block]]]] = {
    "br": _Reading._break,  # noqa: SLF001 - of this module
    "img": _Reading._image,  # noqa: SLF001
    "ul": _Reading._list,  # noqa: SLF001
    "ol": _Reading._list,  # noqa: SLF001
    "dl": _Reading._definitions,  # noqa: SLF001
    "table": _Reading._table,  # noqa: SLF001
    "ruby": _Reading._ruby,  # noqa: SLF001
    "pre": _Reading._lines,  # noqa: SLF001
    **dict.fromkeys(_CODE, _Reading._code),  # noqa: SLF001
}
"""Elements that become something of their own."""


def _formula(found: Mapping[str, str]) -> Math | None:
    """Return what one of the notations for formulas says; None for LaTeX that is more than a formula."""
    if "latex" in found:
        only = _FORMULA.fullmatch(_ANY_TAG.sub(" ", found["latex"]))
        if only is None:
            return None
        found = {name: text for name, text in only.groupdict().items() if text is not None}
    name, tex = next((name, tex) for name, tex in found.items() if name != "block")
    return Math((_tex(tex),), display=name in ("display", "old_display") or "block" in found.get("block", ""))


def _tex(html: str) -> str:
    text = unescape(_ANY_TAG.sub(" ", html.replace("&nbsp;", " ")))
    return " ".join(text.split()).replace("$", r"\dollar ") if "$" in text else " ".join(text.split())


def _text_of(node: _Element) -> str:
    """Return the text inside an element, with its line ends."""
    return "".join(
        child if isinstance(child, str) else "\n" if child.tag == "br" else _text_of(child) for child in node.children
    )


def _rows(node: _Element) -> Iterator[_Element]:
    for child in node.children:
        if isinstance(child, _Element):
            if child.tag == "tr":
                yield child
            elif child.tag in ("tbody", "thead", "tfoot"):
                yield from _rows(child)


def _lines_of(blocks: RichText) -> Iterator[tuple[Inline, ...]]:
    """Yield the lines of blocks, those of lists item by item; of what else has lines of its own, the words."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for is_break, line in groupby(block.children, lambda child: isinstance(child, LineBreak)):
                if not is_break:
                    yield tuple(line)
        elif isinstance(block, BulletList | NumberedList):
            for item in block.items:
                yield from _lines_of(item)
        else:
            yield from ((" ".join(line.split()),) for line in to_plain((block,)).splitlines() if line.strip())


def _in_one_line(lines: Sequence[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Put lines side by side: a semicolon parts words, a space what has no end of its own."""
    found: list[Inline] = [*lines[0]]
    for line in lines[1:]:
        is_between_words = not isinstance(found[-1], Image | Recording) and not isinstance(line[0], Image | Recording)
        found += ["; " if is_between_words else " ", *line]
    return joined(tuple(found))


def _cells(row: _Element) -> Iterator[_Element]:
    return (child for child in row.children if isinstance(child, _Element) and child.tag in ("td", "th"))


# Running text


def _paragraphs(run: Sequence[_Leaf]) -> Iterator[Paragraph]:
    """Make paragraphs of leaves: two line breaks or more part them."""
    lines: list[list[_Leaf]] = [[]]
    for leaf in run:
        if isinstance(leaf.node, LineBreak):
            lines.append([])
        else:
            lines[-1].append(leaf)
    written = [_line(line) for line in lines]
    for is_text, group in groupby(written, bool):
        if is_text:
            children: list[Inline] = []
            for line in group:
                if children:
                    children.append(LineBreak())
                children.extend(line)
            yield Paragraph(tuple(children))


def _line(leaves: Iterable[_Leaf]) -> tuple[Inline, ...]:
    """Return a line with its spaces as they are seen: one at most, and none at its ends."""
    found: list[_Leaf] = []
    after_space = True
    for leaf in leaves:
        if not isinstance(leaf.node, str):
            found.append(leaf)
            after_space = False
            continue
        text = _SPACES.sub(" ", leaf.node)
        if after_space:
            text = text.removeprefix(" ")
        if text:
            # A style begins and ends with a word.
            start, end = text.startswith(" "), text.endswith(" ") and text != " "
            if start:
                found.append(_Leaf(" ", ()))
            if core := text.strip(" "):
                found.append(_Leaf(core, leaf.styles))
            if end:
                found.append(_Leaf(" ", ()))
            after_space = text.endswith(" ")
    while found and found[-1].node == " ":
        found.pop()
    return _nested(_bridged(found), 0)


def _bridged(leaves: list[_Leaf]) -> list[_Leaf]:
    """Give a space the styles that what is on both sides of it shares: two words in bold are one text in bold."""
    bridged = [*leaves]
    for index in range(1, len(leaves) - 1):
        if leaves[index].node == " ":
            around = set(leaves[index - 1].styles) & set(leaves[index + 1].styles)
            kept = [style for style in leaves[index - 1].styles if style in around]
            bridged[index] = _Leaf(" ", tuple(kept))
    return bridged


def _nested(leaves: Sequence[_Leaf], level: int) -> tuple[Inline, ...]:
    """Put styles around what has them in common, the outermost first, neighbouring texts joined."""
    found: list[Inline] = []
    for style, group in groupby(leaves, lambda leaf: leaf.styles[level] if level < len(leaf.styles) else None):
        if style is None:
            for leaf in group:
                if isinstance(leaf.node, str) and found and isinstance(found[-1], str):
                    found[-1] += leaf.node
                else:
                    found.append(leaf.node)
        else:
            inside = _nested([*group], level + 1)
            found.append(Link(style[1], inside) if style[0] == "link" else Styled(cast("StyleName", style[0]), inside))
    return tuple(found)
