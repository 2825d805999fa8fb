"""The ledger: when each note's content last changed, kept beside the deck."""

from cardgen.ledger.entry import EARLIEST, LATEST, Entry, Ledger, brought_up_to_date
from cardgen.ledger.file import LEDGER_FILE, DamagedLedgerError, read, written

__all__ = [
    "EARLIEST",
    "LATEST",
    "LEDGER_FILE",
    "DamagedLedgerError",
    "Entry",
    "Ledger",
    "brought_up_to_date",
    "read",
    "written",
]
