"""The process of a command: streams that are closed, readers that go, and signals that ask for an end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from command import environment
from conftest import MINIMAL_CARDS, REPOSITORY, Ran

from cardgen.leftovers import own_prefix, sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WRONG = {"demo/one.yaml": MINIMAL_CARDS.replace("back:", "bakc:")}

CARDGEN = f"{sys.executable} -m cardgen"


def shell(command: str, cwd: Path) -> Ran:
    """Run a shell's command, and return how it ended and what reached the streams that were left open."""
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=cwd, env=environment(), capture_output=True, check=False, text=True
    )
    return Ran(done.returncode, done.stdout, done.stderr)


# Streams


@pytest.mark.parametrize(
    ("arguments", "closed", "code"),
    [
        ("build --format csv", "2>&-", 0),
        ("build --format csv", ">&-", 0),
        ("build --format csv", "<&- >&- 2>&-", 0),
        ("list", ">&-", 0),
        ("check", "2>&-", 0),
        ("build --frmat csv", "2>&-", 2),
    ],
)
def test_a_closed_stream_changes_nothing_but_what_is_seen(
    arguments: str, closed: str, code: int, decks: Callable[..., Path], tmp_path: Path
) -> None:
    decks()
    whole = shell(f"{CARDGEN} {arguments}", tmp_path)
    built = {file.name: file.read_bytes() for file in tmp_path.glob("dist/*")}
    streams = closed.split()
    seen = Ran(code, "" if ">&-" in streams else whole.out, "" if "2>&-" in streams else whole.err)
    assert (whole.code, shell(f"{CARDGEN} {arguments} {closed}", tmp_path)) == (code, seen)
    assert {file.name: file.read_bytes() for file in tmp_path.glob("dist/*")} == built


def test_findings_that_nobody_sees_end_with_1(decks: Callable[..., Path], tmp_path: Path) -> None:
    decks(WRONG)
    assert shell(f"{CARDGEN} build 2>&-", tmp_path) == Ran(1, "", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("list", 0),
        ("build --format csv", 0),
        ("check", 1),
        ("check --output json", 1),
        ("schema cards", 0),
        ("stats --output json", 0),
    ],
)
@pytest.mark.parametrize("gone", ["stdout", "stderr"])
def test_a_reader_that_goes_is_no_reason_to_complain(
    gone: str, arguments: str, code: int, decks: Callable[..., Path], tmp_path: Path
) -> None:
    decks(WRONG if code else None)
    whole = shell(f"{CARDGEN} {arguments}", tmp_path)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "cardgen", *arguments.split()],
        cwd=tmp_path,
        env=environment(),
        stdout=writer if gone == "stdout" else subprocess.PIPE,
        stderr=writer if gone == "stderr" else subprocess.PIPE,
        check=False,
        text=True,
    )
    os.close(writer)
    said = (None, whole.err) if gone == "stdout" else (whole.out, None)
    assert (done.returncode, done.stdout, done.stderr) == (code, *said)


# Signals

BLOCKED = """\
import os, pathlib, runpy, sys, time
import cardgen.tables.csv, cardgen.print.workers
def blocked(*_):
    pathlib.Path("blocked").write_text("0")
    time.sleep(60)
cardgen.tables.csv.export = blocked
cardgen.print.workers._SCRIPT = "hanging.py"
runpy.run_module("cardgen", run_name="__main__", alter_sys=True)
"""

HANGING = """\
import os, pathlib
os.read(0, 1000)
pathlib.Path("begun").write_text(str(os.getpid()))
pathlib.Path("begun").rename("blocked")
os.read(0, 1000)
"""
"""Instead of what sets print: it begins a job, and ends when nobody is there any more."""


