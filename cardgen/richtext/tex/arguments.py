"""Reads what follows a command, by the rules of MathJax's TexParser."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Final

from cardgen.richtext.tex.signs import BRACE, LENGTH, SIGN
from cardgen.richtext.tex.state import FlawError, Frame, Shared
from cardgen.richtext.tex.table import table

_BRACKET: Final = re.compile(r"\\.|[{}\]]", re.DOTALL)
_SPACE: Final = re.compile(r"\s*")
_NUMBER: Final = re.compile(r"(?:0?x)[0-9A-Fa-f]+|[0-9]+")
_COUNT: Final = {0: "none", 1: "one", 2: "two", 3: "three", 4: "four", 6: "six"}
_NO_ARGUMENTS: Final = "oO*nDB"
"""Letters of a signature that MathJax does not count as arguments: it misses something else."""


class Arguments(ABC):
    """A stretch of the text, and how far it was read."""

    def __init__(self, shared: Shared, start: int, end: int, traits: str = "") -> None:
        self.shared = shared
        self.text = shared.text
        self.position = start
        self.end = end
        self.frame = Frame("row", start, end, traits=traits)
        self.frames = [self.frame]

    @abstractmethod
    def maths(self, start: int, end: int, *, root: bool = False, traits: str = "") -> None:
        """Read an argument as mathematics."""

    @abstractmethod
    def spliced(self, start: int, end: int) -> None:
        """Read an argument that MathJax puts among other mathematics."""

    @abstractmethod
    def words(self, start: int, end: int) -> None:
        """Read an argument as text."""

    def take(self, arguments: str, start: int) -> None:
        """Read the arguments of the command at `start`; the letters are those of ``commands.txt``."""
        wanted = sum(letter not in _NO_ARGUMENTS for letter in arguments)
        found = 0
        for letter in arguments:
            if letter == "o":
                self.brackets(start)
            elif letter == "O":
                if place := self.brackets(start):
                    self.maths(*place)
            elif letter == "n":
                self.length(start)
            elif letter in "DB":
                self.delimiter(start, braces=letter == "B")
            elif letter == "*":
                if self.next_is("*"):
                    self.position += 1
            else:
                self._one(letter, self.argument(start, wanted, found), start)
                found += 1

    def _one(self, letter: str, place: tuple[int, int], start: int) -> None:
        if letter == "m":
            self.maths(*place)
        elif letter == "s":
            self.spliced(*place)
        elif letter == "t":
            self.words(*place)
        elif letter == "c":
            self.maths(*place, traits="a")
        elif letter != "r":
            content = self.text[place[0] : place[1]].strip()
            name = self.written(start)
            if letter == "g" and content and content not in table().delimiters:
                raise FlawError(f"`{name}` needs a delimiter, not `{content}`", *place)
            if letter == "u" and not _NUMBER.fullmatch(content):
                raise FlawError(f"`{name}` needs the number of a character, not `{content}`", *place)
            if letter == "d" and content and not (content.isascii() and content.isdigit()):
                raise FlawError(f"`{name}` needs a number of columns, not `{content}`", *place)

    def skip(self, at: int) -> int:
        """Return where white space ends."""
        match = _SPACE.match(self.text, at, self.end)
        return match.end() if match else at

    def next_is(self, sign: str) -> bool:
        """Go past white space, and say whether a sign follows."""
        self.position = self.skip(self.position)
        return self.position < self.end and self.text[self.position] == sign

    def argument(self, start: int, wanted: int = 1, found: int = 0) -> tuple[int, int]:
        """Return where an argument begins and ends, without its braces, and go past it.

        `start` is the command's place; `wanted` and `found` count its arguments for the message.
        """
        text = self.text
        at = self.skip(self.position)
        if at >= self.end:
            raise self.missing(start, wanted, found)
        sign = text[at]
        if sign == "}":
            if any(frame.kind in ("group", "argument") for frame in self.frames):
                raise self.missing(start, wanted, found)
            raise closes_nothing(at)
        if sign == "\\":
            match = SIGN.match(text, at, self.end)
            self.position = match.end() if match else at + 1
            return at, at + 1 + len(match[1] or match[2] or "") if match else at + 1
        if sign != "{":
            self.position = at + 1
            return at, at + 1
        depth = 0
        for match in BRACE.finditer(text, at, self.end):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                depth -= 1
                if not depth:
                    self.position = match.end()
                    return at + 1, match.start()
        raise FlawError("`{` is not closed", at, at + 1)

    def missing(self, start: int, wanted: int, found: int) -> FlawError:
        """Return the flaw of a command that has too few arguments."""
        name = self.written(start)
        has = f" and has {_COUNT.get(found, found)}" if wanted > 1 else ""
        needs = f"{_COUNT.get(wanted, wanted)} arguments" if wanted > 1 else "an argument"
        hint = f"Write `{name}{'{...}' * wanted}`."
        return FlawError(f"`{name}` needs {needs}{has}", start, start + len(name), hint)

    def written(self, start: int) -> str:
        """Return a command as it was written, an environment's with its name."""
        match = SIGN.match(self.text, start)
        name = match[0].rstrip() if match else self.text[start]
        if name == r"\begin":
            name = self.text[start : self.text.find("}", start) + 1] or name
        return name

    def brackets(self, start: int) -> tuple[int, int] | None:
        """Return where an optional argument begins and ends, without its brackets, and go past it."""
        if not self.next_is("["):
            return None
        at = self.position
        depth = 0
        for match in _BRACKET.finditer(self.text, at + 1, self.end):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                depth -= 1
                if depth < 0:
                    break
            elif match[0] == "]" and not depth:
                self.position = match.end()
                return at + 1, match.start()
        hint = "A bracket that is shown stands in braces: `{[}`."
        raise FlawError(f"`[` after `{self.written(start)}` has no `]`", at, at + 1, hint)

    def length(self, start: int) -> None:
        """Read a length, in braces or not."""
        if self.next_is("{"):
            if self.is_length(*self.argument(start)):
                return
        elif match := LENGTH.match(self.text, self.position, self.end):
            self.position = match.end() + self.text.startswith(" ", match.end())
            return
        name = self.written(start)
        raise FlawError(f"`{name}` needs a length", start, start + len(name), f"Write `{name}{{1em}}`.")

    def is_length(self, start: int, end: int) -> bool:
        """Return whether a stretch is a length and nothing else."""
        match = LENGTH.match(self.text, start, end)
        return match is not None and not self.text[match.end() : end].strip()

    def delimiter(self, start: int, *, braces: bool = False) -> None:
        """Read a delimiter, which may stand in braces after some commands."""
        found = ""
        if self.next_is("\\") or (braces and self.next_is("{")):
            begin, end = self.argument(start)
            found = self.text[begin:end].strip()
        elif self.position < self.end:
            found = self.text[self.position]
            self.position += 1
        if found not in table().delimiters:
            name = self.written(start)
            hint = r"Delimiters are `(`, `[`, `\{`, `|`, `\|`, `\langle`, `.` for none, and their like."
            got = f", not `{found}`" if found else ""
            raise FlawError(f"`{name}` needs a delimiter{got}", start, max(self.position, start + len(name)), hint)


def closes_nothing(at: int) -> FlawError:
    """Return the flaw of a closing brace that has no opening one."""
    return FlawError("`}` closes nothing", at, at + 1, r"A brace that is shown is written `\}`.")
