"""Builds artefacts: from a request to files in their places."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from cardgen.anki.search import with_addresses
from cardgen.build.compile import compile_collection
from cardgen.build.compiled import content_hash
from cardgen.build.exports import Wanted, exports
from cardgen.build.formats import DEFAULT_FORMATS, exporter_for, lacking
from cardgen.build.gate import breaches, stopped
from cardgen.build.gone import gone
from cardgen.build.keeping import may_be_written
from cardgen.build.manifest import MANIFEST, Artefact, is_listed, manifest, read_manifest
from cardgen.build.ours import bears, in_the_way, is_in_the_way
from cardgen.build.plan import plan
from cardgen.build.private import exposed, folder_of, private_ones, published
from cardgen.build.renames import renames
from cardgen.build.request import check_request
from cardgen.build.staging import Staging, unwritable
from cardgen.diagnostics import (
    CATALOGUE,
    Diagnostic,
    Findings,
    Place,
    Severity,
    diagnose,
    has_errors,
    in_file_order,
    quoted,
)
from cardgen.errors import UsageError
from cardgen.export import Bundle, DeckNotes, EditionNotes, Exported
from cardgen.kinds import OWN_TYPE
from cardgen.ledger import Ledger, after_release, fingerprint, lines
from cardgen.notes import at_tier
from cardgen.read import UnreadableFileError, decks_at_hand, label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from cardgen.build.compiled import CompiledCollection, CompiledDeck
    from cardgen.build.manifest import Entry
    from cardgen.build.plan import Planned
    from cardgen.build.request import Request
    from cardgen.export import File, Remark
    from cardgen.model import Collection, Deck, Printing
    from cardgen.model.edition import Edition

    Beside: TypeAlias = Callable[[Staging, Sequence[Artefact]], Iterable[Diagnostic]]
    """What adds files to a build when all its artefacts wait, and finds what is wrong with that."""

_NO_NOTES: Final = "Name another file with --release-notes; the notes of an earlier build begin with a mark."

_NAMED: Final = 5
"""How many notes a message names before it only counts the others."""


def _nothing(*_: object) -> tuple[()]:
    """Do nothing, and find nothing."""
    return ()


class Built(Findings, Struct, frozen=True):
    """What came of a request.

    Attributes:
        artefacts: None of them if any finding is an error.
        diagnostics: All findings.
        advice: What learners should know, such as how they find notes that are no longer in a deck.
    """

    artefacts: tuple[Artefact, ...]
    diagnostics: tuple[Diagnostic, ...]
    advice: tuple[str, ...] = ()


class _Made(NamedTuple):
    """What came of one export."""

    artefacts: tuple[Artefact, ...]
    found: tuple[Diagnostic, ...]
    advice: tuple[str, ...]


def build_decks(request: Request, watch: Callable[[int, int, str], None] | None = None) -> Built:
    """Build artefacts, or say why not; nothing is written unless everything can be.

    Args:
        request: What to build.
        watch: Called before each artefact with how many are done, how many there will be, and its name.

    Raises:
        UsageError: If the request makes no sense.
    """
    ready = prepared(request)
    if isinstance(ready, Built):
        return ready
    planned, problems = plan(request, ready.collection)
    return ready.run(planned, problems, watch)


def prepared(request: Request) -> Build | Built:
    """Return what builds a request, or why nothing can.

    Raises:
        UsageError: If the request makes no sense.
    """
    check_request(request)
    formats, without = _formats(request)
    if wanting := [why for name in request.formats if (why := lacking(name))]:
        return Built((), tuple(diagnose("CG801", why) for why in wanting))
    root = decks_at_hand(request.decks, bundled=not request.locked)
    names = tuple(dict.fromkeys(request.names))
    compiled = compile_collection(root, names, since=request.since, beside=request.beside, languages=request.languages)
    if compiled.collection is None:
        return Built((), compiled.diagnostics)
    _check_notes_path(request, compiled)
    out = request.out or folder_of(compiled.decks)
    told = published(compiled.decks, "release notes are") if request.release_notes is not None else ()
    if private := (*told, *exposed(compiled.decks, out)):
        return Built((), (*private, *compiled.diagnostics))
    return Build(request, compiled, compiled.collection, formats, without, out)


def _formats(request: Request) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the formats to build, and what to say of default ones that this machine cannot make."""
    if request.formats:
        return tuple(dict.fromkeys(request.formats)), ()
    reasons = {name: lacking(name) for name in DEFAULT_FORMATS}
    without = tuple(f"no {name}: {why}" for name, why in reasons.items() if why)
    return tuple(name for name, why in reasons.items() if not why), without


