"""cardgen: a compiler for study decks.

The same as on the command line, for programs::

    import cardgen
    from pathlib import Path

    loaded = cardgen.load(Path("decks"))
    print(cardgen.as_text(loaded.diagnostics))

    built = cardgen.build(cardgen.Request(names=["visa"], out=Path("dist")))
    for artefact in built.artefacts:
        print(artefact.path, artefact.cards)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cardgen.building import Artefact, Built, Request, UsageError, build
    from cardgen.diagnostics import Diagnostic, Place, Severity, as_github, as_json, as_text
    from cardgen.loading import Loaded, load
    from cardgen.model import Card, Citation, Collection, Deck, Section, Selection, Source, Variant

__version__ = "0.1.0"

__all__ = [
    "Artefact",
    "Built",
    "Card",
    "Citation",
    "Collection",
    "Deck",
    "Diagnostic",
    "Loaded",
    "Place",
    "Request",
    "Section",
    "Selection",
    "Severity",
    "Source",
    "UsageError",
    "Variant",
    "__version__",
    "as_github",
    "as_json",
    "as_text",
    "build",
    "load",
]

_HOMES = {
    "cardgen.building": ("Artefact", "Built", "Request", "UsageError", "build"),
    "cardgen.diagnostics": ("Diagnostic", "Place", "Severity", "as_github", "as_json", "as_text"),
    "cardgen.loading": ("Loaded", "load"),
    "cardgen.model": ("Card", "Citation", "Collection", "Deck", "Section", "Selection", "Source", "Variant"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - as the module has it
    """Import what is asked for when it is asked for, so that the command line starts at once (PEP 562)."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
