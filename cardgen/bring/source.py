"""Files of other programs: packages of Anki, its text export, CrowdAnki's folders, and tables of two columns or more.

All become the same: note types, notes, and media by the names that fields give. A file without note types of its own
gets one with a field for each column.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.anki.reading import (
    FoundCollection,
    FoundNote,
    FoundNoteType,
    FoundTemplate,
    UnreadablePackageError,
    read_package,
)
from cardgen.anki.reading.media import opened_media
from cardgen.bring.crowdanki import deck_of, notes_beside, read_crowdanki
from cardgen.bring.markdown import SUFFIXES as MARKDOWN
from cardgen.bring.markdown import read_markdown
from cardgen.bring.media import UnreadableSourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cardgen.bring.media import Media

PACKAGES: Final = frozenset({".apkg", ".colpkg"})
TABLES: Final = frozenset({".csv", ".tsv", ".txt"})

_MOST_TEXT: Final = 64 * 1024 * 1024
"""Largest text file in bytes."""

_HEADER: Final = re.compile(r"#([a-z][a-z ]*):(.*)")
"""A line before the rows of Anki's text export: https://docs.ankiweb.net/importing/text-files.html#file-headers"""

_SEPARATORS: Final = {
    "comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":",
    **{char: char for char in ",;\t |:"},
}  # fmt: skip
_BETWEEN: Final = (" - ", " – ", " — ", " = ", ": ")  # noqa: RUF001 - dashes as they are typed
"""What parts a term from what it means where no column does, as Quizlet's dialog takes it."""
_FRONTS: Final = frozenset({"front", "question", "term", "word", "prompt"})
_BACKS: Final = frozenset({"back", "answer", "definition", "meaning", "translation"})
"""Names of columns in files that have a header."""


class Source(Struct, frozen=True):
    """What a file holds.

    Attributes:
        collection: Its note types and notes.
        media: Its pictures and recordings; None if the file brings none.
        has_guids: Whether the notes have the guids, and the note types the templates, that learners have them with.
        has_type_ids: Whether the note types have the ids that learners have them with.
    """

    collection: FoundCollection
    media: Media | None = None
    has_guids: bool = False
    has_type_ids: bool = False


@contextmanager
def opened_source(path: Path) -> Iterator[Source]:
    """Open a file, whose suffix says what it is, or a folder of CrowdAnki's; it stays open for its media.

    Raises:
        UnreadableSourceError: If it is of another kind, is damaged, or exceeds the limits.
    """
    suffix = path.suffix.lower()
    if path.exists() and not path.is_file() and not path.is_dir():
        # A named pipe would be waited for, and a device may have no end.
        raise UnreadableSourceError("cannot be read (it is neither a file nor a folder)")
    if suffix in PACKAGES:
        try:
            collection = read_package(path)
            with opened_media(path) as media:
                yield Source(collection, media, has_guids=True, has_type_ids=True)
        except UnreadablePackageError as error:
            raise UnreadableSourceError(str(error)) from None
    elif suffix in TABLES:
        yield Source(_table(_text(path), suffix, path.stem))
    elif (deck := deck_of(path)) is not None:
        beside = notes_beside(deck)
        yield Source(*read_crowdanki(_text(deck), deck, _text(beside) if beside else "[]"), has_guids=True)
    elif suffix in MARKDOWN or path.is_dir():
        yield Source(*read_markdown(path))
    else:
        known = ", ".join(sorted(PACKAGES | TABLES | MARKDOWN | {".json"}))
        raise UnreadableSourceError(f"has the suffix {suffix or '(none)'}, and cardgen reads {known}")


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_TEXT + 1)
    except OSError as error:
        raise UnreadableSourceError(f"cannot be read ({error.strerror or error})") from None
    if len(content) > _MOST_TEXT:
        raise UnreadableSourceError(f"is larger than {_MOST_TEXT // 1024 // 1024} MiB")
    try:
        return content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(f"is not UTF-8 (byte {error.start + 1}); save it as UTF-8") from None


def _table(text: str, suffix: str, title: str) -> FoundCollection:
    """Read rows, of which each is a note."""
    headers, body = _headers(text)
    separator = _SEPARATORS.get(headers.get("separator", "").lower()) or _separator(body, suffix)
    rows = [row for row in _rows(body, separator) if any(cell.strip() for cell in row)]
    if not rows:
        raise UnreadableSourceError("has no rows")
    columns = _Columns(headers, rows)
    fields = columns.names
    kind = FoundNoteType(1, "Table", fields, (_template(fields),), "", is_cloze=False, changed=0)
    gaps = f"cloze:{fields[0]}"
    asking = FoundTemplate("Cloze", _all([gaps]), _all([gaps, *fields[1:]]))
    cloze = FoundNoteType(2, "Table with gaps", fields, (asking,), "", is_cloze=True, changed=0)
    notes = tuple(columns.note(row, title) for row in columns.rows)
    return FoundCollection({1: kind, 2: cloze}, notes)


