"""The build's time, which is an input: what is overdue hangs on it, and the time that the ledger gives to changes."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

from cardgen.errors import UsageError


def build_time() -> datetime:
    """Give the build's time: SOURCE_DATE_EPOCH, else now, in whole seconds.

    It matters for what is overdue and for the time that the ledger gives to what changed; what did not change is the
    same on any day.

    Raises:
        UsageError: If SOURCE_DATE_EPOCH is not a number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return datetime.fromtimestamp(int(time.time()), UTC)
    latest = 253_402_300_799  # the last second of the year 9999
    if not given.isascii() or not given.isdigit() or int(given) > latest:
        raise UsageError(f"SOURCE_DATE_EPOCH must be a number of seconds since 1970, not {given!r}")
    return datetime.fromtimestamp(int(given), UTC)
