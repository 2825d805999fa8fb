"""One YAML file as read: its text, its value, and diagnostics at any place in it.

What finds places is imported where somebody asks for one, since it needs a parser (see ``yaml_events``).
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from cardgen.diagnostics import Diagnostic, Place, diagnose
from cardgen.memory import NO_MEMORY
from cardgen.read.files import MAX_YAML, InputFolder, UnreadableFileError, decoded
from cardgen.read.flaws import Lines
from cardgen.read.formats import kind_of_binary
from cardgen.read.strict_yaml import parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cardgen.memory import Memory
    from cardgen.read.flaws import Flaw, Span
    from cardgen.read.parsed import KeyPath
    from cardgen.read.places import Where

_BOM: Final = b"\xef\xbb\xbf"

_LARGE: Final = 1 << 19
"""From how many characters on a text is packed: some 1,500 cards. What packs takes 3 ms to import, which is a hundredth
of a build of 1,000."""


class Document:
    """A YAML file.

    Attributes:
        name: The file for people, with forward slashes.
        value: What it holds: dict, list and str; None if it could not be read to the end, or after `release`.
        diagnostics: What was found while reading it.
        items: Where its cards or sources begin: see `parsed.Parsed`.
        bom: The byte order mark that the file begins with, or nothing.
    """

    def __init__(
        self,
        name: str,
        text: str,
        value: Any,  # noqa: ANN401 - any value may come
        diagnostics: tuple[Diagnostic, ...] = (),
        items: Mapping[KeyPath, int] = MappingProxyType({}),
        bom: bytes = b"",
    ) -> None:
        self.name = name
        self._text = text
        self.value = value
        self.diagnostics = diagnostics
        self.items = items
        self.bom = bom
        self._packed = b""
        self._item: tuple[int, Where | None] = -1, None

    def __repr__(self) -> str:
        return f"Document({self.name!r})"

    def release(self) -> None:
        """Let go of the value once all is built from it; places need only the text, and few documents have findings."""
        self.value = None
        if len(self._text) >= _LARGE and "_lines" not in self.__dict__:
            from cardgen.read.packed import packed

            self._packed, self._text = packed(self._text), ""

    @property
    def text(self) -> str:
        """Its text; empty if it could not be read."""
        if "_lines" in self.__dict__:
            return self._lines.text
        if not self._packed:
            return self._text
        from cardgen.read.packed import unpacked

        return unpacked(self._packed)

    @cached_property
    def _lines(self) -> Lines:
        """The lines, with the text: who wants one place hardly ever wants only one."""
        return Lines(self.text)

    @cached_property
    def _starts(self) -> array[int]:
        return array("i", sorted(self.items.values()))

    @cached_property
    def _paths(self) -> dict[int, KeyPath]:
        return {start: path for path, start in self.items.items()}

    @cached_property
    def _places(self) -> Where:
        from cardgen.read.places import places

        return places(self._lines.text)

    def place(self, path: KeyPath, *, of_key: bool = False) -> Place:
        """Return the place of a value, or of the key before it; of the nearest value around it if it is not there."""
        return self._place(self.span(path, of_key=of_key))

    def span(self, path: KeyPath, *, of_key: bool = False) -> Span:
        """Return beginning and end in the text of what `place` gives the place of."""
        where, way = self._nearest(path)
        span = where.span
        for step in way:
            if step not in where.parts:
                return where.span
            key_span, where = where.parts[step]
            span = key_span if of_key else where.span
        return span

    def holds(self, path: KeyPath) -> bool:
        """Return whether there is a value at the end of a path."""
        where, way = self._nearest(path)
        for step in way:
            if step not in where.parts:
                return False
            where = where.parts[step][1]
        return True

    def owns(self, path: KeyPath) -> bool:  # noqa: ARG002 - as those that take values from elsewhere have it
        """Return whether it is this document that says what is at the end of a path, and is to blame for it."""
        return True

    def path_of_end(self, position: int) -> KeyPath | None:
        """Return the path to the text, plain or in quotes, that ends at a position, or None where none does."""
        following = bisect_right(self._starts, position)
        start = self._starts[following - 1] if following else -1
        base = self._paths.get(start, ())
        where, rest = self._nearest(base)
        if not base or rest:  # it stands in no item, or in one that cannot be read alone
            return _path_of_end(self._places, position, self._lines.text)
        below = _path_of_end(where, position, self._lines.text)
        return None if below is None else (*base, *below)

    def found(self, flaw: Flaw) -> Diagnostic:
        """Make a diagnostic of a flaw of the text."""
        return diagnose(flaw.code, flaw.message, self._place(flaw.span), flaw.hint)

    def place_inside(self, path: KeyPath, value: str, part: Span) -> Place:
        """Return the place of a part of a text value; of the whole where the part cannot be told apart in the file.

        Args:
            path: The path of the value.
            value: The value.
            part: Beginning and end in it, counted in its characters.
        """
        from cardgen.read.scalars import positions

        start, end = self.span(path)
        there = positions(self._lines.text[start:end], value)
        if there is None or part[0] >= len(there):
            return self._place((start, end))
        last = min(part[1], len(there)) - 1
        return self._place((start + there[part[0]], start + there[max(last, part[0])] + 1))

    def diagnose(self, code: str, message: str, path: KeyPath, hint: str = "", *, of_key: bool = False) -> Diagnostic:
        """Make a diagnostic at the place of a value, or of the key before it."""
        return diagnose(code, message, self.place(path, of_key=of_key), hint)

    def _nearest(self, path: KeyPath) -> tuple[Where, KeyPath]:
        """Return the places in the item that a path leads into, or in the whole file, and the rest of the path."""
        start = self.items.get(path[:2])
        if start is not None:
            if start != self._item[0]:  # the findings of a card come one after the other
                from cardgen.read.places import places_in_item

                text, following = self._lines.text, bisect_right(self._starts, start)
                end = self._starts[following] if following < len(self._starts) else len(text)
                self._item = start, places_in_item(text, start, end)
            item = self._item[1]
            if item is not None:
                return item, path[2:]
        return self._places, path

    def _place(self, span: Span) -> Place:
        return _place(self.name, self._lines, span)


def _path_of_end(where: Where, position: int, text: str) -> KeyPath | None:
    """Return the path below a value to the text, plain or in quotes, that ends at a position."""
    for step, (_, inner) in where.parts.items():
        if not inner.parts and inner.span[1] == position and text[inner.span[0]] not in "|>[{*":
            return (step,)
        below = _path_of_end(inner, position, text)
        if below is not None:
            return (step, *below)
    return None


def _place(name: str, lines: Lines, span: Span) -> Place:
    line, column, source = lines.locate(span[0])
    width = max(1, min(span[1] - span[0], len(source) - column + 1))
    return Place(name, line, column, width, source)


def read_document(file: Path, name: str, folder: InputFolder | None = None, memory: Memory = NO_MEMORY) -> Document:
    """Read a YAML file strictly; what is wrong with it is among the document's diagnostics.

    Args:
        file: The file.
        name: The file for people.
        folder: The folder that no link may lead out of; by default the one that the file is in.
        memory: What knows the document already if the file has not changed.
    """
    try:
        raw = (folder or InputFolder(file.parent)).read_bytes(file, MAX_YAML)
    except UnreadableFileError as error:
        return _unreadable(error, name)
    return memory.recall(("document", name), (raw,), lambda: _document(raw, name))


def _unreadable(error: UnreadableFileError, name: str) -> Document:
    found = replace(error.diagnostic(), place=replace(error.place, file=name))
    return Document(name, "", None, (found,))


def _document(raw: bytes, name: str) -> Document:
    try:
        kind = kind_of_binary(raw)
        if kind:
            return Document(name, "", None, (diagnose("CG122", f"the file is {kind}, not text", Place(name)),))
        text = decoded(raw, name)
    except UnreadableFileError as error:
        return _unreadable(error, name)
    parsed = parse(text)
    lines = Lines(text) if parsed.flaws else None
    flaws = tuple(
        diagnose(flaw.code, flaw.message, _place(name, lines, flaw.span), flaw.hint)
        for flaw in parsed.flaws
        if lines is not None
    )
    return Document(name, text, parsed.value, flaws, parsed.items, _BOM if raw.startswith(_BOM) else b"")
