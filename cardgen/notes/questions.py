"""Each Anki card of a note as a question and an answer in plain text, for those who read and do not click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.kinds import Form
from cardgen.richtext import NumberedList, to_plain
from cardgen.richtext.gaps import ask, gap_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cardgen.notes.note import Note
    from cardgen.richtext import RichText


_LONG: Final = 60
"""Characters of what a gap hides that a ledger keeps: enough for people to know it again."""


def questions(note: Note, plain: Callable[[RichText], str] = to_plain) -> Iterator[tuple[str, str]]:
    """Yield question and answer of every card of a note; what stands under the answer belongs to it.

    Args:
        note: The note.
        plain: Turns rich text into text.
    """
    part = note.part
    front, back, more = plain(part.front), plain(part.back), plain(part.more) if part.more else ""
    match part.form:
        case Form.CLOZE:
            for ordinal in note.ordinals:
                asked, hidden = ask(part.front, ordinal + 1)
                yield plain(asked), _lines("; ".join(map(plain, hidden)), back, more)
        case Form.TWO_WAY:
            yield front, _lines(back, more)
            yield back, _lines(front, more)
        case Form.BASIC | Form.TYPED:
            yield front, _lines(back, more)


def one_question(note: Note, plain: Callable[[RichText], str] = to_plain) -> tuple[str, str]:
    """Return question and answer of a note as paper has them: once, a term before its meaning, all gaps together.

    Args:
        note: The note.
        plain: Turns rich text into text.
    """
    part = note.part
    if part.form is not Form.CLOZE:
        return next(questions(note, plain))
    asked, hidden = ask(part.front, None)
    answer = hidden[0] if len(hidden) == 1 else (NumberedList(hidden),)
    return plain(asked), plain((*answer, *part.back, *part.more))


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
