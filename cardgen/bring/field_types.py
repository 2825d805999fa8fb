"""The types of the fields of a note type that is kept: for each the plainest that says all that its values do.

A field has one type for all notes. It is Markdown if every value says the same as Markdown, with nothing left out: not
a colour, not a class. Otherwise it stays the HTML that it is, and the report says which values are to blame.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from msgspec import Struct

from cardgen.anki.html import to_html
from cardgen.anki.reading.markup import printable, read_html
from cardgen.model import FieldType
from cardgen.read import nfc
from cardgen.richtext import Paragraph
from cardgen.richtext.address import is_address
from cardgen.richtext.parse import check_gaps, parse
from cardgen.richtext.raw_html import media_in_html, with_media_names
from cardgen.richtext.tree import PICTURES
from cardgen.richtext.walk import is_blank
from cardgen.richtext.write import NotWritableError, to_markdown
from cardgen.templates import is_empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cardgen.anki.reading import FoundNoteType
    from cardgen.richtext import RichText

_MOST_LETTERS: Final = 20_000
_LONGEST_LINE: Final = 1_000
_MOST_PICTURES: Final = 20
"""Limits of what fields hold; see schema/cards.schema.json and `cardgen.check.schemas`."""

_TAG: Final = re.compile(r"""<([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*+)""")
_ATTRIBUTE: Final = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_DECLARATION: Final = re.compile(
    r"\s*(?:font-weight\s*:\s*(?:bold|[6-9]00)|font-style\s*:\s*(?:italic|oblique)|vertical-align\s*:\s*(?:sub|super)"
    r"|text-decoration(?:-line)?\s*:\s*(?:underline|line-through))\s*",
    re.IGNORECASE,
)
"""Declarations of CSS that are styles of Markdown, as `read_html` takes them."""

_PLAIN: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(
        [
            "b", "strong", "i", "em", "cite", "dfn", "var", "u", "ins", "s", "strike", "del", "sub", "sup", "mark",
            "br", "wbr", "p", "div", "span", "ul", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th",
            "code", "pre", "ruby", "rb", "rt", "rp",
        ],
        frozenset(),
    ),
    "a": frozenset({"href", "target", "rel"}),
    "img": frozenset({"src", "alt", "width"}),
    "ol": frozenset({"start"}),
    "anki-mathjax": frozenset({"block"}),
}  # fmt: skip
"""Elements of which Markdown says all, each with the attributes of which that holds, too."""

_LATEX: Final = re.compile(r"\[latex\]|\[\$\$?\]", re.IGNORECASE)
_PICTURES: Final = re.compile(r"""\s*(?:<img\s+src=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+)\s*/?>\s*)+""", re.IGNORECASE)
_WIDTH: Final = re.compile(r"\s*width\s*:\s*[0-9]+%\s*;?\s*", re.IGNORECASE)
_MANY_SPACES: Final = re.compile(r"\n|\r|  ")
_IN_CODE: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<[a-zA-Z][^<>]*>", re.DOTALL | re.IGNORECASE)
_NAMED: Final = re.compile(r"\{\{[#^/]?([^{}]*)\}\}")


class Reason(NamedTuple):
    """Something that Markdown does not say.

    Attributes:
        what: What it is: ``colours``.
        values: How many values of a field have it.
        first: The place of the first of them.
    """

    what: str
    values: int
    first: int


class Typed(Struct, frozen=True):
    """A field with its type.

    Attributes:
        type: The type.
        values: What cards have of it, one for each note; empty where a note has nothing.
        changed: How many of the values Anki would get in another spelling than they had, showing the same.
        why: Why it is HTML.
    """

    type: FieldType
    values: tuple[str | list[str], ...]
    changed: int = 0
    why: tuple[Reason, ...] = ()


class Use(NamedTuple):
    """What templates do with a field.

    Attributes:
        has_gaps: Whether its gaps make the cards.
        in_code: Whether it stands in tags, scripts or style sheets, where another spelling could mean something else.
        keeps_spaces: Whether the style sheet shows spaces and line ends as they are.
    """

    has_gaps: bool = False
    in_code: bool = False
    keeps_spaces: bool = False


def uses(kind: FoundNoteType) -> Iterator[Use]:
    """Yield what the templates of a note type do with each of its fields, in order."""
    sides = [side for template in kind.templates for side in (template.front, template.back)]
    in_code = {_field(name) for side in sides for code in _IN_CODE.finditer(side) for name in _NAMED.findall(code[0])}
    gaps = {
        _field(name) for side in sides for name in _NAMED.findall(side) if "cloze" in map(str.strip, name.split(":"))
    }
    keeps_spaces = re.search(r"white-space\s*:\s*(?:pre|break-spaces)", kind.css) is not None
    for field in kind.fields:
        yield Use(kind.is_cloze and field in gaps, field in in_code, keeps_spaces)


def _field(name: str) -> str:
    return name.rpartition(":")[2].strip()


class _Value(NamedTuple):
    """What a value is in each of the types that it might have.

    Attributes:
        html: HTML, with media by their places in the deck.
        markdown: Markdown; empty if that does not say all.
        words: The text, if it is nothing but that and in one line; else None.
        pictures: The paths of its pictures, if it is nothing else.
        is_same: Whether Markdown becomes the very HTML again.
        why: What Markdown does not say.
    """

    html: str
    markdown: str = ""
    words: str | None = None
    pictures: tuple[str, ...] = ()
    is_same: bool = True
    why: str = ""


_NOTHING: Final = _Value("")
_SPELLING: Final = "spelled in another way than Markdown would be"


class FieldReader:
    """Finds the types of fields.

    Args:
        place: Returns a path in the deck for the name of a file; None if there is no such file.
        exact: Whether values must become the very HTML again that they were.
    """

    def __init__(self, place: Callable[[str], str | None], *, exact: bool) -> None:
        self._place = place
        self._exact = exact
        self._names: dict[str, str] = {}

    def typed(self, values: Sequence[str], use: Use, wanted: FieldType | None = None) -> Typed:
        """Return a field with the plainest type that fits all its values.

        Args:
            values: HTML as Anki has it.
            use: What templates do with the field.
            wanted: A type that is taken if it fits, too.
        """
        seen = [_visible(nfc(html)) for html in values]
        read = [self._value(html, use) for html in seen]
        filled = [value for value in read if value is not _NOTHING]
        is_fixed = self._exact or use.in_code
        whys = [value.why or (_SPELLING if is_fixed and not value.is_same else "") for value in read]
        fitting = [*_fitting(filled, use, is_markdown=not any(whys), is_fixed=is_fixed)]
        type_ = wanted if wanted in fitting else fitting[0]
        shown = tuple([_shown(value, type_) for value in read])
        if type_ is FieldType.HTML:
            cleaned = sum(html != nfc(was) for html, was in zip(seen, values, strict=True))
            counted = Counter(filter(None, whys)).most_common()
            return Typed(type_, shown, cleaned, tuple(Reason(why, count, whys.index(why)) for why, count in counted))
        if type_ is FieldType.PICTURES:
            return Typed(type_, shown, sum(value.html != _as_written(value.pictures) for value in filled))
        return Typed(type_, shown, sum(not value.is_same for value in filled))

    def _value(self, html: str, use: Use) -> _Value:
        if not html or (is_empty(html) and not self._exact):
            return _NOTHING
        there = with_media_names(html, self._place_of)
        pictures = self._pictures(html)
        read = read_html(html, self._place_of)
        why = next(iter(+read.lost), "") or unsaid(html) or self._shown_spaces(html, use)
        markdown = ""
        if not why:
            try:
                markdown = to_markdown(read.tree, gaps=use.has_gaps)
            except NotWritableError:
                why = "styles in the middle of words"
        why = why or _unfit(markdown, read.tree, use)
        if why:
            return _Value(there, pictures=pictures, is_same=False, why=why)
        again = to_html(parse(markdown, gaps=True) if use.has_gaps else read.tree, self._names.__getitem__)
        if use.has_gaps and read_html(again, self._place_of).tree != read.tree:
            return _Value(there, why="gaps that Markdown has otherwise")
        return _Value(there, markdown, _words(read.tree), pictures, nfc(again) == html)

    def _pictures(self, html: str) -> tuple[str, ...]:
        """Return the paths of a value's pictures, if it is nothing else; else none."""
        if _PICTURES.fullmatch(html) is None:
            return ()
        paths = [self._place_of(name) for name in media_in_html(html)]
        found = tuple(path for path in paths if path is not None and PurePosixPath(path).suffix in PICTURES)
        return found if len(set(found)) == len(paths) <= _MOST_PICTURES else ()

    def _place_of(self, name: str) -> str | None:
        """Return the path in the deck of a file, by a name as fields have it: some are percent-encoded."""
        for spelling in dict.fromkeys((name, unquote(name))):
            path = self._place(spelling)
            if path is not None:
                self._names[path] = name
                return path
        return None

    @staticmethod
    def _shown_spaces(html: str, use: Use) -> str:
        found = use.keeps_spaces and _MANY_SPACES.search(html)
        return "spaces and line ends that the style sheet shows" if found else ""


