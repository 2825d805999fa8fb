"""Charts: figures side by side, figures over time, and steps on a calendar; drawn when a deck is built."""

from cardgen.charts.model import Bars, Chart, Figure, Lines, Span, Timeline
from cardgen.charts.words import as_rows, described, named, told

__all__ = ["Bars", "Chart", "Figure", "Lines", "Span", "Timeline", "as_rows", "described", "named", "told"]
