"""How much schema a database has, counted before SQLite sees it: it would take all of it into memory at once.

The schema is a table whose first page is the file's: https://www.sqlite.org/fileformat2.html#b_tree_pages.
"""

from __future__ import annotations

from typing import IO, Final

from cardgen.anki.reading.found import UnreadablePackageError

_MAGIC: Final = b"SQLite format 3\0"
_FILE_HEADER: Final = 100
_LARGEST_PAGE: Final = 65536
_INTERIOR, _LEAF = 0x05, 0x0D

_MOST_PAGES: Final = 64
_MOST_ENTRIES: Final = 500
"""Anki's collections have about 30 tables and indexes."""
_MOST_SQL: Final = 1024 * 1024
"""All their statements together, in bytes; Anki's take 10,000."""


def check_schema_pages(file: IO[bytes]) -> None:
    """Check that a database's schema is of a size that a collection's can be.

    Raises:
        UnreadablePackageError: If it is larger, or the file is no database.
        OSError: If the file cannot be read.
    """
    file.seek(0)
    header = file.read(_FILE_HEADER)
    if not header.startswith(_MAGIC) or len(header) < _FILE_HEADER:
        raise UnreadablePackageError("no Anki package (its collection is no database)")
    size = int.from_bytes(header[16:18], "big")
    size = _LARGEST_PAGE if size == 1 else size
    waiting = [1]
    pages = entries = sql = 0
    while waiting:
        number = waiting.pop()
        file.seek((number - 1) * size)
        page = file.read(size)
        start = _FILE_HEADER if number == 1 else 0
        kind = int.from_bytes(page[start : start + 1], "big")
        cells = _cells(page, start, 12 if kind == _INTERIOR else 8)
        pages += 1
        if kind == _INTERIOR:
            waiting += [int.from_bytes(page[cell : cell + 4], "big") for cell in cells]
            waiting.append(int.from_bytes(page[start + 8 : start + 12], "big"))
        elif kind == _LEAF:
            entries += len(cells)
            sql += sum(_varint(page, cell) for cell in cells)
        if pages > _MOST_PAGES or len(waiting) > _MOST_PAGES or entries > _MOST_ENTRIES or sql > _MOST_SQL:
            raise UnreadablePackageError("no Anki package (its collection has more tables than Anki's)")


def _cells(page: bytes, start: int, header: int) -> list[int]:
    """Return the places of a page's cells."""
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + header
    return [int.from_bytes(page[at : at + 2], "big") for at in range(first, first + 2 * count, 2)]


def _varint(page: bytes, position: int) -> int:
    """Return SQLite's number of up to nine bytes, most significant first."""
    value = 0
    for index, byte in enumerate(page[position : position + 9]):
        if index == 8:  # noqa: PLR2004 - the ninth byte has no continuation bit
            return value << 8 | byte
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the last byte has no continuation bit
            break
    return value
