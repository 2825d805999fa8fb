"""The build's time, which is an input: print marks by it what is overdue, and the ledger gives it to changes."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from typing import Final

from cardgen.errors import UsageError
from cardgen.ledger import LATEST

_SHOWN: Final = 40
"""How many characters of a wrong value a message shows."""


def build_time() -> datetime:
    """Return the build's time: SOURCE_DATE_EPOCH, else now, in whole seconds.

    It matters for what print marks as overdue and for the time that the ledger gives to what changed; no note is
    another on another day.

    Raises:
        UsageError: If SOURCE_DATE_EPOCH is no number of seconds, or no time that a ledger can hold.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return datetime.fromtimestamp(int(time.time()), UTC)
    is_number = given.isascii() and given.isdigit() and len(given) <= len(str(LATEST))
    if not is_number or int(given) > LATEST:
        shown = given if len(given) <= _SHOWN else given[: _SHOWN - 1] + "…"
        raise UsageError(f"SOURCE_DATE_EPOCH must be seconds since 1970, at most {LATEST}, not {shown!r}")
    return datetime.fromtimestamp(int(given), UTC)
