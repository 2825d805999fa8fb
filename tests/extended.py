"""Copies of the project to which a test adds something, and their command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from conftest import REPOSITORY, Ran

if TYPE_CHECKING:
    from pathlib import Path


def copy_of_the_project(home: Path, *, fonts: bool = False) -> Path:
    """Copy what cardgen runs on, and the scripts that write parts of it; without the fonts of print unless wanted."""
    unneeded = shutil.ignore_patterns("__pycache__", *(() if fonts else ("fonts",)))
    for name in ("cardgen", "schema", "docs"):
        shutil.copytree(REPOSITORY / name, home / name, ignore=unneeded)
    return home


def write_decks(home: Path, files: dict[str, str]) -> None:
    """Write files into the decks of a copy."""
    for name, text in files.items():
        (home / "decks" / name).parent.mkdir(parents=True, exist_ok=True)
        (home / "decks" / name).write_text(text.lstrip(), encoding="utf-8")


def run(home: Path, *arguments: str) -> Ran:
    """Run Python with a copy's cardgen, as in ``run(home, "-m", "cardgen", "build")``."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home)},
        capture_output=True,
        check=False,
        text=True,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
