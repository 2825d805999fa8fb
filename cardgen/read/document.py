"""One YAML file as read: its text, its value, and diagnostics at any place in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from cardgen.diagnostics import Diagnostic, Place, diagnose
from cardgen.read.places import places, places_in_item
from cardgen.read.scalars import positions
from cardgen.read.strict_yaml import KeyPath, Lines, Span, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cardgen.read.places import Where

MAX_BYTES: Final = 32 * 1024 * 1024
"""Largest YAML file that is read: about 150,000 plain cards."""


@dataclass(eq=False)
class Document:
    """A YAML file.

    Attributes:
        name: KeyPath of the file for people, with forward slashes.
        text: Its text; empty if it could not be read.
        value: What it holds: dict, list and str; None if it could not be read to the end, or after `release`.
        diagnostics: What was found while reading it.
        items: Where its cards or sources begin: see `strict_yaml.Parsed`.
    """

    name: str
    text: str = field(repr=False)
    value: Any = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    items: Mapping[KeyPath, int] = field(default_factory=dict, repr=False)
    _read: dict[int, Where | None] = field(default_factory=dict, init=False, repr=False)

    def release(self) -> None:
        """Let go of the value once all is built from it; places need only the text."""
        self.value = None

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(self.items.values())

    @cached_property
    def _places(self) -> Where:
        return places(self.text)

    def place(self, path: KeyPath, *, of_key: bool = False) -> Place:
        """Give the place of a value, or of the key before it; of the nearest value around it if it is not there."""
        return self._place(self.span(path, of_key=of_key))

    def span(self, path: KeyPath, *, of_key: bool = False) -> Span:
        """Give beginning and end in the text of what `place` gives the place of."""
        where, way = self._nearest(path)
        span = where.span
        for step in way:
            if step not in where.parts:
                return where.span
            key_span, where = where.parts[step]
            span = key_span if of_key else where.span
        return span

    def holds(self, path: KeyPath) -> bool:
        """Say whether there is a value at the end of a way."""
        where, way = self._nearest(path)
        for step in way:
            if step not in where.parts:
                return False
            where = where.parts[step][1]
        return True

    def place_inside(self, path: KeyPath, value: str, part: Span) -> Place:
        """Give the place of a part of a text value; of the whole where the part cannot be told apart in the file.

        Args:
            path: The way to the value.
            value: The value.
            part: Beginning and end in it, counted in its characters.
        """
        start, end = self.span(path)
        there = positions(self.text[start:end], value)
        if there is None or part[0] >= len(there):
            return self._place((start, end))
        last = min(part[1], len(there)) - 1
        return self._place((start + there[part[0]], start + there[max(last, part[0])] + 1))

    def diagnose(self, code: str, message: str, path: KeyPath, hint: str = "", *, of_key: bool = False) -> Diagnostic:
        """Make a diagnostic at the place of a value, or of the key before it."""
        return diagnose(code, message, self.place(path, of_key=of_key), hint)

    def _nearest(self, path: KeyPath) -> tuple[Where, KeyPath]:
        """Give the places in the item that a way leads into, or in the whole file, and the rest of the way."""
        start = self.items.get(path[:2])
        if start is not None:
            if start not in self._read:
                following = bisect_right(self._starts, start)
                end = self._starts[following] if following < len(self._starts) else len(self.text)
                self._read[start] = places_in_item(self.text, start, end)
            item = self._read[start]
            if item is not None:
                return item, path[2:]
        return self._places, path

    def _place(self, span: Span) -> Place:
        return _place(self.name, self._lines, span)


def _place(name: str, lines: Lines, span: Span) -> Place:
    line, column, source = lines.locate(span[0])
    width = max(1, min(span[1] - span[0], len(source) - column + 1))
    return Place(name, line, column, width, source)


def read_document(file: Path, name: str) -> Document:
    """Read a YAML file strictly; what is wrong with it is among the document's diagnostics."""

    def refused(code: str, message: str, hint: str = "") -> Document:
        return Document(name, "", None, (diagnose(code, message, Place(name), hint),))

    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return refused("CG101", f"cannot read the file: {error.strerror or error}")
    if len(raw) > MAX_BYTES:
        return refused("CG102", f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Document(name, "", None, (_not_utf8(name, error),))
    parsed = parse(text)
    lines = Lines(text) if parsed.flaws else None
    found = tuple(
        diagnose(flaw.code, flaw.message, _place(name, lines, flaw.span), flaw.hint)
        for flaw in parsed.flaws
        if lines is not None
    )
    return Document(name, text, parsed.value, found, parsed.items)


def _not_utf8(name: str, error: UnicodeDecodeError) -> Diagnostic:
    """Place the first byte that is not UTF-8 in what can be read before it."""
    before = error.object[: error.start].decode("utf-8")
    line, column, source = Lines(before).locate(len(before))
    return diagnose(
        "CG103", f"byte 0x{error.object[error.start]:02X} is not UTF-8", Place(name, line, column, 1, source)
    )
