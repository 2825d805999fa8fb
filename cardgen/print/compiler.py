"""Typst, asked from outside: files are laid out in a folder of their own, and a child process works there."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.errors import CardgenError
from cardgen.leftovers import own_prefix, sweep
from cardgen.print.glyphs import is_private, unusual

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HERE: Final = Path(__file__).parent
FONTS: Final = _HERE / "fonts"
_TEMPLATES: Final = _HERE / "templates"
_WORKER: Final = _HERE / "worker.py"

_PREFIX: Final = "cardgen-print-"

_BASE_SECONDS: Final = 60
_SECONDS_A_CARD: Final = 0.2
"""Time limit of a file: a hundred times what an ordinary card takes."""

_SECONDS_A_PICTURE: Final = 10
"""How long one picture may take to draw; the filters of an SVG can take a minute."""

_UNWRITABLE: Final = 74
"""How the worker ends that cannot write its files."""
_ROOM: Final = "Free some space there, or name another folder in the environment variable TMPDIR."


class PrintingError(CardgenError):
    """Typst failed, or took too long; its text says how.

    Attributes:
        hint: The way out, where there is a better one than the code's own.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class MissingGlyphsError(PrintingError):
    """No font has some characters, or none has a letter together with its marks.

    Attributes:
        characters: Which; of a letter with marks, all of them.
        broken: Names of pictures that cannot be drawn, and why, as far as they were looked at.
    """

    def __init__(self, characters: frozenset[str], broken: Mapping[str, str]) -> None:
        super().__init__("no font has some characters")
        self.characters = characters
        self.broken = broken


class Typeset(Struct, frozen=True, eq=False):
    """A file that was set.

    Attributes:
        content: Its bytes.
        last_page: The number on its last page.
        continued: Of cards to cut out: those that take several, with the ids of their decks and how many they take.
        broken: Names of pictures that could not be drawn, and why.
        borrowed: Characters that only fonts of this machine have.
    """

    content: bytes
    last_page: int
    continued: Sequence[Mapping[str, Any]]
    broken: Mapping[str, str]
    borrowed: frozenset[str]


def is_there() -> bool:
    """Return whether Typst is installed; it is imported only in the child process."""
    return find_spec("typst") is not None


def typeset(
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    font_dirs: Sequence[str],
    broken: Mapping[str, str] = MappingProxyType({}),
) -> Typeset:
    """Set one file; fonts of the machine help out where the shipped ones and those of the folders lack a character.

    Args:
        data: For the template of its layout.
        pictures: Their files, by name.
        font_dirs: Folders of fonts beside the shipped ones.
        broken: Names of pictures of which it is known that they cannot be drawn, and why.

    Raises:
        MissingGlyphsError: If no font has some characters.
        PrintingError: If Typst fails otherwise, takes longer than it may, or has no room for its files.
    """
    characters, sequences = unusual(data)
    if private := frozenset(filter(is_private, characters)):
        raise MissingGlyphsError(private, broken)
    job = {
        "template": f"{data['layout']}.typ",
        "font_paths": [str(FONTS), *font_dirs],
        "characters": sorted(characters),
        "pictures": sorted(pictures),
        "picture_seconds": _SECONDS_A_PICTURE,
        "broken": dict(broken),
        "sound": [],
        "time": data["time"],
    }
    cards = sum(len(section["cards"]) for section in data["sections"])
    seconds = _BASE_SECONDS + _SECONDS_A_CARD * cards + _SECONDS_A_PICTURE * len(pictures)
    # Longest first, for a longer sequence may begin with a shorter one.
    ordered = sorted(sequences, key=lambda sequence: (-len(sequence), sequence))
    try:
        sweep(Path(tempfile.gettempdir()), _PREFIX)
        with tempfile.TemporaryDirectory(prefix=own_prefix(_PREFIX)) as name:
            folder = Path(name)
            _stage(folder, {**data, "sequences": ordered}, pictures)
            outcome = _outcome(folder, job, seconds)
            if outcome["missing"]:
                raise MissingGlyphsError(frozenset(outcome["missing"]), outcome["broken"])
            if outcome["error"]:
                raise PrintingError(_explained(outcome["error"].replace(f"{folder}{os.sep}", "")))
            content = (folder / "out.pdf").read_bytes()
    except OSError as error:
        raise _unwritable(error.strerror or str(error)) from error
    return Typeset(
        content, outcome["last_page"], outcome["continued"], outcome["broken"], frozenset(outcome["borrowed"])
    )


def _stage(folder: Path, data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> None:
    """Write what Typst needs: copies, for it sees nothing but this folder, and would follow a link out of it."""
    for template in _TEMPLATES.glob("*.typ"):
        shutil.copyfile(template, folder / template.name)
    for picture, content in pictures.items():
        (folder / picture).write_bytes(content)
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _outcome(folder: Path, job: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    """Do a job, once more for each picture that takes too long: nothing but the end of the process stops it."""
    while True:
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        _work(folder, seconds)
        outcome: dict[str, Any] = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
        slow = outcome["slow"]
        if not slow:
            return outcome
        (folder / "outcome.json").unlink()
        why = f"it takes more than {_SECONDS_A_PICTURE} seconds to draw"
        job = {**job, "broken": outcome["broken"] | {slow: why}, "sound": outcome["sound"]}


def _unwritable(why: str) -> PrintingError:
    try:
        place = f" in `{tempfile.gettempdir()}`"
    except OSError:
        place = ""  # there is none, and `why` says where it was looked for
    return PrintingError(f"cannot write temporary files{place}: {why}", _ROOM)


def _work(folder: Path, seconds: float) -> None:
    """Run the worker; whatever happens here, it does not outlive this call."""
    command = (sys.executable, "-P", str(_WORKER), str(folder))
    log = folder / "stderr.txt"
    with log.open("wb") as errors, _started(command, errors) as worker:
        try:
            # Not communicate(), which would close the worker's input and so end it.
            worker.wait(seconds)
        except subprocess.TimeoutExpired:
            raise PrintingError(f"typesetting took more than {seconds:.0f} seconds") from None
        finally:
            worker.kill()
    if worker.returncode == _UNWRITABLE:
        raise _unwritable(os.strerror(errno.ENOSPC))
    if not (folder / "outcome.json").is_file():
        said = log.read_text(encoding="utf-8", errors="replace").strip()
        last = said.splitlines()[-1] if said else f"it ended with status {worker.returncode}"
        raise PrintingError(f"Typst failed: {last}")


def _started(command: Sequence[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - our own script, and a path of our own
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors
        )
    except OSError as error:
        raise PrintingError(f"Python cannot be started: {error.strerror or error}") from error


def _explained(diagnostic: str) -> str:
    """Return the line of Typst's words that matters."""
    errors = [line for line in diagnostic.splitlines() if line.startswith("error")]
    return f"Typst failed: {errors[0] if errors else diagnostic.strip()}"
