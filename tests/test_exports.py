"""What programs may use: a list that changes on purpose alone."""

from __future__ import annotations

import cardgen

EXPORTED = [
    "Artefact",
    "Built",
    "Card",
    "CardgenError",
    "Citation",
    "Collection",
    "CompiledCollection",
    "CompiledDeck",
    "Deck",
    "DecksError",
    "Diagnostic",
    "Difference",
    "Loaded",
    "Place",
    "Printing",
    "Request",
    "Section",
    "Selection",
    "Severity",
    "Source",
    "UsageError",
    "Variant",
    "Version",
    "__version__",
    "as_github",
    "as_json",
    "as_text",
    "build_decks",
    "compare",
    "compile_collection",
    "load_decks",
    "read_version",
    "schema_text",
]


def test_what_programs_may_use_is_exactly_this() -> None:
    assert cardgen.__all__ == EXPORTED


def test_what_programs_may_use_is_there() -> None:
    assert [name for name in EXPORTED if not hasattr(cardgen, name)] == []
