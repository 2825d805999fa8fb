"""What lint finds in decks, without a process for each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from cardgen.check import Vocabulary
from cardgen.diagnostics import as_text, in_file_order
from cardgen.lint import lint, ruleset_of
from cardgen.load import load_decks

if TYPE_CHECKING:
    from pathlib import Path

    from cardgen.diagnostics import Diagnostic

DAY: Final = date(2026, 11, 22)


def found(root: Path, *codes: str) -> list[Diagnostic]:
    """Return what lint finds in decks without other errors, for some rules or all."""
    loaded = load_decks(root)
    assert not loaded.diagnostics, as_text(loaded.diagnostics)
    assert loaded.files is not None
    facets = tuple(loaded.collection.facets) if loaded.collection is not None else None
    ruleset = ruleset_of(loaded.files.lint() if loaded.files.lint else None, Vocabulary(facets))
    return list(in_file_order((*ruleset.diagnostics, *lint(loaded, ruleset, DAY, codes).diagnostics)))
