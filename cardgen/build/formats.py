"""The formats: their names, and the modules that write them, of which only those asked for are imported.

This module is light: the command line takes the names from it, and `--help` imports it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from cardgen.export import Exporter

FORMATS: Final = {
    "apkg": "cardgen.anki.apkg",
    "csv": "cardgen.tables.csv",
    "xlsx": "cardgen.tables.xlsx",
    "anki-csv": "cardgen.anki.text_import",
    "md": "cardgen.texts.markdown",
    "pairs": "cardgen.texts.pairs",
    "pdf": "cardgen.print",
    "story-sheet": "cardgen.stories",
}
"""Names of the formats, as ``--format`` takes them, and their modules."""

DEFAULT_FORMATS: Final = ("apkg", "csv", "xlsx", "pdf")


def lacking(name: str) -> str:
    """Return what a format needs that this machine lacks; empty if nothing, as for most."""
    ask = getattr(exporter_for(name), "lacking", None)
    return ask() if ask is not None else ""


@cache
def exporter_for(name: str) -> Exporter:
    """Return the exporter of a format; only those that are asked for are imported."""
    return cast("Exporter", import_module(FORMATS[name]))