def _check_notes_path(request: Request, compiled: CompiledCollection) -> None:
    """Refuse to write release notes over a file of a deck."""
    notes = request.release_notes
    if notes is not None and any(notes.resolve().is_relative_to(deck.home.folder.resolve()) for deck in compiled.decks):
        raise UsageError(f"{label(notes)} lies in a deck's folder; write the release notes somewhere else")


def _built_before(request: Request, compiled: CompiledCollection, out: Path) -> Iterator[Diagnostic]:
    """Warn of decks without a ledger of which there is a package: they must have had one."""
    told = {found.place for found in compiled.diagnostics if found.code == "CG618"}
    for deck in compiled.decks if request.since is None else ():
        package, place = out / f"{deck.deck.name}.apkg", Place(label(deck.home.ledger))
        if deck.ledger_found is not None or place in told:
            continue
        if not may_be_written(deck.home.ledger) or not package.is_file():
            continue
        # What the manifest does not name may be anybody's.
        if any(entry.file == package.name for entry in read_manifest(out) or ()):
            yield diagnose(
                "CG618", f"`{deck.deck.id}` has no ledger but must have had one: {label(package)} is there", place
            )


def _out_of_date(compiled: CompiledCollection) -> Iterator[Diagnostic]:
    for deck in compiled.decks:
        places = deck.out_of_date()
        if places:
            named = quoted(places, most=_NAMED)
            are = "note is not as the ledger knows it" if len(places) == 1 else "notes are not as the ledger knows them"
            message = f"{len(places):,} {are}: {named}"
            yield diagnose("CG603", message, Place(label(deck.home.ledger)))
    if compiled.kinds is not None:
        yield from compiled.kinds.out_of_date()


def _advice(request: Request, compiled: CompiledCollection) -> Iterator[str]:
    for deck in compiled.decks:
        yield from _translated(deck.deck)
        yield from (f"{deck.deck.name}: {sentence}" for sentence in renames(deck))
        yield from _retired(deck)
    if request.release_notes is not None and not any(deck.changed_since_release() for deck in compiled.decks):
        yield f"nothing has changed since the last release notes; {label(request.release_notes)} is left as it is"


def _retired(deck: CompiledDeck) -> Iterator[str]:
    """Say how learners find notes that are no longer delivered; those of kinds of one's own have no field to go by."""
    entries = {place: entry for place, entry in deck.current.entries.items() if entry.retired is not None}
    own = sorted(place for place, entry in entries.items() if entry.form.startswith(OWN_TYPE))
    if others := sorted(entries.keys() - own):
        yield _found(deck, others, f"with {with_addresses(deck.deck.addresses(others[:_NAMED]))}")
    if own:
        yield _found(deck, own, f"as `cardgen diff OLD.apkg NEW.apkg --output markdown` says: {quoted(own[:_NAMED])}")


def _found(deck: CompiledDeck, retired: Sequence[str], how: str) -> str:
    more = f" and so on ({label(deck.home.ledger)} has them all)" if len(retired) > _NAMED else ""
    notes, them = ("note", "it") if len(retired) == 1 else ("notes", "them")
    return f"{deck.deck.name}: {len(retired):,} retired {notes}; learners find {them} in Anki {how}{more}"


def _translated(deck: Deck) -> Iterator[str]:
    """Say how much of a deck is in another language."""
    if deck.translation is not None:
        skipped = f", {deck.translation.skipped:,} left out" if deck.translation.skipped else ""
        yield f"{deck.name}: {len(deck.translation.made_of):,} of {deck.translation.whole:,} cards translated{skipped}"


