"""Finds and reads the files of a collection: which decks there are, and the documents of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct, field

from cardgen.diagnostics import Diagnostic, Place, diagnose, did_you_mean, shortened
from cardgen.memory import NO_MEMORY
from cardgen.read.document import Document, read_document
from cardgen.read.files import InputFolder, UnreadableFileError, is_fit, is_there, label, names_in, shown
from cardgen.read.kinds import KindFolder, read_kinds
from cardgen.read.listing import DECK_FILE, OTHER_SUFFIX, deck_folders, translations_of, unknown_decks
from cardgen.read.names import nfc, trouble_on_windows, twins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cardgen.memory import Memory
    from cardgen.read.listing import Translation

COLLECTION_FILE: Final = "collection.yaml"
SOURCES_FILE: Final = "sources.yaml"

_CARDS: Final = ".yaml"


class DeckFolder(Struct, frozen=True):
    """A deck as found on disk: its folder and its documents.

    Attributes:
        name: The folder's name, by which commands know it, in NFC.
        path: The folder.
        label: The folder for people, with forward slashes.
        deck: The document of deck.yaml.
        sections: For each section that it names and that is there, by name and in its order, what reads its document:
            one after the other, a large deck never needs the raw values of all.
        wanted: Whether the deck itself is asked for, and not its translations alone.
        languages: For each of its other languages that is asked for, what reads its document.
        whole: Whether it has no other languages than those.
    """

    name: str
    path: Path
    label: str
    deck: Document
    sections: dict[str, Callable[[], Document]]
    wanted: bool = True
    languages: Mapping[str, Callable[[], Document]] = field(default_factory=dict)
    whole: bool = True


class CollectionFolder(Struct, frozen=True):
    """A collection as found on disk; documents that are optional and missing are None.

    Attributes:
        names: Those of all its decks and their translations, whether they are asked for or not.
        files: Opens the files of the collection.
        kinds: Its own kinds of card.
        translations: Those among them that translate another.
        languages: The languages of the decks that are asked for, in small letters; none for all.
        lint: Reads the file of lint settings that collection.yaml names; only `check` wants it.
    """

    path: Path
    label: str
    collection: Document | None
    sources: Document | None
    decks: tuple[DeckFolder, ...]
    names: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: InputFolder
    kinds: tuple[KindFolder, ...] = ()
    lint: Callable[[], Document] | None = None
    translations: tuple[Translation, ...] = ()
    languages: frozenset[str] = frozenset()

    def headers(self) -> tuple[Document, ...]:
        """Return the documents that are not sections."""
        shared = tuple(document for document in (self.collection, self.sources) if document is not None)
        own = tuple(kind.document for kind in self.kinds)
        return shared + own + tuple(folder.deck for folder in self.decks)


def read_collection(
    root: Path, wanted: Sequence[str] = (), memory: Memory = NO_MEMORY, languages: Sequence[str] = ()
) -> CollectionFolder:
    """Read a collection's files.

    Args:
        root: The folder of decks.
        wanted: Names of the decks to read; all if empty.
        memory: What knows the documents already whose files have not changed.
        languages: Languages of the decks to read; all if empty. What language a deck itself is in is known only once it
            is loaded, so its files are read all the same.

    Returns:
        The documents; what could not be found is among the diagnostics.
    """
    name = label(root)
    files = InputFolder(root)
    found: list[Diagnostic] = []
    try:
        paths = deck_folders(root, found)
    except UnreadableFileError as error:
        return CollectionFolder(root, name, None, None, (), (), (error.diagnostic(),), files)
    translations = {deck: translations_of(deck, path, found) for deck, path in paths.items()}
    by_name = {one.name: paths[deck] for deck, ones in translations.items() for one in ones}
    names = sorted({*paths, *by_name})
    found.extend(unportable(paths.values()))
    if not names and not found:
        found.append(_no_decks(root, name))
    found.extend(_same_names(translations, paths))
    found.extend(unknown_decks(wanted, root, {**by_name, **paths}))
    chosen = _Chosen(frozenset(map(nfc, wanted)), frozenset(language.lower() for language in languages))
    reader = _Reader(root, files, found, memory, chosen)
    collection = reader.optional(root / COLLECTION_FILE)
    kinds = read_kinds(root, files, found, memory)
    return CollectionFolder(
        path=root,
        label=name,
        collection=collection,
        sources=reader.optional(root / SOURCES_FILE),
        decks=tuple(deck for name in sorted(paths) for deck in reader.deck(name, paths[name], translations[name])),
        names=tuple(names),
        diagnostics=tuple(found),
        files=files,
        kinds=kinds,
        lint=reader.lint(collection),
        translations=tuple(one for deck in sorted(paths) for one in translations[deck]),
        languages=chosen.languages,
    )


def read_lint_settings(root: Path) -> Document | None:
    """Return the file of lint settings that a folder's collection.yaml names, and nothing else; None if it names none.

    Raises:
        UnreadableFileError: If the folder cannot be looked into.
    """
    reader = _Reader(root, InputFolder(root), [], NO_MEMORY, _Chosen())
    read = reader.lint(reader.optional(root / COLLECTION_FILE))
    return None if read is None else read()


def unportable(paths: Iterable[Path]) -> Iterator[Diagnostic]:
    """Yield findings about files or folders whose names not every system takes or tells apart.

    Args:
        paths: The files or folders; in the order in which a later one is to blame for being like an earlier one.
    """
    by_name = {path.as_posix(): path for path in paths}
    for path in by_name.values():
        if trouble := trouble_on_windows(path.name):
            yield diagnose("CG131", f"Windows has no name `{shown(path.name)}`: {trouble}", Place(label(path)))
    for name, earlier in twins(by_name):
        message = f"`{shown(by_name[name].name)}` differs from {label(by_name[earlier])} in capitals alone"
        yield diagnose("CG131", message, Place(label(by_name[name])))


def _same_names(translations: Mapping[str, Sequence[Translation]], decks: Mapping[str, Path]) -> Iterator[Diagnostic]:
    """Find files of languages that make a deck of a name that another deck has."""
    seen = dict(decks)
    for ones in translations.values():
        for one in ones:
            if one.name in seen:
                message = f"`{one.name}` is already the name of {label(seen[one.name])}"
                yield diagnose("CG381", message, Place(label(one.file)))
            seen.setdefault(one.name, one.file)


def _no_decks(root: Path, name: str) -> Diagnostic:
    """Return the finding that a folder holds no deck; it may be one itself."""
    if not is_there(root / DECK_FILE):
        return diagnose("CG505", "no folder in it has a deck.yaml", Place(name))
    above = label(root.parent) if root.name not in {"", ".."} else label(root / "..")
    hint = f"Name the folder above it, `--decks {above}`, and one of its decks by its name, `{root.name}`."
    return diagnose("CG505", "the folder is a deck, not a folder of decks", Place(name), hint)


class _Chosen(NamedTuple):
    """What is asked for: names of decks and languages, none for all."""

    names: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    def has(self, name: str, language: str = "") -> bool:
        """Return whether a deck is asked for, as far as that can be known of one whose language is not."""
        by_language = not self.languages or not language or language.lower() in self.languages
        return by_language and (not self.names or name in self.names)


class _Reader:
    def __init__(
        self, root: Path, files: InputFolder, found: list[Diagnostic], memory: Memory, chosen: _Chosen
    ) -> None:
        self._root = root
        self._files = files
        self._found = found
        self._memory = memory
        self._chosen = chosen

    def optional(self, file: Path) -> Document | None:
        return self._document(file) if is_there(file) else None

    def lint(self, collection: Document | None) -> Callable[[], Document] | None:
        """Return what reads the file that `lint` names; settings that stand in collection.yaml itself are no file."""
        value = collection.value if collection is not None else None
        name = value.get("lint") if isinstance(value, dict) else None
        # What is no name of a file is the schema's business.
        if collection is None or not isinstance(name, str) or "/" in name:
            return None
        return partial(self._settings, name, collection)

    def _settings(self, name: str, collection: Document) -> Document:
        """Read lint settings; where there is no such file, the line that names it is to blame."""
        document = self._document(self._root / name)

        def placed(found: Diagnostic) -> Diagnostic:
            if found.place is None or found.place.line:
                return found
            return collection.diagnose(found.code, f"{document.name}: {found.message}", ("lint",), found.hint)

        found = tuple(map(placed, document.diagnostics))
        return Document(document.name, document.text, document.value, found, document.items, document.bom)

    def deck(self, name: str, path: Path, translations: Sequence[Translation]) -> Iterator[DeckFolder]:
        """Yield a deck, or nothing where it is not asked for in any language, or its folder cannot be read."""
        languages = [one for one in translations if self._chosen.has(one.name, one.language)]
        wanted = self._chosen.has(name)
        if not wanted and not languages:
            return
        try:
            there = names_in(path)
        except UnreadableFileError as error:
            self._found.append(error.diagnostic())
            return
        files = {file: path / file for file in there if file.endswith(_CARDS)}
        self._found.extend(unportable(files.values()))
        deck = self._document(path / DECK_FILE)
        names = self._section_names(deck)
        present = {file.removesuffix(_CARDS) for file in files if file != DECK_FILE and not file.startswith(".")}
        sections: dict[str, Callable[[], Document]] = {}
        for index, section in names.items():
            if section in present:
                sections[section] = partial(self._document, files[f"{section}{_CARDS}"])
            else:
                hint = did_you_mean(section, sorted(filter(is_fit, present - set(names.values()))))
                if f"{section}{OTHER_SUFFIX}" in there:
                    hint = f"Rename {section}{OTHER_SUFFIX} to {section}{_CARDS}."
                message = f"no file {shortened(section)}.yaml in {label(path)}"
                self._found.append(deck.diagnose("CG304", message, ("sections", index), hint))
        for stray in sorted(present - set(names.values())) if names else ():
            place = Place(label(path / f"{stray}{_CARDS}"))
            hint = "" if is_fit(stray) else "Rename it and add it to `sections`, or move it away."
            self._found.append(diagnose("CG305", f"`{shown(stray)}` is not among the deck's sections", place, hint))
        self._found.extend(unportable(one.file for one in translations))
        yield DeckFolder(
            name,
            path,
            label(path),
            deck,
            sections,
            wanted=wanted,
            languages={one.language: partial(self._document, one.file) for one in languages},
            whole=len(languages) == len(translations),
        )

    def _document(self, file: Path) -> Document:
        return read_document(file, label(file), self._files, self._memory)

    @staticmethod
    def _section_names(deck: Document) -> dict[int, str]:
        """Return the names that are names, by position; what else stands there is the schema's business."""
        sections = deck.value.get("sections") if isinstance(deck.value, dict) else None
        if not isinstance(sections, list):
            return {}
        # That a name has a suffix is the schema's business, too: it is clear which file is meant.
        return {
            index: name.removesuffix(_CARDS).removesuffix(OTHER_SUFFIX)
            for index, name in enumerate(sections)
            if isinstance(name, str)
        }
