"""Formulas as the nodes of mathematics that templates read (`cardgen.print.mathematics`)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from cardgen.formulas.hole import split
from cardgen.print.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cardgen.formulas import Element
    from cardgen.print.mathematics import (
        BlankNode,
        MathNode,
        MathPlace,
        MathRole,
        MathStyle,
        ScriptsNode,
        SignNode,
        TableOfMaths,
    )

_INVISIBLE: Final = "\N{FUNCTION APPLICATION}\u2062\u2063\u2064"
_FENCES: Final = "()[]{}|‖⟨⟩⌊⌋⌈⌉⟦⟧⟮⟯⎰⎱⌜⌝⌞⌟↑↓↕⇑⇓⇕"
_LARGE: Final = "∑∏∐⋀⋁⋂⋃⨀⨁⨂⨄⨅⨆∫∬∭⨌∮∯∰⨉"
_ACCENTS: Final = {
    "ˆ": "\u0302", "^": "\u0302", "\u0302": "\u0302", "ˇ": "\u030c", "\u030c": "\u030c", "˜": "\u0303",
    "~": "\u0303", "\u0303": "\u0303", "¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "¨": "\u0308", "\u20db": "\u20db",
    "\u20dc": "\u20dc", "´": "\u0301", "`": "\u0300", "˚": "\u030a", "⃗": "\u20d7", "→": "\u20d7", "←": "\u20d6",
    "↔": "\u20e1",
}  # fmt: skip
"""Signs of MathML over a letter, and the marks that Typst sets there."""

_SPANS: Final = {
    "\u0332": "line", "‾": "line", "_": "line", "⏞": "brace", "⏟": "brace", "⎴": "bracket", "⎵": "bracket",
    "⏜": "paren", "⏝": "paren",
}  # fmt: skip
_EQUATIONS: Final = (2.0, 0.45)
_PARTS: Final = (1.0, 0.35)
_SMALL: Final = (0.5, 0.2)
"""Between the columns and between the rows of equations, of a matrix, and of a table under a sign, in heights of
letters."""

_LENGTH: Final = re.compile(r"(-?[\d.]+)(em|rem|ex)")
_EX: Final = 0.43
_DECLARATION: Final = re.compile(r"([a-z-]+):\s*([^;]*)")


def math_nodes(element: Element, blanks: Sequence[BlankNode]) -> list[MathNode]:
    """Return a formula's nodes.

    Args:
        element: The formula.
        blanks: What stands in its holes, by their numbers.
    """
    return list(_Formula(blanks).inside(element))


class _Formula:
    """Turns elements into nodes, each by the method of its tag."""

    def __init__(self, blanks: Sequence[BlankNode]) -> None:
        self._blanks = blanks

    def nodes(self, element: Element) -> list[MathNode]:
        """Return what becomes of an element."""
        method = getattr(self, f"_{element.tag}", self.inside)
        return list(method(element))

    def inside(self, element: Element) -> Iterator[MathNode]:
        """Yield what becomes of the elements inside one."""
        for child in element.children:
            yield from self.nodes(child)

    # Letters and signs

    def _mi(self, element: Element) -> Iterator[MathNode]:
        yield from self._text(element.text, upright=element.get("mathvariant") == "normal", is_sign=True)

    def _mn(self, element: Element) -> Iterator[MathNode]:
        yield from self._text(element.text)

    def _mtext(self, element: Element) -> Iterator[MathNode]:
        yield from self._styled(element, frozenset())

    def _styled(self, element: Element, styles: frozenset[str]) -> Iterator[MathNode]:
        yield from self._text(element.text, styles=styles)
        for child in element.children:
            yield from self._styled(child, styles | {child.tag})

    def _text(
        self, text: str, *, upright: bool = False, is_sign: bool = False, styles: frozenset[str] = frozenset()
    ) -> Iterator[MathNode]:
        """Yield text, holes in it filled."""
        pieces, holes = split(text)
        for index, piece in enumerate(pieces):
            if index:
                yield {"m": "blank", "blank": self._blanks[holes[index - 1]]}
            shown = printable(piece, len(piece))
            if is_sign and _is_one(shown):
                yield _sign(shown, upright=upright)
            elif shown:
                yield {
                    "m": "text",
                    "s": shown,
                    "bold": "b" in styles,
                    "italic": not styles.isdisjoint({"i", "em"}),
                    "mono": "code" in styles,
                }

    def _mo(self, element: Element) -> Iterator[MathNode]:
        text = element.text
        before, after = element.get("lspace"), element.get("rspace")
        if text in _INVISIBLE:
            if em := _em(before) + _em(after):
                yield {"m": "space", "em": em}
        elif size := _em(element.get("minsize")):
            yield {"m": "big", "s": text, "em": size, "spacing": _role(element) or "normal"}
        elif _is_one(text):
            yield _sign(text, _role(element))
        else:
            yield from self._text(text)

    def _mspace(self, element: Element) -> Iterator[MathNode]:
        if em := _em(element.get("width")) or _em(_style(element).get("margin-left", "")):
            yield {"m": "space", "em": em}

    # What holds others

    def _mrow(self, element: Element) -> Iterator[MathNode]:
        children = element.children
        if _is_pair(children):
            yield from self._pair(children)
            return
        inside = list(self.inside(element))
        colour = _style(element).get("color", "")
        if colour:
            inside = [{"m": "colour", "fill": colour, "c": inside}]
        style = _math_style(element)
        if style:
            yield {"m": "style", "style": style, "c": inside}
        else:
            yield from inside

    def _pair(self, children: Sequence[Element]) -> Iterator[MathNode]:
        first, *middle, last = children
        if len(middle) == 1 and middle[0].get("linethickness") == "0" and (first.text, last.text) == ("(", ")"):
            upper, lower = middle[0].children
            yield {"m": "binomial", "c": self.nodes(upper), "under": self.nodes(lower)}
            return
        inside: list[MathNode] = []
        for child in middle:
            if child.tag == "mo" and child.get("stretchy") == "true":
                inside.append({"m": "middle", "s": child.text})
            else:
                inside += self.nodes(child)
        yield {"m": "pair", "open": _shown(first), "close": _shown(last), "c": inside}

    def _mfrac(self, element: Element) -> Iterator[MathNode]:
        upper, lower = map(self.nodes, element.children)
        node: MathNode
        if element.get("linethickness") == "0":
            node = _table([[upper], [lower]], "script" if element.get("scriptlevel") == "1" else "inline")
        else:
            node = {"m": "fraction", "c": upper, "under": lower}
        style = _math_style(element)
        yield {"m": "style", "style": style, "c": [node]} if style else node

    def _msqrt(self, element: Element) -> Iterator[MathNode]:
        yield {"m": "root", "c": list(self.inside(element)), "index": []}

    def _mroot(self, element: Element) -> Iterator[MathNode]:
        inside, index = map(self.nodes, element.children)
        yield {"m": "root", "c": inside, "index": index}

    def _mphantom(self, element: Element) -> Iterator[MathNode]:
        yield {"m": "hidden", "c": list(self.inside(element))}

    def _mpadded(self, element: Element) -> Iterator[MathNode]:
        # What is hidden and has no width has no use where heights are Typst's business.
        hidden = all(child.tag == "mphantom" for child in element.children)
        if not (hidden and element.get("width") == "0"):
            yield from self.inside(element)

    def _menclose(self, element: Element) -> Iterator[MathNode]:
        kinds = element.get("notation").split()
        inside = list(self.inside(element))
        if "box" in kinds:
            yield {"m": "boxed", "c": inside}
        elif any(kind.endswith("diagonalstrike") for kind in kinds):
            up, down = "updiagonalstrike" in kinds, "downdiagonalstrike" in kinds
            yield {"m": "struck", "c": inside, "cross": up and down, "down": down}
        else:
            yield from inside

    # Scripts, limits and accents

    def _msub(self, element: Element) -> Iterator[MathNode]:
        base, low = element.children
        yield self._scripts(base, "beside", b=low)

    def _msup(self, element: Element) -> Iterator[MathNode]:
        base, high = element.children
        yield self._scripts(base, "beside", t=high)

    def _msubsup(self, element: Element) -> Iterator[MathNode]:
        base, low, high = element.children
        yield self._scripts(base, "beside", b=low, t=high)

    def _mmultiscripts(self, element: Element) -> Iterator[MathNode]:
        base, *scripts = element.children
        at = next((index for index, child in enumerate(scripts) if child.tag == "mprescripts"), len(scripts))
        after, before = scripts[:at], scripts[at + 1 :]
        low, high = after[:2] if after else (None, None)
        low_before, high_before = before[:2] if before else (None, None)
        yield self._scripts(base, "beside", b=low, t=high, bl=low_before, tl=high_before)

    def _munder(self, element: Element) -> Iterator[MathNode]:
        base, low = element.children
        if element.get("accentunder"):
            yield self._accent(base, low.text, under=True)
        else:
            yield self._scripts(base, _place(base), b=_label(low))

    def _mover(self, element: Element) -> Iterator[MathNode]:
        base, high = element.children
        if element.get("accent"):
            yield self._accent(base, high.text, under=False)
        else:
            yield self._scripts(base, _place(base), t=_label(high))

    def _munderover(self, element: Element) -> Iterator[MathNode]:
        base, low, high = element.children
        yield self._scripts(base, _place(base), b=_label(low), t=_label(high))

    def _scripts(self, base: Element, place: MathPlace, **scripts: Element | None) -> ScriptsNode:
        inside: list[MathNode]
        if place == "over" and base.tag == "mo" and base.get("stretchy") != "false" and _is_arrow(base.text):
            inside = [{"m": "stretched", "s": base.text}]
        else:
            inside = self.nodes(base)
        part = {key: self.nodes(script) if (script := scripts.get(key)) else [] for key in ("t", "b", "tl", "bl")}
        return {
            "m": "scripts", "place": place, "c": inside, "t": part["t"], "b": part["b"], "tl": part["tl"],
            "bl": part["bl"],
        }  # fmt: skip

    def _accent(self, base: Element, text: str, *, under: bool) -> MathNode:
        inside = self.nodes(base)
        if form := _SPANS.get(text):
            return {"m": "span", "form": form, "under": under, "c": inside}
        if not under and text in _ACCENTS:
            return {"m": "accent", "s": _ACCENTS[text], "c": inside}
        label: list[MathNode] = [{"m": "stretched", "s": text}]
        nothing: list[MathNode] = []
        over, low = (nothing, label) if under else (label, nothing)
        return {"m": "scripts", "place": "over", "c": inside, "t": over, "b": low, "tl": [], "bl": []}

    # Tables

    def _mtable(self, element: Element) -> Iterator[MathNode]:
        style = _math_style(element) or "inline"
        lines = _style(element)
        hlines = [0] if "border-top" in lines else []
        vlines = [0] if "border-left" in lines else []
        rows: list[list[list[MathNode]]] = []
        for row in element.children:
            cells = [cell for cell in row.children if not _is_filler(cell)]
            if any("border-top" in _style(cell) for cell in row.children):
                hlines.append(len(rows))
            # What follows a last line is no row.
            if row is not element.children[-1] or hlines[-1:] != [len(rows)] or any(cell.children for cell in cells):
                rows.append(self._cells(cells))
        first = [cell for cell in element.children[0].children if not _is_filler(cell)] if element.children else []
        vlines += [index for index, cell in enumerate(first, 1) if "border-right" in _style(cell)]
        yield _table(rows, style, hlines, vlines)

    def _cells(self, cells: Sequence[Element]) -> list[list[MathNode]]:
        """Return the cells of a row, each with the point at which its column is aligned; pairs of equations are one."""
        point: MathNode = {"m": "point"}
        row: list[list[MathNode]] = []
        joined = False
        for cell in cells:
            style, inside = _style(cell), list(self.inside(cell))
            if joined and style.get("padding-left") == "0":
                row[-1] += inside
                joined = False
            elif style.get("text-align") == "right":
                row.append([*inside, point])
                joined = style.get("padding-right") == "0"
            else:
                row.append([point, *inside] if style.get("text-align") == "left" else inside)
                joined = False
        return row


def _table(
    rows: list[list[list[MathNode]]], style: MathStyle, hlines: Sequence[int] = (), vlines: Sequence[int] = ()
) -> TableOfMaths:
    gap, leading = _SMALL if style == "script" else _EQUATIONS if style == "display" else _PARTS
    width = max(map(len, rows), default=0)
    return {
        "m": "table",
        "rows": [[*row, *([[]] * (width - len(row)))] for row in rows],
        "style": style,
        "gap": gap,
        "leading": leading,
        "hlines": list(hlines),
        "vlines": list(vlines),
    }


def _sign(char: str, role: MathRole = "", *, upright: bool = False) -> SignNode:
    return {"m": "sign", "s": char, "spacing": role, "upright": upright}


def _is_one(text: str) -> bool:
    """Return whether a text is one character, with its marks."""
    return bool(text) and all(unicodedata.combining(char) for char in text[1:])


def _shown(fence: Element) -> str:
    return "" if fence.text in _INVISIBLE else fence.text


def _is_pair(children: Sequence[Element]) -> bool:
    """Return whether elements stand between delimiters that grow with them."""
    return len(children) > 1 and all(_is_fence(child) for child in (children[0], children[-1]))


def _is_fence(element: Element) -> bool:
    if element.tag != "mo" or element.get("minsize") or element.get("stretchy") == "false":
        return False
    return element.get("stretchy") == "true" or element.text in _FENCES or element.text == "\N{INVISIBLE SEPARATOR}"


def _is_arrow(char: str) -> bool:
    return "\u2190" <= char <= "\u21ff" or "\u27f0" <= char <= "\u27ff" or char == "="


def _role(element: Element) -> MathRole:
    """Return what a sign is for the spaces around it, where those say that it is not the usual."""
    if element.text in _LARGE:
        return ""
    match element.get("form"):
        case "prefix":
            return "opening"
        case "postfix":
            return "closing"
    match element.get("lspace"), element.get("rspace"):
        case "0", "0":
            return "normal"
        case "0", after if _em(after) > 0:
            return "punctuation"
        case "0.2222em", "0.2222em":
            return "binary"
        case "0.2778em", "0.2778em":
            return "relation"
    return ""


def _place(base: Element) -> MathPlace:
    """Return where the scripts of a ``munder`` or ``mover`` stand: Typst knows it of large operators."""
    movable = base.tag == "mo" and base.text in _LARGE and base.get("movablelimits") != "false"
    return "usual" if movable else "over"


def _label(element: Element) -> Element:
    """Return what stands over or under an arrow, without the space that makes the arrow long enough for a browser."""
    if element.tag in ("mover", "munder") and element.children[1].tag == "mspace":
        return element.children[0]
    return element


def _math_style(element: Element) -> MathStyle | None:
    match element.get("displaystyle"), element.get("scriptlevel"):
        case "true", _:
            return "display"
        case _, "1":
            return "script"
        case _, "2":
            return "sscript"
        case "false", _:
            return "inline"
    return None


def _style(element: Element) -> dict[str, str]:
    return dict(_DECLARATION.findall(element.get("style")))


def _is_filler(cell: Element) -> bool:
    """Return whether a cell is there for its width or its border alone."""
    style = _style(cell)
    return not cell.children and ("width" in style or style.get("padding-left") == "0.1em")


def _em(length: str) -> float:
    """Return a length in heights of letters; 0 for what is none."""
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * (_EX if match[2] == "ex" else 1) if match else 0.0
