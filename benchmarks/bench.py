"""Measures cardgen beside the script that most people would write and beside the floor: see README.md."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generate import CARDS_IN_FILE, write_collection
from measure import Contender, Result, in_turn, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HERE: Final = Path(__file__).parent
_PYTHON: Final = sys.executable
_CARDGEN: Final = "cardgen"
_CARDGEN_FIRST: Final = "cardgen, first build"
_SCRIPT: Final = "script"
_SCRIPT_C: Final = "script, C loader"
_FLOOR: Final = "floor"
_SCRIPT_ONCE_FROM: Final = 50_000
"""From this many cards on, the script takes minutes and runs once."""

_SUBDECKS: Final = 4_000
_SUBDECK_CARDS: Final = 8_000
_START_RUNS: Final = 20
_MEGABYTE: Final = 1_000_000


def main() -> None:
    """Measure what the command line asks for, and print it."""
    arguments = _arguments()
    print(_machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="cardgen-bench-") as folder:
        work = Path(folder)
        _warm_up(work)
        growth: list[tuple[int, Result]] = []
        for cards in arguments.cards:
            results = _compare(work, cards, arguments.runs)
            growth.append((cards, _ours(results)))
            print(f"\n{cards:,} cards\n{comparison_table(results)}", flush=True)
        print(f"\nGrowth of cardgen\n{growth_table(growth)}", flush=True)
        if arguments.subdecks:
            results = _subdecks(work, arguments.runs)
            print(f"\n{_SUBDECK_CARDS:,} cards in one section or in many\n{subdeck_table(results)}", flush=True)
        print(f"\nStart\n{start_table(_start(work))}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="sizes of the decks")
    parser.add_argument("--runs", type=int, default=3, help="how often each runs; the script once from 50,000 cards on")
    parser.add_argument("--subdecks", action="store_true", help=f"also compare {_SUBDECKS:,} subdecks with one")
    return parser.parse_args()


def _machine() -> str:
    programs = ", ".join(
        f"{name} {version(name)}" for name in ("cardgen", "genanki", "PyYAML", "jsonschema", "Markdown")
    )
    return (
        f"{_processor()}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}\n"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {programs}"
    )


def _processor() -> str:
    """Return the processor's name, which Python itself knows on few systems."""
    details = Path("/proc/cpuinfo")
    if details.is_file():
        for line in details.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def _warm_up(work: Path) -> None:
    """Run everything once unmeasured: Python writes its bytecode, the system fills its caches."""
    in_turn(_contenders(_generated(work, 100), 100, 1, work / "out"), _scratch(work))


def _compare(work: Path, cards: int, runs: int) -> list[Result]:
    return in_turn(_contenders(_generated(work, cards), cards, runs, work / "out"), _scratch(work))


