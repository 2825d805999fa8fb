"""Each Anki card of a note as a question and an answer in plain text, for those who read and do not click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.kinds import Form
from cardgen.richtext import to_plain
from cardgen.richtext.gaps import ask, gap_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.notes.note import Note
    from cardgen.richtext import RichText


_LONG: Final = 60
"""Characters of what a gap hides that a ledger keeps: enough for people to know it again."""


def questions(note: Note) -> Iterator[tuple[str, str]]:
    """Yield question and answer of every card of a note; what stands under the answer belongs to it."""
    part = note.part
    back, more = to_plain(part.back), to_plain(part.more) if part.more else ""
    if part.form is Form.CLOZE:
        for ordinal in note.ordinals:
            asked, hidden = ask(part.front, ordinal + 1)
            yield to_plain(asked), _lines("; ".join(map(to_plain, hidden)), back, more)
        return
    front = to_plain(part.front)
    match part.form:
        case Form.TWO_WAY:
            yield front, _lines(back, more)
            yield back, _lines(front, more)
        case Form.BASIC | Form.TYPED:
            yield front, _lines(back, more)


def hidden_texts(note: Note) -> tuple[tuple[int, str], ...]:
    """Return what the numbers of a note's gaps hide, as plain text on one line of up to 60 characters."""
    if note.part.form is not Form.CLOZE:
        return ()
    return texts_in_gaps(note.part.front)


def texts_in_gaps(tree: RichText) -> tuple[tuple[int, str], ...]:
    """Return what the numbers of a text's gaps hide, likewise."""
    return tuple((number, _short("; ".join(map(to_plain, ask(tree, number)[1])))) for number in gap_numbers(tree))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))
