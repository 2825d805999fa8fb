"""The runs of a command that the tests fork are those of a process that starts for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from command import Command, from_the_beginning

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    "arguments",
    [
        "--help",
        "build --help",
        "--version",
        "bogus",
        "check",
        "check --output json",
        "list",
        "build --format csv",
        "build x",
    ],
)
def test_a_run_in_a_fork_says_what_one_from_the_beginning_says(
    arguments: str, decks: Callable[..., Path], runner: Command, tmp_path: Path
) -> None:
    decks({"demo/Ü.yaml": "x"})
    forked = runner.run(arguments.split(), tmp_path)
    assert forked == from_the_beginning(arguments.split(), tmp_path)
