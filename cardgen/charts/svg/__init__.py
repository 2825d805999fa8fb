"""Charts as SVG: small, made of thin lines and words, coloured by the style sheet of the page that shows them.

A drawing is 360 units wide, the width of a small phone, so that a unit is about a pixel there. It names no font, and no
colour but ``currentColor``: elements have classes, to which `style` gives colours that the page names for light and
dark. Its words appear twice: drawn, and as title and description for readers who cannot see it.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cardgen.charts.model import Bars, Lines, Timeline
from cardgen.charts.words import described, named

if TYPE_CHECKING:
    from cardgen.charts.model import Chart

__all__ = ["style", "to_svg"]


def to_svg(chart: Chart) -> str:
    """Return a chart as an SVG element; the same chart always gives the same text."""
    # Imported here, for most decks have no chart, and need the style sheet alone.
    from cardgen.charts.svg.elements import WIDTH, element, text_of

    match chart:
        case Bars():
            from cardgen.charts.svg import bars

            kind, height, shapes = "bars", *bars.draw(chart)
        case Lines():
            from cardgen.charts.svg import lines

            kind, height, shapes = "lines", *lines.draw(chart)
        case Timeline():
            from cardgen.charts.svg import timeline

            kind, height, shapes = "timeline", *timeline.draw(chart)
    title, description = named(chart), described(chart)
    # Ids depend on the content, so two charts on a page share them only if they show the same.
    stem = "cg" + hashlib.blake2b(f"{title}/{description}".encode(), digest_size=5).hexdigest()
    return element(
        "svg",
        element("title", text_of(title), id=f"{stem}t") + element("desc", text_of(description), id=f"{stem}d") + shapes,
        xmlns="http://www.w3.org/2000/svg",
        class_=kind,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_labelledby=f"{stem}t {stem}d",
        fill="currentColor",
        font_size=13,
    )


@cache
def style() -> str:
    """Return the style sheet for pages that show charts; they set the colours ``--ink``, ``--soft`` and so on."""
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")
