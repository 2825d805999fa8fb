"""Finds what ships with cardgen: the schemas and the decks, in an installed package or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_BUNDLED: Final = _PACKAGE / "bundled"
_HOME: Final = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent


def is_bundled(path: Path) -> bool:
    """Return whether a path is inside an installed cardgen, where nothing is ever written."""
    return _HOME is _BUNDLED and path.resolve().is_relative_to(_BUNDLED)


def shipped(name: str) -> Path:
    """Return the folder ``schema`` or ``decks`` that came with this cardgen."""
    return _HOME / name
