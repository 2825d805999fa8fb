"""`anki-csv`: for Anki's text import; the guid says which notes are known, so a second import only updates.

Anki's import makes no note types, so a learner imports one .apkg of cardgen's first, as the file's first line says: a
line that begins with # and is no header is a comment. The headers are those of Anki's manual, "Importing > Text files".
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from cardgen.anki.fields import anki_notes
from cardgen.anki.note_types import note_type
from cardgen.export import whole

if TYPE_CHECKING:
    from cardgen.export import Bundle, Exported

SUFFIX: Final = ".anki.csv"

_FIRST: Final = "# Import {name}.apkg into Anki before this file: a text file brings neither note types nor pictures."

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
    file = io.BytesIO()
    stream = io.TextIOWrapper(file, encoding="utf-8", newline="")
    stream.writelines(f"{line}\n" for line in (_FIRST.format(name=bundle.name), *_HEADERS))
    # All cells are quoted: a line that begins with # would be a comment.
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows(
        (note.guid, note_type(note.form).name, note.deck, " ".join(note.tags), *note.fields)
        for edition in bundle.editions
        for note in anki_notes(edition)
    )
    stream.flush()
    return whole(bundle, SUFFIX, file.getvalue())
