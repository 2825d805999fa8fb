"""From a folder of decks to compiled ones: loading, ledgers, and what is wrong with what learners have."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from cardgen.build import gaps, reread, translations
from cardgen.build.claims import claims_of
from cardgen.build.clock import build_time
from cardgen.build.compiled import CompiledCollection, CompiledDeck
from cardgen.build.guids import wrong_guids
from cardgen.build.identity import wrong_claims
from cardgen.build.keeping import may_be_written
from cardgen.build.lost import has_had_a_ledger
from cardgen.diagnostics import Diagnostic, Place, diagnose, has_errors, in_file_order
from cardgen.ledger import LEDGER_FILE, DamagedLedgerError, Ledger, file_of_language, fingerprint, read
from cardgen.load import load_decks
from cardgen.memory import NO_MEMORY
from cardgen.read import InputFolder, UnreadableFileError, decks_at_hand, label
from cardgen.read.files import MAX_LEDGER, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cardgen.anki.reading import FoundCollection
    from cardgen.build.kept_kinds import KeptKinds
    from cardgen.ledger.kinds_lock import KindsLock
    from cardgen.load import Home, Loaded
    from cardgen.memory import Memory
    from cardgen.model import Deck
    from cardgen.read import CollectionFolder, KeyPath


def compile_collection(
    root: Path | None = None,
    names: Sequence[str] = (),
    now: datetime | None = None,
    since: Path | None = None,
    memory: Memory = NO_MEMORY,
    beside: Path | None = None,
    languages: Sequence[str] = (),
) -> CompiledCollection:
    """Load decks and compile them.

    Args:
        root: Folder of the decks; None as for `cardgen.load.load`.
        names: Names of the decks wanted; all if empty.
        now: The build's time; by default as `build_time` gives it.
        since: A package that learners have, for decks whose ledger was lost, or the lock of whose kinds.
        memory: For those who compile again and again: what knows what has not changed.
        beside: The folder of decks whose cards these may name, as for `cardgen.load.load_decks`.
        languages: Languages of the decks wanted; all if empty.

    Raises:
        UsageError: If SOURCE_DATE_EPOCH is not a number of seconds, or the package cannot be read.
    """
    now = now or build_time()
    loaded = load_decks(root, names, memory, beside, languages)
    baseline = _Baseline(since)
    lock = baseline.lock(loaded)
    if lock is not None:
        loaded = load_decks(root, names, memory, beside, languages, lock)
    if loaded.collection is None:
        return CompiledCollection(None, (), loaded.diagnostics, {}, loaded)
    found = list(loaded.diagnostics)
    kinds = _kept_kinds(loaded, loaded.collection.decks, now)
    files = loaded.files.files if loaded.files is not None else InputFolder(decks_at_hand(root))
    decks: list[CompiledDeck] = []
    ledgers: dict[str, Ledger] = {}
    read_decks = []
    for deck in loaded.collection.decks:
        home = loaded.folders[deck.id]
        ledger, ledger_found = _ledger(files, home.ledger, deck.identity, found)
        if ledger.deck != deck.identity:
            found.append(_of_another_deck(home, deck, ledger))
            continue
        bare = CompiledDeck(
            deck,
            home,
            ledger,
            ledger_found,
            loaded.collection.sources,
            loaded.media[deck.id],
            now,
            memory=memory,
            kinds_changed=kinds.changed(deck) if kinds is not None else {},
        )
        ledgers[deck.identity] = baseline.ledger(bare, found, may_be_there=lock is not None)
        read_decks.append(replace(bare, ledger=ledgers[deck.identity]))
    others = _OtherLedgers(files, loaded, ledgers)
    claims = claims_of(loaded.collection.decks, others.of)
    for bare in read_decks:
        compiled = replace(bare, claims=claims)
        found.extend(_reused(compiled))
        found.extend(_of_another_form(compiled))
        if not may_be_written(compiled.home.ledger) and compiled.current is not compiled.ledger:
            place = Place(label(compiled.home.ledger))
            found.append(diagnose("CG605", "the ledger is out of date and cannot be written", place))
        decks.append(compiled)
    found.extend(wrong_claims(decks, claims))
    found.extend(wrong_guids(decks))
    for compiled in decks:
        found.extend(gaps.findings(compiled))
        found.extend(reread.findings(compiled))
        found.extend(translations.findings(compiled))
    if kinds is not None:
        found.extend((*kinds.not_kept(), *kinds.lost({deck.deck.id: deck.ledger for deck in decks})))
    diagnostics = in_file_order(found)
    if has_errors(diagnostics):
        return CompiledCollection(None, (), diagnostics, {}, loaded)
    return CompiledCollection(loaded.collection, tuple(decks), diagnostics, loaded.media, loaded, kinds)


def _kept_kinds(loaded: Loaded, decks: tuple[Deck, ...], now: datetime) -> KeptKinds | None:
    if loaded.own is None or loaded.files is None:
        return None
    from cardgen.build.kept_kinds import KeptKinds  # brings Anki's template language, which most decks do without

    return KeptKinds(loaded.own, decks, loaded.files.path, now)


def _ledger(files: InputFolder, file: Path, identity: str, found: list[Diagnostic]) -> tuple[Ledger, str | None]:
    """Return what a ledger's file says, and its fingerprint; None if it is not there. One that is no use is empty."""
    try:
        text = files.read_text(file, MAX_LEDGER)
    except UnreadableFileError as error:
        if error.reason is not Reason.MISSING:
            found.append(error.diagnostic())
        return Ledger({}, deck=identity), None if error.reason is Reason.MISSING else ""
    try:
        return read(text), fingerprint(text.splitlines())
    except DamagedLedgerError as error:
        found.append(error.diagnostic(label(file)))
        return Ledger({}, deck=identity), fingerprint(text.splitlines())


