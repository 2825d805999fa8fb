"""Reads the card files of a folder of decks and holds them to the schema, and does nothing else: what lint is beside.

``python benchmarks/validate.py DECKS``
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from cardgen.check import Vocabulary, convert, fits
from cardgen.read import read_collection


def main() -> None:
    """Read and validate."""
    gc.disable()  # as the command line does
    cards = 0
    collection = read_collection(Path(sys.argv[1]))
    declared = collection.collection
    facets = tuple(declared.value["facets"]) if declared is not None else ()
    for deck in collection.decks:
        for read in deck.sections.values():
            value = read().value
            convert(value, "cards")
            if not fits(value, "cards", vocabulary=Vocabulary(facets)):
                sys.exit("a file does not fit its schema")
            cards += len(value["cards"])
    print(f"{cards:,} cards")


if __name__ == "__main__":
    main()
