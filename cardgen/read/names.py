"""Names as they are compared, wherever they come from: files, YAML or the command line."""

from __future__ import annotations

import unicodedata


def nfc(name: str) -> str:
    """Return a name in the form in which names are compared: Unicode's NFC.

    An `ä` can be one character or an `a` with its dots: keyboards write the one, macOS names files with the other, and
    nobody sees a difference (Unicode Standard Annex 15).
    """
    return name if name.isascii() else unicodedata.normalize("NFC", name)