class _Baseline(Struct, frozen=True, eq=False, dict=True):
    """The package that ledgers and locks are restored from which were lost; it is read when one of them is missing."""

    file: Path | None

    @cached_property
    def package(self) -> FoundCollection | None:
        """What the package has; None if there is none."""
        from cardgen.build.baseline import read_baseline

        return read_baseline(self.file) if self.file is not None else None

    def lock(self, loaded: Loaded) -> KindsLock | None:
        """Return the lock of own kinds as it was; None if nothing of it is missing, or nothing can be known."""
        if self.file is None or loaded.own is None or loaded.collection is None:
            return None
        from cardgen.build.lost_kinds import lost_kinds, restored_lock  # bring Anki's template language

        lost = lost_kinds(loaded.own, loaded.collection.decks)
        if not lost or self.package is None:
            return None
        lock = restored_lock(loaded.own, lost, self.package)
        return lock if lock != loaded.own.lock else None

    def ledger(self, deck: CompiledDeck, found: list[Diagnostic], *, may_be_there: bool) -> Ledger:
        """Return the ledger of a deck, restored if it has none; say if one was lost.

        Args:
            deck: The deck, with the ledger that is there.
            found: Gets what is wrong.
            may_be_there: Whether the package restores something else; else a ledger that is there is in its way.
        """
        place = Place(label(deck.home.ledger))
        if deck.ledger_found is not None:
            if self.file is not None and not may_be_there:
                found.append(diagnose("CG617", f"the deck `{deck.deck.id}` has a ledger", place))
            return deck.ledger
        if self.file is not None and self.package is not None:
            from cardgen.build.baseline import restored

            return restored(deck, self.package)
        if why := has_had_a_ledger(deck):
            found.append(diagnose("CG618", f"`{deck.deck.id}` has no ledger but must have had one: {why}", place))
        return deck.ledger


class _OtherLedgers(Struct, frozen=True):
    """Finds the ledger of a deck that is not built now, but of which cards have come."""

    files: InputFolder
    loaded: Loaded
    known: dict[str, Ledger]

    def of(self, deck: str) -> Ledger | None:
        """Return the ledger of a deck by its id; None where there is none, or none that can be used."""
        if deck not in self.known and self.loaded.files is not None:
            for file in _ledgers(self.loaded.files):
                ledger, found = _ledger(self.files, file, "", [])
                if found is not None:
                    self.known.setdefault(ledger.deck, ledger)
        return self.known.get(deck)


def _ledgers(files: CollectionFolder) -> Iterator[Path]:
    """Yield the files that may be ledgers of a collection's decks."""
    yield from (files.path / name / LEDGER_FILE for name in files.names)
    yield from (file_of_language(translation.file, LEDGER_FILE) for translation in files.translations)


def _of_another_deck(home: Home, deck: Deck, ledger: Ledger) -> Diagnostic:
    """Say that a deck has another identity than its ledger: all its notes would have other guids."""
    count = sum(entry.retired is None for entry in ledger.entries.values())
    all_of_them = "its note" if count == 1 else f"all its {count:,} notes"
    message = f"the deck's ledger is that of `{ledger.deck}`: learners would get {all_of_them} a second time"
    path: KeyPath
    if deck.formerly:
        path, hint = ("formerly",), f"The first of `formerly` is the oldest id: `{ledger.deck}`."
    else:
        path = ("id",)
        hint = (
            f"Take the id back, or write `formerly: {ledger.deck}` below it, and learners keep their cards. "
            f"If it is a new deck, made from a copy, delete its {home.ledger.name}."
        )
    return home.deck.diagnose("CG607", message, path, hint)


def _of_another_form(compiled: CompiledDeck) -> Iterator[Diagnostic]:
    """Find notes that learners have with another note type; Anki would keep the old note and refuse all updates."""
    entries = compiled.ledger.entries
    if not entries:
        return
    for note in compiled.notes:
        entry, form = entries.get(note.place), note.part.note_type
        if entry is not None and entry.retired is None and entry.form != form:
            document, way = compiled.home.cards[note.card.id]
            message = f"`{note.place}` is a {entry.form} note for those who have it, and would be {form}"
            yield document.diagnose("CG604", message, (*way, "kind"))


def _reused(compiled: CompiledDeck) -> Iterator[Diagnostic]:
    """Find ids of retired notes that come back with another content; with the same, it is the same note again.

    A card that is translated again is the same in whatever words: its id is that of the deck that is translated.
    """
    if compiled.deck.translation is not None:
        return
    retired = {place: entry for place, entry in compiled.ledger.entries.items() if entry.retired is not None}
    if not retired:
        return
    returning = [note for note in compiled.notes if note.place in retired]
    now = compiled.digests_of(returning)
    for note in returning:
        entry = retired[note.place]
        if entry.digest != now[note.place]:
            document, way = compiled.home.cards[note.card.id]
            day = datetime.fromtimestamp(entry.retired or 0, UTC).date()
            hint = (
                "Give it an id of its own. If it is the same card again, delete `retired` and what follows "
                f"in its line of {label(compiled.home.ledger)}."
            )
            message = f"`{note.place}` belongs to a note that was retired on {day}"
            yield document.diagnose("CG602", message, (*way, "id"), hint)
