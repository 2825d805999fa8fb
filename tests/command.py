"""The command as users run it, without the time that a process takes to start.

The tests run it hundreds of times, and most of a short run is Python importing modules. So one process imports them
once and forks for each run: the child has its own folder, environment and descriptors, runs what ``python -m
cardgen`` runs, and ends as any process ends. Where coverage is measured, the lines that it ran count. A run whose
environment changes how Python itself starts is a process of its own, as is every run where the system is not Linux.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coverage import Coverage, CoverageData

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REPOSITORY: Final = Path(__file__).resolve().parents[1]

READ_WHILE_RUNNING: Final = {"SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"}
"""Variables that change nothing in how Python starts."""

MODULES: Final = (
    "cardgen.cli",
    "cardgen.build.builder",
    "cardgen.diff",
    "cardgen.lint.run",
    "cardgen.tables.csv",
    "cardgen.tables.xlsx",
    "jsonschema",
    "jsonschema_rs",
    "markdown_it",
    "mdit_py_plugins.dollarmath",
    "yaml",
)
"""What most runs import."""


@dataclass(frozen=True)
class Ran:
    """How a run of the command ended, and what it said."""

    code: int
    out: str
    err: str


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what a run has in its environment: that of the tests, without what would change what it says."""
    clean = {key: value for key, value in os.environ.items() if key not in {"SOURCE_DATE_EPOCH", "NO_COLOR"}}
    return clean | {"PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"} | dict(more or {})


class Command:
    """Runs the command, in children of one process if it can."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[str] | None = None

    def run(self, arguments: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None) -> Ran:
        """Run ``python -m cardgen`` with arguments, in a folder, and wait for its end."""
        words = [str(argument) for argument in arguments]
        if sys.platform != "linux" or not READ_WHILE_RUNNING.issuperset(env or ()):
            return from_the_beginning(words, cwd, env)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            files = [f"/proc/{os.getpid()}/fd/{file.fileno()}" for file in (out, err)]
            asked = {"arguments": words, "cwd": str(cwd), "env": environment(env), "files": files}
            code = self._answer(json.dumps(asked))
            said = []
            for file in (out, err):
                file.seek(0)
                said.append(file.read().decode())
        return Ran(code, *said)

    def _answer(self, asked: str) -> int:
        if self._server is None:
            measuring = Coverage.current()
            self._server = subprocess.Popen(
                [sys.executable, __file__, *([str(Path(measuring.config.data_file).resolve())] if measuring else [])],
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(f"{asked}\n")
        self._server.stdin.flush()
        return int(self._server.stdout.readline())

    def close(self) -> None:
        """End the process that forks."""
        if self._server is not None:
            self._server.communicate()


def from_the_beginning(arguments: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Ran:
    """Run ``python -m cardgen`` in a process that starts for it."""
    done = subprocess.run(
        [sys.executable, "-m", "cardgen", *arguments],
        cwd=cwd,
        env=environment(env),
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def _serve(measured: str | None) -> None:
    """Fork for each line of standard input, and answer with exit codes; write to a file of coverage what ran."""
    coverage = Coverage(data_file=None, source=["cardgen"], messages=False) if measured else None
    if coverage:
        coverage.start()
    for module in MODULES:
        importlib.import_module(module)
    ran: dict[str, set[int]] = {}
    while line := sys.stdin.readline():
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            asked = json.loads(line)
            _become(asked["cwd"], asked["env"], asked["files"])
            sys.argv = ["cardgen", *asked["arguments"]]
            try:
                runpy.run_module("cardgen", run_name="__main__", alter_sys=True)
            finally:
                if coverage:
                    with open(writing, "w", encoding="utf-8") as told:  # noqa: PTH123 - a descriptor
                        json.dump(_lines(coverage), told)
            return
        os.close(writing)
        with open(reading, encoding="utf-8") as told:  # noqa: PTH123 - a descriptor
            for file, lines in json.loads(told.read() or "{}").items():
                ran.setdefault(file, set()).update(lines)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()
    if measured:
        CoverageData(measured, suffix=True).add_lines(ran)


def _lines(coverage: Coverage) -> dict[str, list[int]]:
    coverage.stop()
    data = coverage.get_data()
    return {file: data.lines(file) or [] for file in data.measured_files()}


def _become(cwd: str, env: dict[str, str], files: Sequence[str]) -> None:
    """Make this process look as if started in a folder, with an environment, no input, and two files for output."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.path[0] = cwd
    for descriptor, file in enumerate((os.devnull, *files)):
        opened = os.open(file, os.O_RDWR | os.O_APPEND)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (
        open(descriptor, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115 - it lasts as long as the process
        for descriptor, mode, errors in ((0, "r", "strict"), (1, "w", "strict"), (2, "w", "backslashreplace"))
    )


if __name__ == "__main__":
    _serve(sys.argv[1] if sys.argv[1:] else None)
