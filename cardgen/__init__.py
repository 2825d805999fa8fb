"""cardgen: a compiler for study decks.

The same as on the command line, for programs::

    import cardgen
    from pathlib import Path

    loaded = cardgen.load_decks(Path("decks"))
    print(cardgen.as_text(loaded.diagnostics))

    built = cardgen.build_decks(cardgen.Request(names=["rivers"], out=Path("dist"))).raise_for_errors()
    for artefact in built.artefacts:
        print(artefact.path, artefact.cards)

The guide is docs/python.md.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cardgen._version import __version__

if TYPE_CHECKING:
    from cardgen.build.builder import Built, build_decks
    from cardgen.build.compile import compile_collection
    from cardgen.build.compiled import CompiledCollection, CompiledDeck
    from cardgen.build.manifest import Artefact
    from cardgen.build.request import Request
    from cardgen.check import schema_text
    from cardgen.diagnostics import DecksError, Diagnostic, Place, Severity, as_github, as_json, as_text
    from cardgen.diff import Difference, Version, compare, read_version
    from cardgen.errors import CardgenError, UsageError
    from cardgen.load import Loaded, load_decks
    from cardgen.model import Card, Citation, Collection, Deck, Printing, Section, Selection, Source, Variant

__all__ = [
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

_HOMES = {
    "cardgen.build.builder": ("Built", "build_decks"),
    "cardgen.build.request": ("Request",),
    "cardgen.errors": ("CardgenError", "UsageError"),
    "cardgen.check": ("schema_text",),
    "cardgen.build.compile": ("compile_collection",),
    "cardgen.build.compiled": ("CompiledCollection", "CompiledDeck"),
    "cardgen.diagnostics": ("DecksError", "Diagnostic", "Place", "Severity", "as_github", "as_json", "as_text"),
    "cardgen.diff": ("Difference", "Version", "compare", "read_version"),
    "cardgen.load": ("Loaded", "load_decks"),
    "cardgen.build.manifest": ("Artefact",),
    "cardgen.model": (
        "Card",
        "Citation",
        "Collection",
        "Deck",
        "Printing",
        "Section",
        "Selection",
        "Source",
        "Variant",
    ),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - as the module has it
    """Import what is asked for when it is asked for, so that the command line starts at once (PEP 562)."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
