"""Which line of a YAML file stands in the wrong column, when a parser gives up some lines later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.read.flaws import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.read.source_lines import SourceLine, SourceLines

_REACH: Final = 60
"""How many lines before the parser's error the slip may be."""


class _Level(Struct, frozen=True):
    """A mapping or a list that the lines so far have opened.

    Attributes:
        column: Where its fields or dashes stand.
        is_list: Whether it is a list.
        first: Its first line.
        last: Its last line so far.
    """

    column: int
    is_list: bool
    first: SourceLine
    last: SourceLine

    @property
    def is_empty_beginning(self) -> bool:
        """Whether its first field has no value, and what it should have follows in the same column."""
        return not self.is_list and self.first is not self.last and not self.first.text[self.first.value :]


class _Closed(Struct, frozen=True):
    """A level that a line has closed by standing further left."""

    level: _Level
    by: SourceLine


def misplaced_line(source: SourceLines, row: int) -> Flaw | None:
    """Find a line before the one where the parser gave up that closed what the lines after it go on with.

    Args:
        source: The lines.
        row: Where the parser gave up, from 0.
    """
    open_levels: list[_Level] = []
    closed: dict[int, _Closed] = {}
    before: SourceLine | None = None
    for line in source.lines[: row + 1]:
        if line.is_text or line.is_blank or not (line.is_item or line.field):
            continue
        fits = True
        popped: list[_Level] = []
        column = line.indent
        while open_levels and open_levels[-1].column > column:
            popped.append(open_levels.pop())
        closed = {at: entry for at, entry in closed.items() if entry.by.indent < column}
        top = open_levels[-1] if open_levels else None
        if top is None or top.column < column:
            fits = top is None or (not popped and before is not None and not before.text[before.value :])
        elif top.is_list != line.is_item:
            fits = line.is_item and before is top.last and not before.text[before.value :]
        if not fits and line.row >= row - _REACH:
            lone = before if before and before.is_item and not before.field and line.is_item else None
            return (
                dash_elsewhere(lone, line, line.indent)
                if lone and top and top.is_list and top.first.field
                else _blame(line, column, popped, closed)
            )
        closed |= {level.column: _Closed(level, line) for level in popped}
        for at, is_list in _levels(line):
            if open_levels and open_levels[-1].column == at and open_levels[-1].is_list == is_list:
                last = open_levels.pop()
                open_levels.append(_Level(at, is_list, last.first, line))
            else:
                open_levels.append(_Level(at, is_list, line, line))
                closed = {column: entry for column, entry in closed.items() if column < at}
        before = line
    return None


def _levels(line: SourceLine) -> Iterator[tuple[int, bool]]:
    """Yield the columns in which a line begins entries of lists and a field, and whether each is of a list."""
    at = line.indent
    while line.text[at : at + 2] in ("- ", "-"):
        yield at, True
        at += 1
        at += len(line.text[at:]) - len(line.text[at:].lstrip(" "))
    if line.field:
        yield at, False


def dash_elsewhere(line: SourceLine, other: SourceLine, column: int) -> Flaw:
    """Return the flaw of a dash that does not stand under the one of another line, which is in a column."""
    start = line.start + line.indent
    message = f"the `-` is indented by {spaces(line.indent)}, the one in line {other.row + 1} by {column}"
    return Flaw("CG106", message, (start, start + 1), "Put the dashes of a list under each other.")


def _blame(line: SourceLine, column: int, popped: list[_Level], closed: dict[int, _Closed]) -> Flaw | None:
    """Return the flaw of the line that closed the column of one that does not fit, or of a missing dash before it."""
    earlier = closed.get(column)
    if earlier:
        by, last = earlier.by, earlier.level.last
        if by.is_item:
            return dash_elsewhere(by, last, column)
        start = by.start + by.indent
        name = by.field["name"] if by.field else ""
        message = f"`{name}` is indented by {spaces(by.indent)}, the fields before it by {column}"
        return Flaw("CG106", message, (start, start + len(name)), "Begin all fields of an entry in the same column.")
    if line.is_item and popped and not popped[-1].is_list:
        first = popped[-1].first
        field = first.field
        if field and not first.is_item:
            start = first.start + first.indent
            message = f"a `- ` is missing before `{field['name']}`"
            return Flaw(
                "CG106", message, (start, start + len(field["name"])), "Each entry of a list begins with a dash."
            )
    if line.field and popped and popped[-1].is_empty_beginning:
        first = popped[-1].first
        name = first.field["name"] if first.field else ""
        start = first.start + first.column
        message = (
            f"`{name}` is indented by {spaces(first.column)}, `{line.field['name']}` in line {line.row + 1} by {column}"
        )
        return Flaw("CG106", message, (start, start + len(name)), "Begin all fields of an entry in the same column.")
    return None


def spaces(count: int) -> str:
    """Return a number of spaces in words."""
    return f"{count} space" if count == 1 else f"{count} spaces"
