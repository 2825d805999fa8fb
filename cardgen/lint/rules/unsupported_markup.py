"""S20: markup of other programs, which cards show as text."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import ANKI_EDITING
from cardgen.lint.text import any_in
from cardgen.richtext import Math, nodes
from cardgen.richtext.ruby import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView, Text

_TRACES: Final = "<[$\\=+&|#"
_COLON: Final = re.compile(r"^[ ]*: ", re.MULTILINE)
"""All such markup has one of these characters or begins a line like that; most texts have none."""

_TAG: Final = re.compile(
    r"<!--|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<attributes>(?:\s+[A-Za-z-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))*)"
    r"\s*/?>"
)
_VOID: Final = frozenset({"br", "hr", "wbr"})
"""Tags that stand alone. Others are found with attributes or with the tag that closes them: `<table>` alone may be a
placeholder, and `<T>` a parameter of a type."""

_INSTEAD_OF_TAGS: Final = {
    "**bold**": "b strong",
    "*italic*": "i em",
    "~~struck out~~": "s strike del",
    "==highlighted==": "mark",
    "++underlined++": "u ins",
    "{漢字|かんじ}": "ruby rt rp",
    "H~2~O": "sub",
    "10^9^": "sup",
    "`code`": "code kbd samp tt",
    "a block of code between two lines of ```": "pre",
    "![what it shows](media/file.png)": "img",
    "[words](https://example.org)": "a",
    "- one line for each point": "ul ol li",
    "a table of Markdown, | a | b |": "table thead tbody tr td th",
    "a backslash at the end of the line": "br",
    "a blank line between paragraphs": "p",
}
_WAY_OUT: Final = {tag: instead for instead, tags in _INSTEAD_OF_TAGS.items() for tag in tags.split()}
_UNSUPPORTED: Final = (
    "font span div center big small hr wbr h1 h2 h3 h4 h5 h6 details summary blockquote q cite abbr "
    "script style iframe video audio source object embed input button label form svg math section article header "
    "footer figure figcaption colgroup col caption dl dt dd var bdo bdi"
)
_TAGS: Final = frozenset([*_WAY_OUT, *_UNSUPPORTED.split()])

_ENTITY: Final = re.compile(
    r"&(?:nbsp|lt|gt|amp|quot|apos|ndash|mdash|hellip|deg|times|plusmn|micro|[lr]arr|[lg]e|ne|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});"
)


class _Look(NamedTuple):
    """Markup that cards do not have.

    Attributes:
        trace: What every text has in which it is found.
        pattern: What it looks like, in a text without markup, code and mathematics: an expression, compiled where a
            text has the trace, which few have. One has a class of all Chinese characters.
        name: What it looks like, in words.
        hint: What to write instead.
    """

    trace: str
    pattern: str
    name: str
    hint: str


_WRITE_MATHS: Final = "Write maths as $x^2$, or as $$x^2$$ to set it on a line of its own."

_LOOKS: Final = (
    _Look(
        "[sound:",
        r"\[sound:[^\[\]\n]+\]",
        "a sound in Anki",
        "Write it as ![what it is](media/file.mp3), with the file in the deck's folder.",
    ),
    _Look(
        "![[",
        r"!\[\[[^\[\]\n]+\]\]",
        "an embedded file of a wiki",
        "Write a picture as ![what it shows](media/file.png).",
    ),
    _Look(
        "[[",
        r"(?<![\w!\])])\[\[(?=[^\W\d_])[^\[\]\n,;]+\]\]",
        "a wiki link",
        "Cards do not link to notes: write the words alone.",
    ),
    _Look("[", r"\[/?(?:latex|\$\$?)\]", "LaTeX of old versions of Anki", _WRITE_MATHS),
    # Of these, what is whole is no longer there: the parser takes it.
    _Look(
        "|",
        rf"\{{(?=[^{{}}|\n]*[{HAN}])[^{{}}|\n:]+\|(?=[^{{}}|\n{HAN}]*\w)(?![^{{}}|\n]*[{HAN}])[^{{}}\n]*\}}?",
        "a reading",
        "Write {漢字|かんじ}, or `|` and a reading for each character; a gap goes around it; `\\{` is a brace.",
    ),
    _Look(
        "width",
        r"\{[ ]*width[ ]*=[^{}\n]*\}",
        "the width of a picture",
        "Write {width=60%} right behind the picture, in percent of the line from 1 to 100.",
    ),
    _Look(
        "==",
        r"(?<![=\w)\]}\"'<>!])==(?=[^\s=)\]},.;:?/|])",
        "the start of a highlight",
        "Close it with `==` right behind its last word, in the same paragraph; `\\==` shows the mark.",
    ),
    _Look(
        "++",
        r"(?<![+\w)\]])\+\+(?=[^\W\d_]{2})",
        "the start of an underline",
        "Close it with `++` right behind its last word, in the same paragraph; `\\++` shows the mark.",
    ),
)


_FENCES: Final = re.compile(r"^[ \t]*(?P<fence>```+|~~~+).*?(?:^[ \t]*(?P=fence)|\Z)", re.MULTILINE | re.DOTALL)
_CODE: Final = re.compile(r"(?<![`\\])(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_BACKSLASHES: Final = re.compile(
    r"(?<!\\)\\{1,2}\((?P<inline>.{1,1000}?)(?<!\\)\\{1,2}\)|(?<!\\)\\{1,2}\[(?P<display>.{1,1000}?)(?<!\\)\\{1,2}\]",
    re.DOTALL,
)
_TEX: Final = re.compile(r"[\\^_={}+<>]|\A\s|\s\Z")
r"""What sets a formula in ``\[...\]`` apart from words in brackets that are escaped so as to be no link."""

_DOLLARS: Final = re.compile(r"(?<!\\)\$\$?")
_FORMULA: Final = re.compile(r"(?!\s?\d)[^$]*?\\[A-Za-z]{2,}|\s?[^\s$]*(?:\\[A-Za-z]{2,}|[\w)}\]]\^[\w{\\(+-]|_\{)")
"""What follows a dollar that begins a formula, and not a price: a command, a power, an index in braces."""

_LONE_DEFINITION: Final = re.compile(r"(?:\A|\n[ \t]*\n)[ ]{0,3}(:)[ \t]+(?=\S)")
"""The mark of a definition with no term above it."""

_HEADING: Final = re.compile(r"^[ ]{0,3}#{2,6} +(?=\S)", re.MULTILINE)

_BELOW_HEADER: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_DIVIDER: Final = re.compile(r"(?<!\\)\|")


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find the first of each such look in every text."""
    for text in card.texts:
        if not text.literal and _may_have_some(text.written):
            plain = text.plain
            yield from _html(text, plain)
            for look in _LOOKS:
                matches = re.finditer(look.pattern, plain) if look.trace in plain else ()
                found = next((match for match in matches if not _escaped(text, match)), None)
                if found:
                    yield text.finding(_message(found[0], look.name), found.span(), look.hint)
            yield from _as_written(text)


