"""Runs Typst in a process of its own: a compile can neither be interrupted nor does it give its memory back.

Called as ``python -P worker.py``. Each line of its standard input is a folder, a string in JSON, with a job in its
``job.json``; when the outcome is in its ``outcome.json``, an empty line on standard output says so. It ends at once
when its standard input closes, which it does when the process that waits for it is gone, however that ended.
"""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import threading
import time
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any, cast

import typst

_MISSING = re.compile(r'(?:the text|codepoint) `"((?:[^"\\]|\\.)*)"`')
"""What Typst says of characters that no font has, and of those that an archival file cannot have."""
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_UNWRITABLE = 74  # EX_IOERR of sysexits.h


def main() -> None:
    """Do the jobs, one after the other."""
    jobs: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    while True:
        folder = Path(json.loads(jobs.get()))
        log = os.open(folder / "stderr.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 2)
        os.close(log)
        do(folder)
        # Some systems cannot remove a folder with a file that is open.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        os.write(1, b"\n")


def _listen(jobs: SimpleQueue[str]) -> None:
    """Take in lines; not by sys.stdin, whose lock Python would wait for when it ends."""
    begun = b""
    while piece := os.read(0, 65536):
        *lines, begun = (begun + piece).split(b"\n")
        for line in lines:
            jobs.put(line.decode())
    os._exit(1)


def do(folder: Path) -> None:
    """Do the job of a folder.

    Args:
        folder: Holds the templates, ``data.json``, pictures and the job: fonts, the template's name, the characters to
            look for, and what is known of the pictures.
    """
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    outcome: dict[str, Any] = {"error": "", "missing": [], "borrowed": [], "slow": "", "continued": [], "last_page": 0}
    outcome |= {"broken": job["broken"], "sound": job["sound"]}
    fonts = _fonts(job, outcome)
    if not outcome["missing"]:
        families = sorted({family.lower() for family in fonts.families()})
        (folder / "families.json").write_text(json.dumps(families), encoding="utf-8")
        _look_at_pictures(folder, fonts, job, outcome)
        (folder / "broken.json").write_text(json.dumps(outcome["broken"]), encoding="utf-8")
        _compile(folder, fonts, job, outcome)
    _report(folder, outcome)


def _pdf(compiler: typst.Compiler, timestamp: int = 0) -> bytes:
    """Return a PDF that is archival and accessible, which makes an error of every character that no font has."""
    return cast("bytes", compiler.compile(pdf_standards=["a-2a", "ua-1"], timestamp=timestamp))


def _report(folder: Path, outcome: dict[str, Any]) -> None:
    (folder / "outcome.json").write_text(json.dumps(outcome), encoding="utf-8")


def _fonts(job: dict[str, Any], outcome: dict[str, Any]) -> typst.Fonts:
    """Return the shipped fonts and those that were named; with those of the machine if they have what is missing."""
    folders = tuple(job["font_paths"])
    own = _faces(folders, of_machine=False)
    missing = own.without(job["characters"])
    if missing:
        machine = _faces(folders, of_machine=True)
        still = machine.without(sorted(missing))
        outcome["missing"] = sorted(still)
        if still < missing:
            outcome["borrowed"] = sorted(missing - still)
            return machine.fonts
    return own.fonts


class _Faces:
    """Fonts, and the characters that they are known to have: most of those of one deck are in the next, too."""

    def __init__(self, fonts: typst.Fonts) -> None:
        self.fonts = fonts
        self._had: set[str] = set()

    def without(self, characters: list[str]) -> set[str]:
        """Return the characters that none of them has."""
        new = [char for char in characters if char not in self._had]
        missing = unknown(new, self.fonts)
        self._had.update(set(new) - missing)
        return missing


@cache
def _faces(folders: tuple[str, ...], *, of_machine: bool) -> _Faces:
    """Return the fonts of folders, and of the machine if they are wanted."""
    return _Faces(typst.Fonts(include_system_fonts=of_machine, font_paths=list(folders)))


def unknown(characters: list[str], fonts: typst.Fonts) -> set[str]:
    """Return the characters that no font has."""
    if not characters:
        return set()
    listed = json.dumps(json.dumps(characters), ensure_ascii=False)
    page = f'#set document(title: "-")\n#for char in json(bytes({listed})) {{ box(char) + " " }}'
    try:
        _pdf(typst.Compiler(page.encode(), font_paths=fonts))
    except typst.TypstError as error:
        return _named(error).intersection(characters)
    return set()


def _named(error: typst.TypstError) -> set[str]:
    """Return the characters that an error names."""
    return {
        char
        for found in _MISSING.findall(error.diagnostic or error.message)
        for char in _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], found)
        if not char.isspace()
    }


def _look_at_pictures(folder: Path, fonts: typst.Fonts, job: dict[str, Any], outcome: dict[str, Any]) -> None:
    """Compile each picture alone: a broken one would stop the whole document, and none may take too long."""
    # Texts in a drawing may be sound with the fonts of the machine alone.
    sound = outcome["sound"].setdefault("all fonts" if outcome["borrowed"] else "fonts of folders", [])
    for name in job["pictures"]:
        if name in outcome["broken"] or name in sound:
            continue
        drawn = threading.Event()
        late = outcome | {"slow": name}
        threading.Thread(target=_watch, args=(drawn, job["picture_seconds"], folder, late), daemon=True).start()
        why = _fault(folder, fonts, name)
        drawn.set()
        if why:
            outcome["broken"][name] = why
        else:
            sound.append(name)


def _watch(drawn: threading.Event, seconds: float, folder: Path, late: dict[str, Any]) -> None:
    """Report an outcome and end the process, unless a picture is drawn in so many seconds of this process.

    They are not those of a clock, by which a picture that is drawn today would be a frame on a busy day.
    """
    began = time.process_time()
    while (left := began + seconds - time.process_time()) > 0:
        if drawn.wait(left):
            return
    _report(folder, late)
    # Nothing else ends a compile.
    os._exit(0)


def _fault(folder: Path, fonts: typst.Fonts, name: str) -> str:
    """Say why a picture alone cannot be printed; empty if it can."""
    page = f'#set document(title: "-")\n#image("{name}", alt: "-")'.encode()
    compiler = typst.Compiler(page, root=str(folder), font_paths=fonts)
    try:
        _pdf(compiler)
    except typst.TypstError as error:
        # Where Typst looked for a file that the picture wants is this folder, which says nothing to anybody.
        return " ".join(re.sub(r", searched at [^)]*", "", error.message).split())
    return ""


def _compile(folder: Path, fonts: typst.Fonts, job: dict[str, Any], outcome: dict[str, Any]) -> None:
    compiler = typst.Compiler(str(folder / job["template"]), root=str(folder), font_paths=fonts)
    try:
        (folder / "out.pdf").write_bytes(_pdf(compiler, job["time"]))
        outcome["last_page"] = json.loads(compiler.query("<last-page>", field="value"))[-1]
        if job["template"] == "cards.typ":
            outcome["continued"] = json.loads(compiler.query("<continued>", field="value"))
    except typst.TypstError as error:
        outcome["missing"] = sorted(_named(error))
        outcome["error"] = error.diagnostic or error.message


if __name__ == "__main__":
    # Python's own handler would wait for the compile to end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        main()
    except OSError as full:
        if full.errno not in _FULL:
            raise
        os._exit(_UNWRITABLE)
