"""Runs Typst in a process of its own: a compile can neither be interrupted nor does it give its memory back.

Called as ``python -P worker.py FOLDER``, with a job in ``job.json`` there; the outcome is in ``outcome.json``. It
ends at once when its standard input closes, which it does when the process that waits for it is gone, however that
ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any, cast

import typst


def main(folder: Path) -> None:
    """Do the job of a folder.

    Args:
        folder: Holds the templates, ``data.json``, pictures and the job: fonts and the template's name.
    """
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    fonts = typst.Fonts(include_system_fonts=job["system_fonts"], font_paths=job["font_paths"])
    families = sorted({family.lower() for family in fonts.families()})
    (folder / "families.json").write_text(json.dumps(families), encoding="utf-8")
    broken = {name: why for name in job["pictures"] if (why := _fault(folder, fonts, name))}
    (folder / "broken.json").write_text(json.dumps(broken), encoding="utf-8")
    outcome: dict[str, Any] = {"error": "", "warnings": [], "rests": [], "last_page": 0, "broken": broken}
    compiler = typst.Compiler(str(folder / job["template"]), root=str(folder), font_paths=fonts)
    try:
        content, warnings = compiler.compile_with_warnings(pdf_standards=["a-2a", "ua-1"], timestamp=job["time"])
        (folder / "out.pdf").write_bytes(cast("bytes", content))
        outcome["warnings"] = [warning.message for warning in warnings]
        outcome["last_page"] = json.loads(compiler.query("<last-page>", field="value"))[-1]
        if job["template"] == "cards.typ":
            outcome["rests"] = json.loads(compiler.query("<rest>", field="value"))
    except typst.TypstError as error:
        outcome["error"] = error.diagnostic or error.message
    (folder / "outcome.json").write_text(json.dumps(outcome), encoding="utf-8")


def _fault(folder: Path, fonts: typst.Fonts, name: str) -> str:
    """Say why a picture alone cannot be printed; empty if it can. A broken one would stop the whole document."""
    page = f'#set document(title: "-")\n#image("{name}", alt: "-")'.encode()
    compiler = typst.Compiler(page, root=str(folder), font_paths=fonts)
    try:
        compiler.compile(pdf_standards=["a-2a", "ua-1"], timestamp=0)
    except typst.TypstError as error:
        return error.message
    return ""


def _end_with_parent() -> None:
    # Not by sys.stdin, whose lock Python would wait for when it ends.
    os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    # Python's own handler would wait for the compile to end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    main(Path(sys.argv[1]))
    # Typst's caches need not be taken apart.
    sys.stdout.flush()
    os._exit(0)
