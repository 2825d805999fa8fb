"""What `cardgen check` does: everything a build would find, the lint rules, and what can be mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardgen.build.clock import build_time
from cardgen.build.compiled import compile_collection
from cardgen.build.staging import Staging
from cardgen.diagnostics import Severity, did_you_mean, in_file_order
from cardgen.errors import UsageError
from cardgen.lint import lint, settings_of
from cardgen.lint.fix import plan
from cardgen.read import decks_at_hand, is_bundled, read_collection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cardgen.diagnostics import Diagnostic
    from cardgen.lint import Settings
    from cardgen.lint.fix import FixedFile
    from cardgen.read import CollectionFolder


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What to check.

    Attributes:
        decks: Folder of the decks; None as for `cardgen.load.load`.
        names: Names of the decks wanted; all if empty.
        rules: Names or codes of the lint rules to hold; all if empty. What is wrong in other ways is found always.
        severity: The least severity that counts.
    """

    decks: Path | None = None
    names: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found.

    Attributes:
        diagnostics: The findings, in file order.
        decks, cards: How many were checked; no number of cards where something was wrong
            beyond what lint rules find.
    """

    diagnostics: tuple[Diagnostic, ...]
    decks: int
    cards: int | None

    def fails(self, *, strict: bool = False) -> bool:
        """Say whether there is an error, or, for the strict, a warning."""
        wanted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(diagnostic.severity in wanted for diagnostic in self.diagnostics)


def check(request: CheckRequest) -> Checked:
    """Look for all that is wrong.

    Raises:
        UsageError: If a rule does not exist, or SOURCE_DATE_EPOCH is not a number of seconds.
    """
    now = build_time()
    compiled = compile_collection(request.decks, request.names, now)
    loaded = compiled.loaded
    settings = _settings(loaded.files)
    linted = lint(loaded, settings, now.date(), _codes(request.rules, settings), request.severity)
    found = in_file_order((*compiled.diagnostics, *settings.diagnostics, *linted.diagnostics))
    shown = tuple(diagnostic for diagnostic in found if diagnostic.severity.weight >= request.severity.weight)
    collection = compiled.collection
    broken = any(diagnostic.rule is None and diagnostic.severity is Severity.ERROR for diagnostic in found)
    if collection is None or broken:
        return Checked(shown, 0, None)
    return Checked(shown, len(collection.decks), sum(1 for deck in collection.decks for _ in deck.cards()))


def planned_fixes(request: CheckRequest) -> tuple[FixedFile, ...]:
    """Work out what can be mended without asking.

    Raises:
        UsageError: As `check`, and for the decks inside an installed cardgen, where nothing is ever written.
    """
    root = decks_at_hand(request.decks)
    if is_bundled(root):
        raise UsageError("the decks that come with cardgen are not mended: name a folder of your own with --decks")
    folder = read_collection(root, request.names)
    settings = _settings(folder)
    codes = _codes(request.rules, settings)
    active = [
        entry
        for entry in settings.active
        if (not codes or entry.rule.code in codes) and entry.type.severity.weight >= request.severity.weight
    ]
    return plan(folder, settings, active, ids=not codes)


def write_fixes(files: Sequence[FixedFile]) -> None:
    """Put mended files in place, each whole.

    Raises:
        OSError: If one cannot be written.
    """
    with Staging() as staging:
        for file in files:
            staging.add(file.path, file.content)
        staging.commit()


def _settings(files: CollectionFolder | None) -> Settings:
    return settings_of(files.lint() if files is not None and files.lint is not None else None)


def _codes(names: tuple[str, ...], settings: Settings) -> frozenset[str]:
    for name in names:
        if name not in settings.known:
            raise UsageError(f"there is no lint rule `{name}`. {did_you_mean(name, settings.names())}")
    return frozenset(settings.known[name].code for name in names)
