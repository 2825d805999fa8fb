"""MathML as part of a page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardgen.formulas.element import Element


def to_html(element: Element) -> str:
    """Write an element for a page, all text escaped."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes)
    inside = escape(element.text) + "".join(map(to_html, element.children))
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"