def _subdecks(work: Path, runs: int) -> list[Result]:
    contenders = []
    for sections in (1, _SUBDECKS):
        decks = _generated(work, _SUBDECK_CARDS, _SUBDECK_CARDS // sections)
        name = f"{sections:,} section{'s' if sections > 1 else ''}"
        contenders.append(_cardgen(name, decks, _SUBDECK_CARDS, runs, work / "out"))
    for contender in contenders:
        run(contender, _scratch(work))  # unmeasured: it leaves a ledger for the others
    return in_turn(contenders, _scratch(work))


def _start(work: Path) -> list[Result]:
    bare = Contender("python -c pass", (_PYTHON, "-c", "pass"), "", _START_RUNS)
    ours = Contender("cardgen --version", (_PYTHON, "-m", "cardgen", "--version"), "cardgen", _START_RUNS)
    return in_turn((bare, ours), _scratch(work))


def _generated(work: Path, cards: int, in_file: int = CARDS_IN_FILE) -> Path:
    """Return a folder of decks with so many cards."""
    folder = work / f"decks-{cards}-{in_file}"
    if not folder.exists():
        write_collection(folder, cards, in_file)
    return folder


def _scratch(work: Path) -> Path:
    """Return the folder for the contenders' temporary files."""
    folder = work / "scratch"
    folder.mkdir(exist_ok=True)
    return folder


def _contenders(decks: Path, cards: int, runs: int, out: Path) -> tuple[Contender, ...]:
    patience = 1 if cards >= _SCRIPT_ONCE_FROM else runs
    script = (_PYTHON, str(_HERE / "script.py"), str(decks), str(out / _SCRIPT))
    floor = (_PYTHON, str(_HERE / "floor.py"), str(decks), str(out / _FLOOR))
    notes = _notes(cards)
    ours = _cardgen(_CARDGEN, decks, cards, runs, out)
    return (
        replace(ours, name=_CARDGEN_FIRST, without=decks / "bench" / "ledger.txt"),
        ours,
        Contender(_SCRIPT, script, notes, patience),
        Contender(_SCRIPT_C, (*script, "--c-loader"), notes, patience),
        Contender(_FLOOR, floor, notes, runs),
    )


def _cardgen(name: str, decks: Path, cards: int, runs: int, out: Path) -> Contender:
    formats = ("--format", "apkg", "--format", "csv", "--format", "anki-csv")
    command = (_PYTHON, "-m", "cardgen", "build", "--decks", str(decks), "--out", str(out / _CARDGEN), *formats)
    return Contender(name, command, _notes(cards), runs)


def _ours(results: Sequence[Result]) -> Result:
    return next(result for result in results if result.name == _CARDGEN)


def _notes(cards: int) -> str:
    return f"{cards:,} notes"


def comparison_table(results: Sequence[Result]) -> str:
    """Show contenders side by side, each with how many times as much as cardgen it takes."""
    ours = _ours(results)
    head = (
        "contender",
        "runs",
        "seconds",
        "fastest - slowest",
        "x cardgen",
        "CPU seconds",
        "x cardgen",
        "peak MB",
        "x cardgen",
    )
    return table(
        head,
        (
            (
                result.name,
                str(len(result.runs)),
                f"{result.seconds:.2f}",
                f"{result.fastest:.2f} - {result.slowest:.2f}",
                f"{result.seconds / ours.seconds:.2f}",
                f"{result.processor:.2f}",
                f"{result.processor / ours.processor:.2f}",
                f"{result.peak / _MEGABYTE:.0f}",
                f"{result.peak / ours.peak:.2f}",
            )
            for result in results
        ),
    )


def growth_table(growth: Sequence[tuple[int, Result]]) -> str:
    """Show what a card costs at each size, and what each card more than at the size before costs."""
    rows = []
    for index, (cards, result) in enumerate(growth):
        row = [f"{cards:,}", f"{result.processor / cards * 1e6:.0f}", "", f"{result.peak / cards / 1000:.1f}", ""]
        if index and cards > growth[index - 1][0]:
            before, smaller = growth[index - 1]
            more = cards - before
            row[2] = f"{(result.processor - smaller.processor) / more * 1e6:.0f}"
            row[4] = f"{(result.peak - smaller.peak) / more / 1000:.1f}"
        rows.append(row)
    return table(("cards", "CPU us a card", "CPU us a further card", "kB a card", "kB a further card"), rows)


def subdeck_table(results: Sequence[Result]) -> str:
    """Show the two layouts, with what a note costs in each."""
    first = results[0]
    return table(
        ("layout", "runs", "seconds", "x one", "CPU us a note", "x one", "peak MB", "x one"),
        (
            (
                result.name,
                str(len(result.runs)),
                f"{result.seconds:.2f}",
                f"{result.seconds / first.seconds:.2f}",
                f"{result.processor / _SUBDECK_CARDS * 1e6:.0f}",
                f"{result.processor / first.processor:.2f}",
                f"{result.peak / _MEGABYTE:.0f}",
                f"{result.peak / first.peak:.2f}",
            )
            for result in results
        ),
    )


def start_table(results: Sequence[Result]) -> str:
    """Show how long commands take that do nothing, and how much longer than the first."""
    bare = results[0]
    return table(
        ("command", "runs", "ms", "ms more"),
        (
            (
                result.name,
                str(len(result.runs)),
                f"{result.seconds * 1000:.0f}",
                f"{(result.seconds - bare.seconds) * 1000:.0f}",
            )
            for result in results
        ),
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Set out a Markdown table: the first column to the left, figures to the right."""
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = [("-" * width if index == 0 else "-" * (width - 1) + ":") for index, width in enumerate(widths)]
    return "\n".join(_line(line, widths) for line in (lines[0], rule, *lines[1:]))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.ljust(width) if index == 0 else cell.rjust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


if __name__ == "__main__":
    main()