def _headers(text: str) -> tuple[dict[str, str], str]:
    """Return the header lines of Anki's export, and what follows."""
    headers: dict[str, str] = {}
    lines = text.splitlines(keepends=True)
    for index, line in enumerate(lines):
        found = _HEADER.fullmatch(line.strip("\r\n"))
        if found is None:
            return headers, "".join(lines[index:])
        headers[found[1]] = found[2].strip() or found[2]
    return headers, ""


def _separator(body: str, suffix: str) -> str:
    """Return what separates columns where the file does not say: what its first lines have most evenly."""
    if suffix == ".tsv" or "\t" in body.partition("\n")[0]:
        return "\t"
    lines = [line for line in body.splitlines()[:20] if line.strip()]
    # What a space follows is a mark of the text.
    counts = {char: [len(re.findall(rf"{re.escape(char)}(?! )", line)) for line in lines] for char in ",;|"}
    best = max(counts, key=lambda char: (min(counts[char], default=0) > 0, sum(counts[char])))
    if min(counts[best], default=0) == 0:
        return next((words for words in _BETWEEN if lines and all(words in line for line in lines)), best)
    return best


def _rows(body: str, separator: str) -> Iterator[list[str]]:
    if len(separator) > 1:
        yield from (line.split(separator, 1) for line in body.splitlines())
        return
    csv.field_size_limit(_MOST_TEXT)
    try:
        yield from csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=False)
    except csv.Error as error:
        raise UnreadableSourceError(f"is no table ({error})") from None


class _Columns:
    """Which column is what."""

    def __init__(self, headers: Mapping[str, str], rows: Sequence[list[str]]) -> None:
        self._html = headers.get("html", "false") == "true"
        self._at = {
            what: int(headers[f"{what} column"]) - 1
            for what in ("guid", "notetype", "deck", "tags")
            if headers.get(f"{what} column", "").isdigit()
        }
        named = headers.get("columns")
        first = [cell.strip() for cell in rows[0]]
        has_header = named is None and not headers and _is_header(first)
        self.rows = rows[1:] if has_header else rows
        if not self.rows:
            raise UnreadableSourceError("has a header and no rows")
        width = max(map(len, self.rows))
        if has_header:
            self._at.update((cell.lower(), index) for index, cell in enumerate(first) if cell.lower() == "tags")
        self._texts = [index for index in range(width) if index not in self._at.values()]
        if len(self._texts) < 2 and not any("{{c" in cell for row in self.rows for cell in row):  # noqa: PLR2004 - a pair
            way_out = "put a tab, a comma, a semicolon or a bar between front and back"
            raise UnreadableSourceError(f"has one column: {way_out}")
        self.names = tuple(self._names(first if has_header else []))

    def _names(self, header: Sequence[str]) -> Iterator[str]:
        usual = ("Front", "Back")
        for place, index in enumerate(self._texts):
            name = header[index] if index < len(header) else ""
            yield name or (usual[place] if place < len(usual) else f"Column {index + 1}")

    def note(self, row: Sequence[str], title: str) -> FoundNote:
        """Return the note of a row."""
        cells = [row[index] if index < len(row) else "" for index in self._texts]
        fields = tuple(cell if self._html else escape(cell, quote=False).replace("\n", "<br>") for cell in cells)
        tags = self._cell(row, "tags").split()
        note_type = 2 if "{{c" in fields[0] else 1
        deck = self._cell(row, "deck") or title
        return FoundNote(self._cell(row, "guid"), note_type, 0, fields, tuple(tags), deck)

    def _cell(self, row: Sequence[str], what: str) -> str:
        index = self._at.get(what, len(row))
        return row[index] if index < len(row) else ""


def _is_header(cells: Sequence[str]) -> bool:
    """Return whether a first row names columns."""
    names = {cell.lower() for cell in cells}
    return bool(names & _FRONTS) and bool(names & _BACKS)


def _template(fields: Sequence[str]) -> FoundTemplate:
    """Ask for all columns but the first."""
    return FoundTemplate("Card", _all(fields[:1]), _all(["FrontSide", *fields[1:]]))


def _all(fields: Sequence[str]) -> str:
    return "".join(f"{{{{{name}}}}}" for name in fields)
