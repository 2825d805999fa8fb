r"""What MathJax takes otherwise than the package ``math-core``, turned into what that takes.

Commands that it lacks and that say the same as others are macros. What needs more than that is rewritten: texts, in
which MathJax shows nearly everything as it is typed; environments that differ in their numbering or their arguments;
lengths behind ``\\``; and chemistry.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.formulas.chemistry import chemistry
from cardgen.formulas.failure import NotSetError
from cardgen.formulas.hole import HOLE

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS: Final = {
    "celsius": "℃", "micro": "µ", "ohm": "Ω", "perthousand": "‰", "mho": "℧", "degree": "°",
    "textbaht": "฿", "textbullet": "•", "textcelsius": "℃", "textcent": "¢", "textcopyright": "©", "textcurrency": "¤",
    "textdagger": "†", "textdaggerdbl": "‡", "textdegree": "°", "textdiscount": "⁒", "textdiv": "÷", "textdong": "₫",
    "textdownarrow": "↓", "textellipsis": "…", "textemdash": "—", "textendash": "–", "textestimated": "℮",
    "texteuro": "€", "textflorin": "ƒ", "textfractionsolidus": "⁄", "textgreater": ">", "textinterrobang": "‽",
    "textleftarrow": "←", "textless": "<", "textlira": "₤", "textlnot": "¬", "textminus": "−", "textmu": "µ",
    "textnaira": "₦", "textnumero": "№", "textohm": "Ω", "textonehalf": "½", "textonequarter": "¼",
    "textonesuperior": "¹", "textordfeminine": "ª", "textordmasculine": "º", "textparagraph": "¶",
    "textperiodcentered": "·", "textpertenthousand": "‱", "textperthousand": "‰", "textpeso": "₱", "textpm": "±",
    "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’", "textrecipe": "℞",
    "textregistered": "®", "textrightarrow": "→", "textsection": "§", "textservicemark": "℠", "textsterling": "£",
    "textthreequarters": "¾", "textthreesuperior": "³", "texttimes": "×", "texttrademark": "™",
    "texttwosuperior": "²", "textuparrow": "↑", "textwon": "₩", "textyen": "¥",
}  # fmt: skip
"""Commands for a sign, as MathJax shows it (its textcomp and gensymb)."""

_SAME: Final = {
    "centerdot": "cdot", "divsymbol": "div", "dotsb": "cdots", "dotsc": "ldots", "dotsi": "cdots", "dotsm": "cdots",
    "dotso": "ldots", "intop": "int", "shortmid": "mid", "shortparallel": "parallel", "smallfrown": "frown",
    "smallint": "int", "smallsetminus": "setminus", "smallsmile": "smile", "thickapprox": "approx",
    "thicksim": "sim", "varpropto": "propto",
}  # fmt: skip
"""Commands that differ from others in size or spacing alone."""

_FONTS: Final = {
    "mathbfup": "mathbf", "mathbfit": "boldsymbol", "mathnormal": "mathit", "mathsfup": "mathsf", "mathup": "mathrm",
    "pmb": "boldsymbol", "symbb": "mathbb", "symbf": "mathbf", "symbfit": "boldsymbol", "symbfup": "mathbf",
    "symcal": "mathcal", "symfrak": "mathfrak", "symit": "mathit", "symnormal": "mathit", "symrm": "mathrm",
    "symscr": "mathscr", "symsf": "mathsf", "symsfup": "mathsf", "symtt": "mathtt", "symup": "mathrm",
}  # fmt: skip
"""Commands for a font, and those of which it is the same."""

_UPRIGHT: Final = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "varepsilon", "vartheta", "varpi", "varrho",
    "varsigma", "varphi",
)  # fmt: skip
_UPRIGHT_CAPITALS: Final = (
    "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
)  # fmt: skip

MACROS: Final[Mapping[str, str]] = MappingProxyType(
    {name: f"\\text{{{sign}}}" for name, sign in _SIGNS.items()}
    | {name: f"\\{other}" for name, other in _SAME.items()}
    | {name: f"\\{other}{{#1}}" for name, other in _FONTS.items()}
    | {f"up{name}": f"\\mathrm{{\\{name}}}" for name in _UPRIGHT}
    | {f"Up{name.lower()}": f"\\mathrm{{\\{name}}}" for name in _UPRIGHT_CAPITALS}
    | {
        "cancelto": r"\cancel{#2}^{#1}",
        "LaTeX": r"\mathrm{LaTeX}",
        "overunderset": r"\overset{#1}{\underset{#2}{#3}}",
        "strut": "",
        "substack": r"\begin{subarray}{c}#1\end{subarray}",
        "TeX": r"\mathrm{TeX}",
        "varliminf": r"\underline{\lim}",
        "varlimsup": r"\overline{\lim}",
        "varinjlim": r"\underrightarrow{\lim}",
        "varprojlim": r"\underleftarrow{\lim}",
    }
)
"""Commands that the converter lacks, without their backslash, and what they are in others."""

_ENVIRONMENTS: Final = {
    # MathJax numbers nothing of itself, as Anki sets it up.
    "align": "align*", "alignat": "align*", "alignat*": "align*", "alignedat": "aligned", "equation": "equation*",
    "flalign": "align*", "flalign*": "align*", "gather": "gather*", "multline": "multline*", "multlined": "multline*",
    "split": "aligned", "xalignat": "align*", "xalignat*": "align*",
}  # fmt: skip
_ARRAYS: Final = {"eqnarray": ("array", "{rcl}"), "eqnarray*": ("array", "{rcl}"), "smallmatrix": ("subarray", "{c}")}
"""Environments that are an array with given columns."""

_COUNTED: Final = frozenset({"alignat", "alignat*", "alignedat", "xalignat", "xalignat*"})
"""Environments whose first argument is a number of columns."""

_TEXTS: Final = {
    "hbox": "text", "mbox": "text", "text": "text", "textbf": "textbf", "textit": "textit", "textnormal": "text",
    "textrm": "text", "textsf": "textsf", "texttt": "texttt", "textup": "text",
}  # fmt: skip

_DEFINITIONS: Final = frozenset({
    "def", "let", "newcommand", "renewcommand", "newenvironment", "renewenvironment", "DeclareMathOperator",
    "Newextarrow", "DeclarePairedDelimiter", "DeclarePairedDelimiterX", "DeclarePairedDelimiterXPP", "require",
})  # fmt: skip
"""Commands that define others. A definition could make a formula as large and as deep as it likes."""

_LENGTH: Final = r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)\s*(?:pt|em|ex|mu|px|mm|cm|in|pc)"
_TOKEN: Final = re.compile(
    r"\\(?P<edge>begin|end)\s*\{\s*(?P<environment>[A-Za-z]+\*?)\s*\}"
    rf"|\\\\(?:\*|\[\s*{_LENGTH}\s*\])+"
    r"|\\(?P<command>[A-Za-z]+|.)"
    r"|%[^\n]*",
    re.DOTALL,
)
_POSITION: Final = re.compile(r"\s*\[[tbc]\]")
_COUNT: Final = re.compile(r"\s*\{\s*\d+\s*\}")
_GROUP: Final = re.compile(r"\s*\{")
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_IN_TEXT: Final = re.compile(rf"\\[${{}}\\]|\$|\\\(|\{{(?P<hole>{HOLE.pattern})\}}|.", re.DOTALL)
_SPACES: Final = re.compile(r"\s+")
_FIRST_TEXT: Final = 0x100000
"""Stands for the first text: the converter takes quotes, tildes and spaces in texts for something else."""

_PRIVATE: Final = re.compile("[\U00100000-\U0010ffff]")


class Translated(Struct, frozen=True):
    r"""TeX that the converter takes.

    Attributes:
        tex: The TeX.
        places: For each of its characters, the place in the original that it comes from.
        texts: What stands in ``\text`` and its like, by the characters that stand for it.
    """

    tex: str
    places: tuple[int, ...]
    texts: dict[int, str]


def translated(tex: str) -> Translated:
    """Return TeX that the converter takes.

    Raises:
        NotSetError: If it has chemistry that is not known here, defines commands, or has characters for private use.
    """
    writer = _Writer(tex, {})
    writer.formula(0, len(tex))
    return Translated("".join(writer.written), tuple(writer.places), writer.texts)


class _Writer:
    """Writes TeX anew.

    Attributes:
        written: What was written.
        places: For each of its characters, where in the TeX it comes from.
        texts: What stands for texts, and the texts.
    """

    def __init__(self, tex: str, texts: dict[int, str]) -> None:
        self._tex = tex
        self.texts = texts
        self.written: list[str] = []
        self.places: list[int] = []

    def formula(self, start: int, end: int) -> None:
        """Write a stretch of mathematics."""
        if private := _PRIVATE.search(self._tex, start, end):
            raise NotSetError(private[0], *private.span())
        at = start
        while match := _TOKEN.search(self._tex, at, end):
            self._copy(at, match.start())
            at = self._token(match, end)
        self._copy(at, end)

    def _copy(self, start: int, end: int) -> None:
        self.written.append(self._tex[start:end])
        self.places.extend(range(start, end))

    def _write(self, text: str, place: int) -> None:
        self.written.append(text)
        self.places.extend([place] * len(text))

    def _token(self, match: re.Match[str], end: int) -> int:
        """Write what stands for a token and its arguments, and return where they end."""
        start, at = match.span()
        command = match["command"]
        if match["environment"]:
            return self._environment(match)
        if match[0].startswith("%"):
            return at  # a comment
        if command is None:
            self._write(r"\\", start)
        elif command in _DEFINITIONS:
            raise NotSetError(match[0], start, at)
        elif command == "ce":
            opening, closing = self._argument(at, end, match)
            self._chemistry(match, opening, closing)
            return closing + 1
        elif command in _TEXTS and _GROUP.match(self._tex, at, end):
            opening, closing = self._argument(at, end, match)
            self._text(_TEXTS[command], opening, closing, start)
            return closing + 1
        else:
            self._copy(start, at)
        return at

    def _chemistry(self, command: re.Match[str], start: int, end: int) -> None:
        tex = chemistry(self._tex, start, end)
        inner = _Writer(tex, self.texts)
        try:
            inner.formula(0, len(tex))
        except NotSetError as failure:
            raise NotSetError(failure.what, *command.span()) from None
        self._write(f"{{{''.join(inner.written)}}}", command.start())

    def _environment(self, match: re.Match[str]) -> int:
        name, start, at = match["environment"], *match.span()
        columns = ""
        if name in _ARRAYS:
            name, columns = _ARRAYS[name]
        if match["edge"] == "begin":
            if match["environment"] in _COUNTED and (count := _COUNT.match(self._tex, at)):
                at = count.end()
            if position := _POSITION.match(self._tex, at):
                at = position.end()
        else:
            columns = ""
        self._write(f"\\{match['edge']}{{{_ENVIRONMENTS.get(name, name)}}}{columns}", start)
        return at

    def _argument(self, at: int, end: int, command: re.Match[str]) -> tuple[int, int]:
        """Return where an argument in braces begins and ends."""
        group = _GROUP.match(self._tex, at, end)
        depth = 1
        for brace in _BRACE.finditer(self._tex, group.end(), end) if group else ():
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if group and not depth:
                return group.end(), brace.start()
        raise NotSetError(command[0], command.start(), command.end())

    def _text(self, command: str, start: int, end: int, place: int) -> None:
        """Write a text, which is shown as it was typed; mathematics between dollars is put between two texts."""
        self._write("{", place)
        at, shown = start, ""
        while match := _IN_TEXT.match(self._tex, at, end):
            at = match.end()
            if match[0] not in ("$", r"\("):
                shown += match["hole"] or match[0][-1]
                continue
            close = self._tex.find("$" if match[0] == "$" else r"\)", at, end)
            if close < 0:
                raise NotSetError(match[0], *match.span())
            self._put_text(command, shown, match.start())
            self._write("{", at)
            self.formula(at, close)
            self._write("}", close)
            at, shown = close + len(match[0]), ""
        self._put_text(command, shown, end)
        self._write("}", end)

    def _put_text(self, command: str, text: str, place: int) -> None:
        if text:
            sign = _FIRST_TEXT + len(self.texts)
            self.texts[sign] = _SPACES.sub("\N{NO-BREAK SPACE}", text)
            self._write(f"\\{command}{{{chr(sign)}}}", place)
