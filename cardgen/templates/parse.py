"""Templates as text to nodes, in time that grows as their length."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.diagnostics import shortened
from cardgen.templates.nodes import Comment, Flaw, Node, Problem, Replacement, Section, Span, TemplateError, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH: Final = 50
"""How deep sections may be nested. Anki goes down a level of its stack for each, and crashes in the end: version 26.9
does so on Linux somewhere between 10,000 and 20,000; phones have smaller stacks."""

_OTHER_DELIMITERS: Final = "{{=<% %>=}}"
"""At the beginning of a template: its tags are ``<%Field%>``."""

_COMMENT: Final = ("<!--", "-->")

_BRACE: Final = "{"
"""Anki passes over all of them at the beginning of a tag."""

_SPACE: Final = "".join(
    map(chr, (*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
)
"""What Rust trims: Unicode's property White_Space. Python's own ``strip`` takes away some control characters, too."""


class Parsed(NamedTuple):
    """A template as far as it could be read, and what is wrong with it, in the order of the text."""

    nodes: tuple[Node, ...]
    problems: tuple[Problem, ...]


def parse(template: str) -> tuple[Node, ...]:
    """Return the nodes of a template.

    Raises:
        TemplateError: If a tag or a section is not closed, closes nothing or names nothing, or if sections are nested
            deeper than `MAX_DEPTH`.
    """
    nodes, problems = read(template)
    if problems:
        raise TemplateError(problems[0])
    return nodes


def read(template: str) -> Parsed:
    """Return the nodes of a template and all that is wrong with it.

    What closes another section than the one that is open closes that; sections that are still open end with the
    template; tags that name nothing are left out.
    """
    delimiters, start = _delimiters(template)
    tree = _Tree(template, delimiters)
    for token in _tokens(template, start, delimiters):
        tree.add(token)
    return tree.finished()


def under(field: str, template: str) -> str:
    """Return a template that shows what another shows, but only where a field has something in it."""
    (begin, end), start = _delimiters(template)
    return f"{template[:start]}{begin}#{field}{end}{template[start:]}{begin}/{field}{end}"


def _delimiters(template: str) -> tuple[tuple[str, str], int]:
    """Return what tags begin and end with, and where the template begins after saying so."""
    start = len(template) - len(template.lstrip(_SPACE))
    if not template.startswith(_OTHER_DELIMITERS, start):
        return ("{{", "}}"), 0
    while template.startswith(_OTHER_DELIMITERS, start):
        start += len(_OTHER_DELIMITERS)
    return ("<%", "%>"), start


class _Tag(NamedTuple):
    """What stands between delimiters, and its place with them."""

    inside: str
    span: Span


_Token = Text | Comment | _Tag | Problem


def _tokens(template: str, start: int, delimiters: tuple[str, str]) -> Iterator[_Token]:
    """Yield texts, comments and tags, and a problem where a tag is not closed: Anki takes that for text.

    What is sought is sought once: a place that was found is remembered until the reading passes it.
    """
    pairs = (delimiters, _COMMENT)
    found = [template.find(begin, start) for begin, _ in pairs]
    position = start
    while max(found) >= 0:
        which = min((at, number) for number, at in enumerate(found) if at >= 0)[1]
        (begin, end), at = pairs[which], found[which]
        close = template.find(end, at + len(begin))
        nested = _last_inside(template, begin, at, close) if which == 0 else -1
        if close < 0 or nested >= 0:
            # Without an end, what follows has none either.
            found[which] = nested
            if which == 0:
                yield _not_closed(template, at, delimiters)
            continue
        if position < at:
            yield Text(template[position:at], Span(position, at))
        position = close + len(end)
        span = Span(at, position)
        yield Comment(template[at:position], span) if which else _Tag(template[at + len(begin) : close], span)
        found = [
            template.find(pairs[number][0], position) if 0 <= at < position else at for number, at in enumerate(found)
        ]
    if position < len(template):
        yield Text(template[position:], Span(position, len(template)))


def _last_inside(template: str, begin: str, at: int, close: int) -> int:
    """Return where the last tag inside of a tag begins; -1 if there is none. `_BRACE`s at its beginning are no tag."""
    inside = at + len(begin)
    while inside < close and template[inside] == _BRACE:
        inside += 1
    return template.rfind(begin, inside, close)


def _not_closed(template: str, at: int, delimiters: tuple[str, str]) -> Problem:
    begin, end = delimiters
    (line, *_) = template[at : at + 60].splitlines()
    return Problem(
        Flaw.SYNTAX,
        f"`{shortened(line, 30)}` is not closed",
        Span(at, at + len(begin)),
        f"A tag ends with `{end}`. Where you mean the characters `{begin}`, put a space between them.",
    )


@dataclass(slots=True)
class _Opened:
    """A section that is open, or the template itself, with the nodes so far."""

    tag: _Tag
    name: str = ""
    negated: bool = False
    nodes: list[Node] = field(default_factory=list)


class _Tree:
    """Nodes as they are put together, tag by tag."""

    def __init__(self, template: str, delimiters: tuple[str, str]) -> None:
        self._delimiters = delimiters
        self._opened = [_Opened(_Tag("", Span(0, len(template))))]
        self._problems: list[Problem] = []
        self._too_deep = 0

    def add(self, token: _Token) -> None:
        match token:
            case _Tag():
                self._add_tag(token)
            case Problem():
                self._problems.append(token)
            case _:
                self._opened[-1].nodes.append(token)

    def finished(self) -> Parsed:
        while len(self._opened) > 1:
            opened = self._close()
            self._problem(opened.tag, "is not closed", f"Put {self._shown(f'/{opened.name}')} behind what it holds.")
        in_order = sorted(self._problems, key=lambda problem: problem.span)
        return Parsed(tuple(self._opened[0].nodes), tuple(in_order))

    def _add_tag(self, tag: _Tag) -> None:
        inside = tag.inside.lstrip(_BRACE).strip(_SPACE)
        mark, name = inside[:1], inside[1:].lstrip(_SPACE)
        if inside in ("", "#", "^", "/"):
            self._problem(tag, "names nothing", "Write the name of a field between the braces.")
        elif mark in ("#", "^"):
            self._open(tag, name, negated=mark == "^")
        elif mark == "/":
            self._end(tag, name)
        else:
            *filters, name = inside.split(":")
            self._opened[-1].nodes.append(Replacement(name, tuple(filters), tag.span))

    def _open(self, tag: _Tag, name: str, *, negated: bool) -> None:
        if len(self._opened) > MAX_DEPTH:
            if not self._too_deep:
                self._problem(tag, f"is more than {MAX_DEPTH} sections deep", "Anki crashes on sections nested deeply.")
            self._too_deep += 1
        else:
            self._opened.append(_Opened(tag, name, negated))

    def _end(self, tag: _Tag, name: str) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        if len(self._opened) == 1:
            hint = f"Open the section with {self._shown(f'#{name}')} or {self._shown(f'^{name}')} before."
            self._problem(tag, "closes nothing", hint)
            return
        if all(opened.name != name for opened in self._opened[1:]):
            open_tag = self._opened[-1].tag
            hint = f"Here only {self._shown(f'/{self._opened[-1].name}')} can stand."
            self._problem(tag, f"closes nothing: {self._shown(open_tag.inside)} is open", hint)
            self._close()
            return
        while (opened := self._close()).name != name:
            self._problem(
                opened.tag, f"is not closed before {self._shown(tag.inside)}", "Close sections inside of others."
            )

    def _close(self) -> _Opened:
        """Take the innermost section off those that are open, and put it into the one around it."""
        opened = self._opened.pop()
        section = Section(opened.name, opened.negated, tuple(opened.nodes), opened.tag.span)
        self._opened[-1].nodes.append(section)
        return opened

    def _shown(self, inside: str) -> str:
        begin, end = self._delimiters
        return f"`{begin}{shortened(inside)}{end}`"

    def _problem(self, tag: _Tag, what: str, hint: str) -> None:
        self._problems.append(Problem(Flaw.SYNTAX, f"{self._shown(tag.inside)} {what}", tag.span, hint))
