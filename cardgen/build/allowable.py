"""What `build --allow` takes; a light module, which `--help` imports."""

from __future__ import annotations

from typing import Final

DROPPED: Final = "dropped"
GAPS: Final = "gaps"
TOUCHED: Final = "touched"

ALLOWABLE: Final = (DROPPED, GAPS, TOUCHED)
"""Changes that would stop a release: notes that are gone without a word, numbers of gaps that hide something else, and
more than a fifth of all notes touched at once."""
