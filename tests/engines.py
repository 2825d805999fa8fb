"""Learners with Anki's engines of several years, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ENGINES = [sys.executable, *os.environ.get("CARDGEN_ENGINES", "").split()]
"""The installed engine's Python, and those of others; `test_reimport` says how to make them."""

OLDEST = "2.1.54"


class Remote:
    """Learners in another process, one after another; has the methods of `learner.Learner`, and ``open``."""

    def __init__(self, python: str) -> None:
        program = str(Path(__file__).with_name("learner.py"))
        self._process = subprocess.Popen([python, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def call(*arguments: object) -> Any:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps([method, *map(_plain, arguments)]) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
            assert answer, f"the engine stopped at {method}"
            return json.loads(answer)

        return call

    def stop(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def _plain(argument: object) -> object:
    return str(argument) if isinstance(argument, Path) else argument


def counts(new: int = 0, updated: int = 0, duplicate: int = 0) -> dict[str, int]:
    """Return what Anki should count; nothing ever conflicts."""
    return {"new": new, "updated": updated, "duplicate": duplicate, "conflicting": 0}
