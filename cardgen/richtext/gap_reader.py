"""The notation of gaps, ``{{c1::hidden::hint}}``: the one place that looks for it, in running text and in TeX.

It is Anki's own (rslib/src/cloze.rs), and read as Anki reads it, but that braces are counted: in ``{{c1::set {a}}}``
the last two end the gap. Where the braces in a gap are not in pairs, the first two that close end it, as in Anki.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from cardgen.richtext.tree import Gap
from cardgen.richtext.walk import is_invisible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from markdown_it.token import Token

    from cardgen.richtext.tree import Inline

MAX_NUMBER: Final = 499
"""Anki makes no card for a higher number (rslib/src/cloze.rs)."""

MAX_LEVELS: Final = 10
"""Anki reads no gap inside of ten others (rslib/src/cloze.rs)."""

MARK: Final = re.compile(r"\{\{c[0-9]+::|[{}]|::")
_MARK_IN_TEX: Final = re.compile(r"\\.|\{\{c[0-9]+::|[{}]|::", re.DOTALL)
PLAIN_GAP: Final = re.compile(
    r"\{\{c([1-9][0-9]?|[1-4][0-9][0-9])::"  # a number up to MAX_NUMBER
    r"(\s*[A-Za-z0-9](?:[^{}:]|:(?!:))*)"  # what is hidden, which can be seen
    r"(?:::([^{}]*))?\}\}"
)
"""A gap that can be read by itself; what is not one is read mark by mark."""

_ALMOST: Final = re.compile(r"\{\{\s*(?:[cC][0-9]*(?:,[0-9]+)*\s*:{0,2}|[0-9]+\s*::)")
_ALMOST_IN_TEX: Final = re.compile(r"\{\{\s*(?:[cC][0-9]+(?:,[0-9]+)*\s*:{1,2}|[0-9]+\s*::)")

_OPENING: Final = 3
"""An opening is longer than a brace or the colons of a hint."""

_CROSSING: Final = "begins inside a gap and ends outside of it, or the other way round"


class Span(NamedTuple):
    """Where a gap stands in a text.

    Attributes:
        start, end: Beginning and end, braces and all.
        hidden: Where what it hides begins.
        hint: Beginning and end of the hint with the colons before it; None if there is none.
        close: Where the closing braces stand.
    """

    start: int
    hidden: int
    hint: tuple[int, int] | None
    close: int
    end: int

    def moved(self, there: Callable[[int], int]) -> Span:
        """Return the same in another count of positions."""
        hint = (there(self.hint[0]), there(self.hint[1])) if self.hint else None
        close = there(self.close)
        return Span(there(self.start), there(self.hidden), hint, close, close + 2)


class _Place(NamedTuple):
    """What was read as one run, and where.

    Attributes:
        text: The run.
        line: The line it begins in, counted from 0; None if that is not known.
        in_tex: Whether it is a formula, of the run before or of its own.
    """

    text: str
    line: int | None
    in_tex: bool


class _Mark(NamedTuple):
    """A mark of the notation.

    Attributes:
        text: As it is written.
        at: Its position in the run.
        piece: The index of its token in the run; in a run without tokens, its position.
        link: Which link it stands in; 0 for none.
    """

    text: str
    at: int
    piece: int
    link: int = 0

    @property
    def is_opening(self) -> bool:
        return len(self.text) > _OPENING

    @property
    def number(self) -> int:
        """The gap's number; 0 for one that is longer than any may be."""
        digits = self.text[3:-2].lstrip("0")
        return int(digits) if digits and len(digits) <= len(str(MAX_NUMBER)) else 0


class _Found(NamedTuple):
    """A gap among the marks of a run.

    Attributes:
        end: Index of the first of the two braces that close it.
        paired: Whether the braces inside are in pairs.
        hint: Index of the colons before the hint; None if there is none.
        after: Index of what ends the hint: a gap inside this one, or its end.
        again: Whether there are colons of a second hint.
    """

    end: int
    paired: bool
    hint: int | None
    after: int
    again: bool


