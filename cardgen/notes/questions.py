"""Each Anki card of a note as a question and an answer in plain text, for those who read and do not click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.kinds import Form
from cardgen.richtext import to_plain
from cardgen.richtext.gaps import ask, hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.notes.note import Note


_GUARD: Final = {ord("{"): "\x02", ord("}"): "\x03", ord(":"): "\x04"}
_UNGUARD: Final = {ord(mark): chr(char) for char, mark in _GUARD.items()}


def questions(note: Note) -> Iterator[tuple[str, str]]:
    """Give question and answer of every card of a note; what stands under the answer belongs to it."""
    part = note.part
    back, more = to_plain(part.back), to_plain(part.more) if part.more else ""
    if part.form is Form.CLOZE:
        # Braces in code and mathematics are no gaps; control characters cannot be in a text.
        guarded = to_plain(part.front, lambda text: text.translate(_GUARD))
        for ordinal in note.ordinals:
            number = ordinal + 1
            asked, answer = ask(guarded, number), hidden(guarded, number)
            yield asked.translate(_UNGUARD), _lines(answer.translate(_UNGUARD), back, more)
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