def _visible(html: str) -> str:
    """Return HTML without the control characters that no file of cards may hold; those that part words are spaces."""
    return printable(html.replace("\r\n", "\n").replace("\r", "\n"))[0]


def unsaid(html: str) -> str:
    """Return the first thing in HTML of which Markdown has no word, beside what `read_html` counts; empty if none."""
    if _LATEX.search(html):
        return "LaTeX"
    if "<" not in html:
        return ""
    for tag in _TAG.finditer(html):
        name = tag[1].lower()
        known = _PLAIN.get(name)
        if known is None:
            return f"<{name}>"
        for attribute in _ATTRIBUTE.finditer(tag[2]):
            value = unescape(attribute[2] or attribute[3] or attribute[4] or "")
            if wrong := _unsaid_attribute(name, attribute[1].lower(), value, known):
                return wrong
    return ""


def _unsaid_attribute(element: str, name: str, value: str, known: frozenset[str]) -> str:
    if name == "style":
        declared = [declaration for declaration in value.split(";") if declaration.strip()]
        is_said = element != "img" and all(map(_DECLARATION.fullmatch, declared))
        return "" if is_said or (_WIDTH.fullmatch(value) and element == "img") else "styles"
    if name == "href" and not is_address(value):
        return "links that are no addresses"
    if name in known:
        return ""
    return "classes" if name == "class" else f"<{element} {name}=…>"


