"""Comparison of two versions of a deck, as a learner would meet them."""

from cardgen.diff.compare import Difference, FieldChange, NoteChange, NoteTypeChange, compare
from cardgen.diff.render import as_json, as_markdown, as_text, removal_advice
from cardgen.diff.side import NoteTypeView, NoteView, Side, UnreadableSideError
from cardgen.diff.sources import read_side

__all__ = [
    "Difference",
    "FieldChange",
    "NoteChange",
    "NoteTypeChange",
    "NoteTypeView",
    "NoteView",
    "Side",
    "UnreadableSideError",
    "as_json",
    "as_markdown",
    "as_text",
    "compare",
    "read_side",
    "removal_advice",
]
