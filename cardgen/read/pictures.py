"""What sort of picture a file is, and how large: from its first bytes, without decoding it."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG that begin a frame; those taken out begin tables (ITU-T T.81, table B.1)."""

_HEADER: Final = 65_536
"""Bytes from the beginning of an AVIF file in which its boxes are looked for; most have them in the first 500."""


def kind_and_size(content: bytes) -> tuple[str, tuple[int, int] | None]:
    """Return what sort of picture a file really is, whatever its name, and its width and height in pixels.

    The signatures and fields are those of the formats' specifications: PNG (ISO/IEC 15948), GIF89a, JPEG (ITU-T T.81,
    B.1.1.3), WebP (RFC 9649), AVIF (ISO/IEC 23008-12, 6.5.3).
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", _unpacked(">II", content, 16)
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif", _unpacked("<HH", content, 6)
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg", _size_of_jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp", _size_of_webp(content)
    if content[4:8] == b"ftyp" and content[8:12] in (b"avif", b"avis"):
        return "avif", _size_of_avif(content)
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


def _size_of_avif(content: bytes) -> tuple[int, int] | None:
    """Return the largest of the sizes that the boxes ``ispe`` tell: tiles and thumbnails have boxes of their own."""
    sizes = []
    position = content.find(b"ispe", 0, _HEADER)
    while position >= 0:
        size = _unpacked(">II", content, position + 8)
        if size is not None:
            sizes.append(size)
        position = content.find(b"ispe", position + 4, _HEADER)
    return max(sizes, default=None)