def _unfit(markdown: str, tree: RichText, use: Use) -> str:
    """Return why a text, which is a tree's, cannot be the Markdown of a field; empty if it can."""
    if not markdown or is_blank(tree):
        return "nothing that can be seen"
    if len(markdown) > _MOST_LETTERS:
        return f"more than {_MOST_LETTERS:,} letters"
    if use.has_gaps:
        has_gap, problem = check_gaps(markdown)
        if problem or not has_gap:
            return "gaps that are not well formed" if problem else "no gaps"
    return ""


def _words(tree: RichText) -> str | None:
    match tree:
        case (Paragraph((str(words),)),):
            return words
    return None


def _fitting(values: Sequence[_Value], use: Use, *, is_markdown: bool, is_fixed: bool) -> Iterator[FieldType]:
    """Yield the types that fit values, the plainest first.

    Args:
        values: Those that are not empty.
        use: What templates do with the field.
        is_markdown: Whether Markdown says all of them.
        is_fixed: Whether they must become the very HTML again that they were.
    """
    if use.has_gaps:
        yield from (FieldType.GAPS,) if is_markdown else ()
    else:
        if values and not is_fixed and all(value.pictures for value in values):
            yield FieldType.PICTURES
        if is_markdown:
            words = all(value.words is not None for value in values)
            if words and any(value.markdown != value.words for value in values):
                yield FieldType.LITERAL
            if all("\n" not in value.markdown and len(value.markdown) <= _LONGEST_LINE for value in values):
                yield from (FieldType.LINE,) if values else (FieldType.TEXT, FieldType.LINE)
            yield FieldType.TEXT
            yield from (FieldType.LITERAL,) if words else ()
            yield from (FieldType.PICTURES,) if not values else ()
    yield FieldType.HTML


def _shown(value: _Value, type_: FieldType) -> str | list[str]:
    """Return what a card has of a value in a field of a type."""
    match type_:
        case FieldType.HTML:
            return value.html
        case FieldType.PICTURES:
            return value.pictures[0] if len(value.pictures) == 1 else [*value.pictures] or ""
        case FieldType.LITERAL:
            return value.words or ""
        case _:
            return value.markdown


def _as_written(paths: tuple[str, ...]) -> str:
    """Return pictures as Anki's editor writes them, and packages of cardgen."""
    return "".join(f'<img src="{escape(path)}">' for path in paths)
