"""Runs programs as whole processes and takes their time and their memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: seconds by the wall clock, seconds of processor time, bytes of memory at its peak."""

    seconds: float
    processor: float
    peak: int


@dataclass(frozen=True, slots=True)
class Contender:
    """A program to run.

    Attributes:
        name: What the tables call it.
        command: The command line.
        expected: What its output must contain, for a run to count.
        runs: How often it runs.
        without: A file that is removed before each run, or None.
        checkout: The folder of another state of cardgen, which is measured instead of this one; or None.
    """

    name: str
    command: tuple[str, ...]
    expected: str
    runs: int
    without: Path | None = None
    checkout: Path | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """All runs of a contender."""

    name: str
    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """The median time."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def fastest(self) -> float:
        """The shortest time."""
        return min(run.seconds for run in self.runs)

    @property
    def slowest(self) -> float:
        """The longest time."""
        return max(run.seconds for run in self.runs)

    @property
    def processor(self) -> float:
        """The median of the processor time."""
        return statistics.median(run.processor for run in self.runs)

    @property
    def peak(self) -> float:
        """The median of the peaks of memory, in bytes."""
        return statistics.median(run.peak for run in self.runs)


def twice(contenders: Sequence[Contender], before: Path | None) -> tuple[Contender, ...]:
    """Return contenders, each behind itself as it was in another checkout, if there is one."""
    if before is None:
        return tuple(contenders)
    return tuple(
        one
        for contender in contenders
        for one in (replace(contender, name=f"{contender.name}, before", checkout=before), contender)
    )


def in_turn(contenders: Sequence[Contender], scratch: Path) -> list[Result]:
    """Run the contenders A B C A B C ..., so that a slow moment of the machine meets all of them.

    Args:
        contenders: What to run.
        scratch: A folder for what they leave in the folder of temporary files.
    """
    runs: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
    for turn in range(max(contender.runs for contender in contenders)):
        for contender in contenders:
            if turn < contender.runs:
                runs[contender.name].append(run(contender, scratch))
    return [Result(name, tuple(taken)) for name, taken in runs.items()]


def run(contender: Contender, scratch: Path) -> Run:
    """Run a contender once.

    Raises:
        RuntimeError: If it fails, or did not do what was expected of it.
    """
    if contender.without is not None:
        contender.without.unlink(missing_ok=True)
    output = scratch / "output.txt"
    environment = {**os.environ, "TMPDIR": str(scratch)}
    if contender.checkout is not None:
        environment["PYTHONPATH"] = str(contender.checkout.resolve())
    with output.open("wb") as stream:
        start = time.perf_counter()
        # Not in the folder of this checkout, where `python -m` would find cardgen before it looks into another one.
        process = subprocess.Popen(
            contender.command, stdout=stream, stderr=subprocess.STDOUT, env=environment, cwd=scratch
        )
        # Popen.wait would not tell what this one process used.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    said = output.read_text(encoding="utf-8", errors="replace")
    if process.returncode != 0 or contender.expected not in said:
        raise RuntimeError(f"{contender.name} failed with exit code {process.returncode}:\n{said[-2000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)
