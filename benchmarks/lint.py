"""Measures `cardgen check` beside reading and schema validation alone: see README.md."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench import table
from generate import write_collection
from measure import Contender, in_turn

_HERE: Final = Path(__file__).parent
_DAY: Final = "1798761600"  # 2027-01-01: no date of the generated cards is still to come


def main() -> None:
    """Measure what the command line asks for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=10_000, help="size of the deck")
    parser.add_argument("--runs", type=int, default=3, help="how often each runs")
    arguments = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = _DAY
    with tempfile.TemporaryDirectory(prefix="cardgen-bench-") as folder:
        decks = Path(folder) / "decks"
        write_collection(decks, arguments.cards)
        counted = f"{arguments.cards:,} cards"
        check = (sys.executable, "-m", "cardgen", "check", "--decks", str(decks))
        validate = (sys.executable, str(_HERE / "validate.py"), str(decks))
        results = in_turn(
            (
                Contender("read and validate", validate, counted, arguments.runs),
                Contender("check, rules that are errors", (*check, "--severity", "error"), counted, arguments.runs),
                Contender("check, all rules", check, counted, arguments.runs),
            ),
            Path(folder),
        )
    alone = results[0]
    rows = (
        (
            result.name,
            str(len(result.runs)),
            f"{result.seconds:.2f}",
            f"{result.seconds / alone.seconds:.1f}",
            f"{result.processor:.2f}",
            f"{result.processor / alone.processor:.1f}",
            f"{result.peak / 1_000_000:.0f}",
        )
        for result in results
    )
    print(table(("contender", "runs", "seconds", "x alone", "CPU seconds", "x alone", "peak MB"), rows))


if __name__ == "__main__":
    main()