def _may_have_some(written: str) -> bool:
    return any_in(written, _TRACES) or (": " in written and _COLON.search(written) is not None)


def _message(found: str, name: str) -> str:
    longest = 40
    quoted = " ".join(found.split())
    return (
        f"`{quoted if len(quoted) <= longest else quoted[: longest - 1] + '…'}` looks like {name}, but is shown as text"
    )


def _escaped(text: Text, match: re.Match[str]) -> bool:
    """Return whether the author wrote a backslash before it, to have it shown."""
    span = text.written_span(match.span())
    return span is not None and text.written[: span[0]].endswith("\\")


def _html(text: Text, plain: str) -> Iterator[Finding]:
    if "<" in plain:
        lower = plain.lower()
        found = next((tag for tag in _TAG.finditer(plain) if _is_html(tag, lower) and not _escaped(text, tag)), None)
        if found:
            yield text.finding(_message(found[0], "HTML"), found.span(), _instead(found))
    entity = _ENTITY.search(plain) if "&" in plain else None
    if entity and not _escaped(text, entity):
        char = unescape(entity[0])
        hint = f"Write the character itself: {char}" if char.isprintable() else "Write the character itself."
        yield text.finding(_message(entity[0], "an HTML character"), entity.span(), hint)


def _is_html(tag: re.Match[str], lower: str) -> bool:
    name = (tag["name"] or "").lower()
    if not name:
        return lower.rfind("-->") > tag.end()
    if name not in _TAGS:
        return False
    return name in _VOID or bool(tag["attributes"]) or (not tag["close"] and lower.rfind(f"</{name}>") >= tag.end())


def _instead(tag: re.Match[str]) -> str:
    name = (tag["name"] or "").lower()
    instead = f"Write {_WAY_OUT[name]}" if name in _WAY_OUT else "Cards have no HTML: delete it"
    return f"{instead}, or put the tag in `backticks` to show it." if name else "Cards have no HTML: delete it."


