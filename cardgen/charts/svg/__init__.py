"""Charts as SVG: small, made of hairlines and words, coloured by the style sheet of whatever shows them.

A drawing is 360 units wide, the width of a small phone, so that a unit is about a pixel there. Nothing in it names a
font or a colour but ``currentColor``: classes carry the roles, and the note types' style sheet gives them their look by
day and night. Its words come twice: drawn, and as title and description for those who cannot see it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cardgen.charts.model import Bars, Lines, Timeline
from cardgen.charts.svg import bars, lines, timeline
from cardgen.charts.svg.elements import WIDTH, element, text_of
from cardgen.charts.words import described, named

if TYPE_CHECKING:
    from cardgen.charts.model import Chart

__all__ = ["to_svg"]


def to_svg(chart: Chart) -> str:
    """Draw a chart; the same chart gives the same text."""
    match chart:
        case Bars():
            kind, height, shapes = "bars", *bars.draw(chart)
        case Lines():
            kind, height, shapes = "lines", *lines.draw(chart)
        case Timeline():
            kind, height, shapes = "timeline", *timeline.draw(chart)
    title, description = named(chart), described(chart)
    # Ids hang on what is shown, so two charts of a page have the same only if they say the same.
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
