"""Finds and reads the files of own kinds: ``kinds/NAME.yaml``, and what lies beside it in the folder ``kinds/NAME``."""

from __future__ import annotations

import hashlib
import re
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from cardgen.diagnostics import Diagnostic, Place, diagnose
from cardgen.memory import NO_MEMORY
from cardgen.read.document import Document, read_document
from cardgen.read.files import (
    KIB,
    MIB,
    InputFolder,
    UnreadableFileError,
    is_fit,
    is_folder,
    is_there,
    label,
    names_in,
    shown,
)
from cardgen.read.flaws import Lines
from cardgen.read.listing import DECK_FILE, OTHER_SUFFIX
from cardgen.read.names import nfc, trouble_on_windows, twins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cardgen.memory import Memory
    from cardgen.read.flaws import Span

KINDS_FOLDER: Final = "kinds"
STYLE_FILE: Final = "style.css"
FRONT: Final = ".front.html"
BACK: Final = ".back.html"

ASSET_MARK: Final = "_"
"""What the name of a file begins with that Anki imports although no note names it."""

MAX_TEMPLATE: Final = 256 * KIB
MAX_STYLE: Final = 256 * KIB
MAX_ASSET: Final = 4 * MIB
"""Largest files in bytes. Each learner's device reads templates and style for every card that it shows."""

_KIND: Final = ".yaml"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class TextFile(Struct, frozen=True):
    """A template or style sheet.

    Attributes:
        label: The file for people.
        text: What is in it, with plain line ends.
    """

    label: str
    text: str

    def place(self, span: Span | None = None) -> Place:
        """Return the place of a stretch of its text; without one, or of an empty one, that of the whole file."""
        if span is None or span[0] == span[1]:
            return Place(self.label)
        line, column, source = Lines(self.text).locate(span[0])
        return Place(self.label, line, column, max(1, min(span[1] - span[0], len(source) - column + 1)), source)


class AssetFile(NamedTuple):
    """A file that packages bring for a kind.

    Attributes:
        digest: SHA-256 of its bytes.
        checksum: CRC-32 of its bytes.
        size: How many bytes.
    """

    digest: str
    checksum: int
    size: int


class KindFolder(Struct, frozen=True):
    """A kind as found on disk.

    Attributes:
        name: Its file's name without the suffix, in NFC.
        document: The document of that file.
        path: The folder of its other files, whether it is there or not.
        texts: The templates and the style sheet that are there and can be read, by their names.
        assets: The files that packages can bring and that can be read, by their names.
        others: The names of the files that packages cannot bring, because they do not begin with `_`.
        unreadable: The names of files that are there and cannot be read, which is told already.
    """

    name: str
    document: Document
    path: Path
    texts: Mapping[str, TextFile]
    assets: Mapping[str, AssetFile]
    others: frozenset[str] = frozenset()
    unreadable: frozenset[str] = frozenset()


def tiers_of_kinds(root: Path) -> list[str]:
    """Return the tiers that the own kinds in a folder of decks declare; of what is wrong, nothing."""
    folder, files = root / KINDS_FOLDER, InputFolder(root)
    if not is_folder(folder) or is_there(folder / DECK_FILE):
        return []
    documents = (
        read_document(folder / name, label(folder / name), files)
        for name in names_in(folder)
        if name.endswith(_KIND) and not name.startswith(".")
    )
    values = (document.value for document in documents)
    declared = (value.get("tiers") for value in values if isinstance(value, dict))
    found = (tier for tiers in declared if isinstance(tiers, list) for tier in tiers if isinstance(tier, str))
    return list(dict.fromkeys(found))


