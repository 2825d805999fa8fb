"""MathML as a line of text, for where there is room for nothing else: readable, and not exact."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from cardgen.formulas.hole import HOLE

if TYPE_CHECKING:
    from cardgen.formulas.element import Element

_SPACED: Final = "=<>≤≥≠≈≡∼∝≪≫→←↔⇒⇔↦⇌⟶⟵+−±×⋅∈⊆∪∩∖∧∨∣"
_ROOTS: Final = {"2": "√", "3": "∛", "4": "∜"}
_HIGH: Final = {"∘": "°", "′": "′", "″": "″", "‴": "‴"}
"""What is high by itself, and its sign in text."""

_SHIFTED: Final = {
    "^": str.maketrans("0123456789+−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾"),
    "_": str.maketrans("0123456789+−()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"),
}
"""What faces of text have raised and lowered."""

_MARKS: Final = {"ˆ": "\u0302", "¯": "\u0304", "˙": "\u0307", "¨": "\u0308", "˜": "\u0303", "\u20d7": "\u20d7"}

_ONE: Final = re.compile(r"[\w.]*|.")
"""What needs no parentheses: a number, a letter, a name."""


def to_text(element: Element) -> str:
    """Return a formula as a line of text: ``(a + b)/c``, ``x²``, ``√(a + b)``."""
    return " ".join(HOLE.sub("___", _text(element)).split())


def _text(element: Element) -> str:
    children = element.children
    match element.tag:
        case "mo":
            return _sign(element)
        case "mspace":
            return " " if element.get("width") else ""
        case "mphantom":
            return ""
        case "mfrac":
            return "/".join(map(_whole, children))
        case "msqrt":
            return f"√{_whole(*children)}"
        case "mroot":
            index = _text(children[1])
            return f"{_ROOTS.get(index, f'{index}√')}{_whole(children[0])}"
        case "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover":
            return _scripted(element)
        case "mtable":
            between = " " if element.get("displaystyle") == "true" else ", "
            return "; ".join(between.join(filter(None, map(_cell, row.children))) for row in children)
    return unicodedata.normalize("NFKC", element.text) + "".join(map(_text, children))


def _scripted(element: Element) -> str:
    base, *scripts = element.children
    if element.get("accent"):
        return _marked(base, scripts[0])
    if element.get("accentunder"):
        return _text(base)
    marks = "^" if element.tag in ("msup", "mover") else "_^"
    text = _text(base) + "".join(_shifted(mark, script) for mark, script in zip(marks, scripts, strict=False))
    # What stands under and over a sum is not a factor of what follows.
    return f"{text} " if element.tag.startswith("munder") else text


def _sign(element: Element) -> str:
    text = element.text
    if text == "\N{FUNCTION APPLICATION}":
        return " " if element.get("lspace") else ""
    if text in ",;":
        return f"{text} "
    inside = element.get("lspace") == element.get("rspace") == "0"
    return f" {text} " if text in _SPACED and not inside else text.strip("\N{INVISIBLE SEPARATOR}")


def _whole(*parts: Element) -> str:
    """Return what is one thing, in parentheses if it does not look so."""
    text = "".join(map(_text, parts)).strip()
    return text if _ONE.fullmatch(text) else f"({text})"


def _shifted(mark: str, part: Element) -> str:
    text = _text(part).strip().replace(" ", "")
    if text in _HIGH or not text:
        return _HIGH.get(text, "")
    signs = _SHIFTED[mark]
    if all(ord(char) in signs for char in text):
        return text.translate(signs)
    return f"{mark}{text}" if _ONE.fullmatch(text) else f"{mark}({text})"


def _marked(base: Element, accent: Element) -> str:
    text = _text(base)
    return text + _MARKS.get(accent.text, "") if len(text) == 1 else text


def _cell(cell: Element) -> str:
    return _text(cell).strip()
