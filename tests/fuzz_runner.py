"""Runs the command on inputs that nobody wrote, in children with limits; reports how each run ended.

As a program it imports the command once and forks a child for each input, which runs several commands one after the
other. A child that takes too long is killed with all that it started; its memory is measured by the system.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from command import environment, import_all
from fuzz_inputs import write_base

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECONDS: Final = 10
"""Longest time that a command may compute."""

WAITING: Final = 60
"""Longest time that it may take in all, in seconds: other tests may have the machine, too."""

ADDRESS_SPACE: Final = 4 * 1024**3
"""Beyond it the system refuses memory, so that no child takes the machine with it, in bytes."""


@dataclass(frozen=True)
class Run:
    """How a command ended: its exit code, or None where it did not end by itself, what it said, and how long it ran."""

    arguments: tuple[str, ...]
    code: int | None
    out: bytes
    err: bytes
    seconds: float


@dataclass(frozen=True)
class Series:
    """The runs of the commands on one input, and the largest memory that any process of them had, in bytes."""

    runs: tuple[Run, ...]
    memory: int


class Runner:
    """Runs series of commands, in children of one process."""

    def __init__(self) -> None:
        self._scratch = Path(tempfile.mkdtemp(prefix="runs-"))
        self._server = subprocess.Popen(
            [sys.executable, __file__], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, commands: Sequence[Sequence[str]], cwd: Path, env: Mapping[str, str] | None = None) -> Series:
        """Run commands in a folder, each as ``python -m cardgen`` runs it; none after one that hangs."""
        asked = {
            "commands": list(map(list, commands)),
            "cwd": str(cwd),
            "env": environment(env),
            "out": str(self._scratch),
        }
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(f"{json.dumps(asked)}\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        runs = []
        for number, (code, seconds) in enumerate(answer["ended"]):
            said = [(self._scratch / f"{number}.{stream}").read_bytes() for stream in ("out", "err")]
            runs.append(Run(tuple(commands[number]), code, said[0], said[1], seconds))
        return Series(tuple(runs), answer["memory"])

    def close(self) -> None:
        """End the process that forks."""
        self._server.communicate()
        shutil.rmtree(self._scratch)


def _serve() -> None:
    import_all()
    _warm_up()
    gc.collect()
    gc.freeze()
    while line := sys.stdin.readline():
        asked = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _run_all(asked, writing)
        os.close(writing)
        ended = _watch(reading, child, len(asked["commands"]))
        os.close(reading)
        _, _, usage = os.wait4(child, 0)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        sys.stdout.write(json.dumps({"ended": ended, "memory": usage.ru_maxrss * 1024}) + "\n")
        sys.stdout.flush()


def _warm_up() -> None:
    """Compile schemas and fill caches, as the first run in any process does."""
    from cardgen.build.builder import build_decks
    from cardgen.build.request import Request
    from cardgen.lint.run import CheckRequest, check

    with tempfile.TemporaryDirectory() as folder:
        write_base(Path(folder))
        check(CheckRequest(Path(folder) / "decks"))
        build_decks(Request(decks=Path(folder) / "decks", out=Path(folder) / "dist", formats=("apkg", "csv", "xlsx")))


def _watch(reading: int, child: int, count: int) -> list[tuple[int | None, float]]:
    """Take each command's exit code as it comes; a command that does not end in time ends the child."""
    ended: list[tuple[int | None, float]] = []
    while len(ended) < count:
        began = time.monotonic()
        ready, _, _ = select.select([reading], [], [], WAITING)
        code = os.read(reading, 1) if ready else b""
        ended.append((code[0] if code else None, time.monotonic() - began))
        if not code:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            break
    return ended


def _run_all(asked: Mapping[str, object], writing: int) -> None:
    import resource  # which Windows has not

    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    os.environ.clear()
    os.environ.update(asked["env"])  # type: ignore[call-overload]
    tempfile.tempdir = None
    for number, arguments in enumerate(asked["commands"]):  # type: ignore[arg-type, var-annotated]
        code = _run(arguments, str(asked["cwd"]), f"{asked['out']}/{number}")
        os.write(writing, bytes([code]))
        gc.enable()
        gc.collect()
    os._exit(0)


def _run(arguments: Sequence[str], cwd: str, said: str) -> int:
    import resource

    from cardgen.__main__ import main

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + SECONDS + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
    os.chdir(cwd)
    sys.argv = ["cardgen", *arguments]
    files = (Path(os.devnull), Path(f"{said}.out"), Path(f"{said}.err"))
    with files[0].open("rb") as nothing, files[1].open("wb") as out, files[2].open("wb") as err:
        for descriptor, file in enumerate((nothing, out, err)):
            os.dup2(file.fileno(), descriptor)
    sys.stdin, sys.stdout, sys.stderr = (
        open(descriptor, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115 - closed by the next
        for descriptor, mode, errors in ((0, "r", "strict"), (1, "w", "strict"), (2, "w", "backslashreplace"))
    )
    try:
        main()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:  # noqa: BLE001 - whatever gets here is a finding
        traceback.print_exc()
        code = 1
    else:
        code = 0
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    return code & 0xFF


if __name__ == "__main__":
    _serve()
