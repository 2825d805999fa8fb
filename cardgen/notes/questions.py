"""Each Anki card of a note as a question and an answer in plain text, for those who read and do not click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds import Form
from cardgen.richtext import to_plain
from cardgen.richtext.gaps import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.notes.note import Note


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


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))
