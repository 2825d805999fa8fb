"""Tests of the benchmarks that need nothing but what the tests need: they still measure what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_LINT = Path(__file__).parent.parent / "benchmarks" / "lint.py"


def test_lint_is_measured_beside_reading_and_validating() -> None:
    done = subprocess.run(
        (sys.executable, str(_LINT), "--cards", "20", "--runs", "1"), capture_output=True, text=True, check=False
    )
    rows = [line.split("|")[1].strip() for line in done.stdout.splitlines()[2:]]
    expected = ["read and validate", "check, rules that are errors", "check, all rules"]
    assert (done.returncode, rows, done.stderr) == (0, expected, "")
