"""Comparison of two versions of a deck, as a learner would meet them."""

from cardgen.diff.compare import Difference, FieldChange, NoteChange, NoteTypeChange, compare
from cardgen.diff.read import read_version
from cardgen.diff.render import as_json, as_markdown, as_text
from cardgen.diff.version import NoteTypeView, NoteView, UnreadableVersionError, Version

__all__ = [
    "Difference",
    "FieldChange",
    "NoteChange",
    "NoteTypeChange",
    "NoteTypeView",
    "NoteView",
    "UnreadableVersionError",
    "Version",
    "as_json",
    "as_markdown",
    "as_text",
    "compare",
    "read_version",
]