class _Fault(NamedTuple):
    run: int
    at: int
    message: str
    unclosed: bool = False


def plain_gaps(text: str) -> tuple[Inline, ...] | None:
    """Read a text without markup as most are: with gaps side by side, and no other braces; None where there are."""
    pieces: list[Any] = PLAIN_GAP.split(text)
    parts: list[Inline] = [pieces[0]] if pieces[0] else []
    for at in range(1, len(pieces), 4):
        number, hidden, hint, after = pieces[at : at + 4]
        parts.append(Gap(int(number), (hidden,), None if hint is None else (hint,) if hint else ()))
        if after:
            parts.append(after)
    around = "".join(pieces[::4])
    return None if "{" in around or "}" in around else tuple(parts)


class GapReader:
    """Reads the gaps of one text, run by run, and notes what is wrong.

    Attributes:
        places: The runs.
        spans: The gaps, each with the number of its run, by their beginnings there.
    """

    def __init__(self) -> None:
        self.places: list[_Place] = []
        self.spans: list[tuple[int, Span]] = []
        self._faults: list[_Fault] = []
        self._strays: list[tuple[int, int, bool]] = []

    @property
    def problem(self) -> str:
        """The first gap that is not well formed, in words; empty if all are."""
        fault = min(self._faults, default=None)
        if fault is None:
            return ""
        if fault.unclosed:
            around = fault.run
            while self.places[around].in_tex and around:
                around -= 1
            for run, at, in_tex in self._strays:
                if run > fault.run or (run == fault.run and at > fault.at) or (run == around != fault.run):
                    what = "a formula" if in_tex or self.places[fault.run].in_tex else "a style or a list"
                    return f"{what} {_CROSSING}"
        return fault.message

    def text(self, text: str) -> tuple[Inline, ...]:
        """Read a text without markup."""
        return _Run(
            self, text, [_Mark(match[0], match.start(), match.start()) for match in MARK.finditer(text)]
        ).parts()

    def tex(self, tex: str) -> tuple[Inline, ...]:
        """Read a formula; what a backslash escapes is no brace of its own."""
        if "{{" not in tex and "}}" not in tex:
            return (tex,)
        marks = [
            _Mark(match[0], match.start(), match.start())
            for match in _MARK_IN_TEX.finditer(tex)
            if not match[0].startswith("\\")
        ]
        return _Run(self, tex, marks, in_tex=True).parts()

    def tokens(self, tokens: Sequence[Token], text: str, line: int | None) -> list[Token]:
        """Put tokens for gaps in the place of their marks, in the inline tokens of a run of text.

        A gap is opened by ``gap_open``, whose content is its number; then comes its hint between ``hint_open`` and
        ``hint_close``, if there is one, then what it hides, and ``gap_close``. Mathematics has its parts in ``meta``.
        """
        pieces = list(_split(tokens, text))
        marks: list[_Mark] = []
        parents: list[int] = []
        opened: list[int] = []
        links: list[int] = []
        for index, token in enumerate(pieces):
            if token.nesting == -1:
                opened.pop()
                if token.type == "link_close":
                    links.pop()
            parents.append(opened[-1] if opened else -1)
            if token.type == "gap_mark":
                marks.append(_Mark(token.content, token.meta["at"], index, links[-1] if links else 0))
            if token.nesting == 1:
                opened.append(index)
                if token.type == "link_open":
                    links.append(index + 1)
        return _TokenRun(self, text, marks, pieces, parents, line).tokens()

    def begin(self, text: str, line: int | None, *, in_tex: bool) -> int:
        """Begin a run; return its number."""
        self.places.append(_Place(text, line, in_tex))
        return len(self.places) - 1

    def fault(self, run: int, at: int, message: str, *, unclosed: bool = False) -> None:
        """Note what is wrong."""
        self._faults.append(_Fault(run, at, message, unclosed))

    def stray(self, run: int, at: int, *, in_tex: bool) -> None:
        """Note braces that close no gap."""
        self._strays.append((run, at, in_tex))


