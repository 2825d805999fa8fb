"""Measures print: cardgen's layouts, and the sheet beside the same one by WeasyPrint: see README.md."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generate import write_collection
from measure import Contender, in_turn, run, twice

if TYPE_CHECKING:
    from collections.abc import Sequence

_HERE: Final = Path(__file__).parent
_FORMATS: Final = (("apkg", "csv", "pdf"), ("apkg", "csv"))
_LAYOUTS: Final = ("sheet", "test", "large", "cards")
_OTHER_UP_TO: Final = 1_000
"""With more cards WeasyPrint takes minutes."""
_MEGABYTE: Final = 1_000_000


def main() -> None:
    """Measure what the command line asks for, and print it."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="cardgen-bench-") as folder:
        work = Path(folder)
        scratch = work / "scratch"
        scratch.mkdir()
        if arguments.decks:
            _measure_decks(arguments.decks, arguments.runs, arguments.before, work, scratch)
        for cards in arguments.cards:
            decks = work / f"decks-{cards}"
            write_collection(decks, cards)
            contenders = [_cardgen(decks, layout, arguments.runs, work / "out") for layout in _LAYOUTS]
            if arguments.weasyprint and cards <= _OTHER_UP_TO:
                contenders.append(_weasyprint(arguments.weasyprint, decks, arguments.runs, work / "sheet.pdf"))
            run(contenders[0], scratch)  # unmeasured: it leaves a ledger for the others
            results = in_turn(contenders, scratch)
            print(f"\n{cards:,} cards\n| what | runs | seconds | CPU seconds | peak MB of a process | x sheet |")
            print("| --- | ---: | ---: | ---: | ---: | ---: |")
            for result in results:
                measured = f"{result.seconds:.2f} | {result.processor:.2f} | {result.peak / _MEGABYTE:.0f}"
                times = result.seconds / results[0].seconds
                print(f"| {result.name} | {len(result.runs)} | {measured} | {times:.2f} |", flush=True)


def _measure_decks(decks: Path, runs: int, before: Path | None, work: Path, scratch: Path) -> None:
    """Build all decks of a folder at once, in the default formats without workbooks, beside one format each."""
    copy = Path(shutil.copytree(decks, work / "decks"))
    contenders = [_built(f"all decks, {', '.join(formats)}", copy, formats, runs, work / "out") for formats in _FORMATS]
    run(contenders[0], scratch)  # unmeasured: it leaves ledgers for the others
    print("| what | runs | fastest, seconds | CPU seconds |\n| --- | ---: | ---: | ---: |")
    for result in in_turn(twice(contenders, before), scratch):
        print(f"| {result.name} | {len(result.runs)} | {result.fastest:.2f} | {result.processor:.2f} |", flush=True)


def _built(name: str, decks: Path, formats: Sequence[str], runs: int, out: Path) -> Contender:
    options = [word for format_ in formats for word in ("--format", format_)]
    command = (sys.executable, "-m", "cardgen", "build", "--decks", str(decks), "--out", str(out), *options)
    return Contender(name, command, " card", runs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decks", type=Path, help="a folder of decks to print, too")
    parser.add_argument("--before", type=Path, help="another checkout of cardgen to print those decks in turn")
    parser.add_argument("--cards", type=int, nargs="*", default=[100, 1_000, 10_000], help="sizes of the decks")
    parser.add_argument("--runs", type=int, default=3, help="how often each runs")
    parser.add_argument("--weasyprint", metavar="PYTHON", help="a Python that has WeasyPrint and PyYAML")
    return parser.parse_args()


def _cardgen(decks: Path, layout: str, runs: int, out: Path) -> Contender:
    options = ("--decks", str(decks), "--format", "pdf", "--layout", layout, "--out", str(out))
    return Contender(f"cardgen, {layout}", (sys.executable, "-m", "cardgen", "build", *options), "bench.", runs)


def _weasyprint(python: str, decks: Path, runs: int, out: Path) -> Contender:
    return Contender("WeasyPrint, sheet", (python, str(_HERE / "sheet_html.py"), str(decks), str(out)), "written", runs)


if __name__ == "__main__":
    main()
