"""What `cardgen check` runs: the checks of a build, the lint rules, and fixes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardgen.build.clock import build_time
from cardgen.build.compile import compile_collection
from cardgen.build.staging import Staging
from cardgen.diagnostics import Severity, did_you_mean, in_file_order
from cardgen.errors import UsageError
from cardgen.lint import lint, ruleset_of
from cardgen.lint.fix import plan
from cardgen.load.facets import load_facets
from cardgen.read import decks_at_hand, is_bundled, read_collection
from cardgen.read.folder import read_lint_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cardgen.diagnostics import Diagnostic
    from cardgen.lint import Ruleset
    from cardgen.lint.fix import FixedFile
    from cardgen.read import CollectionFolder


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What to check.

    Attributes:
        decks: The folder of decks; None for the nearest.
        names: Names of the decks to check; all if empty.
        rules: Names or codes of the lint rules to run; all if empty. Findings that are not lint's are always reported.
        severity: The lowest severity to report.
    """

    decks: Path | None = None
    names: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found.

    Attributes:
        diagnostics: The findings, in file order.
        decks, cards: How many were checked; `cards` is None if there are errors that are not lint's.
    """

    diagnostics: tuple[Diagnostic, ...]
    decks: int
    cards: int | None

    def fails(self, *, strict: bool = False) -> bool:
        """Return whether there is an error or, if strict, a warning."""
        wanted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(diagnostic.severity in wanted for diagnostic in self.diagnostics)


def check(request: CheckRequest) -> CheckResult:
    """Run all checks.

    Raises:
        UsageError: If there are no decks, a rule does not exist, or SOURCE_DATE_EPOCH is not a number of seconds.
    """
    now = build_time()
    compiled = compile_collection(decks_at_hand(request.decks, bundled=False), request.names, now)
    loaded = compiled.loaded
    ruleset = _ruleset(loaded.files)
    linted = lint(loaded, ruleset, now.date(), _codes(request.rules, ruleset), request.severity)
    found = in_file_order((*compiled.diagnostics, *ruleset.diagnostics, *linted.diagnostics))
    shown = tuple(diagnostic for diagnostic in found if diagnostic.severity.weight >= request.severity.weight)
    collection = compiled.collection
    broken = any(diagnostic.rule is None and diagnostic.severity is Severity.ERROR for diagnostic in found)
    if collection is None or broken:
        return CheckResult(shown, 0, None)
    return CheckResult(shown, len(collection.decks), sum(1 for deck in collection.decks for _ in deck.cards()))


def planned_fixes(request: CheckRequest) -> tuple[FixedFile, ...]:
    """Return the fixes that can be made without asking, none of them written yet.

    Raises:
        UsageError: As `check`, and for the decks inside an installed cardgen, where nothing is ever written.
    """
    root = decks_at_hand(request.decks, bundled=False)
    if is_bundled(root):
        raise UsageError("the decks that come with cardgen cannot be fixed: name a folder of your own with --decks")
    folder = read_collection(root, request.names)
    ruleset = _ruleset(folder)
    codes = _codes(request.rules, ruleset)
    return plan(folder, ruleset, ruleset.chosen(codes, request.severity), ids=not codes)


def write_fixes(files: Sequence[FixedFile]) -> None:
    """Write fixed files, each atomically.

    Raises:
        OSError: If one cannot be written.
    """
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


def _ruleset(files: CollectionFolder | None) -> Ruleset:
    if files is None or files.lint is None:
        return ruleset_of(None)
    facets, _ = load_facets(files.collection)
    return ruleset_of(files.lint(), None if facets is None else tuple(facets))


def _codes(names: tuple[str, ...], ruleset: Ruleset) -> frozenset[str]:
    for name in names:
        if name not in ruleset.known:
            hint = did_you_mean(name, ruleset.names()) or "`cardgen explain` lists the built-in ones."
            raise UsageError(f"there is no lint rule `{name}`. {hint}")
    return frozenset(ruleset.known[name].code for name in names)
