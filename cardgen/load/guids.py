"""The file in which a deck gives its notes the guids that learners have them with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import Diagnostic, Place, diagnose
from cardgen.ledger import GuidFile, read_guids
from cardgen.read import UnreadableFileError, label
from cardgen.read.files import MAX_GUIDS, Reason, is_there

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cardgen.ledger import GuidLine
    from cardgen.load.values import Findings
    from cardgen.read import InputFolder

_MOST: Final = 20
"""How many useless lines are told: one file in the place of another has no others."""


def load_guids(files: InputFolder, file: Path) -> tuple[GuidFile, Findings]:
    """Return what a file of guids says, which is nothing where there is no such file, and what is wrong with it."""
    try:
        # A folder that is a link to elsewhere is told of once, for the file that it must have.
        text = files.read_text(file, MAX_GUIDS) if is_there(file) else ""
    except UnreadableFileError as error:
        return GuidFile(label(file)), () if error.reason is Reason.MISSING else (error.diagnostic(),)
    found = read_guids(label(file), text)
    return found, tuple(_findings(found))


def _findings(found: GuidFile) -> Iterator[Diagnostic]:
    for flaw in found.flaws[:_MOST]:
        yield diagnose("CG625", flaw.why, Place(found.name, flaw.line, flaw.column, flaw.width, flaw.text))
    for line in found.others[:_MOST]:
        first = found.lines[line.place]
        message = f"`{line.place}` has the guid `{first.guid}` in line {first.line}"
        yield diagnose("CG626", message, place_of(found, line))


def place_of(found: GuidFile, line: GuidLine) -> Place:
    """Return where a guid stands in a file."""
    return Place(found.name, line.line, line.column, len(line.guid), line.text)


def place_of_name(found: GuidFile, line: GuidLine) -> Place:
    """Return where the note's place stands in a line of a file."""
    return Place(found.name, line.line, line.text.index(line.place) + 1, len(line.place), line.text)
