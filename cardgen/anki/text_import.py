"""`anki-csv`: for Anki's text import; the guid says which notes are known, so a second import only updates.

Anki's import makes no note types, so a learner imports one .apkg of cardgen's first, as the file's first line says: a
line that begins with # and is no header is a comment. The headers are those of Anki's manual, "Importing > Text files".
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final

from cardgen.anki.collection import FIELD_SEPARATOR
from cardgen.anki.fields import anki_notes
from cardgen.export import whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cardgen.export import Bundle, Exported

SUFFIX: Final = ".anki.csv"

_FIRST: Final = "# Import {name}.apkg into Anki before this file: a text file brings neither note types nor media."

_HEADERS: Final = (
    "#separator:Comma",
    "#html:true",
    "#guid column:1",
    "#notetype column:2",
    "#deck column:3",
    "#tags column:4",
)


def export(bundle: Bundle) -> Exported:
    """Return the text file: guid, note type, deck, tags, and the fields in the order of the note types."""
    return whole(bundle, SUFFIX, partial(_write, bundle))


def _write(bundle: Bundle, stream: BinaryIO) -> None:
    stream.writelines(f"{line}\n".encode() for line in (_FIRST.format(name=bundle.name), *_HEADERS))
    for edition in bundle.editions:
        stream.writelines(
            _row((note.guid, note.note_type.name, note.deck, " ".join(note.tags), *note.fields))
            for note in anki_notes(edition)
        )


def _row(cells: Iterable[str]) -> bytes:
    """Return a row of cells in quotes, all of them: a line that begins with # would be a comment.

    No cell can hold what separates Anki's own fields. The library's writer looks at each character, which took 80 of
    the 1,540 ms of CPU of a build of 10,000 cards.
    """
    quoted = FIELD_SEPARATOR.join(cells).replace('"', '""').replace(FIELD_SEPARATOR, '","')
    return f'"{quoted}"\n'.encode()
