"""Each Anki card of a note as a question and an answer in plain text, for those who read and do not click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds import Form
from cardgen.richtext import to_plain
from cardgen.richtext.gaps import ask, hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.notes.note import Note


def questions(note: Note) -> Iterator[tuple[str, str]]:
    """Give question and answer of every card of a note; what stands under the answer belongs to it."""
    part = note.part
    front, back, more = to_plain(part.front), to_plain(part.back), to_plain(part.more)
    match part.form:
        case Form.CLOZE:
            for ordinal in note.ordinals:
                number = ordinal + 1
                yield ask(front, number), _lines(hidden(front, number), back, more)
        case Form.TWO_WAY:
            yield front, _lines(back, more)
            yield back, _lines(front, more)
        case Form.BASIC | Form.TYPED:
            yield front, _lines(back, more)


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))
