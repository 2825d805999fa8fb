"""Names as they are compared, wherever they come from: files, YAML or the command line."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from cardgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RESERVED: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³")}
)
_FORBIDDEN: Final = '<>:"|?*\\'
_LONGEST: Final = 80
_DECK: Final = re.compile(rf"(?=.{{1,{_LONGEST}}}$)[a-z0-9]+(?:-[a-z0-9]+)*")
"""What the schema takes for a deck's id, which its folder is called after."""


def nfc(name: str) -> str:
    """Return a name in the form in which names are compared: Unicode's NFC.

    An `ä` can be one character or an `a` with its dots: keyboards write the one, macOS names files with the other, and
    nobody sees a difference (Unicode Standard Annex 15).
    """
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def as_anki_compares(name: str) -> str:
    """Return what is left of a name when Anki tells decks, or fields, apart: not case, not the form of its accents."""
    return nfc(nfc(name).casefold())


def trouble_on_windows(name: str) -> str:
    """Return why Windows takes no file or folder of a name, or nothing: "Naming Files, Paths, and Namespaces"."""
    if name.partition(".")[0].rstrip(" ").upper() in _RESERVED:
        return "it is the name of a device"
    if name.endswith((".", " ")):
        return "it ends with a full stop or a space"
    bad = next((char for char in name if char in _FORBIDDEN), "")
    return f"it has a {bad}" if bad else ""


def slug(text: str) -> str:
    """Return words as an id has them: small letters, digits and hyphens; empty if a text has no letter for it."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def like_a_deck(name: str) -> str:
    """Return the name of a deck that is most like another name; empty if there is none."""
    near = slug(name)[:_LONGEST].strip("-")
    return "" if trouble_on_windows(near) else near


def check_deck_name(name: str) -> None:
    """Check a name for a new deck's folder.

    Raises:
        UsageError: If no deck is called so.
    """
    if not _DECK.fullmatch(name):
        near = like_a_deck(name)
        hint = f" Did you mean `{near}`?" if near else ""
        raise UsageError(
            f"a deck's name has small letters, digits and hyphens, at most {_LONGEST}, not {name!r}.{hint}"
        )
    if trouble := trouble_on_windows(name):
        raise UsageError(f"Windows has no folder `{name}`: {trouble}")


def twins(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield names that differ from an earlier one in capitals alone, which macOS and Windows take for the same."""
    seen: dict[str, str] = {}
    for name in names:
        earlier = seen.setdefault(nfc(name).casefold(), name)
        if earlier != name:
            yield name, earlier
