"""The commands that open, close, divide or define something, whose arguments no signature describes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from cardgen.richtext.tex.groups import Groups
from cardgen.richtext.tex.macros import DEFINING, Macros
from cardgen.richtext.tex.signs import FOREIGN
from cardgen.richtext.tex.state import CertainFlawError, FlawError, Frame, NotFollowedError, Tags
from cardgen.richtext.tex.table import (
    ATOM,
    LIMITS,
    OPERATOR,
    PRIME,
    Environment,
    advice,
    environment_advice,
    table,
)

_CHEMICAL: Final = re.compile(r"\\(?:([A-Za-z]+)|.)|[&%" + FOREIGN + "]", re.DOTALL)
_NAMED: Final = re.compile(r"\s*\{([^{}]*)\}")
_TOKEN: Final = re.compile(r"\\(?:[A-Za-z]+|.)|[{}]", re.DOTALL)


class Commands(Groups, Macros):
    """Reads such commands; each method is given the command's name and its place."""

    root: bool
    root_moves: set[str]
    equation: bool

    def line_end(self, name: str, start: int) -> None:
        """End a row of cells, or a line."""
        frame = self.frame
        self.no_script_waits(start)
        if name == "\\":
            self._row_space(start)
        if frame.cells:
            frame.new_cell()
            if ("t" in frame.traits or "u" in frame.traits) and "m" not in frame.traits:
                tags = self.shared.tags[-1]
                tags.tag = tags.label = False
        elif name == "cr":
            raise self.misplaced(r"\cr", start)
        else:
            frame.put(ATOM)

    def _row_space(self, start: int) -> None:
        """Read what may follow a row's end without white space: a star, and the space between the rows."""
        text = self.text
        if self.position < self.end and text[self.position] == "*":
            self.position += 1
        at = self.position
        if at < self.end and text[at] == "[":
            place = self.brackets(start)
            if place and place[0] < place[1] and not self.is_length(*place):
                hint = r"Put `{}` between `\\` and a bracket that is shown."
                raise FlawError(rf"`{text[at : self.position]}` after `\\` is no length", at, self.position, hint)

    def pair(self, name: str, start: int) -> None:
        r"""Read ``\left``, ``\middle`` or ``\right``."""
        self.delimiter(start)
        if name == "left":
            self.open(Frame("pair", start, self.position))
            return
        written = self.text[start : self.position]
        self.complete(written)
        if self.frame.kind == "pair":
            if name == "right":
                self.close()
            else:
                self.frame.put(ATOM)
                self.frame.fraction = False
        elif any(frame.kind == "pair" for frame in self.frames):
            raise self.unclosed(written)
        else:
            hint = r"`\left.` opens it unseen." if name == "right" else ""
            raise FlawError(rf"`{written}` has no `\left`", start, self.position, hint)

    def fraction(self, name: str, start: int) -> None:
        r"""Read ``\over`` and its like, which divide the group that they stand in."""
        self.no_script_waits(start)
        if self.frame.fraction:
            message = rf"`\{name}` stands in a group that has such a fraction already"
            raise FlawError(message, start, self.position, "Put braces around the inner one.")
        if name.endswith("withdelims"):
            self.delimiter(start)
            self.delimiter(start)
        if name.startswith("above"):
            self.length(start)
        self.frame.fraction = True
        self.frame.after = 0

    def square_root(self, _name: str, start: int) -> None:
        """Read a root, whose index may be in brackets."""
        index = self.brackets(start)
        begin, end = self.argument(start)
        if self.text[begin:end] == r"\frac":  # MathJax lets \sqrt\frac12 pass, and no other command of this kind
            self.maths(*self.argument(begin, 2, 0))
            self.maths(*self.argument(begin, 2, 1))
        else:
            self.maths(begin, end)
        if index:
            self.maths(*index, root=True)
        self.frame.put(ATOM | LIMITS)

    def up_to_token(self, name: str, start: int) -> None:
        r"""Read ``\root ... \of`` or ``\buildrel ... \over``."""
        token = r"\of" if name == "root" else r"\over"
        begin = self.position
        depth = 0
        for match in _TOKEN.finditer(self.text, begin, self.end):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth < 0:
                break
            if match[0] == token and not depth:
                self.position = match.end()
                self.maths(begin, match.start(), root=name == "root")
                self.take("m", start)
                self.frame.put(ATOM | LIMITS)
                return
        raise FlawError(rf"`\{name}` has no `{token}`", start, begin)

    def root_move(self, name: str, start: int) -> None:
        """Read a command that moves a root's index."""
        if not self.root:
            raise FlawError(rf"`\{name}` stands outside of a root's index", start, self.position)
        if name in self.root_moves:
            raise FlawError(rf"`\{name}` appears twice", start, self.position)
        self.root_moves.add(name)
        begin, end = self.argument(start)
        if not re.search(r"[0-9]", self.text[begin:end]):
            raise FlawError(rf"`\{name}` needs a whole number", begin, end)

    def limits(self, name: str, start: int) -> None:
        r"""Read ``\limits``, which belongs to the operator before it."""
        frame = self.frame
        if not frame.after & LIMITS or frame.after & PRIME:
            hint = r"It stands after `\sum`, `\int` and their like."
            raise FlawError(rf"`\{name}` follows no operator", start, self.position, hint)
        frame.after = frame.after | OPERATOR if name == "limits" else frame.after & ~OPERATOR

    def tag(self, _name: str, start: int) -> None:
        """Read an equation's number."""
        tags = self.shared.tags[-1]
        if not tags.allowed and tags.environment:
            raise FlawError(rf"`\tag` stands in `{tags.environment}`, which has no numbers", start, self.position)
        if tags.tag:
            raise FlawError(r"`\tag` appears twice in one row", start, self.position)
        self.take("*", start)
        begin, end = self.argument(start)
        self.words(begin, end)
        tags.tag = bool(self.text[begin:end].strip())

    def label(self, _name: str, start: int) -> None:
        """Read the name of an equation's number."""
        begin, end = self.argument(start)
        tags = self.shared.tags[-1]
        if begin < end and tags.label:
            raise FlawError(r"`\label` appears twice in one row", start, self.position)
        tags.label = tags.label or begin < end

    def line(self, name: str, start: int) -> None:
        """Read a line between rows."""
        self.no_script_waits(start)
        if not self.frame.cells:
            raise self.misplaced(f"\\{name}", start)
        if self.frame.filled or self.frame.styled:
            hint = r"It stands at a row's beginning, after `\\`."
            raise FlawError(rf"`\{name}` stands within a row", start, self.position, hint)

    def shove(self, name: str, start: int) -> None:
        """Read what stands at one side of a row."""
        if "m" not in self.frame.traits:
            raise FlawError(rf"`\{name}` stands outside of `multline`", start, self.position)
        if self.frame.filled or self.frame.styled:
            raise FlawError(rf"`\{name}` stands within a row", start, self.position, "It stands at a row's beginning.")
        self.take("om", start)
        self.frame.put(ATOM | LIMITS)

    def in_cells(self, name: str, start: int) -> None:
        """Read what changes rows or colours them."""
        if not self.frame.cells:
            raise self.misplaced(f"\\{name}", start)
        if not name.endswith("color"):
            raise NotFollowedError
        self.take("or", start)

    def in_proof(self, name: str, start: int) -> None:
        """Refuse what belongs into a proof, which is not followed."""
        raise FlawError(rf"`\{name}` stands outside of `prooftree`", start, self.position)

    def fill(self, name: str, start: int) -> None:
        """Read what aligns a cell."""
        if not self.frame.cells:
            raise self.misplaced(f"\\{name}", start)

    def opened_argument(self, name: str, start: int) -> None:
        """Read what is no argument to MathJax but opens a group: the contents of a bracket, or a table of plain TeX."""
        self.no_script_waits(start)
        if not self.next_is("{"):
            if self.position >= self.end:
                raise self.missing(start, 1, 0)
            raise NotFollowedError
        self.position += 1
        traits = "" if name.lower() in ("braket", "set") else "ax" if name == "cases" else "a"
        self.open(Frame("argument", start, self.position, name, traits))

    def color(self, name: str, start: int) -> None:
        """Read a colour and the model that it is given in (color/ColorUtil.ts)."""
        if name == "color":
            self.no_script_waits(start)
        place = self.brackets(start)
        model = self.text[place[0] : place[1]] if place else ""
        if place and model not in _COLORS:
            raise FlawError(
                f"MathJax has no colour model `{model}`", *place, "There are `rgb`, `RGB`, `gray` and `named`."
            )
        wanted = 2 if name == "textcolor" else 1
        begin, end = self.argument(start, wanted, 0)
        color = self.text[begin:end].strip()
        numbers, greatest = _COLORS.get(model, (0, 0))
        if numbers:
            parts = re.split(r"\s*,\s*", color)
            right = all(_DECIMAL.fullmatch(part) and float(part) <= greatest for part in parts)
            if len(parts) != numbers or not right:
                message = f"`{color}` is no colour of the model `{model}`"
                raise FlawError(message, begin, end, f"Numbers from 0 to {greatest}, {numbers} of them.")
        if name == "color":
            self.frame.put(0)
            self.frame.styled = True
        else:
            self.maths(*self.argument(start, wanted, 1))
            self.frame.put(ATOM | LIMITS)

    def continued_fraction(self, name: str, start: int) -> None:
        """Read a fraction whose numerator may be aligned."""
        place = self.brackets(start)
        if place and self.text[place[0] : place[1]].strip() not in ("l", "r", ""):
            raise FlawError(rf"`[{self.text[place[0] : place[1]]}]` after `\{name}` is neither `[l]` nor `[r]`", *place)
        self.take("mm", start)
        self.frame.put(ATOM | LIMITS)

    def prescript(self, name: str, start: int) -> None:
        """Refuse scripts before something: Anki loads mathtools twice, and its second pass over them fails."""
        end = self.position
        places = [self.argument(start, 3, found) for found in range(3)]
        if any(self.text[begin:end].strip() for begin, end in places[:2]):
            hint = r"Write `{}^{14}_{6}\mathrm{C}`."
            raise FlawError(rf"`\{name}` fails in Anki, whose MathJax reads it twice", start, end, hint)
        self.maths(*places[2])
        self.frame.put(ATOM | LIMITS)

    def chemistry(self, name: str, start: int) -> None:
        """Check the names in a chemical formula, which is a language of its own."""
        begin, end = self.argument(start)
        content = self.text[begin:end]
        if "\\text" not in content and '"' not in content:
            for match in _CHEMICAL.finditer(self.text, begin, end):
                self._chemical_sign(name, match, begin, end)
        self.frame.put(ATOM | LIMITS)

    def _chemical_sign(self, name: str, match: re.Match[str], begin: int, end: int) -> None:
        at, sign, command = match.start(), match[0], match[1]
        if command:
            if command == "bond" and not self.text.startswith("{", match.end()):
                raise FlawError(
                    r"`\bond` is followed by no brace", at, match.end(), r"Write `\bond{...}`, without a space."
                )
            if command == "begin" and (environment := _NAMED.match(self.text, match.end())):
                self._known_environment(environment[1], at, environment.end())
            if command not in _CHEMICAL_NAMES and not self.knows(command):
                raise CertainFlawError(f"`{sign}` is no command of MathJax", at, match.end(), advice(command, SPECIAL))
        elif sign == "%" and name == "ce":
            raise FlawError(r"`%` begins a comment", at, match.end(), r"Write `\%`.")
        elif sign == "&" and name == "ce":
            if not self.frame.cells and "\\begin" not in self.text[begin:end]:
                raise self.misplaced("&", at)
        elif not sign.startswith("\\") and sign not in "&%":
            self.foreign(at)

    def verbatim(self, name: str, start: int) -> None:
        """Read text as it stands between two equal signs."""
        self.position = at = self.skip(self.position)
        if at >= self.end:
            raise self.missing(start, 1, 0)
        sign = self.text[at]
        closed = self.text.find(sign, at + 1, self.end)
        if closed < 0:
            raise FlawError(rf"`\{name}{sign}` is not closed by another `{sign}`", start, at + 1)
        self.position = closed + 1
        self.frame.put(ATOM)

    def begin(self, _name: str, start: int) -> None:
        """Open an environment."""
        self.no_script_waits(start)
        name, known = self._environment(start)
        opened = self.position
        if "e" in known.traits:
            if self.equation:
                message = f"`\\begin{{{name}}}` is a second equation in one formula"
                raise FlawError(
                    message, start, opened, "Within an equation stand `aligned`, `gathered` and their like."
                )
            self.equation = True
        self.take(known.arguments, start)
        if "t" in known.traits or "u" in known.traits:
            self.shared.tags.append(Tags("multline" if "m" in known.traits else name, "t" in known.traits))
        self.open(Frame("environment", start, opened, name, known.traits))

    def finish_environment(self, _name: str, start: int) -> None:
        """Close an environment."""
        name, _ = self._environment(start)
        written = self.text[start : self.position]
        self.complete(written)
        frame = self.frame
        if frame.kind != "environment":
            if any(outer.kind == "environment" for outer in self.frames):
                raise self.unclosed(written)
            raise FlawError(f"`{written}` has no `\\begin{{{name}}}`", start, self.position)
        if frame.name != name:
            opening = self.text[frame.start : frame.end]
            hint = f"Write `\\end{{{frame.name}}}`."
            raise FlawError(f"`{opening}` is closed by `{written}`", start, self.position, hint)
        if "t" in frame.traits or "u" in frame.traits:
            self.shared.tags.pop()
        self.close()

    def _environment(self, start: int) -> tuple[str, Environment]:
        begin, end = self.argument(start)
        name = self.text[begin:end]
        return name, self._known_environment(name, start, self.position)

    def _known_environment(self, name: str, start: int, end: int) -> Environment:
        known = table().environments.get(name)
        if name in self.shared.environments or (known and "?" in known.traits):
            raise NotFollowedError
        if known is None:
            message = f"the environment `{name}` is unknown to MathJax"
            raise CertainFlawError(message, start, end, environment_advice(name))
        return known

    def require(self, _name: str, start: int) -> None:
        """Read the name of a package that the formula wants."""
        begin, end = self.argument(start)
        package = self.text[begin:end]
        if package in table().bundled:
            raise NotFollowedError
        if package not in table().loaded:
            raise FlawError(f"Anki's MathJax has no package `{package}`", start, self.position)

    def not_followed(self, _name: str, _start: int) -> None:
        """Give up: what such a command reads is not known here."""
        raise NotFollowedError

    def knows(self, command: str) -> bool:
        """Return whether a command is MathJax's or the formula's own."""
        return command in table().commands or command in SPECIAL or command in self.shared.macros


