"""Runs Typst in a process of its own: a compile can neither be interrupted nor does it give its memory back.

Called as ``python -P worker.py FOLDER``, with a job in ``job.json`` there; the outcome is in ``outcome.json``. It
ends at once when its standard input closes, which it does when the process that waits for it is gone, however that
ended.
"""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import sys
import threading
from pathlib import Path
from typing import Any, cast

import typst

_MISSING = re.compile(r'(?:the text|codepoint) `"((?:[^"\\]|\\.)*)"`')
"""What Typst says of characters that no font has, and of those that an archival file cannot have."""
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_UNWRITABLE = 74  # EX_IOERR of sysexits.h


def main(folder: Path) -> None:
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


def _pdf(compiler: typst.Compiler, time: int = 0) -> bytes:
    """Return a PDF that is archival and accessible, which makes an error of every character that no font has."""
    return cast("bytes", compiler.compile(pdf_standards=["a-2a", "ua-1"], timestamp=time))


def _report(folder: Path, outcome: dict[str, Any]) -> None:
    (folder / "outcome.json").write_text(json.dumps(outcome), encoding="utf-8")


def _fonts(job: dict[str, Any], outcome: dict[str, Any]) -> typst.Fonts:
    """Return the shipped fonts and those that were named; with those of the machine if they have what is missing."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=job["font_paths"])
    missing = unknown(job["characters"], fonts)
    if missing:
        machine = typst.Fonts(include_system_fonts=True, font_paths=job["font_paths"])
        still = unknown(sorted(missing), machine)
        outcome["missing"] = sorted(still)
        if still < missing:
            outcome["borrowed"] = sorted(missing - still)
            return machine
    return fonts


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
    for name in job["pictures"]:
        if name in outcome["broken"] or name in outcome["sound"]:
            continue
        limit = threading.Timer(job["picture_seconds"], _give_up, (folder, outcome | {"slow": name}))
        limit.daemon = True
        limit.start()
        why = _fault(folder, fonts, name)
        limit.cancel()
        if why:
            outcome["broken"][name] = why
        else:
            outcome["sound"].append(name)


def _give_up(folder: Path, outcome: dict[str, Any]) -> None:
    # Nothing else ends a compile.
    _report(folder, outcome)
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


def _end_with_parent() -> None:
    # Not by sys.stdin, whose lock Python would wait for when it ends.
    os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    # Python's own handler would wait for the compile to end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        main(Path(sys.argv[1]))
    except OSError as full:
        if full.errno not in _FULL:
            raise
        os._exit(_UNWRITABLE)
    # Typst's caches need not be taken apart.
    sys.stdout.flush()
    os._exit(0)
