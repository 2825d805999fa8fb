"""`pdf`: study sheets, cards to cut out, self-tests and large print, set by Typst."""

from cardgen.print.exporter import SUFFIX, export, lacking, side_by_side

__all__ = ["SUFFIX", "export", "lacking", "side_by_side"]
