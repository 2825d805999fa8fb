r"""The commands, environments and delimiters of MathJax 3.2.2, as Anki loads it.

Anki 26.9.3 ships MathJax's bundle ``tex-chtml-full`` unchanged and sets in ``mathjax.js``: all packages of the bundle,
``noerrors`` and ``mathtools`` too, without ``textmacros``. Nothing is fetched while it runs (``autoload`` is off), so
this list is all there is: ``physics``, ``colorv2``, ``textmacros`` and ``setoptions`` come with ``\require`` alone.

Each line of ``commands.txt`` is one of

* ``command ARGUMENTS EFFECT NAMES``. An argument is ``m`` mathematics, ``s`` mathematics among other mathematics,
  ``t`` text, ``r`` taken as it stands, ``c`` rows of mathematics, ``o`` ``[...]``, ``O`` ``[...]`` with mathematics,
  ``n`` a length, ``u`` a character's number, ``D`` a delimiter, ``B`` a delimiter that may stand in braces, ``g`` a
  delimiter in braces or none, ``*`` a star. An effect is ``i`` cannot be a script without braces, ``n`` sets nothing,
  ``a`` sets its last argument as it is, ``l`` takes ``\limits``, ``o`` is an operator whose scripts stand above and
  below, ``^`` or ``_`` has such a script already.
* ``environment ARGUMENTS TRAITS NAMES``. Arguments as above, and ``d`` digits. A trait is ``a`` has cells, ``e`` is an
  equation of its own, ``t`` or ``u`` may or may not be tagged, ``m`` one column, ``x`` the second column is text, ``?``
  not followed any further.
* ``delimiter NAMES``, and ``loaded NAMES`` and ``bundled NAMES`` of packages: ``\require`` does nothing for the former.

The effects were measured: each command was set with a script before it, after it and ``\limits``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

AS_ARGUMENT: Final = -2
NOTHING: Final = -1
"""What a command leaves that sets its last argument as it is, and one that sets nothing."""

ATOM: Final = 1
SUP: Final = 2
SUB: Final = 4
PRIME: Final = 8
OPERATOR: Final = 16
LIMITS: Final = 32
WRAPPED: Final = 64
"""What stands before the next sign, as a sum: something; with a superscript; a subscript; a prime not yet set; an
operator whose scripts stand above and below; it takes ``\\limits``; its scripts are its own, and more may follow."""

ADVICE: Final = {
    "SI": r"Write the unit as text: `3\,\mathrm{mg}`.",
    "si": r"Write the unit as text: `\mathrm{mg}`.",
    "qty": r"Write the unit as text: `3\,\mathrm{mg}`.",
    "unit": r"Write the unit as text: `\mathrm{mg}`.",
    "num": "Write the number itself.",
    "ang": r"Write the angle as `30^\circ`.",
    "bm": r"`\boldsymbol{...}` is there.",
    "mathds": r"`\mathbb{...}` is there.",
    "mathbbm": r"`\mathbb{...}` is there.",
    "textsubscript": "Write `_{...}`.",
    "textsuperscript": "Write `^{...}`.",
    "multicolumn": "MathJax has no cells that span columns.",
    "multirow": "MathJax has no cells that span rows.",
    "toprule": r"`\hline` is there.",
    "midrule": r"`\hline` is there.",
    "bottomrule": r"`\hline` is there.",
    "dv": r"Write `\frac{d}{dx}`.",
    "pdv": r"Write `\frac{\partial}{\partial x}`.",
    "abs": r"Write `\left|...\right|`.",
    "norm": r"Write `\left\|...\right\|`.",
    "ev": r"Write `\langle ... \rangle`.",
    "cent": r"Write `\text{¢}`.",
    "euro": r"Write `\text{€}`.",
    "permil": r"Write `\text{‰}`.",
    "sout": r"`\cancel{...}` is there.",
    "emph": r"`\textit{...}` is there.",
    "includegraphics": "A picture stands outside the formula, in Markdown.",
}
"""What to write instead of LaTeX commands that MathJax lacks, where no similar name says it."""


_LATIN: Final = {
    "Alpha": "A", "Beta": "B", "Epsilon": "E", "Zeta": "Z", "Eta": "H", "Iota": "I", "Kappa": "K", "Mu": "M",
    "Nu": "N", "Omicron": "O", "Rho": "P", "Tau": "T", "Chi": "X",
}  # fmt: skip
"""Capital letters of Greek for which TeX has no commands."""


class Command(Struct, frozen=True):
    """What a command reads after its name, and what stands there afterwards.

    `after` is a sum of the constants above, 0 for a command after which a script has nothing to stand at, or one of the
    negative constants; `script` says whether it can be a script without braces.
    """

    arguments: str
    after: int
    script: bool


class Environment(Struct, frozen=True):
    """What an environment reads after its name, and how its contents are taken."""

    arguments: str
    traits: str


class Table(Struct, frozen=True):
    """All that MathJax knows; names of commands without their backslash, delimiters with it."""

    commands: dict[str, Command]
    environments: dict[str, Environment]
    delimiters: frozenset[str]
    loaded: frozenset[str]
    bundled: frozenset[str]


@cache
def table() -> Table:
    """Return what MathJax knows, read once."""
    commands: dict[str, Command] = {name: Command("", ATOM, script=True) for name in (" ", "\xa0", "\n", "")}
    environments: dict[str, Environment] = {}
    names: dict[str, set[str]] = {"delimiter": set(), "loaded": set(), "bundled": set()}
    for line in Path(__file__).with_name("commands.txt").read_text(encoding="utf-8").splitlines():
        kind, *rest = line.split()
        if kind in names:
            names[kind].update(rest)
        elif kind == "command":
            command = _command("" if rest[0] == "-" else rest[0], rest[1])
            commands.update(dict.fromkeys(rest[2:], command))
        elif kind == "environment":
            environment = Environment("" if rest[0] == "-" else rest[0], rest[1])
            environments.update(dict.fromkeys(rest[2:], environment))
    return Table(commands, environments, *map(frozenset, names.values()))


def _command(arguments: str, effect: str) -> Command:
    script = "i" not in effect
    if "n" in effect or "a" in effect:
        return Command(arguments, NOTHING if "n" in effect else AS_ARGUMENT, script)
    after = ATOM if script or "l" in effect or arguments == "c" else 0
    # What an argument holds may be an operator, so nothing is said about limits after it.
    after |= LIMITS if "l" in effect or (arguments and after) else 0
    after |= OPERATOR if "o" in effect else 0
    after |= SUP | WRAPPED if "^" in effect else 0
    after |= SUB | WRAPPED if "_" in effect else 0
    return Command(arguments, after, script)


def advice(name: str, special: Iterable[str]) -> str:
    """Return what to write instead of an unknown command, or an empty text.

    Args:
        name: The command.
        special: Names of the commands that are known beside those of the table.
    """
    if name in ADVICE:
        return ADVICE[name]
    if name in _LATIN:
        return f"This letter looks like the Latin one: write `\\mathrm{{{_LATIN[name]}}}`."
    return _similar(name, [*table().commands, *special], "\\")


def environment_advice(name: str) -> str:
    """Return what to write instead of an unknown environment, or an empty text."""
    return _similar(name, list(table().environments), "")


def _similar(name: str, names: list[str], before: str) -> str:
    from difflib import get_close_matches

    if len(name) < 3:  # noqa: PLR2004 - every short name is like some other
        return ""
    lower = [known for known in names if known.lower() == name.lower()]
    found = lower or get_close_matches(name, names, n=1, cutoff=0.75)
    return f"Did you mean `{before}{found[0]}`?" if found else ""
