"""Lines of files that git merges line by line: the times in them, and those that are damaged."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from cardgen.diagnostics import Diagnostic, Place, diagnose
from cardgen.errors import CardgenError
from cardgen.ledger.entry import EARLIEST, LATEST

TIME: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
"""The pattern of a time."""


class DamagedLedgerError(CardgenError):
    """A line of a ledger cannot be used.

    Attributes:
        line: Its number, from 1.
        text: The line.
    """

    def __init__(self, line: int, text: str, why: str) -> None:
        super().__init__(why)
        self.line = line
        self.text = text

    def diagnostic(self, file: str) -> Diagnostic:
        """Return the finding that the error is, in a file as people know it."""
        return diagnose("CG601", str(self), Place(file, self.line, 1, max(1, len(self.text)), self.text))


def is_mark(line: str) -> bool:
    """Return whether a line is one that git puts between two versions."""
    return line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||"))


def unreadable(line: str) -> str:
    """Return why a line is not as it should be."""
    if is_mark(line):
        return "a merge of two versions was not finished here"
    return "the line is not as cardgen writes it"


@lru_cache(maxsize=4096)
def written_time(seconds: int) -> str:
    """Return a time as lines have it; the argument is in seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")  # since 1970 years have four digits


def read_time(text: str, number: int, line: str) -> int:
    """Return the seconds since 1970 of a time.

    Raises:
        DamagedLedgerError: If there is no such time, or none that can be kept.
    """
    try:
        seconds = _seconds(text)
    except ValueError:
        raise DamagedLedgerError(number, line, f"there is no time {text}") from None
    if not EARLIEST <= seconds <= LATEST:
        raise DamagedLedgerError(number, line, f"the time {text} is not between 1970 and 8999")
    return seconds


@lru_cache(maxsize=4096)
def _seconds(text: str) -> int:
    if text[11:13] == "24":  # the end of a day, which only newer versions of Python take for the beginning of the next
        raise ValueError(text)
    return int(datetime.fromisoformat(text).timestamp())