_COLORS: Final = {"": (0, 0), "named": (0, 0), "rgb": (3, 1), "RGB": (3, 255), "gray": (1, 1)}
"""Colour models: how many numbers a colour has, and the greatest."""

_DECIMAL: Final = re.compile(r"\d+(?:\.\d*)?|\.\d+", re.ASCII)
_CHEMICAL_NAMES: Final = frozenset({"bond", "ca"})

_Method = Callable[[Commands, str, int], None]


def _for(names: str, method: _Method) -> dict[str, _Method]:
    return dict.fromkeys(names.split(), method)


SPECIAL: Final[dict[str, _Method]] = {
    **_for(r"\ cr newline", Commands.line_end),
    **_for("left middle right", Commands.pair),
    **_for("over overwithdelims atop atopwithdelims above abovewithdelims brace brack choose", Commands.fraction),
    **_for("sqrt", Commands.square_root),
    **_for("root buildrel", Commands.up_to_token),
    **_for("uproot leftroot", Commands.root_move),
    **_for("limits nolimits", Commands.limits),
    **_for("tag", Commands.tag),
    **_for("label", Commands.label),
    **_for("hline hdashline", Commands.line),
    **_for("hfill hfil hfilll", Commands.fill),
    **_for("braket set Braket Set", Commands.opened_argument),
    **_for("matrix array pmatrix cases eqalign displaylines eqalignno leqalignno", Commands.opened_argument),
    **_for("color textcolor", Commands.color),
    **_for("cfrac", Commands.continued_fraction),
    **_for("prescript", Commands.prescript),
    **_for("ce pu", Commands.chemistry),
    **_for("verb", Commands.verbatim),
    **_for("begin", Commands.begin),
    **_for("end", Commands.finish_environment),
    **_for("require", Commands.require),
    **_for("newenvironment renewenvironment", Commands.define_environment),
    **dict.fromkeys(DEFINING, Commands.define),
    **_for("shoveleft shoveright", Commands.shove),
    **_for("cellcolor rowcolor columncolor Aboxed ArrowBetweenLines", Commands.in_cells),
    **_for("MTFlushSpaceAbove MTFlushSpaceBelow shortvdotswithin", Commands.in_cells),
    **_for(
        "AxiomC UnaryInfC BinaryInfC TrinaryInfC QuaternaryInfC QuinaryInfC RightLabel LeftLabel", Commands.in_proof
    ),
    **_for("AXC UIC BIC TIC RL LL noLine singleLine solidLine dashedLine alwaysNoLine", Commands.in_proof),
    **_for("alwaysSingleLine alwaysSolidLine alwaysDashedLine rootAtTop alwaysRootAtTop", Commands.in_proof),
    **_for("rootAtBottom alwaysRootAtBottom", Commands.in_proof),
    **_for("Axiom UnaryInf BinaryInf TrinaryInf QuaternaryInf QuinaryInf", Commands.in_proof),
    **_for("toggle", Commands.not_followed),
}
"""Commands whose arguments no signature describes."""
