"""What stops a release: changes that learners would be sorry for, until their author allows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.build.allowable import DROPPED, GAPS, TOUCHED
from cardgen.build.gaps import changed_gaps
from cardgen.diagnostics import Diagnostic, Place, counted, diagnose, quoted
from cardgen.read import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cardgen.build.compiled import CompiledDeck

_TOUCHED_SHARE: Final = 5
"""More than one note in so many touched at once looks like a slip, such as a search and replace that went too far."""

_NAMED: Final = 20
"""How many notes a message names before it only counts the others."""


class Breach(NamedTuple):
    """A change that stops a release.

    Attributes:
        name: What allows it.
        message: What changed, with counts and notes.
        hint: The way out.
    """

    name: str
    message: str
    hint: str


def breaches(deck: CompiledDeck) -> Iterator[Breach]:
    """Yield what a deck's changes since its last release would do to learners; nothing before the first release."""
    if not deck.ledger.released:
        return
    entries = deck.current.entries
    had = {place: entry.delivered() for place, entry in entries.items()}
    delivered = [place for place, was in had.items() if was is not None]
    dropped = [
        place
        for place in delivered
        if entries[place].retired is not None
        and not entries[place].replaced_by
        and place.partition("/")[0] not in deck.deck.retired
    ]
    if dropped:
        notes = f"{counted(len(dropped), 'note')} of the last release {_are(dropped)}"
        message = f"{notes} gone without a word: {_named(dropped)}"
        hint = "Keep a card that goes with `retired: true`, or name it with `formerly` where it went."
        yield Breach(DROPPED, message, hint)
    reused = [changed.note.place for changed in changed_gaps(deck) if changed.code == "CG614"]
    if reused:
        gaps = f"{counted(len(reused), 'gap')} of the last release {_are(reused)}"
        message = f"{gaps} used for something else: {_named(reused)}"
        yield Breach(GAPS, message, "Give new gaps numbers of their own.")
    touched = [
        place
        for place in delivered
        if entries[place].retired is None and (was := had[place]) is not None and was.digest != entries[place].digest
    ]
    if len(touched) * _TOUCHED_SHARE > len(delivered):
        message = (
            f"{len(touched):,} of {len(delivered):,} notes of the last release have changed, more than a fifth: "
            f"{_named(touched)}"
        )
        yield Breach(TOUCHED, message, "Look at `cardgen diff`: all that learners wrote into them is replaced.")


def stopped(deck: CompiledDeck, allow: Sequence[str] = ()) -> Iterator[Diagnostic]:
    """Yield what stops a release of a deck and is not allowed."""
    for breach in breaches(deck):
        if breach.name not in deck.current.allowed and breach.name not in allow:
            hint = f"{breach.hint} If it is meant, run `cardgen build --allow {breach.name}` and commit the ledger."
            yield diagnose("CG616", breach.message, Place(label(deck.home.ledger)), hint)


def _are(places: list[str]) -> str:
    return "is" if len(places) == 1 else "are"


def _named(places: list[str]) -> str:
    return quoted(sorted(set(places)), most=_NAMED)
