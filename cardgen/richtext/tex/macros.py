"""Macros that a formula defines for itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.richtext.tex.arguments import Arguments
from cardgen.richtext.tex.state import FlawError, Macro, NotFollowedError
from cardgen.richtext.tex.table import table

if TYPE_CHECKING:
    from collections.abc import Callable

_PARAMETERS: Final = re.compile(r"(?:#\d)*")
_NAME: Final = re.compile(r".|[a-zA-Z]+")


class Macros(Arguments):
    """Reads definitions, which hold from there to the end of the formula."""

    def define(self, name: str, start: int) -> None:
        """Read a definition's name, and what it stands for."""
        if name == "DeclareMathOperator":
            self.take("*", start)
        begin, end = self.argument(start, 2, 0)
        if name in ("def", "let") and not self.text.startswith("\\", begin):
            raise FlawError(rf"`\{name}` is followed by no command", start, self.position, rf"Write `\{name}\name...`.")
        macro = self.text[begin:end].strip().removeprefix("\\")
        if name.endswith("newcommand") and not _NAME.fullmatch(macro):
            raise FlawError(f"`{macro}` cannot be a command's name", begin, end, "A name has letters alone.")
        self.shared.macros[macro] = _DEFINITIONS[name](self, name, start)

    def define_environment(self, _name: str, start: int) -> None:
        """Read an environment's definition."""
        begin, end = self.argument(start, 3, 0)
        self.shared.environments.add(self.text[begin:end].strip())
        self.take("oo", start)
        self.argument(start, 3, 1)
        self.argument(start, 3, 2)

    def _command(self, _name: str, start: int) -> Macro:
        count = self._count(start)
        optional = self.brackets(start) is not None
        return Macro("o" * optional + "r" * (count - optional), *self.argument(start, 2, 1))

    def _operator(self, _name: str, start: int) -> Macro:
        return Macro("", *self.argument(start, 2, 1))

    def _plain(self, _name: str, start: int) -> Macro:
        self.position = self.skip(self.position)
        parameters = _PARAMETERS.match(self.text, self.position, self.end)
        count = len(parameters[0]) // 2 if parameters else 0
        self.position += 2 * count
        if not self.next_is("{"):
            raise NotFollowedError
        return Macro("r" * count, *self.argument(start))

    def _alias(self, _name: str, start: int) -> Macro:
        if self.next_is("="):
            self.position += 1
        if not self.next_is("\\"):
            if self.next_is("{") or self.next_is("}"):
                raise NotFollowedError
            self.position += 1
            return Macro("", -1, -1)
        begin, end = self.argument(start, 2, 1)
        command = table().commands.get(self.text[begin + 1 : end])
        if command is None:
            raise NotFollowedError
        return Macro(command.arguments, -1, -1)

    def _delimiters(self, name: str, start: int) -> Macro:
        count = self._count(start) if "X" in name else 1
        for _ in range(5 if "PP" in name else 3 if "X" in name else 2):
            self.argument(start, 3, 1)
        return Macro("*o" + "r" * count, -1, -1)

    def _arrow(self, _name: str, start: int) -> Macro:
        self.argument(start, 3, 1)
        self.argument(start, 3, 2)
        return Macro("Om", -1, -1)

    def _count(self, start: int) -> int:
        """Read how many arguments a macro has."""
        place = self.brackets(start)
        number = self.text[place[0] : place[1]].strip() if place else ""
        if not place or not number:
            return 0
        if not (number.isascii() and number.isdigit()):
            raise FlawError(f"`{self.written(start)}` needs a number of arguments, not `{number}`", *place)
        return int(number)


_DEFINITIONS: Final[dict[str, Callable[[Macros, str, int], Macro]]] = {
    "newcommand": Macros._command,  # noqa: SLF001 - of this module
    "renewcommand": Macros._command,  # noqa: SLF001
    "def": Macros._plain,  # noqa: SLF001
    "let": Macros._alias,  # noqa: SLF001
    "DeclareMathOperator": Macros._operator,  # noqa: SLF001
    "Newextarrow": Macros._arrow,  # noqa: SLF001
} | dict.fromkeys(
    [f"DeclarePairedDelimiter{plural}{form}" for plural in ("", "s") for form in ("", "X", "XPP")],
    Macros._delimiters,  # noqa: SLF001
)
DEFINING: Final = frozenset(_DEFINITIONS)
