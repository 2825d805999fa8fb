"""Finds and reads the files of a collection: which decks there are, and the documents of each."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import Diagnostic, Place, diagnose, did_you_mean
from cardgen.read.document import Document, read_document
from cardgen.read.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DECK_FILE: Final = "deck.yaml"
COLLECTION_FILE: Final = "collection.yaml"
SOURCES_FILE: Final = "sources.yaml"


@dataclass(frozen=True)
class DeckFolder:
    """A deck as found on disk: its folder and its documents.

    Attributes:
        name: The folder's name, which ``--deck`` takes.
        path: The folder.
        label: The folder for people, with forward slashes.
        deck: The document of deck.yaml.
        sections: For each section that it names and that is there, by name and in its order, what reads its document:
            one after the other, a large deck never needs the raw values of all.
    """

    name: str
    path: Path
    label: str
    deck: Document
    sections: dict[str, Callable[[], Document]]


@dataclass(frozen=True)
class CollectionFolder:
    """A collection as found on disk; documents that are optional and missing are None.

    Attributes:
        lint: Reads the file of lint settings that collection.yaml names; only `check` wants it.
    """

    path: Path
    label: str
    collection: Document | None
    sources: Document | None
    decks: tuple[DeckFolder, ...]
    names: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    lint: Callable[[], Document] | None = None

    def headers(self) -> tuple[Document, ...]:
        """Give the documents that are not sections."""
        shared = tuple(document for document in (self.collection, self.sources) if document is not None)
        return shared + tuple(folder.deck for folder in self.decks)


def decks_at_hand(named: Path | None) -> Path:
    """Give the folder of decks: the one named, else ``decks`` here, else the decks that ship with cardgen."""
    if named is not None:
        return named
    here = Path("decks")
    return here if here.is_dir() else shipped("decks")


def read_collection(root: Path, wanted: Sequence[str] = ()) -> CollectionFolder:
    """Read a collection's files.

    Args:
        root: The folder of decks.
        wanted: Names of the decks to read; all if empty.

    Returns:
        The documents; what could not be found is among the diagnostics.
    """
    label = root.as_posix()
    try:
        names = sorted(entry.name for entry in os.scandir(root) if _is_deck(root / entry.name))
    except OSError as error:
        problem = diagnose("CG101", f"cannot read the folder: {error.strerror}", Place(label))
        return CollectionFolder(root, label, None, None, (), (), (problem,))
    found: list[Diagnostic] = []
    if not names:
        found.append(diagnose("CG505", "no folder in it has a deck.yaml", Place(label)))
    found.extend(
        diagnose("CG501", f"no deck `{name}` in {label}", hint=did_you_mean(name, names))
        for name in wanted
        if name not in names
    )
    reader = _Reader(root, found)
    collection = reader.optional(root / COLLECTION_FILE)
    return CollectionFolder(
        path=root,
        label=label,
        collection=collection,
        sources=reader.optional(root / SOURCES_FILE),
        decks=tuple(reader.deck(name) for name in names if not wanted or name in wanted),
        names=tuple(names),
        diagnostics=tuple(found),
        lint=reader.lint(collection),
    )


def stays_inside(path: Path, root: Path) -> bool:
    """Say whether a path, with its links followed, stays in a folder."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _is_deck(path: Path) -> bool:
    """Say whether a folder is a deck; one that may not be looked into, or whose name is no text, is none."""
    try:
        path.name.encode()
        return (path / DECK_FILE).is_file()
    except (OSError, UnicodeEncodeError):
        return False


class _Reader:
    def __init__(self, root: Path, found: list[Diagnostic]) -> None:
        self._root = root
        self._found = found
        self._inside: dict[Path, bool] = {}

    def optional(self, file: Path) -> Document | None:
        return self._document(file) if file.exists() or file.is_symlink() else None

    def lint(self, collection: Document | None) -> Callable[[], Document] | None:
        """Give what reads the file that `lint` names; settings that stand in collection.yaml itself are no file."""
        value = collection.value if collection is not None else None
        name = value.get("lint") if isinstance(value, dict) else None
        return partial(self._document, self._root / name) if isinstance(name, str) else None

    def deck(self, name: str) -> DeckFolder:
        path = self._root / name
        deck = self._document(path / DECK_FILE)
        names = self._section_names(deck)
        present = {
            file.stem for file in path.glob("*.yaml") if file.name != DECK_FILE and not file.name.startswith(".")
        }
        sections: dict[str, Callable[[], Document]] = {}
        for index, section in names.items():
            if section in present:
                sections[section] = partial(self._document, path / f"{section}.yaml")
            else:
                hint = did_you_mean(section, sorted(present - set(names.values())))
                if (path / f"{section}.yml").is_file():
                    hint = f"Rename {section}.yml to {section}.yaml."
                message = f"no file {section}.yaml in {path.as_posix()}"
                self._found.append(deck.diagnose("CG304", message, ("sections", index), hint))
        for stray in sorted(present - set(names.values())) if names else ():
            place = Place((path / f"{stray}.yaml").as_posix())
            self._found.append(diagnose("CG305", f"`{stray}` is not among the deck's sections", place))
        return DeckFolder(name, path, path.as_posix(), deck, sections)

    def _document(self, file: Path) -> Document:
        label = file.as_posix()
        # Following links costs more than reading a small file, and few files are links.
        inside = self._inside.get(file.parent)
        if inside is None:
            inside = self._inside[file.parent] = stays_inside(file.parent, self._root)
        if not inside or (file.is_symlink() and not stays_inside(file, self._root)):
            problem = diagnose("CG115", "the file is a link that leads out of the decks' folder", Place(label))
            return Document(label, "", None, (problem,))
        if file.exists() and not file.is_file():
            problem = diagnose("CG101", "cannot read the file: it is a folder or a device", Place(label))
            return Document(label, "", None, (problem,))
        return read_document(file, label)

    @staticmethod
    def _section_names(deck: Document) -> dict[int, str]:
        """Give the names that are names, by position; what else stands there is the schema's business."""
        sections = deck.value.get("sections") if isinstance(deck.value, dict) else None
        if not isinstance(sections, list):
            return {}
        return {index: name for index, name in enumerate(sections) if isinstance(name, str)}
