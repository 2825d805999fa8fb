"""What is remembered while a formula is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec import Struct

from cardgen.errors import CardgenError


class FlawError(CardgenError):
    """What MathJax would refuse."""

    def __init__(self, message: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.start = start
        self.end = end


class CertainFlawError(FlawError):
    """One that is a flaw in a macro's replacement as well, whatever stands around its use."""


class NotFollowedError(CardgenError):
    """What the formula means from here on depends on more than is followed here."""


class Macro(Struct, frozen=True):
    """A macro that the formula itself defines; `start` and `end` are its replacement's, -1 for none to look into."""

    arguments: str
    start: int
    end: int


@dataclass(slots=True)
class Tags:
    """What was numbered in an environment's present row."""

    environment: str = ""
    allowed: bool = False
    tag: bool = False
    label: bool = False


@dataclass(slots=True)
class Shared:
    """What all the rows of a formula have in common; `depth` is that of macros that use each other."""

    text: str
    macros: dict[str, Macro] = field(default_factory=dict)
    environments: set[str] = field(default_factory=set)
    tags: list[Tags] = field(default_factory=lambda: [Tags()])
    depth: int = 0


class Frame:
    """What is open, from `start` to `end` of its opening.

    Its kind is ``group``, ``pair`` (of delimiters), ``environment``, ``argument`` (of a command that MathJax takes for
    an opening), or ``row`` for the row itself.
    """

    __slots__ = ("after", "cells", "end", "filled", "fraction", "kind", "name", "script", "start", "styled", "traits")

    def __init__(self, kind: str, start: int, end: int, name: str = "", traits: str = "") -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.name = name
        self.traits = traits
        self.cells = "a" in traits
        self.after = 0  # what a script would stand at, as table.py adds it up
        self.script = -1  # where a ^ or _ stands that has no argument yet
        self.filled = False  # whether the cell has anything
        self.styled = False  # whether a style was set in the cell
        self.fraction = False  # whether the group has an \over

    def new_cell(self) -> None:
        """Begin a cell."""
        self.after = 0
        self.filled = self.styled = self.fraction = False

    def put(self, after: int) -> None:
        """Set something; a script that waits for its argument takes it."""
        self.filled = True
        if self.script >= 0:
            self.script = -1
        else:
            self.after = after
