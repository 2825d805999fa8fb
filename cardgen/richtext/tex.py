r"""Check TeX against what Anki's MathJax can set, so that a card never shows red letters or raw TeX.

A formula is read as MathJax reads it: commands take their arguments by the same rules, and braces, environments, pairs
of `\left` and `\right`, cells and scripts are followed as its parser's stack follows them (ts/input/tex of MathJax
3.2.2). What cannot be followed, as a macro that opens an environment and does not close it, is not judged: a finding
here is one that MathJax makes, too. Commands whose use MathJax restricts in rarer ways are not checked for those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from cardgen.richtext.tex_table import (
    ATOM,
    BUNDLED,
    LIMITS,
    LOADED,
    OPERATOR,
    PRIME,
    SPECIAL,
    SUB,
    SUP,
    WRAPPED,
    Command,
    advice,
    environment_advice,
    table,
)


@dataclass(frozen=True, slots=True)
class TexProblem:
    """Why a formula cannot be set: the flaw, what to write instead (may be empty), and where it stands in the TeX."""

    message: str
    hint: str
    start: int
    end: int


def tex_problem(tex: str) -> TexProblem | None:
    r"""Return the first reason why Anki's MathJax cannot set a formula, or None if it can.

    `tex` is what stands between the delimiters, without them. A cloze's gaps must have been filled with what they hide
    (``x^{{c1::2}}`` is handed over as ``x^2``), for that is what Anki gives to MathJax; the places of the answer are
    offsets into the text that was handed over.
    """
    if not _SPECIAL.search(tex):
        return None
    try:
        _Row(_Shared(tex), 0, len(tex)).read()
    except _Flaw as flaw:
        return TexProblem(flaw.message, flaw.hint, flaw.start, flaw.end)
    except (_NotFollowed, RecursionError):
        pass
    return _delimited(tex)


_SPECIAL: Final = re.compile(r"\\(?:([A-Za-z]+) ?|(.|\n|$))|[{}^_&%#'’]|@(?=[><VA.|=])")
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_BRACKET: Final = re.compile(r"\\.|[{}\]]", re.DOTALL)
_BLANK: Final = " \t\r\n\xa0"
_SPACE: Final = re.compile(r"\s*")
_LENGTH: Final = re.compile(r"\s*[-+]?(?:[.,]\d+|\d+(?:[.,]\d*)?)\s*(?:pt|em|ex|mu|px|mm|cm|in|pc)")
_NUMBER: Final = re.compile(r"x[0-9A-Fa-f]+|0x[0-9A-Fa-f]+|[0-9]+")
_TEXT_MATHS: Final = re.compile(r"\$|\\\(|\\(?:eq)?ref\s*\{")
_OPENING_REF: Final = re.compile(r"\\(?:eq)?ref\s*\{")
_CHEMICAL_NAMES: Final = re.compile(r"\\([A-Za-z]+)")
_CHEMICAL: Final = frozenset({"bond", "ca"})
_ROOT_OF: Final = re.compile(r"\\(?:[A-Za-z]+|.)|[{}]", re.DOTALL)
_TEMPLATE: Final = re.compile(r"(?:#\d)*")
_ENDING_TEXT: Final = re.compile(r"\\cr[^a-zA-Z]|\\\\")
_WHOLE_TEXT: Final = re.compile(r"\s*\\text[^a-zA-Z]")
_MATRICES: Final = frozenset("matrix array pmatrix cases eqalign displaylines eqalignno leqalignno".split())
_FRACTIONS: Final = frozenset("over overwithdelims atop atopwithdelims above abovewithdelims brace brack choose".split())
_SEVERAL: Final = {2: "two", 3: "three", 4: "four", 6: "six"}
_MAX_DEPTH: Final = 20
"""Macros of the formula that use each other; more is taken for one that uses itself."""


class _Flaw(Exception):
    """What MathJax would refuse."""

    def __init__(self, message: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.start = start
        self.end = end


class _UnknownName(_Flaw):
    """A command or an environment that MathJax lacks."""


class _NotFollowed(Exception):
    """What the formula means from here on depends on more than is followed here."""


@dataclass(frozen=True, slots=True)
class _Macro:
    """A macro that the formula itself defines; `start` and `end` are its replacement's, -1 for none to look into."""

    arguments: str
    start: int
    end: int


@dataclass(slots=True)
class _Tags:
    """What was numbered in an environment's present row."""

    environment: str = ""
    allowed: bool = False
    tag: bool = False
    label: bool = False


