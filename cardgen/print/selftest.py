"""What a self-test adds to a question: a task for a term alone, boxes for options, lines to write on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.kinds import Form, task_of
from cardgen.print.nodes import words
from cardgen.print.text import language, printable
from cardgen.richtext import GroupRole, to_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardgen.notes import Note
    from cardgen.print.data import BlockNode, TaskNode

_WORDS_A_LINE: Final = {"1": 11, "2": 5}
"""How many words people write by hand on a line: of 160 millimetres in one column, of 72 in one of two."""
_FEWEST: Final = 2
_MOST: Final = {"1": 7, "2": 9}
"""Lines to write on."""

_LETTERS: Final = re.compile(r"[^\W_]+(?:[-/.&'\u2019][^\W_]+)*")
_SENTENCE: Final = re.compile(
    r"[.?!:\u2026\u037e\u061f\u06d4\u0964\u3002\uff01\uff0e\uff1a\uff1f][\s\"')\]\u00bb\u201d\u2019]*$"
)
"""How a sentence ends, in any of the scripts that print has fonts for."""


def task(note: Note) -> str:
    """Return the name of the entry of the words for a note's front that is a term alone; empty if it asks by itself.

    What is to be defined is a term, however it ends; any other front may be a sentence. Letters alone, as SPIKES, are
    to be spelled out: that is what their definition does.
    """
    name = task_of(note.card.kind) if note.part.form is Form.TWO_WAY else ""
    front = to_plain(note.part.front).strip()
    if not name or (name != "define" and _SENTENCE.search(front)):
        return ""
    return "spell_out" if is_abbreviation(front) else name


def is_abbreviation(term: str) -> bool:
    """Return whether a term is one word of capitals, two at least."""
    capitals = sum(char.isalpha() for char in term)
    return capitals > 1 and term.isupper() and _LETTERS.fullmatch(term) is not None


def asked(question: Sequence[BlockNode], note: Note) -> list[BlockNode]:
    """Return a question with its task before the first word, and with boxes to tick for its options."""
    blocks: list[BlockNode] = [{**node, "ticked": True} if node["t"] == "options" else node for node in question]
    name = task(note)
    if not name or not blocks or blocks[0]["t"] != "p":
        return blocks
    said: TaskNode = {"t": "task", "s": printable(note.words[name]), "lang": language(note.words.language)[0]}
    return [{"t": "p", "c": [said, *blocks[0]["c"]]}, *blocks[1:]]


def lines_to_write(question: Sequence[BlockNode], answer: Sequence[BlockNode], columns: str) -> int:
    """Return how many lines there are to write an answer on; options are ticked and need none.

    Args:
        question: What is asked.
        answer: What a statistic is of is not to be written.
        columns: Those of the page, as the option has them.
    """
    if any(node["t"] == "options" for node in question):
        return 0
    written = words([node for node in answer if node["t"] != "group" or node["role"] is not GroupRole.SCOPE])
    needed = -(-len(written.split()) // _WORDS_A_LINE[columns])
    return max(_FEWEST, min(_MOST[columns], needed))
