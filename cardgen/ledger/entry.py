"""The ledger: for each note of a deck, what its content was and when it last changed.

A learner's Anki takes a note from a package only if its time is newer than the one it has. So a note's time must be
the time at which its content last changed, and that must outlast the build: it is kept beside the deck and committed
with it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EARLIEST: Final = 0
"""First time that a ledger can hold: the beginning of 1970, since Anki counts from there."""

APART: Final = 100
"""How many seconds the times of two contents of one note are apart at the least: packages may have to space their times
inside that, so that of two editions of one content the larger one counts as the newer."""

LATEST: Final = 221_845_391_999
"""Last time that a ledger can hold: the end of the year 8999. Dates after 9999 could be neither written nor read."""


NONE: Final[Mapping[str, str]] = MappingProxyType({})
"""The origins of a deck in which no note had another address before, and the guids of one in which all are computed."""


Gaps = tuple[tuple[int, str], ...]
"""The numbers of a note's gaps in ascending order, each with the words that it hides, shortened."""


class Released(NamedTuple):
    """What the last release had of a note; an empty digest if the note was not in it."""

    digest: str
    gaps: Gaps = ()


def content_of(digest: str) -> str:
    """Return of a digest what is of what a note asks and answers alone, with its form."""
    return digest.rpartition("-")[0]


class Entry(Struct, frozen=True, gc=False):
    """What the ledger knows of one note.

    Attributes:
        digest: The note type's form and the hash of what a learner can see, as ``basic:4f0c93ab2d61-e07f18c2``;
            what stands before the hyphen is of what the note asks and answers alone.
        added: When the note came, or came back after it had been announced as removed, in seconds since 1970.
        changed: When its content last changed, likewise; this is the note's time in packages.
        retired: When it was taken out of the deck, or None while it is in it.
        replaced_by: What took its place: ids of cards, or the address of the note that it was merged into.
        origin: The address that its guid is computed from, with the deck; empty if that is its own.
        gaps: What the numbers of its gaps hide.
        lost: What numbers hid that it has no more; they must never hide anything else.
        was: What the last release had of it, if that is not what it is now.
        guid: Its guid, where its author has given it one; empty if it is computed.
        of: In a deck of another language, the digests of the texts that it was translated from, and of its own:
            ``4f0c93ab2d61-e07f18c2``; else empty.
    """

    digest: str
    added: int
    changed: int
    retired: int | None = None
    replaced_by: tuple[str, ...] = ()
    origin: str = ""
    gaps: Gaps = ()
    lost: Gaps = ()
    was: Released | None = None
    guid: str = ""
    of: str = ""

    @property
    def form(self) -> str:
        """What tells its note type from others, which cannot change: Anki would refuse every update of the note."""
        return self.digest.partition(":")[0]

    @property
    def content(self) -> str:
        """What it asks and answers, and its form, wherever it stands in which deck."""
        return content_of(self.digest)

    def delivered(self) -> Released | None:
        """Return what learners have of it, as far as the ledger knows; None if they have nothing."""
        if self.was is not None:
            return self.was if self.was.digest else None
        return Released(self.digest, self.gaps) if self.retired is None else None


class Names(Struct, frozen=True):
    """What learners know a deck by: its title, its sections' titles by their ids, and the name of its files."""

    title: str
    folder: str
    sections: tuple[tuple[str, str], ...]


class Ledger(Struct, frozen=True):
    """The entries of a deck by the addresses of its notes inside the deck: ``card``, or ``card/part``.

    Attributes:
        entries: In any order; the file sorts them.
        released: When release notes were last written, in seconds since 1970; 0 if never.
        deck: The id that the guids of the deck's notes are computed from.
        names: What the last release called the deck; None before the first.
        allowed: What the next release may do, though it would stop: names that `build --allow` takes.
    """

    entries: Mapping[str, Entry]
    released: int = 0
    deck: str = ""
    names: Names | None = None
    allowed: frozenset[str] = frozenset()


