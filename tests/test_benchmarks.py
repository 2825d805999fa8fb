"""Tests of the benchmarks that need nothing but what the tests need: they still measure what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
_LINT = _BENCHMARKS / "lint.py"


def test_lint_is_measured_beside_reading_and_validating() -> None:
    done = subprocess.run(
        (sys.executable, str(_LINT), "--cards", "20", "--runs", "1"), capture_output=True, text=True, check=False
    )
    rows = [line.split("|")[1].strip() for line in done.stdout.splitlines()[2:]]
    expected = ["read and validate", "check, rules that are errors", "check, all rules"]
    assert (done.returncode, rows, done.stderr) == (0, expected, "")


def test_growth_is_measured_by_cards_and_by_decks() -> None:
    sizes = ("--cards", "5", "10", "--decks", "1", "2", "--runs", "1")
    command = (sys.executable, str(_BENCHMARKS / "scale.py"), *sizes)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    rows = [line.split("|")[1].strip(" -") for line in done.stdout.splitlines() if line.startswith("|")]
    assert (done.returncode, rows, done.stderr) == (0, ["cards", "", "5", "10", "decks", "", "1", "2"], "")


def test_all_decks_of_a_folder_are_printed_beside_another_checkout(decks: Callable[..., Path]) -> None:
    command = (sys.executable, str(_BENCHMARKS / "printing.py"), "--cards", "--runs", "1", "--decks", str(decks()))
    before = ("--before", str(_BENCHMARKS.parent))
    done = subprocess.run((*command, *before), capture_output=True, text=True, check=False)
    rows = [line.split("|")[1].strip() for line in done.stdout.splitlines()[2:]]
    all_formats, others = "all decks, apkg, csv, pdf", "all decks, apkg, csv"
    expected = [f"{all_formats}, before", all_formats, f"{others}, before", others]
    assert (done.returncode, rows, done.stderr) == (0, expected, "")


def test_bringing_over_is_measured_beside_html_parser_and_another_checkout() -> None:
    command = (sys.executable, str(_BENCHMARKS / "importing.py"), "--notes", "12", "--runs", "1")
    done = subprocess.run((*command, "--before", str(_BENCHMARKS.parent)), capture_output=True, text=True, check=False)
    rows = [line.split("|")[1].strip(" -") for line in done.stdout.splitlines() if line.startswith("|")]
    expected = ["contender", "", "html.parser alone", "cardgen import, before", "cardgen import"]
    assert (done.returncode, rows, done.stderr) == (0, expected * 2, "")