def _as_written(text: Text) -> Iterator[Finding]:
    """Find what can only be seen in the text as written, since the parser takes a part of it."""
    without_blocks = _FENCES.sub(_blank, text.written)
    written = _CODE.sub(_blank, without_blocks) if "`" in without_blocks else without_blocks
    slashed = _BACKSLASHES.finditer(written) if "\\" in written else ()
    formula = next((match for match in slashed if _is_formula(match)), None)
    if formula:
        yield text.written_finding(_message(formula[0], "a formula of LaTeX"), formula.span(), _WRITE_MATHS)
    yield from _dollars(text, written)
    lone = _LONE_DEFINITION.search(written) if ": " in written else None
    if lone:
        yield text.written_finding(_message(":", "a definition"), lone.span(1), "Write its term on the line above it.")
    heading = _HEADING.search(written) if "##" in written else None
    if heading:
        line = written[heading.start() :].split("\n", 1)[0]
        hint = f"Headings are not supported: write **{line.strip(' #')}**."
        yield text.written_finding(
            _message(line.strip(), "a heading"), (heading.start(), heading.start() + len(line)), hint
        )
    if "|" in written and "\n" in written:
        # The parser divides cells at bars in code, too.
        yield from _tables(text, without_blocks)


def _blank(match: re.Match[str]) -> str:
    """Return as many spaces in as many lines."""
    return re.sub(r"[^\n]", " ", match[0])


def _is_formula(match: re.Match[str]) -> bool:
    if match["inline"] is not None:
        return bool(match["inline"].strip())
    return bool(match["display"].strip()) and _TEX.search(match["display"]) is not None


def _dollars(text: Text, written: str) -> Iterator[Finding]:
    if "$" not in written:
        return
    for node in nodes(text.tree):
        if isinstance(node, Math):
            dollars = r"\$\$" if node.display else r"\$"
            formula = re.search(rf"{dollars}\s*{re.escape(node.tex)}\s*{dollars}", written)
            if formula is None:
                # Gaps and indentation are not in the tree as they were written.
                return
            written = written[: formula.start()] + _blank(formula) + written[formula.end() :]
    marks = list(_DOLLARS.finditer(written))
    doubled = [mark for mark in marks if mark[0] == "$$"]
    for mark in marks:
        before, after = written[: mark.start()], written[mark.end() :].split("\n\n", 1)[0]
        if before.endswith(("[", "[/")) and after.startswith("]"):
            continue
        pair = len(doubled) > 1 and mark is doubled[0] and not before[-1:].isalnum()
        if pair or _FORMULA.match(after):
            hint = (
                "Close it with `$$`; a formula has no blank line in it."
                if mark[0] == "$$"
                else "Write $x^2$: no space inside the dollars, no letter or digit outside; `\\$` is a dollar sign."
            )
            yield text.written_finding(
                f"`{mark[0]}` looks like the start of a formula, but is shown as text", mark.span(), hint
            )
            return


def _tables(text: Text, written: str) -> Iterator[Finding]:
    lines = written.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for index in range(1, len(lines)):
        header, below = lines[index - 1], lines[index]
        if not (_DIVIDER.search(header) and _DIVIDER.search(below) and _BELOW_HEADER.fullmatch(below)):
            continue
        wanted = _cells(header)
        if _cells(below) != wanted:
            hint = f"The line below the header needs as many cells as the header, {wanted}."
            yield text.written_finding(_message(below.strip(), "a table"), _line(starts[index], below), hint)
            continue
        for number in range(index + 1, len(lines)):
            row = lines[number]
            if not row.strip():
                break
            if _cells(row) != wanted:
                yield text.written_finding(
                    f"a row of the table has {_counted(_cells(row))}, but its header has {wanted}",
                    _line(starts[number], row),
                    "Each row needs as many cells as the header; a blank line ends the table; `\\|` is a bar in one.",
                )
                break


def _line(start: int, line: str) -> tuple[int, int]:
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def _cells(line: str) -> int:
    """Return the number of cells in a line, counted as the parser does: a bar in code divides cells, too."""
    line = line.strip()
    inner = line.removeprefix("|")
    return len(_DIVIDER.findall(inner)) + (not inner.endswith("|") or inner.endswith("\\|"))


def _counted(cells: int) -> str:
    return f"{cells} cell" if cells == 1 else f"{cells} cells"


RULE = Rule(
    code="S20",
    name="unsupported-markup",
    severity=Severity.WARNING,
    finds="A text has markup of another program: HTML, LaTeX in \\(...\\), [sound:...], [[links]]; an unclosed $, "
    "== or ++; a ragged table.",
    why="Cards show it as text, on every review.",
    way_out="Write it in the Markdown of cardgen, or put it in `backticks` to show it.",
    references=(ANKI_EDITING,),
    bad="""\
- id: water
  kind: basic
  front: What is the ⟦<b>⟧formula</b> of water?
  back: H~2~O
""",
    good="""\
- id: water
  kind: basic
  front: What is the **formula** of water?
  back: H~2~O
- id: line-break
  kind: basic
  front: Which tag of HTML begins a new line?
  back: "`<br>`"
""",
    card=check,
)
