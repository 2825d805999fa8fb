"""Typst, asked from outside: files are laid out in a folder of their own, and a child process works there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cardgen.errors import CardgenError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HERE: Final = Path(__file__).parent
FONTS: Final = _HERE / "fonts"
_TEMPLATES: Final = _HERE / "templates"
_WORKER: Final = _HERE / "worker.py"

_BASE_SECONDS: Final = 60
_SECONDS_A_CARD: Final = 0.2
"""Time limit of a file: a hundred times what an ordinary card takes."""

_MISSING: Final = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)")


class PrintingError(CardgenError):
    """Typst failed, or took too long; its text says how."""


class MissingGlyphsError(PrintingError):
    """No font has some characters.

    Attributes:
        characters: Which.
    """

    def __init__(self, characters: frozenset[str]) -> None:
        super().__init__("no font has some characters")
        self.characters = characters


@dataclass(frozen=True, eq=False)
class Typeset:
    """A file that was set.

    Attributes:
        content: Its bytes.
        last_page: The number on its last page.
        rests: Of cards: what did not fit on them, as the template noted it.
        broken: Names of pictures that could not be decoded, and why.
    """

    content: bytes
    last_page: int
    rests: Sequence[Mapping[str, Any]]
    broken: Mapping[str, str]


def is_there() -> bool:
    """Say whether Typst is installed; it is imported only in the child process."""
    return find_spec("typst") is not None


def typeset(
    data: Mapping[str, Any], pictures: Mapping[str, bytes], font_dirs: Sequence[str], *, system_fonts: bool
) -> Typeset:
    """Set one file.

    Args:
        data: For the template of its layout.
        pictures: Their files, by name.
        font_dirs: Folders of fonts beside the shipped ones.
        system_fonts: Whether those of the machine may help out.

    Raises:
        MissingGlyphsError: If no font has some characters.
        PrintingError: If Typst fails otherwise, or takes longer than it may.
    """
    with tempfile.TemporaryDirectory(prefix="cardgen-print-") as name:
        folder = Path(name)
        # Copies: Typst sees nothing but this folder, and would follow a link out of it.
        for template in _TEMPLATES.glob("*.typ"):
            shutil.copyfile(template, folder / template.name)
        for picture, content in pictures.items():
            (folder / picture).write_bytes(content)
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        job = {
            "template": f"{data['layout']}.typ",
            "font_paths": [str(FONTS), *font_dirs],
            "system_fonts": system_fonts,
            "pictures": sorted(pictures),
            "time": data["time"],
        }
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        _work(folder, _BASE_SECONDS + _SECONDS_A_CARD * sum(len(section["cards"]) for section in data["sections"]))
        outcome = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
        if outcome["error"]:
            raise _explained(outcome["error"])
        content = (folder / "out.pdf").read_bytes()
    return Typeset(content, outcome["last_page"], outcome["rests"], outcome["broken"])


def _work(folder: Path, seconds: float) -> None:
    """Run the worker; whatever happens here, it does not outlive this call."""
    command = (sys.executable, "-P", str(_WORKER), str(folder))
    log = folder / "stderr.txt"
    with (
        log.open("wb") as errors,
        subprocess.Popen(  # noqa: S603 - our own script, and a path of our own
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors
        ) as worker,
    ):
        try:
            # Not communicate(), which would close the worker's input and so end it.
            worker.wait(seconds)
        except subprocess.TimeoutExpired:
            raise PrintingError(f"typesetting took more than {seconds:.0f} seconds") from None
        finally:
            worker.kill()
    if not (folder / "outcome.json").is_file():
        said = log.read_text(encoding="utf-8", errors="replace").strip()
        last = said.splitlines()[-1] if said else f"it ended with status {worker.returncode}"
        raise PrintingError(f"Typst failed: {last}")


def _explained(diagnostic: str) -> PrintingError:
    """Make of Typst's own words what can be acted on."""
    missing = {char for found in _MISSING.findall(diagnostic) for char in _unescaped(found) if not char.isspace()}
    if missing:
        return MissingGlyphsError(frozenset(missing))
    errors = [line for line in diagnostic.splitlines() if line.startswith("error")]
    return PrintingError(f"Typst failed: {errors[0] if errors else diagnostic.strip()}")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)
