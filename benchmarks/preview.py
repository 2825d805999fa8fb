"""Measures how long an author waits: for the preview's start, and from saving a card file to the page that shows it.

``python benchmarks/preview.py [--decks DECKS] [--runs N]`` works on a copy of the decks.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECKS: Final = Path(__file__).parents[1] / "decks"


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decks", type=Path, default=_DECKS)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    starts, saves = zip(*(_run(arguments.decks, run) for run in range(arguments.runs)), strict=True)
    start, save = statistics.median(starts), statistics.median(saves)
    print("| what | runs | seconds | of the start |\n| --- | ---: | ---: | ---: |")
    print(f"| start until the page is served | {len(starts)} | {start:.2f} | 1.00 |")
    print(f"| saving a file until its card is served | {len(saves)} | {save:.2f} | {save / start:.2f} |")


def _run(decks: Path, run: int) -> tuple[float, float]:
    """Return the seconds of one start and of one change."""
    with tempfile.TemporaryDirectory(prefix="cardgen-bench-") as folder:
        return _measured(Path(shutil.copytree(decks, Path(folder, "decks"))), f"saved {run}")


def _measured(decks: Path, mark: str) -> tuple[float, float]:
    began = time.perf_counter()
    command = [sys.executable, "-m", "cardgen", "preview", "--decks", str(decks)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+/", process.stdout.readline())
            assert found is not None
            url = found[0]
            first = _site(url)
            started = time.perf_counter() - began
            events = _events(url)
            next(events)
            file = Path(first["sections"][0]["file"])
            saved = time.perf_counter()
            file.write_text(f"{file.read_text(encoding='utf-8')}    note: {mark}\n", encoding="utf-8")
            while mark not in json.dumps(_site(url)):
                next(events)
            return started, time.perf_counter() - saved
        finally:
            process.terminate()


def _site(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url}site.json", timeout=30) as answer:
        site: dict[str, Any] = json.load(answer)
    return site


def _events(url: str) -> Iterator[str]:
    """Yield a line for each change, and once at the beginning."""
    with urllib.request.urlopen(f"{url}events", timeout=30) as stream:
        for line in stream:
            if line.startswith(b"data:"):
                yield line.decode()


if __name__ == "__main__":
    main()
