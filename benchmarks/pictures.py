"""Measures what pictures and editions cost: see README.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generate import write_pictured
from measure import Contender, in_turn, run, twice

if TYPE_CHECKING:
    from measure import Result

_PICTURES: Final = 555
_SIZE: Final = 20_000
_EDITIONS: Final = 48
_LARGE: Final = 1_000_000
_LARGE_PICTURES: Final = 200
_MEGABYTE: Final = 1_000_000


def main() -> None:
    """Measure what the command line asks for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often each runs")
    parser.add_argument("--before", type=Path, help="another checkout of cardgen to measure in turn")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cardgen-bench-") as folder:
        work = Path(folder)
        scratch = work / "scratch"
        scratch.mkdir()
        write_pictured(work / "atlas", _PICTURES, _SIZE, _EDITIONS)
        write_pictured(work / "small", _LARGE_PICTURES, 100)
        write_pictured(work / "large", _LARGE_PICTURES, _LARGE)
        editions = [word for number in range(_EDITIONS) for word in ("--variant", f"edition-{number}")]
        contenders = (
            _build(f"1 edition, {_PICTURES} pictures", work, "atlas", arguments.runs, *editions[:2]),
            _build(f"{_EDITIONS} editions, each with all of them", work, "atlas", arguments.runs, *editions),
            _build(f"{_LARGE_PICTURES} pictures of 100 bytes", work, "small", arguments.runs),
            _build(f"{_LARGE_PICTURES} pictures of 1 MB", work, "large", arguments.runs),
        )
        for contender in contenders:
            run(contender, scratch)  # unmeasured: it leaves a ledger for the others
        print("| what | runs | seconds | CPU seconds | peak MB |\n| --- | ---: | ---: | ---: | ---: |")
        for result in in_turn(twice(contenders, arguments.before), scratch):
            print(_row(result))


def _build(name: str, work: Path, decks: str, runs: int, *more: str) -> Contender:
    options = ("--decks", str(work / decks), "--format", "apkg", "--out", str(work / "out"), *more)
    return Contender(name, (sys.executable, "-m", "cardgen", "build", *options), "bench", runs)


def _row(result: Result) -> str:
    figures = f"{result.seconds:.2f} | {result.processor:.2f} | {result.peak / _MEGABYTE:.0f}"
    return f"| {result.name} | {len(result.runs)} | {figures} |"


if __name__ == "__main__":
    main()
