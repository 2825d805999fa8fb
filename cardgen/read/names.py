"""Names as they are compared, wherever they come from: files, YAML or the command line."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RESERVED: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³")}
)
_FORBIDDEN: Final = '<>:"|?*\\'


def nfc(name: str) -> str:
    """Return a name in the form in which names are compared: Unicode's NFC.

    An `ä` can be one character or an `a` with its dots: keyboards write the one, macOS names files with the other, and
    nobody sees a difference (Unicode Standard Annex 15).
    """
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def trouble_on_windows(name: str) -> str:
    """Return why Windows takes no file or folder of a name, or nothing: "Naming Files, Paths, and Namespaces"."""
    if name.partition(".")[0].rstrip(" ").upper() in _RESERVED:
        return "it is the name of a device"
    if name.endswith((".", " ")):
        return "it ends with a full stop or a space"
    bad = next((char for char in name if char in _FORBIDDEN), "")
    return f"it has a {bad}" if bad else ""


def twins(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield names that differ from an earlier one in capitals alone, which macOS and Windows take for the same."""
    seen: dict[str, str] = {}
    for name in names:
        earlier = seen.setdefault(nfc(name).casefold(), name)
        if earlier != name:
            yield name, earlier