@dataclass(slots=True)
class _Shared:
    """What all the rows of a formula have in common."""

    text: str
    macros: dict[str, _Macro] = field(default_factory=dict)
    environments: set[str] = field(default_factory=set)
    tags: list[_Tags] = field(default_factory=lambda: [_Tags()])
    depth: int = 0


class _Frame:
    """What is open: a group, a pair of delimiters, an environment, or the row itself."""

    __slots__ = ("after", "cells", "end", "filled", "fraction", "kind", "name", "script", "start", "styled", "traits")

    def __init__(self, kind: str, start: int, end: int, name: str = "", traits: str = "") -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.name = name
        self.traits = traits
        self.cells = "a" in traits
        self.after = 0
        self.script = -1  # where a ^ or _ stands that has no argument yet
        self.filled = False  # whether the cell has anything
        self.styled = False  # whether a style was set in the cell
        self.fraction = False

    def new_cell(self) -> None:
        self.after = 0
        self.filled = self.styled = self.fraction = False

    def put(self, after: int) -> None:
        """Set something; a script that waits for its argument takes it."""
        self.filled = True
        if self.script >= 0:
            self.script = -1
        else:
            self.after = after


class _Row:
    """Reads a stretch of the text as MathJax reads a string: an argument, or the whole formula."""

    def __init__(self, shared: _Shared, start: int, end: int, traits: str = "", *, root: bool = False) -> None:
        self.shared = shared
        self.text = shared.text
        self.position = start
        self.end = end
        self.root = root
        self.root_moves: set[str] = set()
        self.equation = False
        self.frame = _Frame("row", start, end, traits=traits)
        self.frames = [self.frame]

    def read(self) -> None:
        """Read the row to its end."""
        text, end = self.text, self.end
        while match := _SPECIAL.search(text, self.position, end):
            start = match.start()
            if start > self.position:
                self.plain(text[self.position : start])
            self.position = match.end()
            sign = text[start]
            if sign == "\\":
                self.command(match[1] if match[1] is not None else match[2], start)
            elif sign == "{":
                self.open(_Frame("group", start, start + 1))
            elif sign == "}":
                self.close_brace(start)
            elif sign in "^_":
                self.script(sign, start)
            elif sign == "&":
                self.cell(start)
            elif sign == "%":
                line_end = text.find("\n", start, end)
                self.position = end if line_end < 0 else line_end
            elif sign == "#":
                self.hash(start)
            elif sign == "@":
                self.arrow(start)
            else:
                self.prime(start)
        if self.position < end:
            self.plain(text[self.position : end])
        self.finish()

    # What stands between the signs

    def plain(self, run: str) -> None:
        run = run.strip(_BLANK)
        if not run:
            return
        frame = self.frame
        last = ATOM if run[-1].isascii() else ATOM | LIMITS
        if frame.script >= 0:
            frame.put(last)
            if not run[1:].strip(_BLANK):
                return
        frame.put(last)

    def script(self, sign: str, start: int) -> None:
        frame = self.frame
        self.no_script_waits(start)
        mine, other = (SUP, SUB) if sign == "^" else (SUB, SUP)
        before = frame.after
        if before & mine:
            name = "superscripts" if sign == "^" else "subscripts"
            after_prime = sign == "^" and not before & PRIME and self._after_prime(start)
            hint = "put the prime after the subscript" if after_prime else "put braces around the first part"
            raise _Flaw(f"`{self.text[start : start + 2]}` follows another: two {name} need braces", start, self.position, hint)
        if before & PRIME and sign == "_":
            before |= SUP
        if before & WRAPPED:
            before &= ~(other | WRAPPED)
        frame.after = ATOM | mine | (before & (other | OPERATOR | LIMITS))
        frame.script = start
        frame.filled = True

    def _after_prime(self, start: int) -> bool:
        return "'" in self.text[max(0, start - 12) : start]

    def prime(self, start: int) -> None:
        frame = self.frame
        self.no_script_waits(start)
        if frame.after & SUP and not frame.after & (OPERATOR | WRAPPED):
            raise _Flaw("`'` follows a superscript", start, start + 1, "put the prime first, or braces around the first part")
        self.position = start
        while self.position < self.end and self.text[self.position] in "'’":
            self.position = self.skip(self.position + 1)
        frame.after = (frame.after & ~LIMITS) | ATOM | PRIME
        frame.filled = True

    def no_script_waits(self, start: int) -> None:
        at = self.frame.script
        if at >= 0:
            sign = self.text[at]
            found = self.text[start : self.position] if self.position > start else self.text[start]
            raise _Flaw(
                f"`{sign}` is followed by `{found.strip()}`, which needs braces there",
                at,
                self.position,
                f"write `{sign}{{...}}`",
            )

    def hash(self, start: int) -> None:
        if self.shared.depth:
            self.position = min(start + 2, self.end)
            self.frame.put(ATOM | LIMITS)
            return
        raise _Flaw("`#` has a meaning in macros only", start, start + 1, r"write `\#`")

    # Groups, pairs and environments

    def open(self, frame: _Frame) -> None:
        self.frames.append(frame)
        self.frame = frame

    def close(self, after: int = ATOM | LIMITS) -> None:
        self.frames.pop()
        self.frame = self.frames[-1]
        self.frame.put(after)

    def complete(self, closing: str, start: int) -> None:
        """Check that no script waits where something is closed."""
        at = self.frame.script
        if at >= 0:
            raise _Flaw(f"`{self.text[at]}` has nothing before `{closing}`", at, at + 1, "")
        del start

    def close_brace(self, start: int) -> None:
        self.complete("}", start)
        kind = self.frame.kind
        if kind in ("group", "braces"):
            self.close()
            return
        opened = any(frame.kind in ("group", "braces") for frame in self.frames)
        if not opened:
            raise _Flaw("`}` closes nothing", start, start + 1, r"a brace that is shown is written `\}`")
        raise self.unclosed(self.frame, "}")

    def unclosed(self, frame: _Frame, before: str = "") -> _Flaw:
        """Return what is wrong with a frame that is still open at the end, or where another is closed."""
        where = f" before `{before}`" if before else ""
        opening = self.text[frame.start : frame.end]
        if frame.kind == "pair":
            return _Flaw(f"`{opening}` has no `\\right`{where}", frame.start, frame.end, r"`\right.` closes it unseen")
        if frame.kind == "environment":
            return _Flaw(f"`{opening}` is not closed by `\\end{{{frame.name}}}`{where}", frame.start, frame.end)
        return _Flaw(f"`{opening}` is not closed{where}", frame.start, frame.end)

    def finish(self) -> None:
        at = self.frame.script
        if at >= 0:
            name = "superscript" if self.text[at] == "^" else "subscript"
            raise _Flaw(f"`{self.text[at]}` has no {name}", at, at + 1)
        if len(self.frames) > 1:
            raise self.unclosed(self.frame)

    def cell(self, start: int) -> None:
        self.no_script_waits(start)
        frame = self.frame
        if not frame.cells:
            raise self.misplaced("&", frame, start)
        if "m" in frame.traits:
            raise _Flaw(f"`&` in `{frame.name}`, which has one column", start, start + 1, "use `aligned`")
        if "x" in frame.traits:
            self.second_column(frame)
        frame.new_cell()

    def misplaced(self, sign: str, frame: _Frame, start: int) -> _Flaw:
        if frame.kind == "pair" and any(outer.cells for outer in self.frames):
            opening = self.text[frame.start : frame.end]
            hint = r"end the cell with `\right.` and begin the next with `\left.`"
            return _Flaw(f"`{sign}` between `{opening}` and its `\\right`", start, start + len(sign), hint)
        hint = r"write `\&`, or put it in an environment such as `aligned`" if sign == "&" else ""
        return _Flaw(f"`{sign}` outside of an alignment", start, start + len(sign), hint)

    def second_column(self, frame: _Frame) -> None:
        """Read the second column of cases, which MathJax takes for text."""
        text, start, end = self.text, self.position, self.end
        ending = re.compile(r"\\end\s*\{" + re.escape(frame.name) + r"\}") if frame.kind == "environment" else None
        depth, closed, at = 0, -1, start
        while at < end:
            sign = text[at]
            if sign == "{":
                depth += 1
            elif sign == "}":
                if not depth:
                    break
                depth -= 1
                if not depth and closed < 0:
                    closed = at
            elif sign == "&" and not depth:
                raise _Flaw("`&` begins a third column, and there are two", at, at + 1)
            elif sign == "\\":
                if _ENDING_TEXT.match(text, at, end) or (ending and ending.match(text, at, end)):
                    break
                at += 1
            at += 1
        at = min(at, end)
        if not (_WHOLE_TEXT.match(text, start, at) and closed == len(text[:at].rstrip()) - 1):
            self.words(start, at)
            self.position = at

    def arrow(self, start: int) -> None:
        if not self.frame.cells:
            raise self.misplaced("@", self.frame, start)
        raise _NotFollowed

    # Arguments

    def skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at, self.end)
        return match.end() if match else at

    def argument(self, start: int, wanted: int = 1, found: int = 0) -> tuple[int, int]:
        """Return where an argument begins and ends, without its braces, and go past it."""
        text = self.text
        at = self.skip(self.position)
        if at >= self.end:
            raise self.missing(start, wanted, found)
        sign = text[at]
        if sign == "}":
            if any(frame.kind in ("group", "braces") for frame in self.frames):
                raise self.missing(start, wanted, found)
            raise _Flaw("`}` closes nothing", at, at + 1, r"a brace that is shown is written `\}`")
        if sign == "\\":
            match = _SPECIAL.match(text, at, self.end)
            self.position = match.end() if match else at + 1
            return at, at + 1 + len(match[1] or match[2] or "") if match else at + 1
        if sign != "{":
            self.position = at + 1
            return at, at + 1
        depth = 0
        for match in _BRACE.finditer(text, at, self.end):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                depth -= 1
                if not depth:
                    self.position = match.end()
                    return at + 1, match.start()
        raise _Flaw("`{` is not closed", at, at + 1)

    def missing(self, start: int, wanted: int, found: int) -> _Flaw:
        name = self.written(start)
        if wanted == 1:
            message = f"`{name}` needs an argument"
        else:
            has = "one" if found == 1 else str(found) if found else "none"
            message = f"`{name}` needs {_SEVERAL.get(wanted, wanted)} arguments and has {has}"
        return _Flaw(message, start, start + len(name), f"write `{name}{'{...}' * wanted}`")

    def written(self, start: int) -> str:
        """Return a command as it was written, an environment's with its name."""
        match = _SPECIAL.match(self.text, start)
        name = match[0].rstrip() if match else self.text[start]
        if name == r"\begin":
            name = self.text[start : self.text.find("}", start) + 1] or name
        return name

    def brackets(self, start: int) -> tuple[int, int] | None:
        """Return where an optional argument begins and ends, without its brackets, and go past it."""
        at = self.skip(self.position)
        if not self.text.startswith("[", at) or at >= self.end:
            return None
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
        name = self.written(start)
        raise _Flaw(f"`[` after `{name}` has no `]`", at, at + 1, "a bracket that is shown stands in braces: `{[}`")

    def maths(self, start: int, end: int, *, root: bool = False, traits: str = "") -> None:
        """Read an argument as mathematics."""
        if _SPECIAL.search(self.text, start, end):
            _Row(self.shared, start, end, traits, root=root).read()

    def words(self, start: int, end: int) -> None:
        """Read text, in which mathematics stands between dollars."""
        text = self.text
        if not _TEXT_MATHS.search(text, start, end):
            return
        waiting, begun, opened, depth, at = "", start, start, 0, start
        while at < end:
            sign = text[at]
            at += 1
            if sign == "$":
                if waiting == "$" and not depth:
                    self.maths(begun, at - 1)
                    waiting = ""
                elif not waiting:
                    waiting, begun, opened = "$", at, at - 1
            elif sign == "{" and waiting:
                depth += 1
            elif sign == "}":
                if waiting == "}" and not depth:
                    waiting = ""
                elif waiting and depth:
                    depth -= 1
            elif sign == "\\":
                if not waiting and (match := _OPENING_REF.match(text, at - 1, end)):
                    waiting, begun, opened = "}", at - 1, at - 1
                    at = match.end()
                    continue
                sign = text[at : at + 1]
                at += 1
                if sign == "(" and not waiting:
                    waiting, begun, opened = ")", at, at - 2
                elif sign == ")" and waiting == ")" and not depth:
                    self.maths(begun, at - 2)
                    waiting = ""
        if waiting:
            if waiting == "$":
                raise _Flaw("`$` in a text opens mathematics that is not closed", opened, opened + 1, r"write `\$`")
            raise _Flaw(r"`\(` in a text is not closed by `\)`", opened, opened + 2)

    def length(self, start: int) -> None:
        at = self.skip(self.position)
        if self.text.startswith("{", at) and at < self.end:
            begin, end = self.argument(start)
            match = _LENGTH.match(self.text, begin, end)
            if match and not self.text[match.end() : end].strip():
                return
        elif match := _LENGTH.match(self.text, at, self.end):
            self.position = match.end() + self.text.startswith(" ", match.end())
            return
        name = self.written(start)
        raise _Flaw(f"`{name}` needs a length", start, start + len(name), f"write `{name}{{1em}}`")

    def delimiter(self, start: int, *, braces: bool = False) -> None:
        text = self.text
        at = self.skip(self.position)
        found = ""
        if at < self.end:
            if text[at] == "{" and braces:
                begin, end = self.argument(start)
                found = text[begin:end].strip()
            elif text[at] == "\\":
                begin, end = self.argument(start)
                found = text[begin:end]
            else:
                found = text[at]
                self.position = at + 1
        if found not in table().delimiters:
            name = self.written(start)
            hint = r"delimiters are `(`, `[`, `\{`, `|`, `\|`, `\langle`, `.` for none, and their like"
            got = f", not `{found}`" if found else ""
            raise _Flaw(f"`{name}` needs a delimiter{got}", start, max(self.position, start + len(name)), hint)

    def take(self, arguments: str, start: int) -> None:
        """Read a command's arguments; the letters are those of `tex_commands.txt`."""
        wanted = len(arguments) - sum(map(arguments.count, "oO*nDB"))
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
                at = self.skip(self.position)
                if self.text.startswith("*", at) and at < self.end:
                    self.position = at + 1
            else:
                place = self.argument(start, wanted, found)
                found += 1
                self.one_argument(letter, place, start)

    def one_argument(self, letter: str, place: tuple[int, int], start: int) -> None:
        if letter == "m":
            self.maths(*place)
        elif letter == "t":
            self.words(*place)
        elif letter == "c":
            self.maths(*place, traits="a")
        elif letter != "r":
            content = self.text[place[0] : place[1]].strip()
            name = self.written(start)
            if letter == "g" and content and content not in table().delimiters:
                raise _Flaw(f"`{name}` needs a delimiter, not `{content}`", *place)
            if letter == "u" and not _NUMBER.fullmatch(content):
                raise _Flaw(f"`{name}` needs the number of a character, not `{content}`", *place)
            if letter == "d" and not (content.isascii() and (content.isdigit() or not content)):
                raise _Flaw(f"`{name}` needs a number of columns, not `{content}`", *place)

    # Commands

    def command(self, name: str, start: int) -> None:
        macro = self.shared.macros.get(name) if self.shared.macros else None
        if macro is not None:
            self.use(name, macro, start)
            return
        command = table().commands.get(name)
        if command is None:
            if name not in SPECIAL:
                written = self.text[start : start + 1 + len(name)]
                raise _UnknownName(f"`{written}` is no command of MathJax", start, start + len(written), advice(name))
            self.special(name, start)
            return
        self.ordinary(command, start)

    def ordinary(self, command: Command, start: int) -> None:
        if not command.script:
            self.no_script_waits(start)
        if command.arguments:
            self.take(command.arguments, start)
        if command.after < 0:
            return
        self.frame.put(command.after)
        if not command.after:
            self.frame.styled = True

    def special(self, name: str, start: int) -> None:
        if name in ("\\", "cr", "newline"):
            self.line_end(name, start)
        elif name in ("begin", "end"):
            self.environment(name, start)
        elif name in ("left", "right", "middle"):
            self.pair(name, start)
        elif name in _FRACTIONS:
            self.fraction(name, start)
        elif name in _MATRICES:
            self.matrix(name, start)
        elif name in ("sqrt", "root", "uproot", "leftroot", "buildrel"):
            self.root_command(name, start)
        elif name in ("limits", "nolimits"):
            self.limits(name, start)
        elif name in ("tag", "label"):
            self.tag(name, start)
        elif name in ("hline", "hdashline"):
            self.line(name, start)
        elif name in ("hfill", "hfil", "hfilll"):
            if not self.frame.cells:
                raise self.misplaced(f"\\{name}", self.frame, start)
        elif name in ("braket", "set", "Braket", "Set"):
            self.braket(start)
        elif name in ("ce", "pu"):
            self.chemistry(start)
        elif name == "verb":
            self.verb(start)
        elif name == "require":
            self.require(start)
        elif name in ("toggle", "adjustlimits") or name.endswith(("Axiom", "Inf")):
            raise _NotFollowed
        else:
            self.define(name, start)

    def line_end(self, name: str, start: int) -> None:
        frame = self.frame
        self.no_script_waits(start)
        text = self.text
        if name == "\\":
            if text.startswith("*", self.position) and self.position < self.end:
                self.position += 1
            if text.startswith("[", self.position) and self.position < self.end:
                at = self.position
                place = self.brackets(start)
                begin, end = place or (at, at)
                match = _LENGTH.match(text, begin, end)
                if end > begin and not (match and not text[match.end() : end].strip()):
                    hint = r"put `{}` between `\\` and a bracket that is shown"
                    raise _Flaw(rf"`[{text[begin:end]}]` after `\\` is no length", at, end + 1, hint)
        if frame.cells:
            frame.new_cell()
            if frame.traits:
                self.new_row(frame)
        elif name == "cr":
            raise self.misplaced(r"\cr", frame, start)
        else:
            frame.put(ATOM)

    def new_row(self, frame: _Frame) -> None:
        if "t" in frame.traits or "u" in frame.traits:
            tags = self.shared.tags[-1]
            if "m" not in frame.traits:
                tags.tag = tags.label = False

    def pair(self, name: str, start: int) -> None:
        if name == "left":
            self.delimiter(start)
            self.open(_Frame("pair", start, self.position))
            return
        self.delimiter(start)
        written = self.text[start : self.position]
        self.complete(written, start)
        if self.frame.kind == "pair":
            if name == "right":
                self.close()
            else:
                self.frame.put(ATOM)
                self.frame.fraction = False
            return
        if any(frame.kind == "pair" for frame in self.frames):
            raise self.unclosed(self.frame, written)
        hint = r"`\left.` opens it unseen" if name == "right" else ""
        raise _Flaw(rf"`{written}` has no `\left`", start, self.position, hint)

    def fraction(self, name: str, start: int) -> None:
        self.no_script_waits(start)
        if self.frame.fraction:
            raise _Flaw(rf"`\{name}` stands twice in one group", start, self.position, "put braces around the inner one")
        if name.endswith("withdelims"):
            self.delimiter(start)
            self.delimiter(start)
        if name.startswith("above"):
            self.length(start)
        self.frame.fraction = True
        self.frame.after = 0

    def root_command(self, name: str, start: int) -> None:
        if name == "sqrt":
            index = self.brackets(start)
            begin, end = self.argument(start)
            if self.text[begin:end] == r"\frac":
                self.maths(*self.argument(begin, 2, 0))
                self.maths(*self.argument(begin, 2, 1))
            else:
                self.maths(begin, end)
            if index:
                self.maths(*index, root=True)
        elif name in ("root", "buildrel"):
            token = r"\of" if name == "root" else r"\over"
            begin = self.position
            end = self.up_to(token, start)
            self.maths(begin, end, root=name == "root")
            self.take("m", start)
        else:
            if not self.root:
                raise _Flaw(rf"`\{name}` stands outside of a root's index", start, self.position)
            if name in self.root_moves:
                raise _Flaw(rf"`\{name}` stands twice", start, self.position)
            self.root_moves.add(name)
            begin, end = self.argument(start)
            if not re.search(r"[0-9]", self.text[begin:end]):
                raise _Flaw(rf"`\{name}` needs a whole number", begin, end)
            return
        self.frame.put(ATOM | LIMITS)

    def up_to(self, token: str, start: int) -> int:
        depth = 0
        for match in _ROOT_OF.finditer(self.text, self.position, self.end):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                depth -= 1
                if depth < 0:
                    break
            elif match[0] == token and not depth:
                self.position = match.end() + self.text.startswith(" ", match.end())
                return match.start()
        name = self.written(start)
        raise _Flaw(f"`{name}` has no `{token}`", start, start + len(name))

    def limits(self, name: str, start: int) -> None:
        frame = self.frame
        if frame.script >= 0 or not frame.after & LIMITS or frame.after & PRIME:
            raise _Flaw(rf"`\{name}` follows no operator", start, self.position, r"it stands after `\sum`, `\int` and their like")
        frame.after = frame.after | OPERATOR if name == "limits" else frame.after & ~OPERATOR

    def tag(self, name: str, start: int) -> None:
        tags = self.shared.tags[-1]
        if name == "label":
            begin, end = self.argument(start)
            if begin == end:
                return
            if tags.label:
                raise _Flaw(r"`\label` stands twice in one row", start, self.position)
            tags.label = True
            return
        if not tags.allowed and tags.environment:
            raise _Flaw(rf"`\tag` in `{tags.environment}`, which has no numbers", start, self.position)
        if tags.tag:
            raise _Flaw(r"`\tag` stands twice in one row", start, self.position)
        self.take("*", start)
        begin, end = self.argument(start)
        self.words(begin, end)
        tags.tag = bool(self.text[begin:end].strip())

    def line(self, name: str, start: int) -> None:
        frame = self.frame
        self.no_script_waits(start)
        if not frame.cells:
            raise self.misplaced(f"\\{name}", frame, start)
        if frame.filled or frame.styled:
            raise _Flaw(rf"`\{name}` stands within a row", start, self.position, r"it stands at a row's beginning, after `\\`")

    def braket(self, start: int) -> None:
        self.no_script_waits(start)
        at = self.skip(self.position)
        if at >= self.end:
            raise self.missing(start, 1, 0)
        if self.text[at] == "{":
            self.position = at + 1
            self.open(_Frame("braces", start, at + 1))
        else:
            raise _NotFollowed

    def chemistry(self, start: int) -> None:
        begin, end = self.argument(start)
        commands = table().commands
        if "\\text" not in self.text[begin:end]:
            for match in _CHEMICAL_NAMES.finditer(self.text, begin, end):
                name = match[1]
                if name not in commands and name not in SPECIAL and name not in _CHEMICAL and name not in self.shared.macros:
                    raise _UnknownName(f"`{match[0]}` is no command of MathJax", match.start(), match.end(), advice(name))
        self.frame.put(ATOM | LIMITS)

    def verb(self, start: int) -> None:
        at = self.skip(self.position)
        if at >= self.end:
            raise self.missing(start, 1, 0)
        closed = self.text.find(self.text[at], at + 1, self.end)
        if closed < 0:
            raise _Flaw(rf"`\verb{self.text[at]}` is not closed by another `{self.text[at]}`", start, at + 1)
        self.position = closed + 1
        self.frame.put(ATOM)

    def matrix(self, name: str, start: int) -> None:
        self.no_script_waits(start)
        at = self.skip(self.position)
        if at >= self.end:
            raise self.missing(start, 1, 0)
        if self.text[at] != "{":
            raise _NotFollowed
        self.position = at + 1
        self.open(_Frame("braces", start, at + 1, name, "ax" if name == "cases" else "a"))

    def environment(self, name: str, start: int) -> None:
        if name == "begin":
            self.no_script_waits(start)
        begin, end = self.argument(start)
        environment = self.text[begin:end]
        written = self.text[start : self.position]
        if environment in self.shared.environments:
            raise _NotFollowed
        known = table().environments.get(environment)
        if known is None:
            message = f"the environment `{environment}` is unknown to MathJax"
            raise _UnknownName(message, start, self.position, environment_advice(environment))
        if "?" in known.traits:
            raise _NotFollowed
        if name == "begin":
            self.begin(environment, known.arguments, known.traits, start)
            return
        self.complete(written, start)
        frame = self.frame
        if frame.kind != "environment":
            if any(outer.kind == "environment" for outer in self.frames):
                raise self.unclosed(frame, written)
            raise _Flaw(f"`{written}` has no `\\begin{{{environment}}}`", start, self.position)
        if frame.name != environment:
            opening = self.text[frame.start : frame.end]
            raise _Flaw(f"`{opening}` is closed by `{written}`", start, self.position, f"write `\\end{{{frame.name}}}`")
        if "t" in frame.traits or "u" in frame.traits:
            self.shared.tags.pop()
        self.close()

    def begin(self, name: str, arguments: str, traits: str, start: int) -> None:
        opened = self.position
        if "e" in traits:
            if self.equation:
                message = f"`\\begin{{{name}}}` is a second equation in one formula"
                raise _Flaw(message, start, opened, "within an equation stand `aligned`, `gathered` and their like")
            self.equation = True
        self.take(arguments, start)
        if "t" in traits or "u" in traits:
            self.shared.tags.append(_Tags("multline" if "m" in traits else name, "t" in traits))
        self.open(_Frame("environment", start, opened, name, traits))

    def require(self, start: int) -> None:
        begin, end = self.argument(start)
        package = self.text[begin:end]
        if package in BUNDLED:
            raise _NotFollowed
        if package not in LOADED:
            raise _Flaw(f"Anki has no package `{package}` of MathJax", start, self.position)

    # Macros that the formula defines

    def define(self, name: str, start: int) -> None:
        if name in ("newenvironment", "renewenvironment"):
            begin, end = self.argument(start, 3, 0)
            self.shared.environments.add(self.text[begin:end].strip())
            self.brackets(start)
            self.brackets(start)
            self.argument(start, 3, 1)
            self.argument(start, 3, 2)
            return
        if name == "DeclareMathOperator":
            self.take("*", start)
        begin, end = self.argument(start, 2, 0)
        macro = self.text[begin:end].strip().removeprefix("\\")
        if name in ("def", "let") and not self.text.startswith("\\", begin):
            raise _Flaw(rf"`\{name}` is followed by no command", start, self.position, rf"write `\{name}\name...`")
        self.shared.macros[macro] = self.definition(name, start)

    def definition(self, name: str, start: int) -> _Macro:
        if name == "let":
            return self.alias(start)
        if name == "def":
            parameters = _TEMPLATE.match(self.text, self.skip(self.position), self.end)
            count = len(parameters[0]) // 2 if parameters else 0
            self.position = self.skip(parameters.end() if parameters else self.position)
            if not self.text.startswith("{", self.position) or self.position >= self.end:
                raise _NotFollowed
            return _Macro("r" * count, *self.argument(start))
        if name in ("newcommand", "renewcommand"):
            number = self.brackets(start)
            count = self.count(number, start)
            optional = self.brackets(start) is not None
            return _Macro("o" * optional + "r" * (count - optional), *self.argument(start, 2, 1))
        if name == "DeclareMathOperator":
            return _Macro("", *self.argument(start, 2, 1))
        if name.startswith("DeclarePairedDelimiter"):
            count = self.count(self.brackets(start), start) if "X" in name else 1
            for _ in range(5 if "PP" in name else 3 if "X" in name else 2):
                self.argument(start, 3, 1)
            return _Macro("*o" + "r" * count, -1, -1)
        self.argument(start, 3, 1)  # Newextarrow: space, and a character's number
        self.argument(start, 3, 2)
        return _Macro("Om", -1, -1)

    def count(self, place: tuple[int, int] | None, start: int) -> int:
        if place is None or place[0] == place[1]:
            return 0
        number = self.text[place[0] : place[1]].strip()
        if not (number.isascii() and number.isdigit()):
            raise _Flaw(f"`{self.written(start)}` needs a number of arguments, not `{number}`", *place)
        return int(number)

    def alias(self, start: int) -> _Macro:
        self.position = self.skip(self.position)
        if self.text.startswith("=", self.position):
            self.position += 1
        begin, end = self.argument(start, 2, 1)
        name = self.text[begin + 1 : end] if self.text.startswith("\\", begin) else ""
        command = table().commands.get(name) if name else None
        if name and command is None:
            raise _NotFollowed
        return _Macro(command.arguments if command else "", -1, -1)

    def use(self, name: str, macro: _Macro, start: int) -> None:
        self.take(macro.arguments, start)
        if macro.start >= 0 and _SPECIAL.search(self.text, macro.start, macro.end):
            if self.shared.depth >= _MAX_DEPTH:
                raise _Flaw(rf"`\{name}` is defined by itself", start, start + 1 + len(name))
            self.shared.depth += 1
            try:
                _Row(self.shared, macro.start, macro.end, "a").read()
            except _UnknownName:
                raise
            except _Flaw:
                if self.shared.depth >= _MAX_DEPTH:
                    raise
                raise _NotFollowed from None
            finally:
                self.shared.depth -= 1
        self.frame.put(ATOM | LIMITS)


def _delimited(tex: str) -> TexProblem | None:
    r"""Return what would keep MathJax from finding the formula's end, for which it counts the braces of comments, too."""
    if "%" not in tex and "\\verb" not in tex and not tex.endswith("\\"):
        return None
    opened: list[int] = []
    last = ""
    for match in _BRACE.finditer(tex):
        last = match[0]
        if last == "{":
            opened.append(match.start())
        elif last == "}" and opened:
            opened.pop()
    if opened:
        return TexProblem("`{` is not closed", "braces count in comments, too", opened[-1], opened[-1] + 1)
    if len(tex) - len(tex.rstrip("\\")) & 1:
        return TexProblem(r"`\` at the end has no name", r"a space is written `\ `, a new line `\\`", len(tex) - 1, len(tex))
    return None
