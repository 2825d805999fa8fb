"""What became of the numbers of gaps that learners have: a number is a card, with a schedule of its own.

The numbers of masks are the ledger's, so that they never change; but a mask can go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cardgen.kinds import Role, kind_named
from cardgen.ledger import content_of
from cardgen.notes import hidden_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.build.compiled import CompiledDeck
    from cardgen.diagnostics import Diagnostic
    from cardgen.notes import Note


class ChangedGap(NamedTuple):
    """A number of a note's gaps that is not for learners what it was.

    Attributes:
        note: The note.
        number: The number.
        code: CG614 where the card asks for something else, CG615 where it becomes empty.
        message: What learners see.
        hint: The way out.
        hid: The words that it hid.
    """

    note: Note
    number: int
    code: str
    message: str
    hint: str
    hid: str


def changed_gaps(deck: CompiledDeck) -> Iterator[ChangedGap]:
    """Yield the numbers of gaps that changed since the last release; before the first, since the last build."""
    for note in deck.notes if deck.moved.entries else ():
        entry = deck.moved.entries.get(note.place)
        had = entry.delivered() if entry is not None and note.part.form.from_gaps else None
        if entry is None or had is None or not had.gaps:
            continue
        # Of what a note asks and answers the digest tells sooner than its gaps whether it has changed.
        if content_of(deck.digests_of((note,))[note.place]) != content_of(had.digest):
            now = dict(hidden_texts(note))
            if note.part.masked is not None:
                yield from _gone(note, dict(had.gaps), now, "the mask `{words}` of {note}")
            else:
                yield from _changed(note, dict(had.gaps), dict(entry.lost), now)


def findings(deck: CompiledDeck) -> Iterator[Diagnostic]:
    """Say in the card files which numbers of gaps changed."""
    for changed in changed_gaps(deck):
        card = changed.note.card
        document, way = deck.home.cards[card.id]
        yield document.diagnose(changed.code, changed.message, (*way, *_path(changed.note)), changed.hint)


def _path(note: Note) -> tuple[str | int, ...]:
    """Return the path of what has the numbers, in its card."""
    if note.part.masked is not None:
        return ("masks",)
    texts = kind_named(note.card.kind).texts(note.card.content)
    return next((text.path for text in texts if text.role is Role.GAPS), ("id",))


def _changed(
    note: Note, old: Mapping[int, str], lost: Mapping[int, str], now: Mapping[int, str]
) -> Iterator[ChangedGap]:
    fresh = max((*old, *lost, *now)) + 1
    new_number = f"Give what is new a number of its own, `{{{{c{fresh}::...}}}}`, and use the old one no more."
    swapped = {
        one: other
        for one in old
        for other in old
        if one in now and other in now and now[one] == old[other] != old[one] and now[other] == old[one]
    }
    for number in sorted({*old, *lost} - (old.keys() - now.keys()) & now.keys()):
        hid = old.get(number, lost.get(number, ""))
        if number in swapped:
            if number < swapped[number]:
                message = (
                    f"gaps {number} and {swapped[number]} of `{note.place}` have changed places: those who learned "
                    f"“{hid}” are asked for “{now[number]}”, and the other way round"
                )
                yield ChangedGap(note, number, "CG614", message, "Change the two numbers back.", hid)
        elif not _alike(hid, now[number]):
            message = (
                f"gap {number} of `{note.place}` hides “{now[number]}”, and hid “{hid}”: those who learned the one "
                "are asked for the other"
            )
            yield ChangedGap(note, number, "CG614", message, new_number, hid)
    yield from _gone(note, old, now, "gap {number} of {note}, “{words}”,")


def _gone(note: Note, old: Mapping[int, str], now: Mapping[int, str], called: str) -> Iterator[ChangedGap]:
    """Yield the numbers that are not there any more; `called` is a pattern of what they are called."""
    for number in sorted(old.keys() - now.keys()):
        what = called.format(number=number, note=f"`{note.place}`", words=old[number])
        yield ChangedGap(note, number, "CG615", f"{what} is gone: learners keep an empty card", "", old[number])


def _alike(old: str, new: str) -> bool:
    """Return whether half the words of a text, or more, are in what stood there before."""
    words, before = _words(new), _words(old)
    return 2 * len(words & before) >= len(words) if words else old == new


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
