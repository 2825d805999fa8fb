"""The pictures of a deck, as far as they can be printed: one bad file would stop Typst, so they are looked at."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.masks import size_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.check import MediaFile

MAX_PIXELS: Final = 40_000_000
"""Largest picture: decoded it takes four bytes a pixel, and a sheet of A4 at 600 dots an inch has 35 million."""

DOTS_AN_INCH: Final = 150
"""How large a picture is printed that has room."""

_PIXELS_AN_INCH: Final = 96
"""Those of a drawing, as CSS has them."""

_MILLIMETRES: Final = 25.4
_UNKNOWN: Final = (60.0, 40.0)
"""Size in millimetres of a drawing that does not say how large it is; it keeps its shape inside."""

_AS: Final = {"png": ".png", "jpeg": ".jpg", "gif": ".gif", "webp": ".webp", "svg": ".svg"}


_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG that begin a frame; those taken out begin tables (ITU-T T.81, table B.1)."""


class Picture(Struct, frozen=True):
    """A picture as the templates know it.

    Attributes:
        name: Its file's name beside the template; empty if it cannot be printed.
        width, height: In millimetres, as large as it would like to be.
        refused: Why it cannot be printed, or empty.
    """

    name: str = ""
    width: float = 0.0
    height: float = 0.0
    refused: str = ""


@dataclass(slots=True)
class Pictures:
    """Takes pictures in, each once; `files` then has those that are needed, by their names for the template."""

    media: Mapping[str, MediaFile]
    prefix: str
    files: dict[str, bytes] = field(default_factory=dict)
    _taken: dict[str, Picture] = field(default_factory=dict)

    def take(self, path: str) -> Picture:
        """Return the picture of a path in the deck's folder."""
        if path not in self._taken:
            self._taken[path] = self._look(self.media[path].read())
        return self._taken[path]

    def _look(self, content: bytes) -> Picture:
        kind, size = _kind_and_size(content)
        if not kind:
            return Picture(refused="only PNG, JPEG, GIF, WebP and SVG can be printed")
        if size is None and kind != "svg":
            return Picture(refused=f"the {kind} file is damaged")
        if size is None:
            width, height = _size_of_drawing(content)
        else:
            if min(size) < 1:
                return Picture(refused=f"the {kind} file is damaged")
            if size[0] * size[1] > MAX_PIXELS:
                return Picture(refused=f"{size[0]:,} x {size[1]:,} pixels are more than {MAX_PIXELS:,}")
            width, height = (_MILLIMETRES * length / DOTS_AN_INCH for length in size)
        name = f"{self.prefix}{len(self.files) + 1}{_AS[kind]}"
        self.files[name] = content
        return Picture(name, width, height)


def _size_of_drawing(content: bytes) -> tuple[float, float]:
    """Return the size of a drawing in millimetres: its own shape, as large as its pixels would be."""
    size = size_of(content)
    if size is None:
        return _UNKNOWN
    width, height = (_MILLIMETRES * length / _PIXELS_AN_INCH for length in size)
    return width, height


def _kind_and_size(content: bytes) -> tuple[str, tuple[int, int] | None]:
    """Return what sort of picture a file really is, whatever its name, and its width and height in pixels.

    The signatures and fields are those of the formats' specifications: PNG (ISO/IEC 15948), GIF89a, JPEG (ITU-T T.81,
    B.1.1.3), WebP (RFC 9649).
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", _unpacked(">II", content, 16)
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif", _unpacked("<HH", content, 6)
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg", _size_of_jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp", _size_of_webp(content)
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return ("svg" if head.startswith(b"<") and b"<svg" in content else ""), None


def _unpacked(form: str, content: bytes, offset: int) -> tuple[int, int] | None:
    try:
        first, second = struct.unpack_from(form, content, offset)
    except struct.error:
        return None
    return first, second


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    for marker, offset in _segments(content):
        if marker in _FRAMES:
            size = _unpacked(">HH", content, offset + 5)
            return None if size is None else (size[1], size[0])
    return None


def _segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the markers of a JPEG, each with the place where its length stands less 2."""
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:  # noqa: PLR2004 - begins a marker
        marker = content[position + 1]
        yield marker, position
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")


def _size_of_webp(content: bytes) -> tuple[int, int] | None:
    match content[12:16]:
        case b"VP8 ":
            size = _unpacked("<HH", content, 26)
            return None if size is None else (size[0] & 0x3FFF, size[1] & 0x3FFF)
        case b"VP8L" if len(content) >= 25:  # noqa: PLR2004 - as long as the header
            bits = int.from_bytes(content[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X" if len(content) >= 30:  # noqa: PLR2004 - as above
            return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    return None
