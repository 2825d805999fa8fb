"""The ledger: for each note of a deck, what its content was and when it last changed.

A learner's Anki takes a note from a package only if its time is newer than the one it has. So a note's time must be
the time at which its content last changed, and that must outlast the build: it is kept beside the deck and committed
with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

EARLIEST: Final = 0
"""First time that a ledger can hold: the beginning of 1970, since Anki counts from there."""

APART: Final = 100
"""How many seconds the times of two contents of one note are apart at the least: packages may have to space their times
inside that, so that of two editions of one content the larger one counts as the newer."""

LATEST: Final = 221_845_391_999
"""Last time that a ledger can hold: the end of the year 8999. Dates after 9999 could be neither written nor read."""


NO_ORIGINS: Final[Mapping[str, str]] = MappingProxyType({})
"""Of a deck in which no note had another address before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger knows of one note.

    Attributes:
        digest: The note type's form and the hash of what a learner can see, as ``basic:4f0c93ab2d61-e07f18c2``;
            what stands before the hyphen is of what the note asks and answers alone.
        added: When the note came, or came back after it had been announced as removed, in seconds since 1970.
        changed: When its content last changed, likewise; this is the note's time in packages.
        retired: When it was taken out of the deck, or None while it is in it.
        replaced_by: What took its place: ids of cards, or the address of the note that it was merged into.
        origin: The address that its guid is computed from, with the deck; empty if that is its own.
    """

    digest: str
    added: int
    changed: int
    retired: int | None = None
    replaced_by: tuple[str, ...] = ()
    origin: str = ""

    @property
    def form(self) -> str:
        """The form of its note type, which cannot change: Anki would refuse every update of the note."""
        return self.digest.partition(":")[0]

    @property
    def content(self) -> str:
        """What it asks and answers, and its form, wherever it stands in which deck."""
        return self.digest.rpartition("-")[0]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries of a deck by the addresses of its notes inside the deck: ``card``, or ``card/part``.

    Attributes:
        entries: In any order; the file sorts them.
        released: When release notes were last written, in seconds since 1970; 0 if never.
        deck: The id that the guids of the deck's notes are computed from.
    """

    entries: Mapping[str, Entry]
    released: int = 0
    deck: str = ""


def later(one: Entry, other: Entry) -> Entry:
    """Return the later of two entries for one note, as a merge of two branches leaves them.

    It depends on no order: of any number of entries the same one is left, whichever two are compared first.
    """
    return max(one, other, key=_recency)


def _recency(entry: Entry) -> tuple[int, int, int, str, int, tuple[str, ...], str]:
    retired = entry.retired if entry.retired is not None else EARLIEST - 1
    return (
        max(entry.changed, retired),
        entry.changed,
        retired,
        entry.digest,
        entry.added,
        entry.replaced_by,
        entry.origin,
    )


def brought_up_to_date(
    ledger: Ledger,
    digests: Mapping[str, str],
    replaced: Mapping[str, tuple[str, ...]],
    now: int,
    origins: Mapping[str, str] = NO_ORIGINS,
) -> Ledger:
    """Return the ledger of a deck as it is now.

    Args:
        ledger: What was known.
        digests: Hash of every note that the deck has now, by address.
        replaced: For cards that are marked as retired, the ids of those that took their places.
        now: Seconds since 1970. A clock that runs backwards never takes a time down: a changed note's time is at
            least `APART` after the one it had, and after the last release. Only near `LATEST` no such time is left.
        origins: For notes that had other addresses before, the ones that their guids are computed from.

    Returns:
        The same ledger if nothing changed.
    """
    now = _in_calendar(max(now, ledger.released + 1) if ledger.released else now)
    entries = dict(ledger.entries)
    for address, digest in digests.items():
        known = entries.get(address)
        if known is None:
            entries[address] = Entry(digest, now, now, origin=origins.get(address, ""))
        elif known.digest != digest:
            changed = _in_calendar(max(now, known.changed + APART))
            entries[address] = Entry(digest, known.added, changed, origin=origins.get(address, ""))
        elif known.retired is not None:
            # Learners who were told that it is gone are told that it is back.
            added = now if known.retired <= ledger.released else known.added
            entries[address] = replace(known, added=added, retired=None, replaced_by=())
    for address, known in ledger.entries.items():
        if address not in digests:
            successor = replaced.get(address.partition("/")[0], known.replaced_by)
            if known.retired is None or known.replaced_by != successor:
                retired = max(now, known.changed) if known.retired is None else known.retired
                entries[address] = replace(known, retired=retired, replaced_by=successor)
    return ledger if entries == ledger.entries else replace(ledger, entries=entries)


def _in_calendar(time: int) -> int:
    return min(max(time, EARLIEST), LATEST)