class _Run:
    """A run of text in which gaps are looked for."""

    def __init__(
        self, reader: GapReader, text: str, marks: list[_Mark], *, in_tex: bool = False, line: int | None = None
    ) -> None:
        self._reader = reader
        self._text = text
        self._marks = marks
        self._in_tex = in_tex
        self._number = reader.begin(text, line, in_tex=in_tex)
        self._found = self._pairs()

    def parts(self) -> tuple[Inline, ...]:
        """Return the run with its gaps."""
        self._judge()
        return self._parts(0, len(self._text), 0, len(self._marks)) if self._found else (self._text,)

    def crosses(self, opening: int, closing: int) -> bool:  # noqa: ARG002 - for runs that have styles
        """Return whether a gap begins and ends in different styles."""
        return False

    def _parts(self, start: int, end: int, mark: int, last: int) -> tuple[Inline, ...]:
        parts: list[Inline] = []
        for index, at, before in self._outermost(start, end, mark, last):
            _add(parts, self._text[at:before])
            if index is not None:
                parts.append(self._gap(index))
        return tuple(parts)

    def _outermost(self, start: int, end: int, mark: int, last: int) -> Iterator[tuple[int | None, int, int]]:
        """Yield the gaps between two marks that lie in no other, each with the piece before it; then the rest."""
        at = start
        while mark < last:
            found = self._found.get(mark)
            if found is None:
                mark += 1
                continue
            yield mark, at, self._marks[mark].piece
            at = self._marks[found.end].piece + 2
            mark = found.end + 2
        yield None, at, end

    def _gap(self, index: int) -> Gap:
        mark, found = self._marks[index], self._found[index]
        start, end = mark.at + len(mark.text), self._marks[found.end].at
        if found.hint is None:
            return Gap(mark.number, self._parts(start, end, index + 1, found.end))
        colons, after = self._marks[found.hint].at, self._marks[found.after].at
        children = list(self._parts(start, colons, index + 1, found.hint))
        for part in self._parts(after, end, found.after, found.end):
            _add(children, part)
        hint = self._text[colons + 2 : after]
        return Gap(mark.number, tuple(children), (hint,) if hint else ())

    def _pairs(self) -> dict[int, _Found]:
        """Find the end of each gap that has one, by the index of its opening mark.

        The last are read first, so that whoever looks for the end of a gap knows those inside it.
        """
        ends: dict[int, tuple[int, bool]] = {}
        for index in range(len(self._marks) - 1, -1, -1):
            if self._marks[index].is_opening:
                paired = self._end(index, ends, count=True)
                end = paired if paired is not None else self._end(index, ends, count=False)
                if end is not None:
                    ends[index] = end, paired is not None
        return {index: self._with_hint(index, end, ends, paired=paired) for index, (end, paired) in ends.items()}

    def _end(self, index: int, ends: dict[int, tuple[int, bool]], *, count: bool) -> int | None:
        depth = 0
        index += 1
        while index < len(self._marks):
            mark = self._marks[index]
            if mark.is_opening:
                if index not in ends:
                    return None
                index = ends[index][0] + 2
                continue
            if mark.text == "{" and count:
                depth += 1
            elif mark.text == "}" and depth:
                depth -= 1
            elif mark.text == "}":
                if self._closes(index):
                    return index
                if count:
                    return None
            index += 1
        return None

    def _closes(self, index: int) -> bool:
        """Return whether two braces in a row stand here."""
        if index + 1 >= len(self._marks):
            return False
        following = self._marks[index + 1]
        return following.text == "}" and following.at == self._marks[index].at + 1

    def _with_hint(self, opening: int, end: int, ends: dict[int, tuple[int, bool]], *, paired: bool) -> _Found:
        """Find the colons that are the gap's own: not of a gap inside it, of a link, or between braces in pairs."""
        hint: int | None = None
        after = end
        depth = 0
        index = opening + 1
        while index < end:
            mark = self._marks[index]
            if mark.is_opening:
                if hint is not None and after == end:
                    after = index
                index = ends[index][0] + 2
                continue
            if paired and mark.text in "{}":
                depth += 1 if mark.text == "{" else -1
            elif mark.text == "::" and not depth and mark.link == self._marks[opening].link:
                if hint is None:
                    hint = index
                elif after != end:
                    return _Found(end, paired, hint, after, again=True)
            index += 1
        return _Found(end, paired, hint, after, again=False)

    def _judge(self) -> None:
        """Note what is wrong with the run's gaps, and take those out that cannot be read."""
        depth = braces = 0
        ends: list[int] = []
        for index, mark in enumerate(self._marks):
            while ends and index >= ends[-1] + 2:
                ends.pop()
            found = self._found.get(index)
            if mark.is_opening:
                depth = len(ends)
                self._judge_gap(index, found, depth)
                if found is not None:
                    ends.append(found.end)
            elif ends:
                continue
            elif mark.text == "{":
                self._judge_brace(mark)
                braces += 1
            elif mark.text == "}" and braces:
                braces -= 1
            elif mark.text == "}" and self._closes(index):
                self._reader.stray(self._number, mark.at, in_tex=self._in_tex)

    def _judge_brace(self, mark: _Mark) -> None:
        almost = (_ALMOST_IN_TEX if self._in_tex else _ALMOST).match(self._text, mark.at)
        if almost:
            quoted = self._text[mark.at : almost.end() + 12]
            self._reader.fault(self._number, mark.at, f"`{quoted}` is not how a gap begins")

    def _judge_gap(self, index: int, found: _Found | None, depth: int) -> None:
        mark = self._marks[index]
        if found is None:
            quoted = self._text[mark.at : mark.at + len(mark.text) + 20]
            self._fault(mark, f"`{quoted}` is not closed by `}}}}`", unclosed=True)
            return
        close = self._marks[found.end].at
        quoted = self._text[mark.at : close + 2]
        if not 1 <= mark.number <= MAX_NUMBER:
            self._fault(mark, f"`{mark.text}` has a number that is not from 1 to {MAX_NUMBER}")
        elif depth >= MAX_LEVELS:
            self._fault(mark, f"`{quoted}` stands inside of {depth} other gaps, and Anki reads {MAX_LEVELS} levels")
            del self._found[index]
        elif self.crosses(index, found.end):
            self._fault(mark, f"a style or a list {_CROSSING}")
            del self._found[index]
        elif self._in_tex and not found.paired:
            self._fault(mark, f"`{quoted}` hides braces of the formula that are not in pairs")
        elif found.again:
            self._fault(mark, f"`{quoted}` has two hints")
        hint = None
        if found.hint is not None:
            hint = self._marks[found.hint].at, self._marks[found.after].at
        span = Span(mark.at, mark.at + len(mark.text), hint, close, close + 2)
        if is_invisible(self._text[span.hidden : hint[0] if hint else close]) and found.after == found.end:
            self._fault(mark, f"`{quoted}` hides nothing")
        self._reader.spans.append((self._number, span))

    def _fault(self, mark: _Mark, message: str, *, unclosed: bool = False) -> None:
        self._reader.fault(self._number, mark.at, message, unclosed=unclosed)


