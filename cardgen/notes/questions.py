"""Each Anki card of a note as a question and an answer in plain text, for those who read and do not click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.kinds import Form
from cardgen.richtext import BulletList, Group, GroupRole, NumberedList, Paragraph, to_plain
from cardgen.richtext.gaps import ask, gap_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cardgen.kinds import Part
    from cardgen.masks import Masked
    from cardgen.notes.note import Note
    from cardgen.richtext import Inline, RichText


_LONG: Final = 60
"""Characters of what a gap hides that a ledger keeps: enough for people to know it again."""


def questions(note: Note, plain: Callable[[RichText], str] = to_plain) -> Iterator[tuple[str, str]]:
    """Yield question and answer of every card of a note; what stands under the answer belongs to it.

    Args:
        note: The note.
        plain: Turns rich text into text.
    """
    part = note.part
    if part.masked is not None:
        yield from _masks(part, part.masked, plain)
        return
    front, back, more = plain(part.front), plain(part.back), plain(part.more) if part.more else ""
    match part.form:
        case Form.CLOZE:
            for ordinal in note.ordinals:
                asked, hidden = ask(part.front, ordinal + 1)
                yield plain(asked), _lines("; ".join(map(plain, hidden)), back, more)
        case Form.TWO_WAY:
            yield front, _lines(back, more)
            yield back, _lines(front, more)
        case Form.OWN if part.own is not None:
            from cardgen.kinds.own import sides  # brings Anki's template language, which most decks do without

            for ordinal in note.ordinals:
                asked, answer = sides(part.own, ordinal)
                yield plain(asked or part.front), plain(answer)
        case Form.BASIC | Form.TYPED | Form.OCCLUSION | Form.OWN:
            yield front, _lines(back, more)


def _masks(part: Part, masked: Masked, plain: Callable[[RichText], str]) -> Iterator[tuple[str, str]]:
    """Yield what each mask asks: it is called by its place among them, as on paper, where the picture has numbers."""
    below = plain((*part.back, *part.more))
    for place, mask in enumerate(masked.masks, 1):
        yield (
            f"{part.title} \N{EN DASH} {place}" if part.title else str(place),
            _lines(plain((Paragraph(mask.words),)), below),
        )


class Asked(NamedTuple):
    """What a note asks, once: its question, its answer, and what stands under the answer."""

    question: RichText
    answer: RichText
    more: RichText


def asked_once(note: Note) -> Asked:
    """Return question and answer of a note as paper has them: a term before its meaning, all gaps together."""
    part = note.part
    if part.masked is not None:
        hides = tuple((Paragraph(mask.words),) for mask in part.masked.masks)
        return Asked(part.front, (NumberedList(hides),), (*part.back, *part.more))
    if part.form is not Form.CLOZE:
        return Asked(part.front, part.back, part.more)
    asked, hidden = ask(part.front, None)
    answer = hidden[0] if len(hidden) == 1 else (NumberedList(hidden),)
    return Asked(asked, answer, (*part.back, *part.more))


def one_question(note: Note, plain: Callable[[RichText], str] = to_plain) -> tuple[str, str]:
    """Return question and answer of a note as paper has them; what stands under the answer belongs to it.

    Args:
        note: The note.
        plain: Turns rich text into text.
    """
    asked = asked_once(note)
    return plain(asked.question), plain((*asked.answer, *asked.more))


def headed(question: RichText) -> tuple[tuple[Inline, ...], RichText]:
    """Return a question as a line for a heading, and what of it stands below.

    The line is empty where a question begins with no paragraph. Of the ways to ask a question it is the first.
    """
    match question:
        case (Paragraph(children), *rest):
            return children, tuple(rest)
        case (Group(GroupRole.WORDINGS, (BulletList((first, *others)),)), *rest):
            line, more = headed(first)
            return line, (*more, BulletList(tuple(others)), *rest)
    return (), question


def hidden_texts(note: Note) -> tuple[tuple[int, str], ...]:
    """Return what the numbers of a note's gaps hide, as plain text on one line of up to 60 characters.

    Masks have ids, which say it better than words that may be put otherwise.
    """
    if note.part.masked is not None:
        return note.part.masked.numbers
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
