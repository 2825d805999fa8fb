"""What files ask for in print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cardgen.diagnostics import shortened
from cardgen.model import Printing
from cardgen.model.printing import OPTIONS, Folder, Offset, paper_conflict
from cardgen.read import label
from cardgen.read.files import is_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cardgen.load.values import Findings
    from cardgen.read import Document, InputFolder


def load_printing(
    document: Document | None, header: Mapping[str, Any], home: Path, files: InputFolder
) -> tuple[Printing, Findings]:
    """Return what a file asks for in print, and what is wrong with it.

    That is a folder of fonts that is not there or not with the decks, and a paper that its sheets of cards are not.

    Args:
        document: The file; None if it is optional and not there.
        header: Its fields.
        home: Its folder, from which a folder in it counts.
        files: The folder of the decks.
    """
    written = header.get("print", {})
    asked = {}
    for option in OPTIONS:
        value = written.get(option.name)
        match option.type:
            case Offset() if value is not None:
                value = (float(value[0]), float(value[1]))
            case Folder() if value is not None:
                value = (home / value).as_posix()
        asked[option.name] = value
    return Printing(**asked), (*_fonts(document, written.get("font_dir"), home, files), *_paper(document, written))


def _paper(document: Document | None, written: Mapping[str, Any]) -> Findings:
    if document is None or "card" not in written or "paper" not in written:
        return ()
    wrong = paper_conflict(written["card"], written["paper"])
    if wrong is None:
        return ()
    hint = f"{wrong.way_out[:1].upper()}{wrong.way_out[1:]}."
    return (document.diagnose("CG809", wrong.problem, ("print", "paper"), hint),)


def _fonts(document: Document | None, written: str | None, home: Path, files: InputFolder) -> Findings:
    if document is None or written is None:
        return ()
    shown = shortened(written)
    if not files.holds(home / written):
        problem = f"`{shown}` leads out of the folder of the decks"
    elif not is_folder(home / written):
        problem = f"no folder `{shown}` in {label(home)}"
    else:
        return ()
    return (document.diagnose("CG807", problem, ("print", "font_dir")),)
