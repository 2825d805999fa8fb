"""Times as authors write them: a year, a month, a day, or a year with words such as ``2026 Match``."""

from __future__ import annotations

import re
from typing import Final

_YEAR: Final = re.compile(r"[0-9]{4}")


def is_named(written: str) -> bool:
    """Return whether a time is a year with words; a season that has a name may begin long before its year."""
    return " " in written


def as_date(written: str) -> str:
    """Return a time as far as it can be compared: ``2026``, ``2026-06`` or ``2026-06-30``; of a named one the year."""
    year = _YEAR.search(written) if is_named(written) else None
    return year[0] if year else written
