"""Notes: what cards become, before any output gives them its form."""

from cardgen.notes.compose import at_tier, compose, with_mask_numbers
from cardgen.notes.digest import digests
from cardgen.notes.note import Note, guid_of
from cardgen.notes.numbers import numbered
from cardgen.notes.questions import Asked, asked_once, headed, hidden_texts, one_question, questions, texts_in_gaps

__all__ = [
    "Asked",
    "Note",
    "asked_once",
    "at_tier",
    "compose",
    "digests",
    "guid_of",
    "headed",
    "hidden_texts",
    "numbered",
    "one_question",
    "questions",
    "texts_in_gaps",
    "with_mask_numbers",
]
