"""What `cardgen check` runs: the checks of a build, the lint rules, and fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from cardgen.build.clock import build_time
from cardgen.build.compile import compile_collection
from cardgen.build.private import known_to_git, private_ones
from cardgen.build.translations import missing
from cardgen.diagnostics import Place, Severity, diagnose, did_you_mean, in_file_order
from cardgen.errors import UsageError
from cardgen.ledger import LEDGER_FILE, file_of_language
from cardgen.lint import lint, ruleset_of
from cardgen.load.vocabulary import vocabulary_of
from cardgen.read import decks_at_hand, is_bundled, label, read_collection
from cardgen.read.asked import asked, lies_in
from cardgen.read.folder import read_lint_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cardgen.check import Vocabulary
    from cardgen.diagnostics import Diagnostic
    from cardgen.lint import Ruleset
    from cardgen.lint.fix import FixedFile
    from cardgen.load import Home, Loaded
    from cardgen.model import Deck
    from cardgen.read import CollectionFolder
    from cardgen.read.asked import Asked


class CheckRequest(Struct, frozen=True):
    """What to check.

    Attributes:
        decks: The folder of decks; None for the nearest.
        names: Names of the decks to check, or paths of their files: see `cardgen.read.asked`; all if empty.
        rules: Names or codes of the lint rules to run; all if empty. Findings that are not lint's are always reported.
        severity: The lowest severity to report.
        beside: The folder of decks whose cards these may name, as for `cardgen.load.load_decks`.
        languages: Languages of the decks to check; all if empty.
    """

    decks: Path | None = None
    names: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING
    beside: Path | None = None
    languages: tuple[str, ...] = ()


class CheckResult(Struct, frozen=True):
    """What was found.

    Attributes:
        diagnostics: The findings, in file order.
        decks, files, cards: How many were checked; `files` is 0 where decks were asked for, `cards` is None if there
            are errors that are not lint's.
        elsewhere: How many errors files have that were not asked for. They keep some checks from running.
        folder: The files of the collection, as they were read.
    """

    diagnostics: tuple[Diagnostic, ...]
    decks: int = 0
    files: int = 0
    cards: int | None = None
    elsewhere: int = 0
    folder: CollectionFolder | None = None

    def fails(self, *, strict: bool = False) -> bool:
        """Return whether there is an error or, if strict, a warning."""
        wanted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(diagnostic.severity in wanted for diagnostic in self.diagnostics)


def check(request: CheckRequest) -> CheckResult:
    """Run all checks.

    A file is checked with all that its collection has, since much of what can be wrong lies between files; what is
    wrong in others is then left out.

    Raises:
        UsageError: If there are no decks, paths are not of one folder of decks, a rule does not exist, or
            SOURCE_DATE_EPOCH is not a number of seconds.
    """
    now = build_time()
    wanted = asked(request.names, request.decks)
    compiled = compile_collection(wanted.root, wanted.names, now, beside=request.beside, languages=request.languages)
    loaded = compiled.loaded
    ruleset = _ruleset(loaded.files, loaded.vocabulary)
    linted = lint(loaded, ruleset, now.date(), _codes(request.rules, ruleset), request.severity)
    lacking = (lack for deck in compiled.decks for lack in missing(deck))
    active = loaded.own.active(deck.deck for deck in compiled.decks) if loaded.own is not None else ()
    more = (*known_to_git(private_ones(compiled.decks)), *lacking, *active)
    everywhere = in_file_order((*compiled.diagnostics, *more, *ruleset.diagnostics, *linted.diagnostics))
    found = _asked_for(everywhere, wanted, loaded)
    shown = tuple(diagnostic for diagnostic in found if diagnostic.severity.weight >= request.severity.weight)
    elsewhere = sum(map(_breaks, everywhere)) - sum(map(_breaks, found)) if wanted.paths else 0
    collection = compiled.collection
    if collection is None or any(map(_breaks, found)):
        return CheckResult(shown, files=len(wanted.paths), elsewhere=max(0, elsewhere), folder=loaded.files)
    cards = sum(_cards_asked_for(deck, loaded.folders[deck.id], wanted) for deck in collection.decks)
    return CheckResult(shown, len(collection.decks), len(wanted.paths), cards, folder=loaded.files)


def planned_fixes(request: CheckRequest) -> tuple[FixedFile, ...]:
    """Return the fixes that can be made without asking, none of them written yet.

    Raises:
        UsageError: As `check`, and for the decks inside an installed cardgen, where nothing is ever written.
    """
    from cardgen.lint.fix import plan

    wanted = asked(request.names, request.decks)
    if is_bundled(wanted.root):
        raise UsageError("the decks that come with cardgen cannot be fixed: name a folder of your own with --decks")
    folder = read_collection(wanted.root, wanted.names, languages=request.languages)
    vocabulary = vocabulary_of(folder)
    ruleset = _ruleset(folder, vocabulary)
    codes = _codes(request.rules, ruleset)
    active = ruleset.chosen(codes, request.severity)
    fixes = plan(folder, ruleset, active, vocabulary, ids=not codes)
    return tuple(file for file in fixes if wanted.covers(file.label))


def write_fixes(files: Sequence[FixedFile]) -> None:
    """Write fixed files, each atomically.

    Raises:
        OSError: If one cannot be written.
    """
    from cardgen.build.staging import Staging

    with Staging() as staging:
        for file in files:
            staging.add(file.path, file.content)
        staging.commit()


def rules_at_hand(decks: Path | None) -> dict[str, str]:
    """Return what the rules of a collection find, by their names: the built-in ones and its own.

    Raises:
        UsageError: As `check`.
        UnreadableFileError: If its folder cannot be looked into.
    """
    ruleset = ruleset_of(read_lint_settings(decks_at_hand(decks, bundled=False)))
    return {rule.name: rule.finds for rule in ruleset.known.values()}


def _asked_for(found: Sequence[Diagnostic], wanted: Asked, loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Return the findings about the files that were asked for, and about the request itself."""
    if not wanted.paths:
        return (*wanted.diagnostics, *found)
    kept = tuple(diagnostic for diagnostic in found if diagnostic.place is None or wanted.covers(diagnostic.place.file))
    told = (*wanted.diagnostics, *kept)
    known = {diagnostic.place.file for diagnostic in told if diagnostic.place is not None}
    known.update(label(picture.file) for media in loaded.media.values() for picture in media.values())
    if loaded.files is not None:
        # Where there are errors, ledgers are not read.
        known.update(label(deck.path / LEDGER_FILE) for deck in loaded.files.decks)
        known.update(
            label(file_of_language(translation.file, LEDGER_FILE)) for translation in loaded.files.translations
        )
        known.update(loaded.files.files.opened)
    unread = (path for path in wanted.paths if not any(lies_in(file, path) for file in known))
    return in_file_order((*told, *(diagnose("CG508", "no deck has this file", Place(path)) for path in unread)))


def _cards_asked_for(deck: Deck, home: Home, wanted: Asked) -> int:
    """Count the cards of a deck in files that were asked for: all of them, if none was asked for by its path."""
    if not wanted.paths:
        return sum(len(section.cards) for section in deck.sections)
    return sum(wanted.covers(home.cards[card.id][0].name) for card in deck.cards())


def _breaks(diagnostic: Diagnostic) -> bool:
    return diagnostic.rule is None and diagnostic.severity is Severity.ERROR


def _ruleset(files: CollectionFolder | None, vocabulary: Vocabulary) -> Ruleset:
    if files is None or files.lint is None:
        return ruleset_of(None)
    return ruleset_of(files.lint(), vocabulary)


def _codes(names: tuple[str, ...], ruleset: Ruleset) -> frozenset[str]:
    for name in names:
        if name not in ruleset.known:
            hint = did_you_mean(name, ruleset.names()) or "`cardgen explain` lists the built-in ones."
            raise UsageError(f"there is no lint rule `{name}`. {hint}")
    return frozenset(ruleset.known[name].code for name in names)
