"""The blocks of a file of a language, as cards that rules can fix.

A block that is out of date is left alone: `cardgen check` asks for its translation until the block changes (CG621), and
a fix would be such a change.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from cardgen.check import convert, fits
from cardgen.check.translated import TEXTS_BYTES, texts_digest, translated_fields
from cardgen.ledger import DamagedLedgerError, Made, read
from cardgen.read import UnreadableFileError
from cardgen.read.files import MAX_LEDGER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from cardgen.check import Vocabulary
    from cardgen.ledger import Entry
    from cardgen.read import Document, InputFolder, KeyPath


def blocks_in(
    document: Document, cards: Mapping[str, Mapping[str, Any]], known: Callable[[str], str], vocabulary: Vocabulary
) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Yield the path and the texts of each block, with the kind of its card; of cards with an error, nothing.

    Args:
        document: The file of the language.
        cards: The cards of the deck by their ids, as their author wrote them.
        known: What a ledger has of a card's translation, as `ledger.of_card` gives it.
        vocabulary: What the collection adds to the schemas.
    """
    written = document.value.get("cards") if isinstance(document.value, dict) else None
    for card_id, block in written.items() if isinstance(written, dict) else ():
        if card_id not in cards or not isinstance(block, dict):
            continue
        card = deepcopy(cards[card_id])
        convert({"cards": [card]}, "cards")
        if not fits(card, "cards", "card", vocabulary):
            continue
        last = known(card_id)
        made = Made(texts_digest(card, TEXTS_BYTES, vocabulary), last.rpartition("-")[2], str(block.get("of", "")))
        if not made.is_out_of_date(last):
            fields = translated_fields(card["kind"], vocabulary)
            texts = {name: value for name, value in block.items() if name in fields}
            yield ("cards", card_id), {"kind": card["kind"]} | texts


def known_entries(ledger: Path, files: InputFolder) -> Mapping[str, Entry]:
    """Return what a ledger knows, by places; nothing where it is missing or damaged.

    Args:
        ledger: Its file.
        files: Opens it.
    """
    try:
        return read(files.read_text(ledger, MAX_LEDGER)).entries
    except (UnreadableFileError, DamagedLedgerError):
        return {}
