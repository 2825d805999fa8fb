"""Reads a row of mathematics, sign by sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.richtext.tex.commands import SPECIAL, Commands
from cardgen.richtext.tex.signs import PRIME_SIGNS, SIGN
from cardgen.richtext.tex.state import CertainFlawError, FlawError, Macro, NotFollowedError, Shared
from cardgen.richtext.tex.table import AS_ARGUMENT, ATOM, LIMITS, NOTHING, advice, table

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_DEPTH: Final = 20
"""Macros of a formula that use each other; more is taken for one that uses itself."""


class Row(Commands):
    """Reads a stretch of the text as MathJax reads a string: an argument, or the whole formula."""

    def __init__(self, shared: Shared, start: int, end: int, traits: str = "", *, root: bool = False) -> None:
        super().__init__(shared, start, end, traits)
        self.root = root
        self.root_moves: set[str] = set()
        self.equation = False
        self.inner = 0

    def read(self) -> None:
        """Read the row to its end."""
        text, end = self.text, self.end
        while match := SIGN.search(text, self.position, end):
            start = match.start()
            if start > self.position:
                self.plain(text[self.position : start])
            self.position = match.end()
            sign = text[start]
            if sign == "\\":
                self.command(match[1] if match[1] is not None else match[2], start)
            else:
                _SIGNS.get(sign, Row.foreign)(self, start)
        if self.position < end:
            self.plain(text[self.position : end])
        self.finish()

    def maths(self, start: int, end: int, *, root: bool = False, traits: str = "") -> None:
        """Read an argument as mathematics, as MathJax does by itself."""
        self.inner = ATOM | LIMITS
        if SIGN.search(self.text, start, end):
            row = Row(self.shared, start, end, traits, root=root)
            row.read()
            self.inner = row.frame.after

    def spliced(self, start: int, end: int) -> None:
        """Read an argument that MathJax puts among other mathematics; what is open at its end may be closed by that."""
        try:
            self.maths(start, end)
        except CertainFlawError:
            raise
        except FlawError:
            raise NotFollowedError from None

    def command(self, name: str, start: int) -> None:
        """Read a command and its arguments."""
        if self.shared.macros and name in self.shared.macros:
            self._use(name, self.shared.macros[name], start)
            return
        command = table().commands.get(name)
        if command is None:
            if name not in SPECIAL:
                written = self.text[start : start + 1 + len(name)]
                raise CertainFlawError(
                    f"`{written}` is no command of MathJax", start, start + len(written), advice(name, SPECIAL)
                )
            SPECIAL[name](self, name, start)
            return
        if not command.script:
            self.no_script_waits(start)
        if command.arguments:
            self.take(command.arguments, start)
        if command.after == AS_ARGUMENT:
            self.frame.put(self.inner)
        elif command.after != NOTHING:
            self.frame.put(command.after)
            self.frame.styled = self.frame.styled or not command.after

    def _use(self, name: str, macro: Macro, start: int) -> None:
        """Read a macro of the formula's own; flaws of its replacement depend on its arguments and surroundings."""
        self.take(macro.arguments, start)
        if macro.start >= 0 and SIGN.search(self.text, macro.start, macro.end):
            if self.shared.depth >= _MAX_DEPTH:
                raise CertainFlawError(rf"`\{name}` is defined by itself", start, start + 1 + len(name))
            self.shared.depth += 1
            try:
                Row(self.shared, macro.start, macro.end, "a").read()
            except CertainFlawError:
                raise
            except FlawError:
                raise NotFollowedError from None
            finally:
                self.shared.depth -= 1
        self.frame.put(ATOM | LIMITS)


_SIGNS: Final[dict[str, Callable[[Row, int], None]]] = {
    "{": Row.open_brace,
    "}": Row.close_brace,
    "^": Row.script,
    "_": Row.script,
    "&": Row.cell,
    "%": Row.comment,
    "#": Row.hash,
    "@": Row.arrow,
    **dict.fromkeys(PRIME_SIGNS, Row.prime),
}
