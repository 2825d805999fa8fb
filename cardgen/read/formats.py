"""Files that are no text and yet come where text is wanted: what their first bytes say that they are."""

from __future__ import annotations

from typing import Final

_BEGINNINGS: Final = {
    b"PK\x03\x04": "a ZIP archive or a document of an office program",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "a document of an office program",
    b"%PDF-": "a PDF",
    b"\x89PNG\r\n\x1a\n": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a picture or a sound",
    b"{\\rtf": "a document of an office program",
}
"""By the first bytes; https://www.iana.org/assignments/media-types has the formats' definitions."""

_ALL: Final = tuple(_BEGINNINGS)


def kind_of_binary(raw: bytes) -> str:
    """Return what a file is that begins like no text in UTF-8, or nothing if it may be such a text."""
    if not raw.startswith(_ALL):
        return ""
    return next((kind for beginning, kind in _BEGINNINGS.items() if raw.startswith(beginning)), "")
