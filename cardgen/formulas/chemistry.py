r"""Chemistry, ``\ce``, as TeX: the forms of mhchem that chemical formulas and equations are made of.

Known are elements and their counts, charges, isotopes, states, brackets, bonds, amounts, arrows with what stands over
and under them, ``v`` and ``^`` for what falls out or escapes, ``.`` and ``*`` in addition compounds, mathematics
between dollars and text in braces (https://mhchem.github.io/MathJax-mhchem/). What else there is raises `NotSetError`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.formulas.failure import NotSetError

if TYPE_CHECKING:
    from collections.abc import Callable

_ARROWS: Final = {
    "->": ("longrightarrow", "xrightarrow"),
    "<-": ("longleftarrow", "xleftarrow"),
    "<->": ("longleftrightarrow", "xleftrightarrow"),
    "<=>": ("rightleftharpoons", "xrightleftharpoons"),
}
"""Arrows: the commands for one alone, and for one with something over or under it."""

_TOKEN: Final = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<arrow><=>>?|<<=>|<-->|<->|->|<-(?!>))"
    r"|(?P<script>[\^_](?:\{(?P<braced>[^{}]*)\}|(?P<bare>[0-9]*[+\-]|[+\-]?[0-9]+|[A-Za-z]|\$[^$]*\$)))"
    r"|(?P<gas>\^(?=\s|$))"
    r"|(?P<charge>[+\-](?=$|[\s)\]},;]))"
    r"|(?P<number>[0-9]+(?:[.,][0-9]+|/[0-9]+)?)"
    r"|(?P<letters>[A-Za-z]+)"
    r"|(?P<bond>[-=#])"
    r"|(?P<dot>[*.\u00b7])"
    r"|(?P<sign>[+()\[\],;:/]|\\[{}])"
    r"|\$(?P<maths>[^$]*)\$"
    r"|\{(?P<words>[^{}]*)\}"
    r"|(?P<greek>\\(?:alpha|beta|gamma|delta|Delta|epsilon|eta|kappa|lambda|mu|nu|omega|pi|sigma|theta|pm|ldots|infty)"
    r"(?![A-Za-z])\s?)"
)
_OVER: Final = re.compile(r"\[((?:[^\[\]{}$]|\{[^{}]*\}|\$[^$]*\$)*)\]")
_SCRIPT: Final = re.compile(
    r"(?P<charge>[+\-])|(?P<number>[0-9.]+)|(?P<roman>[IVX]+)|(?P<letter>[A-Za-z])|(?P<sign>[()/,])"
)
_WRONG: Final = re.compile(r"\\[A-Za-z]+|.", re.DOTALL)
_IN_SCRIPT: Final = {".": r"\bullet "}
_BONDS: Final = {"-": "{-}", "=": "{=}", "#": r"{\equiv}"}


def chemistry(tex: str, start: int, end: int) -> str:
    r"""Return TeX for what stands in ``\ce{...}``, from `start` to `end` of a formula.

    Raises:
        NotSetError: If it has something that is not known here.
    """
    return _Reaction(tex, start, end).read()


class _Reaction:
    """Reads from left to right, and writes TeX."""

    def __init__(self, tex: str, start: int, end: int) -> None:
        self._tex = tex
        self._at = start
        self._end = end
        self._written: list[str] = []
        self._fresh = True  # whether a word begins, of which a number is the amount
        self._atom = False  # whether something stands before this that has counts, charges and bonds
        self._scripted = False  # whether that, or nothing, has a script already
        self._space = False  # whether a space was read that is to be shown if something follows
        self._tight = True  # whether what was written last has its own space, or none, behind it

    def read(self) -> str:
        """Return the TeX."""
        while self._at < self._end:
            match = _TOKEN.match(self._tex, self._at, self._end)
            if match is None or match.lastgroup is None:
                raise self._unknown(self._at)
            self._at = match.end()
            _READERS[match.lastgroup](self, match)
        return "".join(self._written)

    def _put(self, tex: str, *, atom: bool = False, scripted: bool = False, tight: bool = False) -> None:
        """Write something; what is tight has no space on either side but its own."""
        if self._space and not tight and not self._tight:
            self._written.append(r"\ ")
        self._written.append(tex)
        self._fresh = self._space = False
        self._atom, self._scripted, self._tight = atom, scripted, tight

    def _spaces(self, _match: re.Match[str]) -> None:
        self._fresh = self._space = True
        self._atom = self._scripted = False

    def _arrow(self, match: re.Match[str]) -> None:
        if match[0] not in _ARROWS:
            raise NotSetError(match[0], *match.span())
        alone, labelled = _ARROWS[match[0]]
        labels: list[str] = []
        while len(labels) < 2 and (label := _OVER.match(self._tex, self._at, self._end)):  # noqa: PLR2004
            labels.append(chemistry(self._tex, *label.span(1)))
            self._at = label.end()
        if any(labels):
            over, under = (*labels, "")[:2]
            self._put(f"\\{labelled}" + (f"[{under}]" if under else "") + f"{{{over}}}", tight=True)
        else:
            self._put(rf"\mathrel{{\{alone}}}", tight=True)
        self._fresh = True

    def _script(self, match: re.Match[str]) -> None:
        inside = match["braced"] if match["braced"] is not None else match["bare"]
        start = match.end() - len(inside) - (match["braced"] is not None)
        script = inside[1:-1] if inside.startswith("$") else self._in_script(inside, start)
        self._raise(match[0][0], script)

    def _raise(self, mark: str, script: str) -> None:
        """Write a script: one before its atom stands on nothing, one behind another stands beside it."""
        base = "{}" if self._atom is self._scripted else ""
        self._put(f"{base}{mark}{{{script}}}", atom=self._atom, scripted=True)

    def _in_script(self, inside: str, start: int) -> str:
        written, at = [], 0
        while at < len(inside):
            match = _SCRIPT.match(inside, at)
            if match is None:
                raise self._unknown(start + at)
            at = match.end()
            upright = match.lastgroup == "roman" or (match.lastgroup == "letter" and match[0].isupper())
            written.append(rf"\mathrm{{{match[0]}}}" if upright else _IN_SCRIPT.get(match[0], match[0]))
        return "".join(written)

    def _gas(self, _match: re.Match[str]) -> None:
        self._put(r"\uparrow ")

    def _charge(self, match: re.Match[str]) -> None:
        if self._atom:
            self._raise("^", match[0])
        else:
            self._put(match[0], tight=True)
            self._fresh = True

    def _number(self, match: re.Match[str]) -> None:
        if self._atom:
            self._raise("_", match[0])
            return
        top, slash, bottom = match[0].partition("/")
        number = rf"\tfrac{{{top}}}{{{bottom}}}" if slash else match[0].replace(",", "{,}")
        fresh = self._fresh
        self._put(rf"{number}\," if fresh else number)
        self._tight = fresh

    def _letters(self, match: re.Match[str]) -> None:
        after = self._tex[self._at : self._end]
        alone = self._fresh and (not after or after[0].isspace())
        if match[0] == "v" and alone and self._written:
            self._put(r"\downarrow ")
        elif alone and after.strip() and len(match[0]) == 1 and match[0].islower():
            self._put(rf"{match[0]}\,")  # an amount, as the n of n H2O
            self._tight = True
        else:
            self._put(rf"\mathrm{{{match[0]}}}", atom=True)

    def _bond(self, match: re.Match[str]) -> None:
        self._put(_BONDS[match[0]], tight=True)

    def _dot(self, _match: re.Match[str]) -> None:
        self._put(r"{\cdot}", tight=True)
        self._fresh = True

    def _sign(self, match: re.Match[str]) -> None:
        self._put(match[0], atom=match[0] in (")", "]", r"\}"), tight=match[0] == "+")

    def _maths(self, match: re.Match[str]) -> None:
        self._put(f"{{{match['maths']}}}", atom=True)

    def _words(self, match: re.Match[str]) -> None:
        self._put(rf"\text{{{match['words']}}}", atom=True)

    def _greek(self, match: re.Match[str]) -> None:
        self._put(match[0], atom=True)

    def _unknown(self, at: int) -> NotSetError:
        match = _WRONG.match(self._tex, at, self._end)
        what = match[0] if match else self._tex[at]
        return NotSetError(what, at, at + len(what))


_READERS: Final[dict[str, Callable[[_Reaction, re.Match[str]], None]]] = {
    "space": _Reaction._spaces,  # noqa: SLF001 - of this module
    "arrow": _Reaction._arrow,  # noqa: SLF001
    "braced": _Reaction._script,  # noqa: SLF001
    "bare": _Reaction._script,  # noqa: SLF001
    "script": _Reaction._script,  # noqa: SLF001
    "gas": _Reaction._gas,  # noqa: SLF001
    "charge": _Reaction._charge,  # noqa: SLF001
    "number": _Reaction._number,  # noqa: SLF001
    "letters": _Reaction._letters,  # noqa: SLF001
    "bond": _Reaction._bond,  # noqa: SLF001
    "dot": _Reaction._dot,  # noqa: SLF001
    "sign": _Reaction._sign,  # noqa: SLF001
    "maths": _Reaction._maths,  # noqa: SLF001
    "words": _Reaction._words,  # noqa: SLF001
    "greek": _Reaction._greek,  # noqa: SLF001
}
