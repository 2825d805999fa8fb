"""MathML as part of a page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cardgen.formulas.element import Element

_LINE: Final = "\N{COMBINING LOW LINE}"
_ARROW: Final = "\N{COMBINING RIGHT ARROW ABOVE}"
_PRIMES: Final = frozenset("\N{PRIME}\N{DOUBLE PRIME}\N{TRIPLE PRIME}\N{QUADRUPLE PRIME}")
_EDGES: Final = {"mover": "top", "munder": "bottom"}


def to_html(element: Element) -> str:
    """Write an element for a page, all text escaped.

    Some signs stand where browsers put them right: lines over and under something are borders, arrows over a letter are
    arrows made small, and primes stand behind it, as they are high by themselves.
    """
    children = element.children
    if element.tag in _EDGES and children[1].text == _LINE:
        edge = _EDGES[element.tag]
        return f'<mrow style="border-{edge}:0.06em solid;padding-{edge}:0.12em">{to_html(children[0])}</mrow>'
    if element.tag == "mover" and children[1].text == _ARROW:
        arrow = '<mo stretchy="false" style="font-size:0.6em">\N{RIGHTWARDS ARROW}</mo>'
        return f'<mover accent="true">{to_html(children[0])}{arrow}</mover>'
    if element.tag == "msup" and children[1].text in _PRIMES:
        return f'<mrow>{to_html(children[0])}<mo lspace="0" rspace="0">{children[1].text}</mo></mrow>'
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes)
    inside = escape(element.text) + "".join(map(to_html, children))
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"