def after_release(ledger: Ledger, at: int, names: Names) -> Ledger:
    """Return a ledger after release notes were written, which told of everything up to a time."""
    entries = {place: replace(entry, was=None) for place, entry in ledger.entries.items()}
    return replace(ledger, entries=entries, released=at, names=names, allowed=frozenset())


def later(one: Entry, other: Entry) -> Entry:
    """Return the later of two entries for one note, as a merge of two branches leaves them.

    It depends on no order: of any number of entries the same one is left, whichever two are compared first.
    """
    return max(one, other, key=_recency)


def _recency(entry: Entry) -> tuple[int, int, int, str]:
    retired = entry.retired if entry.retired is not None else EARLIEST - 1
    return max(entry.changed, retired), entry.changed, retired, repr(entry)


def brought_up_to_date(
    ledger: Ledger,
    digests: Mapping[str, str],
    replaced: Mapping[str, tuple[str, ...]],
    now: int,
    origins: Mapping[str, str] = NONE,
    gaps: Callable[[str], Gaps] = lambda _: (),
    guids: Mapping[str, str] = NONE,
) -> Ledger:
    """Return the ledger of a deck as it is now.

    Args:
        ledger: What was known.
        digests: Hash of every note that the deck has now, by address.
        replaced: For cards that are marked as retired, the ids of those that took their places.
        now: Seconds since 1970. A clock that runs backwards never takes a time down: a changed note's time is at
            least `APART` after the one it had, and after the last release. Only near `LATEST` no such time is left.
        origins: For notes that had other addresses before, the ones that their guids are computed from.
        gaps: Gives what the gaps of a note hide, by its address; asked only for notes that are new or have changed.
        guids: The guids of notes that have been given one, by address.

    Returns:
        The same ledger if nothing changed.
    """
    now = in_calendar(max(now, ledger.released + 1) if ledger.released else now)
    entries = dict(ledger.entries)
    for address, digest in digests.items():
        known, origin, guid = entries.get(address), origins.get(address, ""), guids.get(address, "")
        if known is None:
            was = Released("") if ledger.released else None
            entries[address] = Entry(digest, now, now, origin=origin, gaps=gaps(address), was=was, guid=guid)
            continue
        if known.digest != digest:
            changed = in_calendar(max(now, known.changed + APART))
            hidden = gaps(address)
            entries[address] = Entry(
                digest, known.added, changed, None, (), origin, hidden, _lost(known, hidden), _was(ledger, known), guid
            )
        elif known.retired is not None:
            # Learners who were told that it is gone are told that it is back.
            added = now if known.retired <= ledger.released else known.added
            was = None if known.was is not None and known.was.digest == digest else _was(ledger, known)
            entries[address] = replace(known, added=added, retired=None, replaced_by=(), was=was, guid=guid)
        elif known.guid != guid:
            entries[address] = replace(known, guid=guid)
    for address, known in ledger.entries.items():
        if address not in digests:
            successors = replaced.get(address.partition("/")[0], known.replaced_by)
            if known.retired is None:
                retired = max(now, known.changed)
                entries[address] = replace(known, retired=retired, replaced_by=successors, was=_was(ledger, known))
            elif known.replaced_by != successors:
                entries[address] = replace(known, replaced_by=successors)
    return ledger if entries == ledger.entries else replace(ledger, entries=entries)


def _was(ledger: Ledger, known: Entry) -> Released | None:
    """Return what the last release had of a note that is about to change."""
    if known.was is not None or not ledger.released:
        return known.was
    return Released(known.digest, known.gaps) if known.retired is None else Released("")


def _lost(known: Entry, gaps: Gaps) -> Gaps:
    """Return what numbers of a note hid that it has had and has no more."""
    numbers = {number for number, _ in gaps}
    return tuple(
        sorted(
            (number, text) for number, text in {**dict(known.lost), **dict(known.gaps)}.items() if number not in numbers
        )
    )


def in_calendar(time: int) -> int:
    """Return the nearest time that a ledger can hold."""
    return min(max(time, EARLIEST), LATEST)
