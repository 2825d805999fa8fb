"""Measures whether time grows as what there is: cards to check, and decks in one collection: see README.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench import table
from generate import write_collection
from measure import Contender, in_turn, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from measure import Result

_CARDS_IN_DECK: Final = 100


def main() -> None:
    """Measure what the command line asks for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, nargs="+", default=[25_000, 50_000, 100_000], help="of the decks to check")
    parser.add_argument("--decks", type=int, nargs="+", default=[1, 50, 100, 200], help="sizes of collections")
    parser.add_argument("--runs", type=int, default=2, help="how often each runs")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cardgen-bench-") as folder:
        work = Path(folder)
        checks = _checks(work, arguments.cards, arguments.runs)
        print(f"Check\n{growth('cards', arguments.cards, checks)}", flush=True)
        builds = _builds(work, arguments.decks, arguments.runs)
        print(f"\nDecks of {_CARDS_IN_DECK} cards in one collection\n{growth('decks', arguments.decks, builds)}")


def _checks(work: Path, sizes: Sequence[int], runs: int) -> list[Result]:
    contenders = []
    for cards in sizes:
        decks = work / f"checked-{cards}"
        write_collection(decks, cards)
        command = (sys.executable, "-m", "cardgen", "check", "--decks", str(decks))
        contenders.append(Contender(f"{cards:,}", command, f"{cards:,} cards", runs))
    return in_turn(contenders, work)


def _builds(work: Path, sizes: Sequence[int], runs: int) -> list[Result]:
    formats = ("--format", "apkg", "--format", "csv", "--format", "anki-csv")
    contenders = []
    for count in sizes:
        decks = work / f"decks-{count}"
        write_collection(decks, _CARDS_IN_DECK, decks=count)
        out = str(work / f"out-{count}")
        command = (sys.executable, "-m", "cardgen", "build", "--decks", str(decks), "--out", out, *formats)
        contenders.append(Contender(f"{count:,}", command, f"{_CARDS_IN_DECK} notes", runs))
    for contender in contenders:
        run(contender, work)  # unmeasured: it leaves ledgers and artefacts for the others
    return in_turn(contenders, work)


def growth(what: str, sizes: Sequence[int], results: Sequence[Result]) -> str:
    """Show what each size costs, and what each thing more than at the size before does."""
    rows = []
    for index, (size, result) in enumerate(zip(sizes, results, strict=True)):
        row = [f"{size:,}", str(len(result.runs)), f"{result.processor:.2f}", "", f"{result.peak / 1_000_000:.0f}"]
        if index:
            more = result.processor - results[index - 1].processor
            row[3] = f"{more / (size - sizes[index - 1]) * 1000:.3f}"
        rows.append(row)
    return table((what, "runs", "CPU seconds", "CPU ms a further one", "peak MB"), rows)


if __name__ == "__main__":
    main()
