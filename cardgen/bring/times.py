"""The times of notes and note types that are kept: what cardgen builds is no newer than what learners have.

Anki takes a note, and the templates of a note type, from a package only where those are newer than its own. So what is
built of a deck right after it was brought over changes nothing, and what is changed afterwards arrives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from cardgen.build.compile import compile_collection
from cardgen.build.staging import Staging
from cardgen.ledger import in_calendar, kinds_lock, written

if TYPE_CHECKING:
    from pathlib import Path

    from cardgen.bring.keep import KeptDeck
    from cardgen.build.compiled import CompiledDeck
    from cardgen.build.kept_kinds import KeptKinds
    from cardgen.ledger import Ledger
    from cardgen.ledger.kinds_lock import KindsLock


def record_times(folder: Path, kept: KeptDeck) -> bool:
    """Write the ledger of a deck that was brought over, and the lock of its kinds, with the times that learners have.

    Args:
        folder: The deck's folder, with its files.
        kept: What it was made of.

    Returns:
        Whether that could be done; not if `check` finds errors in the deck.

    Raises:
        OSError: If the files cannot be written.
    """
    compiled = compile_collection(folder.parent, [folder.name])
    if not compiled.decks or compiled.kinds is None:
        return False
    (deck,) = compiled.decks
    with Staging() as staging:
        staging.add(deck.home.ledger, written(_ledger(deck, kept)).encode())
        staging.add(compiled.kinds.file, kinds_lock.written(_lock(compiled.kinds, kept)).encode())
        staging.commit()
    return True


def _ledger(deck: CompiledDeck, kept: KeptDeck) -> Ledger:
    """Return the ledger of a deck all of whose notes are released."""
    times = {place: in_calendar(time) for place, (_, time) in kept.cards.items()}
    entries = {
        place: replace(entry, added=times[place], changed=times[place]) for place, entry in deck.current.entries.items()
    }
    return replace(deck.current, entries=entries, released=max(times.values()), names=deck.names)


def _lock(kinds: KeptKinds, kept: KeptDeck) -> KindsLock:
    """Return the lock of a collection's kinds; note types that it knew already have their times."""
    times = {kind.id: in_calendar(kind.found.changed) for kind, _ in kept.kinds}
    types = {
        key: locked if key in kinds.own.lock.types or key[0] not in times else locked._replace(changed=times[key[0]])
        for key, locked in kinds.lock.types.items()
    }
    return replace(kinds.lock, types=types)
