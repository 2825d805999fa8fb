"""Notes: what cards become, before any output gives them its form."""

from cardgen.notes.compose import compose
from cardgen.notes.note import Note, guid_of
from cardgen.notes.questions import questions

__all__ = ["Note", "compose", "guid_of", "questions"]
