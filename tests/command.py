"""The command as users run it, without the time that a process takes to start.

The tests run it hundreds of times, and most of a short run is Python importing modules. So one process imports them
once, compiles the schemas, and forks for each run: the child has its own folder, environment and descriptors, runs what
``python -m cardgen`` runs, and ends as children of multiprocessing do: threads are waited for and streams written out,
but modules are not taken apart, which takes as long as a short run. Where coverage is measured, the lines that it ran
count. A run whose environment changes how Python itself starts is a process of its own, as is every run where the
system is not Linux.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import multiprocessing
import os
import pkgutil
import runpy
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coverage import Coverage, CoverageData

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from multiprocessing.connection import Connection

REPOSITORY: Final = Path(__file__).resolve().parents[1]

READ_WHILE_RUNNING: Final = {"SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"}
"""Variables that change nothing in how Python starts."""

_OTHERS: Final = ("jsonschema", "jsonschema_rs", "markdown_it", "mdit_py_plugins.dollarmath", "xlsxwriter", "yaml")
"""What most runs import beside modules of ours."""


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
    # By `include`, since what measures a `source` looks for files that did not run, at the end of every child.
    ours = f"{REPOSITORY / 'cardgen'}/*"
    coverage = Coverage(data_file=None, config_file=False, include=[ours], messages=False) if measured else None
    if coverage:
        coverage.start()
    import_all()
    _compile_schemas()
    ran = _lines(coverage)
    forking = multiprocessing.get_context("fork")
    while line := sys.stdin.readline():
        told, telling = forking.Pipe(duplex=False)
        child = forking.Process(target=_run, args=(json.loads(line), coverage, telling))
        child.start()
        telling.close()
        with contextlib.suppress(EOFError):  # a child that was killed tells nothing
            for file, lines in told.recv().items():
                ran.setdefault(file, set()).update(lines)
        child.join()
        sys.stdout.write(f"{child.exitcode}\n")
        sys.stdout.flush()
    if measured:
        CoverageData(measured, suffix=True).add_lines(ran)


def import_all() -> None:
    """Import what runs import: all of cardgen but what is run as a program, and what most of them need beside it."""
    for module in _OTHERS:
        importlib.import_module(module)
    for found in pkgutil.walk_packages([str(REPOSITORY / "cardgen")], "cardgen."):
        if not found.name.endswith((".__main__", ".worker")):
            importlib.import_module(found.name)


def _compile_schemas() -> None:
    from cardgen.check.schemas import convert, fits

    for schema in ("cards", "collection", "deck", "sources"):
        fits({}, schema)
        convert({}, schema)


def _run(asked: dict[str, Any], coverage: Coverage | None, telling: Connection) -> None:
    """Run what ``python -m cardgen`` runs, and tell which lines ran."""
    _become(asked["cwd"], asked["env"], asked["files"])
    sys.argv = ["cardgen", *asked["arguments"]]
    try:
        runpy.run_module("cardgen", run_name="__main__", alter_sys=True)
    finally:
        telling.send(_lines(coverage))
        telling.close()


def _lines(coverage: Coverage | None) -> dict[str, set[int]]:
    """Return which lines of which files have run since it was last asked, in a process and in that which forked it."""
    if coverage is None:
        return {}
    data = coverage.get_data()
    lines = {file: set(data.lines(file) or ()) for file in data.measured_files()}
    data.erase()
    return lines


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