@pytest.fixture
def blocked(decks: Callable[..., Path], tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a build of a format that comes as far as its export, and waits there."""
    decks()
    (tmp_path / "scratch").mkdir()
    (tmp_path / "hanging.py").write_text(HANGING)
    started: list[subprocess.Popen[str]] = []

    def start(form: str, before: str = "") -> subprocess.Popen[str]:
        (tmp_path / "blocked").unlink(missing_ok=True)
        words = ["build", "--format", form]
        # Tests that are to outlive their terminal ignore this one, and whatever they start would ignore it, too.
        of_tests = signal.signal(signal.SIGHUP, signal.SIG_DFL)
        process = subprocess.Popen(
            ["/bin/sh", "-c", f'{before} exec "$@"', "sh", sys.executable, "-c", BLOCKED, *words],
            cwd=tmp_path,
            env=environment({"TMPDIR": str(tmp_path / "scratch")}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        signal.signal(signal.SIGHUP, of_tests)
        started.append(process)
        until = time.monotonic() + 30
        while not (tmp_path / "blocked").exists():
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
            time.sleep(0.02)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def left(folder: Path) -> list[str]:
    """Return what a build that was ended has left: temporary files and folders, artefacts, the ledger."""
    names = (".cardgen-part-", "cardgen-print-", "ledger.txt", "demo.")
    return sorted(file.name for file in folder.rglob("*") if file.name.startswith(names))


@pytest.mark.parametrize(
    ("number", "code", "said"), [(signal.SIGINT, 130, "\n"), (signal.SIGTERM, 143, ""), (signal.SIGHUP, 129, "")]
)
@pytest.mark.parametrize("form", ["csv", "pdf"])
def test_a_signal_ends_a_build_that_leaves_nothing_behind(
    form: str,
    number: signal.Signals,
    code: int,
    said: str,
    blocked: Callable[..., subprocess.Popen[str]],
    tmp_path: Path,
) -> None:
    process = blocked(form)
    child = int((tmp_path / "blocked").read_text())
    assert left(tmp_path) != []
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (code, "", said)
    assert left(tmp_path) == []
    if child:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def test_who_is_to_outlive_the_terminal_does(blocked: Callable[..., subprocess.Popen[str]]) -> None:
    process = blocked("csv", before="trap '' HUP;")
    process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.3)


IMPORTED = """\
import runpy, sys
class Finder:
    def find_spec(self, name, *_):
        if name == "cardgen.cli":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
runpy.run_module("cardgen", run_name="__main__", alter_sys=True)
"""


def test_ctrl_c_is_heeded_before_the_command_line_is_there(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, "list"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


# What is left over


@pytest.mark.parametrize("form", ["csv", "pdf"])
def test_the_next_build_removes_what_a_killed_one_has_left_and_nothing_of_a_living_one(
    form: str, blocked: Callable[..., subprocess.Popen[str]], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    killed = blocked(form)
    killed.kill()
    killed.wait()
    of_killed = set(left(tmp_path))
    blocked(form)
    of_living = set(left(tmp_path)) - of_killed
    assert of_living
    assert cardgen("build", "--format", form, env={"TMPDIR": str(tmp_path / "scratch")}).code == 0
    after = set(left(tmp_path)) - {"ledger.txt", f"demo.{form}"}
    assert after == of_living


def test_what_another_machine_has_left_is_removed_when_it_is_old(tmp_path: Path) -> None:
    here = own_prefix(".x-")
    theirs = ".x-00000000-1-"
    for name in (f"{theirs}old", f"{theirs}new", f"{here}new", ".x-mine", f"{theirs}old.csv"):
        (tmp_path / name).touch()
    (tmp_path / f"{theirs}folder").mkdir()
    for name in (f"{theirs}old", f"{theirs}folder", ".x-mine", f"{theirs}old.csv"):
        os.utime(tmp_path / name, (1, 1))
    sweep(tmp_path, ".x-")
    kept = {f"{theirs}new", f"{here}new", ".x-mine", f"{theirs}old.csv"}
    assert {file.name for file in tmp_path.iterdir()} == kept


def test_a_folder_that_is_not_there_has_nothing_left_over(tmp_path: Path) -> None:
    sweep(tmp_path / "nowhere", ".x-")
    assert list(tmp_path.iterdir()) == []


def test_the_installed_command_is_the_module() -> None:
    project = (REPOSITORY / "pyproject.toml").read_text()
    assert '\ncardgen = "cardgen.__main__:main"\n' in project
