"""The tutorial, done to the letter: its files are written, its commands run in a shell, and what they say compared."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest
from command import environment
from conftest import REPOSITORY

PAGE = (REPOSITORY / "docs/first-deck.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS: list[tuple[str, str]] = BLOCK.findall(PAGE)
INSTALLED, *STEPS = BLOCKS
TIME = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="its commands are for a POSIX shell")


def alike(said: str) -> str:
    """Return what was said without what differs from run to run, or with any change of a format: ports and sizes."""
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", re.sub(r"[\d,]+ bytes", "N bytes", said))


class Shell:
    """A terminal, in which `cardgen` is that of this checkout."""

    def __init__(self, home: Path) -> None:
        program = home / "programs" / "cardgen"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m cardgen "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        self._environment = environment({"PATH": path, "BROWSER": "true"})
        self.folder = home

    def run(self, commands: str) -> str:
        """Run commands, and stay in the folder that they lead to; return all that they say."""
        place = self.folder / ".place"
        script = f"{commands}\npwd > {shlex.quote(str(place))}"
        done = subprocess.run(
            ["sh", "-c", script],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.folder = Path(place.read_text(encoding="utf-8").strip())
        place.unlink()
        return done.stdout

    def serve(self, command: str) -> str:
        """Start what runs until Ctrl-C, ask it for its page, and end it; return the line that it said."""
        with subprocess.Popen(
            shlex.split(command), cwd=self.folder, env=self._environment, stdout=subprocess.PIPE, text=True
        ) as started:
            assert started.stdout
            said = started.stdout.readline()
            with urllib.request.urlopen(said.split()[0], timeout=10) as answer:
                assert answer.status == 200
            started.send_signal(signal.SIGINT)
            assert started.wait(10) == 0
        return said


class Done(NamedTuple):
    """The folder of the collection at the end, and what the page and the terminal said, step by step."""

    folder: Path
    exchanges: list[tuple[str, str]]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Do what the tutorial says, in its order."""
    shell = Shell(tmp_path_factory.mktemp("tutorial"))
    said, exchanges = "", []
    for language, text in STEPS:
        match language:
            case "yaml":
                name = text.removeprefix("# ").partition("\n")[0]
                (shell.folder / name).write_text(text, encoding="utf-8")
            case "sh" if text.startswith("cardgen preview"):
                said = shell.serve(text)
            case "sh":
                if said.startswith("error"):
                    correct(shell.folder / "decks/rivers/first-cards.yaml")
                said = shell.run(text)
            case _:
                exchanges.append((alike(text), alike(said)))
    return Done(shell.folder, exchanges)


def correct(cards: Path) -> None:
    """Make the one change that the tutorial asks for in words."""
    text = cards.read_text(encoding="utf-8")
    assert "write `back` in place of `bakc`" in PAGE.lower().replace("\n", " ")
    cards.write_text(text.replace("    bakc:", "    back:"), encoding="utf-8")


def test_the_tutorial_goes_as_it_says(done: Done) -> None:
    assert [said for _, said in done.exchanges] == [text for text, _ in done.exchanges]


def test_the_ledger_that_is_explained_is_that_of_the_tutorial(done: Done) -> None:
    page = (REPOSITORY / "docs/identity.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```\n(# cardgen ledger.*?)^```", page, re.MULTILINE | re.DOTALL)
    ledger = (done.folder / "decks/rivers/ledger.txt").read_text(encoding="utf-8")
    assert re.sub(TIME, "TIME", shown) == re.sub(TIME, "TIME", ledger)


@pytest.mark.slow
def test_the_lines_that_install_it_do(tmp_path: Path) -> None:
    language, commands = INSTALLED
    (tmp_path / "cardgen").symlink_to(REPOSITORY)
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        ["sh", "-ec", f"{commands}\ncardgen --version"],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (language, done.returncode, done.stdout[:8]) == ("sh", 0, "cardgen,"), done.stderr
