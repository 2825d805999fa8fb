"""The lock of own kinds in a build: what learners have of their note types, and what they get."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from cardgen.build.keeping import may_be_written, time_of_change
from cardgen.diagnostics import Diagnostic, Place, diagnose, quoted
from cardgen.kinds import OWN_TYPE
from cardgen.ledger.kinds_lock import KINDS_LOCK, KindsLock, LockedType, Places, with_type, written
from cardgen.load.own_kinds import lock_file
from cardgen.read import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from cardgen.ledger import Ledger
    from cardgen.load.own_kinds import OwnKinds
    from cardgen.model import Deck


class KeptKinds(Struct, frozen=True, dict=True):
    """A collection's own kinds and their lock.

    Attributes:
        own: The kinds.
        decks: The decks that are built; what they have no cards of stays as it is locked.
        root: The folder of decks.
        now: The build's time.
    """

    own: OwnKinds
    decks: tuple[Deck, ...]
    root: Path
    now: datetime

    @property
    def file(self) -> Path:
        """Where the lock is, or will be."""
        return lock_file(self.root)

    @cached_property
    def lock(self) -> KindsLock:
        """What the lock says with this build's changes."""
        from cardgen.anki.own_types import digest

        time = time_of_change(self.now, self.file)
        places, types = dict(self.own.lock.places), dict(self.own.lock.types)
        for name, language in self.own.used_by(self.decks):
            kind = self.own.drafts[name].in_language(language)
            places[name] = Places(kind.field_slots, kind.template_slots)
            key = (name, kind.language)
            types[key] = with_type(types.get(key), LockedType(kind.is_cloze, kind.anki_id, digest(kind), time))
        return KindsLock(places, types)

    @cached_property
    def text(self) -> str | None:
        """The text that the lock's file is to have; None where there is nothing to write."""
        # A merge leaves lines without order, and more than one for a place.
        return written(self.lock) if self.lock.places else self.own.lock_text

    def is_current(self) -> bool:
        """Return whether the file is as this build would write it."""
        return self.text == self.own.lock_text

    def changed(self, deck: Deck) -> Mapping[str, int]:
        """Return when the note types of a deck's cards last changed, by the ids of their kinds."""
        used = (name for name, _ in self.own.used_by([deck]))
        keys = {name: (name, self.own.drafts[name].type_language(deck.language)) for name in used}
        return {name: self.lock.types[key].changed for name, key in keys.items()}

    def out_of_date(self) -> Iterator[Diagnostic]:
        """Find that the lock does not know the kinds as they are."""
        if self.is_current():
            return
        before, after = self.own.lock, self.lock
        names = sorted(
            {name for name, places in after.places.items() if before.places.get(name) != places}
            | {name for (name, language), locked in after.types.items() if before.types.get((name, language)) != locked}
        )
        message = f"it is not up to date with {quoted(names)}" if names else "its lines are out of order"
        hint = "Run `cardgen build` without --locked, and commit the file."
        yield diagnose("CG603", message, Place(label(self.file)), hint)

    def not_kept(self) -> Iterator[Diagnostic]:
        """Find that the lock would change and cannot be written."""
        if not self.is_current() and not may_be_written(self.file):
            yield diagnose(
                "CG605", "the lock of own kinds is out of date and cannot be written", Place(label(self.file))
            )

    def lost(self, ledgers: Mapping[str, Ledger]) -> Iterator[Diagnostic]:
        """Find that there are notes of a kind that the lock does not know, so that it must have known it.

        Args:
            ledgers: Those of the decks, by the decks' ids.
        """
        for deck, ledger in ledgers.items():
            forms = {entry.form for entry in ledger.entries.values() if entry.form.startswith(OWN_TYPE)}
            names = {form.removeprefix(OWN_TYPE) for form in forms} & self.own.drafts.keys()
            for name in sorted(names - self.own.lock.places.keys()):
                message = f"{KINDS_LOCK} has no places of `{name}`, and `{deck}` has been built with cards of it"
                hint = (
                    "Take it back from git, or restore it with `--since OLD.apkg`. Without it, fields and templates "
                    "get the places of their order."
                )
                yield diagnose("CG618", message, Place(label(self.file)), hint)
