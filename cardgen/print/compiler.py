"""Typst, asked from outside: files are laid out in a folder of their own, and a child process works there."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.leftovers import own_prefix, sweep
from cardgen.print.glyphs import is_private, unusual
from cardgen.print.workers import PrintingError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cardgen.print.workers import Workers

_HERE: Final = Path(__file__).parent
FONTS: Final = _HERE / "fonts"
_TEMPLATES: Final = _HERE / "templates"

_PREFIX: Final = "cardgen-print-"

_BASE_SECONDS: Final = 60
_SECONDS_A_CARD: Final = 0.2
"""Time limit of a file: a hundred times what an ordinary card takes."""

_SECONDS_A_PICTURE: Final = 10
"""How long one picture may take to draw; the filters of an SVG can take a minute."""

_UNWRITABLE: Final = 74
"""How the worker ends that cannot write its files."""
_ROOM: Final = "Free some space there, or name another folder in the environment variable TMPDIR."


class Looked(Struct, frozen=True):
    """What is known of the pictures of a document.

    Attributes:
        broken: Names of those that cannot be drawn, and why.
        sound: Names of the others, by the fonts that they were tried with, as `cardgen.print.worker` calls them.
    """

    broken: Mapping[str, str] = MappingProxyType({})
    sound: Mapping[str, Sequence[str]] = MappingProxyType({})


NOTHING: Final = Looked()


class MissingGlyphsError(PrintingError):
    """No font has some characters, or none has a letter together with its marks.

    Attributes:
        characters: Which; of a letter with marks, all of them.
        looked: What is known of the pictures by now.
    """

    def __init__(self, characters: frozenset[str], looked: Looked) -> None:
        super().__init__("no font has some characters")
        self.characters = characters
        self.looked = looked


class Typeset(Struct, frozen=True, eq=False):
    """A file that was set.

    Attributes:
        content: Its bytes.
        last_page: The number on its last page.
        continued: Of cards to cut out: those that take several, with the ids of their decks and how many they take.
        looked: What is known of the pictures by now.
        borrowed: Characters that only fonts of this machine have.
    """

    content: bytes
    last_page: int
    continued: Sequence[Mapping[str, Any]]
    looked: Looked
    borrowed: frozenset[str]


def is_there() -> bool:
    """Return whether Typst is installed; it is imported only in the child process."""
    return find_spec("typst") is not None


def typeset(
    workers: Workers,
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    font_dirs: Sequence[str],
    looked: Looked = NOTHING,
) -> Typeset:
    """Set one file; fonts of the machine help out where the shipped ones and those of the folders lack a character.

    Args:
        workers: Who does it.
        data: For the template of its layout.
        pictures: Their files, by name.
        font_dirs: Folders of fonts beside the shipped ones.
        looked: What is known of the pictures.

    Raises:
        MissingGlyphsError: If no font has some characters.
        PrintingError: If Typst fails otherwise, takes longer than it may, or has no room for its files.
    """
    characters, sequences = unusual(data)
    if private := frozenset(filter(is_private, characters)):
        raise MissingGlyphsError(private, looked)
    job = {
        "template": f"{data['layout']}.typ",
        "font_paths": [str(FONTS), *font_dirs],
        "characters": sorted(characters),
        "pictures": sorted(pictures),
        "picture_seconds": _SECONDS_A_PICTURE,
        "broken": dict(looked.broken),
        "sound": dict(looked.sound),
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
            text = json.dumps({**data, "sequences": ordered}, ensure_ascii=False)
            _stage(folder, text, pictures)
            outcome = _outcome(workers, folder, job, len(text), seconds)
            known = Looked(outcome["broken"], outcome["sound"])
            if outcome["missing"]:
                raise MissingGlyphsError(frozenset(outcome["missing"]), known)
            if outcome["error"]:
                raise PrintingError(_explained(outcome["error"].replace(f"{folder}{os.sep}", "")))
            content = (folder / "out.pdf").read_bytes()
    except OSError as error:
        raise _unwritable(error.strerror or str(error)) from error
    return Typeset(content, outcome["last_page"], outcome["continued"], known, frozenset(outcome["borrowed"]))


def _stage(folder: Path, data: str, pictures: Mapping[str, bytes]) -> None:
    """Write what Typst needs: copies, for it sees nothing but this folder, and would follow a link out of it."""
    for template in _TEMPLATES.glob("*.typ"):
        shutil.copyfile(template, folder / template.name)
    for picture, content in pictures.items():
        (folder / picture).write_bytes(content)
    (folder / "data.json").write_text(data, encoding="utf-8")


def _outcome(workers: Workers, folder: Path, job: Mapping[str, Any], characters: int, seconds: float) -> dict[str, Any]:
    """Do a job, once more for each picture that takes too long: nothing but the end of the process stops it."""
    while True:
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        _check_end(folder, workers.do(folder, characters, seconds))
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


def _check_end(folder: Path, code: int | None) -> None:
    """Raise PrintingError if a worker has ended, with an exit code, and not done its job."""
    if code == _UNWRITABLE:
        raise _unwritable(os.strerror(errno.ENOSPC))
    if not (folder / "outcome.json").is_file():
        said = (folder / "stderr.txt").read_text(encoding="utf-8", errors="replace").strip()
        last = said.splitlines()[-1] if said else f"it ended with status {code}"
        raise PrintingError(f"Typst failed: {last}")


def _explained(diagnostic: str) -> str:
    """Return the line of Typst's words that matters."""
    errors = [line for line in diagnostic.splitlines() if line.startswith("error")]
    return f"Typst failed: {errors[0] if errors else diagnostic.strip()}"