def read_kinds(
    root: Path, files: InputFolder, found: list[Diagnostic], memory: Memory = NO_MEMORY
) -> tuple[KindFolder, ...]:
    """Read the own kinds of a collection, in the order of their names.

    Args:
        root: The folder of decks.
        files: Opens its files.
        found: Gets findings about what is there; those of a kind's document are in it.
        memory: What knows the documents already whose files have not changed.
    """
    folder = root / KINDS_FOLDER
    if not is_folder(folder):
        return ()
    try:
        # A folder with a deck.yaml is a deck, whatever it is called.
        if is_there(folder / DECK_FILE):
            return ()
        there = [name for name in names_in(folder) if not name.startswith(".")]
    except UnreadableFileError as error:
        found.append(error.diagnostic())
        return ()
    names = [name.removesuffix(_KIND) for name in there if name.endswith(_KIND)]
    found.extend(_odd_names(folder, there))
    found.extend(_strays(folder, there, names))
    return tuple(
        KindFolder(
            nfc(name),
            read_document(folder / f"{name}{_KIND}", label(folder / f"{name}{_KIND}"), files, memory),
            folder / name,
            *_files_of(folder / name, files, found),
        )
        for name in names
        if is_fit(name)
    )


def _odd_names(folder: Path, there: Sequence[str]) -> Iterator[Diagnostic]:
    for name in there:
        path = folder / name
        if not is_fit(name):
            yield diagnose("CG130", f"the name `{shown(name)}` is not text", Place(label(path)), "Rename it.")
        elif trouble := trouble_on_windows(name):
            yield diagnose("CG131", f"Windows has no name `{shown(name)}`: {trouble}", Place(label(path)))
    for name, earlier in twins(there):
        message = f"`{shown(name)}` differs from {label(folder / earlier)} in capitals alone"
        yield diagnose("CG131", message, Place(label(folder / name)))


def _strays(folder: Path, there: Sequence[str], kinds: Sequence[str]) -> Iterator[Diagnostic]:
    """Find files that look like a kind and are none, and folders of no kind."""
    for name in there:
        if name.endswith(OTHER_SUFFIX):
            hint = f"Rename it to {shown(name.removesuffix(OTHER_SUFFIX))}{_KIND}."
            yield diagnose("CG123", f"a kind's file is called {shown(name)}", Place(label(folder / name)), hint)
        elif is_folder(folder / name) and name not in kinds:
            hint = f"Its kind would be {shown(name)}{_KIND} beside it. Write that, or delete the folder."
            yield diagnose("CG362", f"no kind `{shown(name)}` has this folder", Place(label(folder / name)), hint)


def _files_of(
    folder: Path, files: InputFolder, found: list[Diagnostic]
) -> tuple[dict[str, TextFile], dict[str, AssetFile], frozenset[str], frozenset[str]]:
    """Read the files beside a kind's own; return the last four attributes of `KindFolder`."""
    texts: dict[str, TextFile] = {}
    assets: dict[str, AssetFile] = {}
    others: set[str] = set()
    unreadable: set[str] = set()
    try:
        there = [name for name in names_in(folder) if not name.startswith(".")] if is_there(folder) else []
    except UnreadableFileError as error:
        found.append(error.diagnostic())
        there = []
    found.extend(_odd_names(folder, there))
    for name in filter(is_fit, there):
        file = folder / name
        try:
            if limit := _limit_of_text(name):
                texts[nfc(name)] = _text(files.read_text(file, limit), label(file), found)
            elif is_folder(file):
                found.append(diagnose("CG362", "no template can name what is in a folder", Place(label(file))))
            elif not name.startswith(ASSET_MARK):
                others.add(nfc(name))
            else:
                content = files.read_bytes(file, MAX_ASSET)
                assets[nfc(name)] = AssetFile(hashlib.sha256(content).hexdigest(), zlib.crc32(content), len(content))
        except UnreadableFileError as error:
            found.append(error.diagnostic())
            unreadable.add(nfc(name))
    return texts, assets, frozenset(others), frozenset(unreadable)


def _limit_of_text(name: str) -> int:
    """Return how many bytes a text of a name may have; 0 for what is no text."""
    if name.endswith((FRONT, BACK)):
        return MAX_TEMPLATE
    return MAX_STYLE if name == STYLE_FILE else 0


def _text(text: str, name: str, found: list[Diagnostic]) -> TextFile:
    """Return a text as it goes into Anki; say where it first holds what nobody can see and no browser shows."""
    file = TextFile(name, re.sub(r"\r\n?", "\n", text))
    if bad := _CONTROL.search(file.text):
        message = f"the text holds the control character U+{ord(bad[0]):04X}"
        found.append(diagnose("CG104", message, file.place(bad.span())))
    return file