class Build:
    """Builds artefacts of decks that are compiled.

    Attributes:
        compiled: The decks with their notes.
        collection: The collection.
        formats: Names of the formats of what does not name its own.
    """

    def __init__(
        self,
        request: Request,
        compiled: CompiledCollection,
        collection: Collection,
        formats: tuple[str, ...],
        without: tuple[str, ...],
        out: Path,
    ) -> None:
        self.compiled = compiled
        self.collection = collection
        self.formats = formats
        self._request = request
        self._without = without
        self._out = out
        self._compiled = {deck.deck.id: deck for deck in compiled.decks}
        self._wholes: dict[tuple[str, str], DeckNotes] = {}

    def run(
        self,
        planned: Sequence[Planned],
        problems: tuple[Diagnostic, ...],
        watch: Callable[[int, int, str], None] | None = None,
        beside: Beside = _nothing,
        *,
        alone: bool = False,
    ) -> Built:
        """Build, or say why not; nothing is written unless everything can be.

        Args:
            planned: What to build.
            problems: What is wrong with that.
            watch: As for `build_decks`.
            beside: Adds more files.
            alone: Whether the folder is to hold no other artefacts, so that its manifest names these alone.

        Raises:
            UsageError: If what is asked for in print contradicts itself.
        """
        request, compiled = self._request, self.compiled
        warnings = tuple(_built_before(request, compiled, self._out))
        if request.locked:
            problems += tuple(_out_of_date(compiled))
        if request.locked or request.release_notes is not None:
            problems += tuple(problem for deck in compiled.decks for problem in stopped(deck, request.allow))
        if problems:
            return Built((), (*problems, *compiled.diagnostics))
        try:
            built = self._build(planned, watch or _nothing, beside, alone=alone)
        except OSError as error:
            return Built((), (unwritable(error, self._out), *compiled.diagnostics))
        except UnreadableFileError as error:
            return Built((), (error.diagnostic(), *compiled.diagnostics))
        diagnostics = in_file_order((*built.diagnostics, *warnings, *compiled.diagnostics))
        if not built.artefacts:
            return Built((), diagnostics)
        return Built(built.artefacts, diagnostics, (*built.advice, *self._without, *_advice(request, compiled)))

    def _build(
        self, planned: Sequence[Planned], watch: Callable[[int, int, str], object], beside: Beside, *, alone: bool
    ) -> Built:
        """Build all artefacts, then put them in their places together; none, if any exporter finds an error."""
        self._check_printing(planned)
        out = self._out
        earlier = read_manifest(out)
        if earlier is None:
            return Built((), (in_the_way(out / MANIFEST),))
        wanted = [
            (part, Wanted(bundle, name))
            for part, bundle in ((part, self.bundle(part)) for part in planned)
            for name in part.formats or self.formats
        ]
        found: list[Diagnostic] = []
        with Staging() as staging:
            found.extend(self._add_ledgers(staging))
            made = tuple(self._made(wanted, staging, earlier, watch))
            found.extend(problem for one in made for problem in one.found)
            artefacts = [artefact for one in made for artefact in one.artefacts]
            if not has_errors(found):
                found.extend(beside(staging, artefacts))
            if has_errors(found):
                return Built((), tuple(found))
            leaving = gone(earlier, out, artefacts, self.compiled, self.collection, alone=alone)
            for name in leaving.leave:
                staging.remove(out / name)
            private = bool(private_ones(self.compiled.decks))
            staging.add(out / MANIFEST, manifest(leaving.stay, artefacts, private=private))
            staging.commit()
        advice = tuple(sentence for one in made for sentence in one.advice)
        return Built(tuple(artefacts), tuple(found), (*advice, *leaving.advice))

    def _made(
        self,
        wanted: Sequence[tuple[Planned, Wanted]],
        staging: Staging,
        earlier: Sequence[Entry],
        watch: Callable[[int, int, str], object],
    ) -> Iterator[_Made]:
        """Let the artefacts of each format wait; yield what was made in the order in which it is wanted."""
        made: dict[int, _Made] = {}
        with closing(exports([one for _, one in wanted], watch)) as done:
            for index, exported in done:
                made[index] = self._let_wait(*wanted[index], exported, staging, earlier)
        watch(len(wanted), len(wanted), "")
        yield from (made[index] for index in range(len(wanted)))

    def _let_wait(
        self, part: Planned, wanted: Wanted, exported: Exported, staging: Staging, earlier: Sequence[Entry]
    ) -> _Made:
        """Let the files of an export wait beside their targets."""
        exported = self._asked_for(exported, f"{part.name}{exporter_for(wanted.format).SUFFIX}")
        found = list(map(self._placed, exported.remarks))
        artefacts = []
        for file in exported.files:
            path = self._out / f"{part.name}{file.suffix}"
            waiting = staging.add(path, file.content)
            if not is_listed(path, earlier) and is_in_the_way(path, waiting):
                found.append(in_the_way(path))
            artefacts.append(self._artefact(path, staging, part, wanted, file))
        return _Made(tuple(artefacts), tuple(found), exported.advice)

    def _check_printing(self, planned: Sequence[Planned]) -> None:
        for part in planned:
            if wrong := self._printing(part).contradiction():
                raise UsageError(f"{part.name}: {wrong.problem}; {wrong.way_out}")

    def _artefact(self, path: Path, staging: Staging, part: Planned, wanted: Wanted, file: File) -> Artefact:
        size, sha256 = staging.measured(path)
        return Artefact(
            path=path,
            collection=self.collection.title,
            decks=tuple(edition.deck.name for edition in part.editions),
            variant=part.variant,
            format=wanted.format,
            notes=file.notes,
            cards=file.cards,
            bytes=size,
            sha256=sha256,
            version=wanted.bundle.released_as or None,
            tier=part.tier or None,
        )

    def _asked_for(self, exported: Exported, name: str) -> Exported:
        """Leave out, and say so, what cannot be made and was not asked for by name: packages go without their print."""
        errors = [remark for remark in exported.remarks if CATALOGUE[remark.code].severity is Severity.ERROR]
        if self._request.formats or not errors:
            return exported
        about = "; ".join(dict.fromkeys(remark.message for remark in errors[:_NAMED]))
        return Exported((), (), (f"no {name}: {about}; ask for it with --format to see more",))

    def _placed(self, remark: Remark) -> Diagnostic:
        """Say where the card stands that a remark is about."""
        home = self._compiled[remark.deck].home if remark.deck else None
        if home is None or not remark.card:
            place = Place(label(home.folder)) if home else None
            return diagnose(remark.code, remark.message, place, remark.hint)
        document, way = home.cards[remark.card]
        return document.diagnose(remark.code, remark.message, (*way, "id"), remark.hint)

    def _add_ledgers(self, staging: Staging) -> Iterator[Diagnostic]:
        """Put the ledgers before the artefacts: no artefact may be newer than the ledger that explains it.

        Release notes come first of all: if a build is stopped after them, the next one writes the same again. Only what
        they would replace can be found to be wrong.
        """
        decks = tuple(self._compiled.values())
        notes = self._request.release_notes
        telling = notes is not None and any(deck.changed_since_release() for deck in decks)
        if notes is not None and telling:
            from cardgen.build.release_notes import MARK, release_notes

            waiting = staging.add(notes, release_notes(decks).encode())
            if is_in_the_way(notes, waiting) and not bears(notes, MARK):
                yield in_the_way(notes, _NO_NOTES)
        for deck in decks:
            current = self._ledger(deck, telling=telling)
            if self._request.locked or not may_be_written(deck.home.ledger):
                continue
            # A merge leaves lines without order, and more than one for a note.
            if current != deck.ledger or fingerprint(lines(current)) != deck.ledger_found:
                staging.add(deck.home.ledger, partial(_write_lines, current))
        kinds = self.compiled.kinds
        if kinds is None or kinds.text is None or kinds.is_current():
            return
        if not self._request.locked and may_be_written(kinds.file):
            staging.add(kinds.file, kinds.text.encode())

    def _ledger(self, deck: CompiledDeck, *, telling: bool) -> Ledger:
        if telling:
            return after_release(deck.current, _latest(deck), deck.names)
        if not self._request.allow:
            return deck.current
        allowed = {breach.name for breach in breaches(deck)}.intersection(self._request.allow)
        return replace(deck.current, allowed=deck.current.allowed | allowed) if allowed else deck.current

    def bundle(self, part: Planned) -> Bundle:
        """Return what artefacts of a part hold."""
        editions = tuple(self._edition_notes(edition) for edition in part.editions)
        day = self._compiled[editions[0].deck.id].now.date()
        return Bundle(
            name=part.name,
            editions=editions,
            day=day,
            facets=tuple(self.collection.facets),
            sources=self.collection.sources,
            printing=self._printing(part),
        )

    def _printing(self, part: Planned) -> Printing:
        first, *others = part.editions
        return self._request.printing.over(self.collection.printing if others else first.deck.printing)

    def _edition_notes(self, edition: Edition) -> EditionNotes:
        compiled, selection, tier = self._compiled[edition.deck.id], edition.selection, edition.tier
        notes = compiled.notes
        if selection:
            notes = tuple([note for note in notes if selection.selects(note.card)])
        if tier:
            notes = tuple(at_tier(notes, tier))
        content = content_hash(compiled, notes)
        return EditionNotes(self._whole(compiled, tier), notes, content, edition.title)

    def _whole(self, compiled: CompiledDeck, tier: str) -> DeckNotes:
        """Return what the editions of a deck and a tier share; each time the same, for who remembers more about it."""
        whole = self._wholes.get((compiled.deck.id, tier))
        if whole is None:
            whole = DeckNotes(compiled.deck, compiled.times_at(tier), compiled.media, compiled.kinds_changed, tier=tier)
            self._wholes[compiled.deck.id, tier] = whole
        return whole


def _write_lines(ledger: Ledger, stream: BinaryIO) -> None:
    stream.writelines(f"{line}\n".encode() for line in lines(ledger))


def _latest(deck: CompiledDeck) -> int:
    """Return the time of the newest change: release notes tell of everything up to it."""
    changes = (max(entry.changed, entry.added, entry.retired or 0) for entry in deck.current.entries.values())
    return max(changes, default=deck.ledger.released)
