"""The ledger: when each note's content last changed, kept beside the deck."""

from cardgen.ledger.entry import (
    APART,
    EARLIEST,
    LATEST,
    Entry,
    Gaps,
    Ledger,
    Names,
    Released,
    after_release,
    brought_up_to_date,
    content_of,
    later,
)
from cardgen.ledger.file import LEDGER_FILE, fingerprint, lines, read, written
from cardgen.ledger.lines import DamagedLedgerError
from cardgen.ledger.moves import Claim, inside, moved

__all__ = [
    "APART",
    "EARLIEST",
    "LATEST",
    "LEDGER_FILE",
    "Claim",
    "DamagedLedgerError",
    "Entry",
    "Gaps",
    "Ledger",
    "Names",
    "Released",
    "after_release",
    "brought_up_to_date",
    "content_of",
    "fingerprint",
    "inside",
    "later",
    "lines",
    "moved",
    "read",
    "written",
]