class _TokenRun(_Run):
    """A run of text with markup."""

    def __init__(
        self,
        reader: GapReader,
        text: str,
        marks: list[_Mark],
        pieces: list[Token],
        parents: list[int],
        line: int | None,
    ) -> None:
        super().__init__(reader, text, marks, line=line)
        self._pieces = pieces
        self._parents = parents

    def crosses(self, opening: int, closing: int) -> bool:
        marks = self._marks
        return self._parents[marks[opening].piece] != self._parents[marks[closing].piece]

    def tokens(self) -> list[Token]:
        """Return the tokens with those of gaps in the place of their marks."""
        self._judge()
        for token in self._pieces:
            if token.type.startswith("math_inline"):
                token.meta["parts"] = self._reader.tex(token.content.strip())
        return self._between(0, len(self._pieces), 0, len(self._marks))

    def _between(self, start: int, end: int, mark: int, last: int) -> list[Token]:
        tokens: list[Token] = []
        for index, at, before in self._outermost(start, end, mark, last):
            tokens += self._pieces[at:before]
            if index is not None:
                tokens += self._gap_tokens(index)
        return tokens

    def _gap_tokens(self, index: int) -> Iterator[Token]:
        mark, found = self._marks[index], self._found[index]
        start, end = mark.piece + 1, self._marks[found.end].piece
        yield _token("gap_open", 1, str(mark.number))
        if found.hint is None:
            yield from self._between(start, end, index + 1, found.end)
        else:
            colons, after = self._marks[found.hint].piece, self._marks[found.after].piece
            before = self._between(start, colons, index + 1, found.hint)
            # A style that begins in what is hidden and ends in the hint is two.
            styles = _still_open((), before)
            hint = self._pieces[colons + 1 : after]
            if any(isinstance(part, Gap) for token in hint for part in token.meta.get("parts", ())):
                quoted = self._text[mark.at : self._marks[found.end].at + 2]
                self._fault(mark, f"`{quoted}` has a gap in its hint")
            inside = _still_open(styles, hint)
            yield _token("hint_open", 1)
            yield from (*styles, *hint, *_closed(inside))
            yield _token("hint_close", -1)
            yield from (*before, *_closed(styles), *inside)
            yield from self._between(after, end, found.after, found.end)
        yield _token("gap_close", -1)


