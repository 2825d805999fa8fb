"""What a build keeps beside the decks: whether it can, and the time that it gives to what has changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cardgen.read import is_bundled

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def may_be_written(ledger: Path) -> bool:
    """Return whether a ledger can be kept: not for decks inside an installed cardgen or on a read-only disk."""
    return not is_bundled(ledger.parent) and os.access(ledger.parent, os.W_OK)


def time_of_change(now: datetime, ledger: Path) -> int:
    """Return the time that a changed note gets: now, or the beginning of the day where it cannot be remembered."""
    if not may_be_written(ledger):
        now = now.replace(hour=0, minute=0, second=0)
    return int(now.timestamp())
