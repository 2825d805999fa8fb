"""The ledger: when each note's content last changed, kept beside the deck."""

from cardgen.ledger.entry import (
    APART,
    LATEST,
    Entry,
    Gaps,
    Ledger,
    Names,
    Released,
    after_release,
    brought_up_to_date,
    content_of,
    in_calendar,
    later,
)
from cardgen.ledger.file import LEDGER_FILE, file_of_language, fingerprint, lines, read, written
from cardgen.ledger.guids import GUIDS_FILE, MAX_GUID, NO_GUIDS, GuidFile, GuidLine, given, is_guid, read_guids
from cardgen.ledger.lines import DamagedLedgerError
from cardgen.ledger.moves import Claim, inside, moved
from cardgen.ledger.translations import Made, of_card, with_translations

__all__ = [
    "APART",
    "GUIDS_FILE",
    "LATEST",
    "LEDGER_FILE",
    "MAX_GUID",
    "NO_GUIDS",
    "Claim",
    "DamagedLedgerError",
    "Entry",
    "Gaps",
    "GuidFile",
    "GuidLine",
    "Ledger",
    "Made",
    "Names",
    "Released",
    "after_release",
    "brought_up_to_date",
    "content_of",
    "file_of_language",
    "fingerprint",
    "given",
    "in_calendar",
    "inside",
    "is_guid",
    "later",
    "lines",
    "moved",
    "of_card",
    "read",
    "read_guids",
    "with_translations",
    "written",
]