def _add(parts: list[Inline], part: Inline) -> None:
    """Add a part, texts joined to the one before them."""
    if isinstance(part, str) and parts and isinstance(last := parts[-1], str):
        parts[-1] = last + part
    elif part != "":
        parts.append(part)


def _token(kind: str, nesting: Literal[-1, 0, 1], content: str = "") -> Token:
    from markdown_it.token import Token

    return Token(kind, "", nesting, content=content)


def _split(tokens: Iterable[Token], text: str) -> Iterator[Token]:
    """Yield tokens with the marks in lowered and raised texts as tokens of their own, which Markdown gives whole."""
    before = ""
    at = 0
    for token in tokens:
        if token.type == "gap_mark":
            at = token.meta["at"]
        if token.type != "text" or before not in ("sub_open", "sup_open") or not MARK.search(token.content):
            yield token
        else:
            at = max(text.find(token.content, at), 0)
            done = 0
            for match in MARK.finditer(token.content):
                if done < match.start():
                    yield _token("text", 0, token.content[done : match.start()])
                mark = _token("gap_mark", 0, match[0])
                mark.meta["at"] = at + match.start()
                yield mark
                done = match.end()
            if done < len(token.content):
                yield _token("text", 0, token.content[done:])
        before = token.type


def _still_open(opened: Iterable[Token], tokens: Iterable[Token]) -> list[Token]:
    stack = list(opened)
    for token in tokens:
        if token.nesting == 1:
            stack.append(token)
        elif token.nesting == -1:
            stack.pop()
    return stack


def _closed(opened: Sequence[Token]) -> Iterator[Token]:
    return (_token(token.type.replace("_open", "_close"), -1) for token in reversed(opened))


def located(text: str, reader: GapReader) -> list[Span]:
    """Return where the gaps that a reader has found stand in the text it has read, in order; empty if one is unknown.

    Args:
        text: The text, whose runs the parser has taken the indentation and the marks of lists and tables from.
        reader: What has read it.
    """
    lines = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]
    offsets: list[list[tuple[int, int]]] = []
    run_end = formula_end = 0
    for place in reader.places:
        cursor = formula_end if place.in_tex else max(run_end, lines[place.line or 0])
        starts: list[tuple[int, int]] = []
        position = 0
        for line in place.text.split("\n"):
            found = text.find(line, cursor)
            if found < 0:
                return []
            starts.append((position, found))
            position += len(line) + 1
            cursor = found + len(line)
        offsets.append(starts)
        formula_end = cursor if place.in_tex else starts[0][1]
        run_end = max(run_end, cursor)

    def there(run: int, position: int) -> int:
        start, found = max(start for start in offsets[run] if start[0] <= position)
        return found + position - start

    return sorted(span.moved(partial(there, run)) for run, span in reader.spans)
